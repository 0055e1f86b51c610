"""More time, holds and withdrawal: what is promised stays visible."""

import pytest

from items import actions
from items.errors import Refused
from tests import factories
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, NEW_DUE, REVIEW_ON, ask, fresh, happens

pytestmark = pytest.mark.django_db


# More time


def test_agreed_extension_moves_the_deadline_and_keeps_the_first():
    item = ACTS["decide_extension"].ready()
    asked = item.entries.last()

    entry = ACTS["decide_extension"](item)

    row = fresh(item)
    assert (row.due, row.first_due, row.times_extended) == (NEW_DUE, DUE, 1)
    assert (entry.about, entry.words.text, asked.words.text) == (asked, "属实", "供货晚")


def test_refused_extension_moves_nothing():
    item = ACTS["decide_extension"].ready()

    entry = ACTS["decide_extension"](item, agreed=False)

    assert (fresh(item).due, fresh(item).times_extended) == (DUE, 0)
    assert entry.facts["agreed"] is False


def test_asking_moves_nothing():
    item = factories.item_at("in_progress")

    ACTS["ask_extension"](item)

    assert (fresh(item).due, fresh(item).times_extended) == (DUE, 0)


def test_each_extension_is_counted():
    item = factories.item_at("in_progress")
    for months in (1, 2):
        new_due = NEW_DUE + days(30 * months)
        ACTS["ask_extension"](item, new_due=new_due)
        ACTS["decide_extension"](item)

    assert (fresh(item).due, fresh(item).first_due) == (new_due, DUE)
    assert fresh(item).times_extended == 2


@pytest.mark.parametrize(
    ("new_due", "now", "allowed"),
    [
        (DUE + days(1), NOW, True),
        (DUE, NOW, False),
        (DUE - days(1), NOW, False),
        (DUE + days(10), at(DUE + days(10)), True),
        (DUE + days(10), at(DUE + days(11)), False),  # it would only hide days of lateness
    ],
)
def test_new_deadline_is_later_and_lies_ahead(new_due, now, allowed):
    item = factories.item_at("in_progress")
    by = factories.owner_of(item)

    asked = happens(
        lambda: actions.ask_extension(item, by=by, reason="晚", new_due=new_due, now=now)
    )

    assert asked is allowed


def test_request_still_waits_after_it_was_refused_to_whoever_asked():
    item = factories.Item()
    handler = factories.Role(committee=item.list.committee).person
    item.handlers.add(handler)
    factories.publish(item.list)
    item = fresh(item)
    ACTS["ask_extension"](item, by=handler)

    with pytest.raises(Refused):
        ACTS["decide_extension"](item, by=handler)
    assert ACTS["decide_extension"](item, by=factories.colleague_of(item)).facts["agreed"]


def test_decided_request_is_decided_once():
    item = ACTS["decide_extension"].ready()
    ACTS["decide_extension"](item, agreed=False)

    with pytest.raises(Refused):
        ACTS["decide_extension"](item)
    assert ask(item)  # but one may ask again


def test_lateness_is_that_of_the_current_deadline():
    item = ACTS["decide_extension"].ready()
    ACTS["decide_extension"](item)

    assert fresh(item).overdue_days(NEW_DUE) == 0
    assert fresh(item).overdue_days(NEW_DUE + days(1)) == 1


# Holds


def test_hold_never_moves_a_deadline():
    item = factories.item_at("in_progress")

    ACTS["put_on_hold"](item)
    ACTS["resume"](item)

    assert (fresh(item).due, fresh(item).first_due) == (DUE, DUE)


@pytest.mark.parametrize("status", ["not_started", "in_progress", "pending_check"])
def test_item_goes_on_where_it_stood_before_the_hold(status):
    item = factories.item_at(status)
    ACTS["put_on_hold"](item)
    held = fresh(item)

    entry = ACTS["resume"](item)

    assert (held.status, held.held_on, held.hold_review_on) == ("on_hold", TODAY, REVIEW_ON)
    row = fresh(item)
    assert (row.status, entry.status_to) == (status, status)
    assert (row.held_on, row.hold_review_on) == (None, None)


def test_days_on_hold_add_up():
    item = factories.item_at("in_progress")
    office = factories.office_of(item)
    for month in (0, 1):
        factories.hold(item, now=at(TODAY + days(30 * month)))
        now = at(TODAY + days(30 * month + 10))
        actions.resume_item(item, by=office, reason="复工", now=now)

    assert fresh(item).days_held == 20


@pytest.mark.parametrize(("ahead", "allowed"), [(1, True), (0, False), (-1, False)])
def test_day_of_review_lies_ahead(ahead, allowed):
    item = factories.item_at("in_progress")

    held = happens(lambda: ACTS["put_on_hold"](item, review_on=TODAY + days(ahead)))

    assert held is allowed


# Withdrawal


def test_withdrawn_item_keeps_its_number():
    item = factories.item_at("on_hold")

    ACTS["withdraw"](item)

    row = fresh(item)
    assert (row.status, row.number, row.withdrawn_on) == ("withdrawn", 1, TODAY)
    assert (row.held_on, row.hold_review_on, row.published_on) == (None, None, PUBLISHED_ON)
    assert row.list.items.next_number() == 2
