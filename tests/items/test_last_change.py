"""When a list last changed: the day of its latest public event, not of what was written last."""

import pytest

from items import actions, queries
from tests import factories
from tests.factories import NOW, TODAY, at, days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db
LAST = TODAY - days(3)


@pytest.fixture
def item():
    """Return an item that was reported on three days ago."""
    item = factories.item_at("in_progress")
    report(item, LAST, at(LAST))
    return fresh(item)


def report(item, day, now=NOW):
    by = factories.owner_of(item)
    return actions.report_progress(fresh(item), by=by, text="刷漆", happened_on=day, now=now)


def told(item, today=TODAY):
    """Return what each page says of when the list last changed, and how long ago that is."""
    committee = item.list.committee
    pages = [
        queries.board(item.list.slug, today),
        queries.board(item.list.slug, today, "in_progress"),
        queries.committee_page(committee.slug, today).shown,
    ]
    return {(page.last_change_on, page.last_change_days_ago) for page in pages}


def test_it_is_the_latest_event(item):
    assert told(item) == {(LAST, 3)}


def test_what_is_written_later_of_an_earlier_day_changes_nothing(item):
    report(item, LAST - days(9))

    assert told(item) == {(LAST, 3)}
    shown = queries.board(item.list.slug, TODAY)
    assert shown.rows[0].last_on == shown.last_change_on


def test_event_of_today_does(item):
    report(item, TODAY)

    assert told(item) == {(TODAY, 0)}


def test_what_stays_inside_does_not(item):
    by = factories.office_of(item)
    actions.set_task(item, by=by, text="核对", who="office", by_when=TODAY, now=NOW)

    assert told(item) == {(LAST, 3)}


def test_closed_list_changed_last_before_it_closed(item):
    decision = actions.Decision("党委会", LAST, "纪要〔2026〕9号")
    by = factories.office_of(item)
    said = {"by": by, "reason": "搬迁", "now": at(LAST)}
    withdrawn = actions.withdraw_item(item, decision=decision, **said)
    actions.close_list(fresh(item.list), by=by, now=at(LAST))
    then = told(item, LAST)

    actions.erase_words(withdrawn, by=by, reason="隐私", now=NOW)

    assert told(item) == then == {(LAST, 0)}
