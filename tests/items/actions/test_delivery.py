"""The delivery list: what was handed out counts as progress, and a mistake is taken back openly."""

import pytest
from django.db.models import ProtectedError

from items import actions, queries
from items.ledger.verify import verify
from items.models import Delivery
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import claim, deliver, fresh, happens, report, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress", target_count=40, count_unit="台")


def page(item):
    return queries.item_page(item.list.slug, item.number, TODAY)


def test_deliveries_add_up_to_the_count(item):
    deliver(item, count=26)
    entry = deliver(fresh(item), count=12, team="乙班")

    assert (fresh(item).done_count, page(item).row.progress.percent) == (38, 95)
    assert entry.facts["done_count"] == 38
    assert (page(item).deliveries.delivered, page(item).deliveries.target) == (38, 40)


def test_first_delivery_adds_to_the_reported_count(item):
    report(item, text="已到30台", done_count=30)

    entry = deliver(fresh(item), count=5)

    told = page(item)
    assert (fresh(item).done_count, entry.facts["done_count"]) == (35, 35)
    assert (told.deliveries.delivered, told.deliveries.before) == (5, 30)
    assert told.row.progress.done == 35


def test_what_was_counted_before_stays_through_taking_back_and_claiming(item):
    report(item, text="已到38台", done_count=38)
    deliver(fresh(item), count=2)
    take_back(fresh(item), by=factories.office_of(item), reason="写错了", now=NOW)
    assert fresh(item).done_count == 38
    deliver(fresh(item), count=2, team="乙班")

    report(fresh(item), text="到齐", done_count=40)
    claim(fresh(item), done_on=TODAY)

    assert (fresh(item).status, fresh(item).done_count) == ("pending_check", 40)


@pytest.mark.parametrize(("count", "allowed"), [(35, True), (20, True), (5, True), (4, False)])
def test_what_was_counted_beside_the_list_can_be_taken_back(item, count, allowed):
    report(item, text="已到30台", done_count=30)
    deliver(fresh(item), count=5)

    assert happens(lambda: report(fresh(item), text="多报了", done_count=count)) is allowed


def test_target_that_comes_later_finds_what_was_delivered():
    item = factories.item_at("in_progress")
    deliver(item, count=5)
    by = factories.office_of(item)
    said = {"field": "target_count", "value": 40, "reason": "补目标", "by": by, "now": NOW}
    actions.correct_item(fresh(item), **said)

    deliver(fresh(item), count=2)

    assert fresh(item).done_count == 7


def test_entry_from_before_a_delivery_is_released_and_leaves_its_count(item):
    by = factories.colleague_of(item)
    said = {"text": "代填", "done_count": 3, "now": NOW}
    actions.enter_for_owner(item, by=by, **said)
    deliver(fresh(item), count=26)

    actions.release_entry(fresh(item), by=factories.office_of(item), now=NOW)

    assert fresh(item).done_count == 26


def test_count_of_an_earlier_day_is_written_beside_the_list(item):
    deliver(item, count=26)

    report(fresh(item), text="补记", done_count=3, happened_on=TODAY - days(9))

    assert fresh(item).done_count == 26


@pytest.mark.parametrize("prefix", ["/en", ""])
def test_sum_says_what_was_counted_before(client, item, prefix):
    report(item, text="已到30台", done_count=30)
    deliver(fresh(item), count=5)

    text = text_of(client.get(f"{prefix}/lists/{item.list.slug}/{item.number}/"))

    assert (
        "5 handed out here, 30 counted before" if prefix else "其中此处发放5，之前已有30"
    ) in text


def test_first_delivery_starts_the_work():
    item = factories.published_item()

    deliver(item, received_on=TODAY - days(1))

    assert (fresh(item).status, fresh(item).started_on) == ("in_progress", TODAY - days(1))


def test_delivery_that_was_taken_back_counts_no_more(item):
    deliver(item)

    entry = take_back(fresh(item), by=factories.office_of(item), reason="写错了", now=NOW)

    line = page(item).deliveries.lines[0]
    assert (fresh(item).done_count, line.taken_back, entry.about.verb) == (0, True, "deliver")
    assert entry.role == "office"
    assert not happens(lambda: take_back(fresh(item), by=entry.by, reason="再来", now=NOW))
    assert verify(item.list) == []


@pytest.mark.parametrize(
    "said",
    [
        {"count": 0},
        {"count": -1},
        {"count": 10**9},
        {"what": "  "},
        {"what": "冰" * 101},
        {"team": " "},
        {"received_on": TODAY + days(1)},
    ],
)
def test_refused_delivery_leaves_nothing(item, said):
    assert not happens(lambda: deliver(item, **said))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("kind", ["unit", "place"])
def test_other_committees_places_are_refused(item, kind):
    foreign = {"unit": factories.Unit, "place": factories.Place}[kind]()

    assert not happens(lambda: deliver(item, **{kind: foreign}))


def test_no_higher_count_stands_beside_the_list(item):
    deliver(item, count=5)

    assert not happens(lambda: report(fresh(item), text="到货", done_count=9))
    assert happens(lambda: report(fresh(item), text="到货", done_count=5))


def test_public_page_never_says_who_received_it(client, item):
    delivery = factories.delivery(item, received_by="罗班长", what="冰箱")

    said = client.get(f"/lists/{item.list.slug}/{item.number}/").content.decode()

    assert "冰箱" in said
    assert "罗班长" not in said
    assert delivery.received_by == "罗班长"


def test_erased_words_take_the_name_along(item):
    delivery = factories.delivery(item)

    actions.erase_words(delivery.entry, by=factories.office_of(item), reason="写到了别人", now=NOW)

    row = fresh(delivery)
    assert (row.what, row.team, row.received_by, row.count) == ("", "", "", 3)


def test_place_of_a_delivery_stays(item):
    place = factories.Place(committee=item.list.committee)
    factories.delivery(item, place=place)

    with pytest.raises(ProtectedError):
        place.delete()


def test_whoever_delivers_speaks_for_the_owner(item):
    deliver(item)

    assert type(item).objects.reported_by(factories.owner_of(item)).exists()
