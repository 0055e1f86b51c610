"""Acts that only add stand beside what others wrote meanwhile; all others refuse a stale page."""

from decimal import Decimal

import pytest

from items import actions
from items.errors import Conflict, Refused
from items.ledger.verify import verify
from items.models import Photo
from items.states import MOVES
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, add_part, finish_part, fresh
from tests.items.changing import changed_by_another

ADDS = {"report_progress", "deliver", "plan_occasion", "hold_occasion", "log_visit"}
ADDS |= {"set_task", "finish_task", "add_photo", "enter_for_owner", "take_back"}
ADDS |= {"call_off_occasion", "urge", "report_by_link"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_table_says_which_acts_only_add():
    assert {verb for verb, row in MOVES.items() if row.adds} == ADDS


def somebody_writes(item):
    said = {"words": "西墙", "file": factories.picture("blue"), "now": NOW}
    return actions.add_photo(fresh(item), by=factories.colleague_of(item), **said)


@pytest.mark.parametrize("verb", sorted(ADDS & set(ACTS)))
def test_act_that_adds_stands_beside_another(ready, verb):
    item = ready(verb)
    before = item.entries.count()
    written = somebody_writes(item)

    entry = ACTS[verb](item)

    assert list(entry.meanwhile) == [written]
    assert item.entries.count() == before + 2
    assert fresh(item).last_entry == entry
    assert verify(item.list) == []


def test_photo_stands_beside_another(ready):
    item = ready("report_progress")
    written = somebody_writes(item)

    said = {"words": "东墙", "file": factories.picture(), "now": NOW}
    entry = actions.add_photo(item, by=factories.owner_of(item), **said)

    assert list(entry.meanwhile) == [written]
    assert Photo.objects.last().entry == entry


def test_entry_for_the_owner_takes_the_place_of_none_that_was_not_seen(ready):
    item, again = ready("enter_for_owner"), ready("enter_for_owner")
    ACTS["enter_for_owner"](item, text="先填的")

    with pytest.raises(Conflict):
        ACTS["enter_for_owner"](again, by=factories.colleague_of(item), text="后填的")

    assert [e.words.text for e in item.entries.filter(verb="enter_for_owner")] == ["先填的"]


def test_without_others_there_is_nothing_to_tell(ready):
    assert ACTS["report_progress"](ready("report_progress")).meanwhile == ()


def test_what_changed_without_an_entry_is_no_matter(ready):
    item = ready("log_visit")
    changed_by_another(item)

    assert ACTS["log_visit"](item).meanwhile == ()


def test_status_that_changed_meanwhile_is_asked_about(ready):
    item = ready("report_progress")
    ACTS["claim"](fresh(item))

    with pytest.raises(Refused, match="待核查"):
        ACTS["report_progress"](item)


@pytest.mark.parametrize("verb", sorted(ADDS & set(ACTS) - {"finish_task"}))  # it names its task
def test_sent_twice_it_is_written_once(ready, verb):
    item, again = ready(verb), ready(verb)
    ACTS[verb](item)
    count = item.entries.count()

    with pytest.raises(Refused):  # each in its words: it is settled, or there
        ACTS[verb](again)

    assert item.entries.count() == count


def test_another_persons_same_words_are_no_repetition():
    item, handler = factories.Item(), factories.Person()
    item.handlers.add(handler)
    factories.publish(item.list)
    factories.start(fresh(item), now=NOW)
    one, two = fresh(item), fresh(item)
    said = {"text": "在装", "now": NOW}
    actions.report_progress(one, by=factories.owner_of(item), **said)

    entry = actions.report_progress(two, by=handler, **said)

    assert [each.words.text for each in entry.meanwhile] == ["在装"]


# Numbers


def reported(item, **said):
    said = {"text": "我写的", "by": factories.owner_of(item), "now": NOW} | said
    return actions.report_progress(item, **said)


def stale_item(**columns):
    """Return an item as somebody saw it before a colleague reported another number."""
    item = factories.item_at("in_progress", **columns)
    name = "done_count" if columns.get("target_count") else "percent"
    reported(fresh(item), text="起初", **{name: 40})
    seen = fresh(item)
    reported(fresh(item), text="先写的", **{name: 50})
    return seen, name


@pytest.mark.parametrize("columns", [{}, {"target_count": 90}])
def test_number_that_another_changed_is_asked_about(columns):
    item, name = stale_item(**columns)

    with pytest.raises(Conflict) as refused:
        reported(item, **{name: 60})

    assert all(number in str(refused.value) for number in ("40", "50", "60"))
    assert getattr(fresh(item), name) == 50
    assert item.entries.filter(words__text="我写的").count() == 0
    assert reported(item, **{name: 60}).facts[name] in (60, "60.0")  # looked at, it is taken


@pytest.mark.parametrize("columns", [{}, {"target_count": 90}])
def test_number_that_only_stood_on_the_page_changes_nothing(columns):
    item, name = stale_item(**columns)

    entry = reported(item, **{name: 40})

    assert name not in entry.facts
    assert getattr(fresh(item), name) == 50


def test_words_without_a_number_are_added():
    item, _name = stale_item()

    reported(item)

    assert fresh(item).percent == 50


def test_number_that_nobody_changed_is_taken():
    item = factories.item_at("in_progress")
    seen = fresh(item)
    somebody_writes(item)

    reported(seen, percent=60)

    assert fresh(item).percent == Decimal("60")


def test_count_that_is_in_doubt_since_is_asked_about():
    item = factories.item_at("in_progress", target_count=9)
    reported(fresh(item), done_count=9)
    seen = fresh(item)
    ACTS["claim"](fresh(item))
    ACTS["send_back"](fresh(item))

    with pytest.raises(Conflict):
        reported(seen, text="第九间", done_count=8)

    assert fresh(item).count_in_doubt


def test_deliveries_add_up():
    item = factories.item_at("in_progress", target_count=9)
    first, second = fresh(item), fresh(item)

    ACTS["deliver"](first, count=3, team="甲班")
    ACTS["deliver"](second, count=2, team="乙班")

    assert fresh(item).done_count == 5


# Parts


def test_words_about_a_part_stand_beside_others():
    item = factories.item_at("in_progress")
    add_part(item)
    first, second = fresh(item), fresh(item)
    reported(first, text="先写的", parts=[first.parts.get()])

    reported(second, parts=[second.parts.get()])

    assert item.parts.get().progress == "我写的"


def test_day_of_a_part_that_another_undid_is_refused():
    item = factories.item_at("in_progress")
    finish_part(item)
    seen = fresh(item)
    undo = {"by": factories.office_of(item), "reason": "没完", "now": NOW}
    actions.undo_part(fresh(item).parts.get(), **undo)

    with pytest.raises(Conflict):
        reported(seen, parts=[seen.parts.get()], parts_done_on=TODAY)

    assert item.parts.get().done_on is None
