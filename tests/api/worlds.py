"""Lists to read as open data: with every status, parts, deadlines that moved, and a closed one."""

from items.models import Item, ItemList
from items.states import Status
from tests import factories
from tests.factories import PUBLISHED_ON, at, days
from tests.items.actions import acts

RUNNING, CLOSED = "plant-2026", "plant-2025"
STATUSES = [*factories.ROADS] * 2


def published(committee, slug, statuses=STATUSES, **columns):
    """Return a list that was published with an item for each status, all brought there."""
    item_list = factories.ItemList(slug=slug, committee=committee)
    lead = named(factories.Unit, committee, "设备室", "Equipment")
    place = named(factories.Place, committee, "三号炉前", "Furnace 3")
    for number in range(1, len(statuses) + 1):
        item = factories.Item(list=item_list, number=number * 2, place=place, **columns)
        item.unit_shares.create(unit=lead, role="lead")
        item.criteria.create(text="都坐得稳", text_en="All sit firmly")
        item.parts.create(title="一区", due=PUBLISHED_ON + days(15))
        item.parts.create(title="二区", done_on=PUBLISHED_ON)
    late = item_list.items.filter(number=2 * len(statuses) - 8)
    late.update(due=PUBLISHED_ON + days(20))
    factories.publish(item_list)
    for item, status in zip(item_list.items.order_by("number"), statuses, strict=True):
        bring(item, status)
    return ItemList.objects.get(pk=item_list.pk)


def bring(item, status):
    """Let acts bring an item to a status; what has parts is done once they are."""
    for day, act in enumerate(factories.ROADS[status], start=1):
        item = Item.objects.get(pk=item.pk)
        now = at(PUBLISHED_ON + days(day))
        if act is factories.claim:
            said = {"text": "一区也完了", "parts": [item.parts.first()]}
            said |= {"parts_done_on": now.date(), "now": now}
            acts.actions.report_progress(item, by=factories.owner_of(item), **said)
            item = Item.objects.get(pk=item.pk)
        act(item, now=now)


def two_years(committee):
    """Return a list that runs, and one that was closed and whose open items went over into it."""
    posts = {
        "owner_post": factories.Post(committee=committee, is_leader=True),
        "supervisor_post": factories.Post(committee=committee),
    }
    statuses = [status for status in factories.ROADS if status != Status.ON_HOLD]
    before = published(committee, CLOSED, statuses, **posts)
    acts.settle(before)
    into = factories.ItemList(slug="plant-next", committee=committee, year=2027)
    acts.choose(before, into=into)
    by = factories.office(committee)
    acts.actions.change_year(acts.fresh(before), into=acts.fresh(into), by=by, now=factories.NOW)
    running = published(committee, RUNNING, **posts)
    moved = running.items.filter(status="in_progress").first()
    acts.ask(moved)
    acts.ACTS["decide_extension"](acts.fresh(moved))
    return running, acts.fresh(before), acts.fresh(into)


def named(factory, committee, zh, en):
    """Return the committee's row of this name, made if there is none."""
    names = {"committee": committee, "name": zh, "name_en": en}
    return factory._meta.model.objects.filter(**names).first() or factory(**names)
