"""What is computed for the board's lines: how long ago, how soon, how stale."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from items import public
from items.models import Item
from tests import factories
from tests.factories import DUE, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, fresh

pytestmark = pytest.mark.django_db


def row(item, today=TODAY):
    return public.row(Item.objects.with_next_part().get(pk=item.pk), today)


@pytest.mark.parametrize(
    ("silent_days", "stale_after", "stale"),
    [(0, 30, False), (30, 30, False), (31, 30, True), (41, 30, True), (2, 1, True), (1, 1, False)],
)
def test_open_item_without_news_is_stale(silent_days, stale_after, stale):
    item = factories.published_item(list__committee__stale_after_days=stale_after)

    line = row(item, PUBLISHED_ON + days(silent_days))

    assert (line.last_days_ago, line.stale) == (silent_days, stale)


@pytest.mark.parametrize(
    ("status", "stale"),
    [
        ("not_started", True),
        ("in_progress", True),
        ("pending_check", True),
        ("resolved", False),
        ("on_hold", False),
        ("withdrawn", False),
    ],
)
def test_only_an_open_item_is_stale(status, stale):
    assert row(factories.item_at(status)).stale is stale


@pytest.mark.parametrize(
    ("utc", "ago"),
    [
        (datetime(2026, 3, 3, 15, 59, tzinfo=UTC), 1),  # 23:59 in Shanghai
        (datetime(2026, 3, 3, 16, 1, tzinfo=UTC), 2),  # 00:01 of the next day
        (datetime(2026, 12, 31, 16, 1, tzinfo=UTC), 305),
    ],
)
def test_days_since_the_last_news_are_those_of_shanghai(utc, ago):
    assert row(factories.published_item(), timezone.localdate(utc)).last_days_ago == ago


def test_news_of_29_february():
    item = factories.Item(due=date(2028, 6, 30))
    item.owner_post.holdings.update(since=date(2028, 1, 1))
    item.supervisor_post.holdings.update(since=date(2028, 1, 1))
    factories.publish(item.list, on=date(2028, 2, 29))

    assert row(item, date(2028, 3, 1)).last_days_ago == 1


def test_news_written_afterwards_count_from_the_day_they_happened():
    item = factories.item_at("in_progress")
    ACTS["report_progress"](item, happened_on=TODAY - days(40))

    assert (row(item).last_days_ago, row(item).stale) == (40, True)


@pytest.mark.parametrize("verb", ["correct", "ask_extension", "enter_for_owner", "hand_over"])
def test_what_is_no_news_leaves_an_item_stale(verb):
    item = ACTS[verb].ready()
    assert row(item).stale

    ACTS[verb](item)

    assert row(item).stale


@pytest.mark.parametrize("verb", ["report_progress", "log_visit", "release"])
def test_news_make_it_fresh(verb):
    item = ACTS[verb].ready()
    assert row(item).stale

    ACTS[verb](item)

    assert (row(item).stale, row(item).last_days_ago) == (False, 0)


@pytest.mark.parametrize(
    ("today", "overdue", "due_in"),
    [(DUE - days(3), 0, 3), (DUE, 0, 0), (DUE + days(1), 1, None)],
)
def test_days_to_and_after_the_deadline(today, overdue, due_in):
    line = row(factories.published_item(), today)

    assert (line.overdue_days, line.due_in_days) == (overdue, due_in)


def test_done_late_whatever_the_day_of_the_sign_off():
    item = factories.item_at("in_progress")
    late = DUE + days(12)
    factories.claim(item, now=at(late))
    factories.sign_off(item, now=at(late + days(30)))

    line = row(item, late + days(60))

    assert (line.done_late_days, line.overdue_days, line.due_in_days) == (12, 0, None)
    assert (line.done_on, line.signed_off_on) == (late, late + days(30))


def test_extension_is_counted_beside_the_first_deadline():
    item = ACTS["decide_extension"].ready()
    ACTS["decide_extension"](item)

    line = row(item)

    assert (line.first_due, line.due, line.times_extended) == (DUE, fresh(item).due, 1)


def test_vacant_post_says_so():
    item = factories.published_item()
    factories.vacate(item.owner_post)

    assert (row(item).owner.vacant, row(item, TODAY - days(1)).owner.vacant) == (True, False)
