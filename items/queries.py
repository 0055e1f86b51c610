"""What a public page reads across models: one function per page, a fixed number of queries."""

from datetime import date
from decimal import Decimal

from django.db.models import Max, Prefetch
from django.utils import timezone

from items import public, shown
from items.models import Entry, Holding, Item, ItemList, UnitShare
from items.states import Group, Term
from items.words import Words

MOVED_LATELY = 3
NO_MOVES = {"publish", "bring_in", "add_item"}  # being on the list is no move
CLAIMS = {"claim", "report_progress", "release", "start"}
FINDINGS = {"sign_off", "send_back", "log_visit"}


def home(today: date) -> public.Home:
    """Return each committee's current list with its arithmetic, and the earlier lists."""
    lists = list(_lists().order_by("committee__name", "committee_id", "-year", "-published_on"))
    latest = {}
    for item_list in lists:
        latest.setdefault(item_list.committee_id, item_list)
    rows = {item_list.pk: [] for item_list in latest.values()}
    for item in _items(list__in=rows):
        rows[item.list_id].append(shown.row(item, today))
    changed = _last_changes(rows)
    return public.Home(
        current=tuple(_home_list(x, rows[x.pk], changed, today) for x in latest.values()),
        earlier=tuple(shown.head(x) for x in lists if x is not latest[x.committee_id]),
        demonstration=any(x.committee.organisation.demonstration for x in lists),
        as_of=today,
    )


def board(slug: str, today: date, group: str = "") -> public.Board | None:
    """Return a published list's board, or only the rows of one group; None when there is none."""
    item_list = _lists().filter(slug=slug).first()
    if item_list is None:
        return None
    items = _items(list=item_list)
    strip = tuple(shown.row(item, today) for item in items)
    changed_on = _last_changes([item_list.pk]).get(item_list.pk)
    return public.Board(
        head=shown.head(item_list),
        arithmetic=arithmetic(strip),
        strip=strip,
        rows=tuple(row for row in strip if not group or row.group == group),
        group=group,
        moved_lately=_moved_lately(items, strip),
        as_of=today,
        last_change_on=changed_on,
        last_change_days_ago=shown.days_ago(changed_on, today),
        overdue_count=sum(1 for row in strip if row.overdue_days),
    )


def item_page(slug: str, number: int, today: date) -> public.ItemPage | None:
    """Return a published item with its story; None when there is none under that number."""
    item_list = _lists().filter(slug=slug).first()
    items = _items(list=item_list) if item_list else []
    item = next((item for item in items if item.number == number), None)
    if item is None:
        return None
    strip = tuple(shown.row(each, today) for each in items)
    entries = list(item.entries.public().select_related("words", "about__words").order_by("-seq"))
    posts = {post.name: post.words for post in (item.owner_post, item.supervisor_post)}
    names = item_list.committee.show_names
    events = tuple(shown.event(entry, names, posts) for entry in entries)
    numbers = [row.number for row in strip]
    at = numbers.index(number)
    return public.ItemPage(
        head=shown.head(item_list),
        arithmetic=arithmetic(strip),
        strip=strip,
        row=strip[at],
        category=item.category.words if item.category else Words(),
        term_label=Term(item.term).label if item.term else "",
        problem=Words(item.problem, item.problem_en),
        effect=Words(item.effect, item.effect_en),
        result=item.result,
        start_by=item.start_by,
        start_is_the_matter=item.start_is_the_matter,
        measures=tuple(measure.words for measure in item.measures.all()),
        units=tuple(shown.unit_share(share) for share in item.unit_shares.all()),
        parts=tuple(shown.part(part) for part in item.parts.select_related("unit")),
        extensions=tuple(shown.extension(e) for e in reversed(entries) if e.facts.get("agreed")),
        claim=_latest(events, CLAIMS),
        finding=_latest(events, FINDINGS),
        timeline=events,
        previous=numbers[at - 1] if at else None,
        next=numbers[at + 1] if at + 1 < len(numbers) else None,
        carried_from=_lineage(item),
        as_of=today,
    )


def arithmetic(rows) -> public.Arithmetic:
    """Return the equation of the rows: every published number, withdrawn ones included."""
    counts = {group: sum(1 for row in rows if row.group == group) for group in Group}
    always = {Group.RESOLVED, Group.IN_PROGRESS}
    total = len(rows)
    return public.Arithmetic(
        total=total,
        groups=tuple(
            public.GroupCount(group.value, group.label, count)
            for group, count in counts.items()
            if count or group in always
        ),
        percent=round(Decimal(100) * counts[Group.RESOLVED] / total, 1) if total else None,
    )


def _lists():
    return ItemList.objects.public().select_related("committee__organisation")


def _items(**of):
    """Return published items in the order of their numbers, with all that a row shows."""
    holdings = Holding.objects.select_related("person")
    shares = UnitShare.objects.select_related("unit")
    return (
        Item.objects.published()
        .filter(**of)
        .select_related("list__committee", "place", "category", "owner_post", "supervisor_post")
        .select_related("last_news__words", "brought_in", "carried_from__list")
        .prefetch_related(
            Prefetch("owner_post__holdings", holdings),
            Prefetch("supervisor_post__holdings", holdings),
            Prefetch("unit_shares", shares),
            "measures",
        )
        .order_by("list_id", "number")
    )


def _last_changes(lists) -> dict[int, date]:
    """Return the day on which each list's ledger was last written, where the public sees it."""
    latest = (
        Entry.objects.public().filter(list__in=lists).values("list").annotate(at=Max("written_at"))
    )
    return {row["list"]: timezone.localdate(row["at"]) for row in latest.order_by()}


def _moved_lately(items, strip):
    moved = [
        pair for pair in zip(items, strip, strict=True) if pair[0].last_news.verb not in NO_MOVES
    ]
    moved.sort(key=lambda pair: pair[0].last_news.seq, reverse=True)
    return tuple(row for _item, row in moved[:MOVED_LATELY])


def _home_list(item_list, rows, changed, today):
    changed_on = changed.get(item_list.pk)
    return public.HomeList(
        head=shown.head(item_list),
        arithmetic=arithmetic(rows),
        strip=tuple(rows),
        overdue_count=sum(1 for row in rows if row.overdue_days),
        last_change_on=changed_on,
        last_change_days_ago=shown.days_ago(changed_on, today),
    )


def _latest(events, verbs):
    return next((event for event in events if event.verb in verbs), None)


def _lineage(item):
    before = item.carried_from
    return f"{before.list.year}-{before.number}" if before else ""
