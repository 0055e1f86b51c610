"""The days that people say of an item: none before it began, and the latest event is its news."""

from datetime import date

import pytest
from django.db import IntegrityError

from items import actions, queries
from items.errors import Refused
from items.models import Item
from items.rules.days import first_day, first_day_done
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import (
    ACTS,
    bring_in,
    claim,
    deliver,
    fresh,
    happens,
    report,
)
from tests.items.published import run, without_guards

pytestmark = pytest.mark.django_db
BEFORE = PUBLISHED_ON - days(1)
STARTED_ON = PUBLISHED_ON + days(1)  # by factories.ROADS
DATED = ["start", "report_progress", "enter_for_owner", "log_visit", "claim"]


@pytest.mark.parametrize("verb", DATED)
@pytest.mark.parametrize(("day", "allowed"), [(PUBLISHED_ON, True), (BEFORE, False)])
def test_nothing_happened_before_the_item_was_published(verb, day, allowed):
    item = ACTS[verb].ready()
    said = {"done_on": STARTED_ON} if verb == "claim" else {}
    if verb == "claim" and allowed:
        day = STARTED_ON

    assert happens(lambda: ACTS[verb](item, happened_on=day, **said)) is allowed


@pytest.mark.parametrize(("day", "allowed"), [(PUBLISHED_ON, True), (BEFORE, False)])
def test_nothing_was_handed_out_or_took_place_before_that(day, allowed):
    item = factories.item_at("in_progress")
    occasion = factories.occasion(item, on=BEFORE)
    occasion.item = fresh(item)
    by = factories.owner_of(item)

    assert happens(lambda: deliver(fresh(item), received_on=day)) is allowed
    occasion.item = fresh(item)
    held = {"by": by, "text": "送到", "held_on": day, "now": NOW}
    assert happens(lambda: actions.hold_occasion(occasion, **held)) is allowed


def test_refusal_names_the_day_and_the_first_that_there_is():
    item = factories.item_at("in_progress")

    with pytest.raises(Refused, match=r"2026年3月1日.*2026年3月2日"):
        report(item, happened_on=BEFORE)


def test_work_of_an_earlier_day_moves_the_start_there():
    item = factories.published_item()
    actions.start_item(item, by=factories.owner_of(item), now=NOW)

    report(fresh(item), happened_on=TODAY - days(9))

    assert fresh(item).started_on == TODAY - days(9)


# Done on


@pytest.mark.parametrize(("day", "allowed"), [(STARTED_ON, True), (STARTED_ON - days(1), False)])
def test_work_was_not_done_before_it_began(day, allowed):
    assert happens(lambda: claim(factories.item_at("in_progress"), done_on=day)) is allowed
    pending = factories.item_at("pending_check")
    assert happens(lambda: ACTS["sign_off"](pending, done_on=day)) is allowed


def with_part(item, day):
    part = item.parts.first()
    report(item, parts=[part], parts_done_on=day)


def with_delivery(item, day):
    deliver(item, received_on=day)


def with_occasion(item, day):
    occasion = factories.occasion(item, on=day)
    occasion.item = fresh(item)
    by = factories.owner_of(item)
    actions.hold_occasion(occasion, by=by, text="送到", held_on=day, now=NOW)


@pytest.mark.parametrize("happened", [with_part, with_delivery, with_occasion])
@pytest.mark.parametrize("verb", ["claim", "sign_off"])
def test_the_whole_was_not_done_before_the_last_of_it(happened, verb):
    draft = factories.Item()
    if happened is with_part:
        draft.parts.create(title="一区")
    factories.publish(draft.list)
    item, last = fresh(draft), TODAY - days(5)
    actions.start_item(item, by=factories.owner_of(item), now=at(STARTED_ON))
    happened(item, last)
    item = fresh(item)
    if verb == "sign_off":
        claim(item, done_on=TODAY)

    with pytest.raises(Refused, match="5月27日"):
        ACTS[verb](fresh(item), done_on=last - days(1))
    ACTS[verb](fresh(item), done_on=last)


def test_delivery_that_was_taken_back_bounds_nothing():
    item = factories.item_at("in_progress")
    deliver(item, received_on=TODAY - days(5))
    ACTS["take_back"](fresh(item))

    claim(fresh(item), done_on=TODAY - days(6))


@pytest.mark.parametrize(("day", "allowed"), [(PUBLISHED_ON, True), (BEFORE, False)])
def test_part_was_not_done_before_the_item_was_published(day, allowed):
    draft = factories.Item()
    draft.parts.create(title="一区")
    factories.publish(draft.list)

    assert happens(lambda: with_part(fresh(draft), day)) is allowed


# What a sheet brought in may be older, and is marked so


def brought_in(**state):
    item = factories.Item()
    bring_in(item, **({"status": "in_progress"} | state))
    factories.publish(item.list)
    return fresh(item)


@pytest.mark.parametrize(
    ("state", "first", "first_done"),
    [
        ({}, PUBLISHED_ON, PUBLISHED_ON),
        ({"started_on": date(2026, 1, 9)}, date(2026, 1, 9), date(2026, 1, 9)),
        ({"done_on": date(2026, 2, 9)}, date(2026, 2, 9), date(2026, 2, 9)),
    ],
)
def test_days_of_the_sheet_bound_what_it_brought_in(state, first, first_done):
    item = brought_in(**state)

    assert (first_day(item), first_day_done(item)) == (first, first_done)
    assert happens(lambda: claim(item, done_on=first_done))
    assert not happens(lambda: claim(brought_in(**state), done_on=first_done - days(1)))
    assert queries.item_page(item.list.slug, item.number, TODAY).row.brought_in


# The database, too


def test_database_refuses_a_day_before_the_start():
    item = factories.item_at("in_progress")
    sql = f"UPDATE items_item SET claimed_on = '2026-06-01', done_on = '{{}}' WHERE id = {item.pk}"

    with pytest.raises(IntegrityError):
        run(sql.format("2026-03-01"))
    without_guards()
    assert run(sql.format("2026-03-01"), undo=True) == 1


# The latest event is the news


def test_older_event_that_is_entered_today_makes_no_item_silent():
    item = factories.item_at("in_progress")
    newest = report(item, text="今天的进展")

    report(fresh(item), text="补记", happened_on=PUBLISHED_ON)

    assert fresh(item).last_news == newest
    row = queries.item_page(item.list.slug, item.number, TODAY).row
    assert (row.last_text, row.last_days_ago, row.stale) == ("今天的进展", 0, False)
    assert not Item.objects.stale(TODAY).exists()


def test_of_one_day_the_later_entry_is_the_news():
    item = factories.item_at("in_progress")
    report(item, text="上午")

    later = report(fresh(item), text="下午")

    assert fresh(item).last_news == later


def test_older_status_change_is_no_news_either():
    item = factories.item_at("pending_check")
    visit = ACTS["log_visit"](item)

    ACTS["sign_off"](fresh(item), happened_on=item.claimed_on, done_on=item.claimed_on)

    assert (fresh(item).status, fresh(item).last_news) == ("resolved", visit)


def test_entry_of_an_older_day_is_released_without_becoming_the_news():
    item = factories.item_at("in_progress")
    ACTS["enter_for_owner"](item, happened_on=TODAY - days(30))
    newest = report(fresh(item))

    ACTS["release"](fresh(item), by=factories.colleague_of(item))

    assert fresh(item).last_news == newest
