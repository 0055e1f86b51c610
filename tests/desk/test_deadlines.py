"""Deadlines on every page: the first one stands beside the current one, however that came."""

from datetime import date

import pytest

from tests import factories
from tests.desk.pack_pages import address as pack
from tests.desk.sending import address, text_of
from tests.factories import DUE, NOW, at, days
from tests.items.actions.acts import ask, change_year, fresh

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 30)


def published(**columns):
    """Return an item that is on every page, the pack too: overdue, and asking for time."""
    item = factories.item_at("in_progress", **columns)
    ask(item)
    return fresh(item)


def imported():
    return published(first_due=FIRST)  # as a sheet's column 首次时限 leaves it


def written_in_a_draft():
    return published(due=DUE, first_due=FIRST)


def carried_over():
    """Return an item of a list that goes on with another, with another day in the draft."""
    item = factories.item_at("in_progress", due=FIRST)
    carried = change_year(item, due=DUE)
    ask(fresh(carried))
    return fresh(carried)


@pytest.mark.parametrize("came", [imported, written_in_a_draft, carried_over])
def test_first_deadline_is_shown_wherever_it_differs(as_, time_machine, came):
    item = came()
    assert (item.first_due, item.due) == (FIRST, DUE)
    time_machine.move_to(at(DUE + days(5)), tick=False)
    client = as_(factories.office_of(item))
    public = f"/lists/{item.list.slug}/"

    for page in (public, f"{public}{item.number}/", address(item), pack(item)):
        assert "4月30日" in text_of(client.get(page)), page
        assert "first by 30 April" in text_of(client.get(f"/en{page}")), page


@pytest.mark.parametrize("page", [address, pack])
def test_one_deadline_is_not_said_twice(as_, time_machine, page):
    item = published()
    time_machine.move_to(at(DUE + days(5)), tick=False)

    text = text_of(as_(factories.office_of(item)).get(f"/en{page(item)}"))

    assert "first by" not in text
    assert "30 June" in text


START_BY = date(2026, 5, 20)


@pytest.mark.parametrize(("status", "late"), [("not_started", True), ("in_progress", False)])
def test_day_to_start_by_that_passed_says_so(as_, client, status, late):
    item = factories.item_at(status, start_by=START_BY)
    office = as_(factories.office_of(item))

    for page in (f"/lists/{item.list.slug}/", f"/lists/{item.list.slug}/{item.number}/"):
        assert ("超过启动时间12天仍未启动" in text_of(client.get(page))) is late
        said = "should have been started 12 days ago"
        assert (said in text_of(client.get(f"/en{page}"))) is late
    assert ("超过启动时间12天仍未启动" in text_of(office.get(address(item)))) is late


def test_day_to_start_by_is_inclusive(client):
    item = factories.published_item(start_by=NOW.date())

    assert "未启动" in text_of(client.get(f"/lists/{item.list.slug}/"))
    assert "超过启动时间" not in text_of(client.get(f"/lists/{item.list.slug}/"))
