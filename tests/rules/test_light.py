"""Lateness, the warning light and what is computed from days: tables of days."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from items.models import Item
from items.models.item import tenths
from items.rules.light import behind, light, points_behind
from items.states import Status, Term

BEGUN, DUE = date(2026, 3, 1), date(2026, 6, 9)  # 100 days
NONE, PERCENT = Decimal("0.0"), Decimal("50.0")


def item(status=Status.IN_PROGRESS, **columns):
    """Return an unsaved item: what is computed needs no row."""
    defaults = {"started_on": BEGUN, "published_on": BEGUN, "due": DUE, "first_due": DUE}
    return Item(status=status, **(defaults | columns))


# Overdue


@pytest.mark.parametrize(
    ("due", "today", "overdue"),
    [
        (date(2026, 6, 9), date(2026, 6, 8), 0),
        (date(2026, 6, 9), date(2026, 6, 9), 0),  # a deadline's day is inclusive
        (date(2026, 6, 9), date(2026, 6, 10), 1),
        (date(2026, 12, 31), date(2026, 12, 31), 0),
        (date(2026, 12, 31), date(2027, 1, 1), 1),  # the year ends
        (date(2028, 2, 28), date(2028, 2, 29), 1),  # 29 February
        (date(2028, 2, 29), date(2028, 2, 29), 0),
        (date(2028, 2, 28), date(2028, 3, 1), 2),
        (date(2026, 2, 28), date(2026, 3, 1), 1),
        (date(2025, 6, 9), date(2026, 6, 9), 365),
    ],
)
def test_days_overdue(due, today, overdue):
    assert item(due=due).overdue_days(today) == overdue


@pytest.mark.parametrize(
    ("status", "overdue"),
    [
        ("draft", 0),
        ("not_started", 10),
        ("in_progress", 10),
        ("pending_check", 10),
        ("resolved", 0),
        ("on_hold", 10),  # a hold never moves a deadline
        ("withdrawn", 0),
    ],
)
def test_only_what_still_has_to_be_done_is_overdue(status, overdue):
    assert item(status, done_on=DUE).overdue_days(date(2026, 6, 19)) == overdue


def test_statuses_above_are_all():
    assert len(Status) == 7


def test_standing_item_can_be_overdue():
    assert item(term=Term.STANDING).overdue_days(date(2026, 6, 10)) == 1


def test_draft_without_a_deadline_is_not_overdue():
    assert item("not_started", due=None).overdue_days(date(2026, 6, 10)) == 0


@pytest.mark.parametrize(
    ("utc", "overdue"),
    [
        (datetime(2026, 6, 9, 15, 59, tzinfo=UTC), 0),  # 23:59 in Shanghai, the deadline's day
        (datetime(2026, 6, 9, 16, 1, tzinfo=UTC), 1),  # 00:01 of the next day
        (datetime(2026, 6, 8, 16, 1, tzinfo=UTC), 0),  # 00:01 of the deadline's day
        (datetime(2026, 12, 31, 16, 1, tzinfo=UTC), 206),  # 1 January in Shanghai
    ],
)
def test_days_are_those_of_shanghai(utc, overdue):
    assert item().overdue_days(timezone.localdate(utc)) == overdue


@pytest.mark.parametrize(
    ("done_on", "late"),
    [(date(2026, 6, 9), 0), (date(2026, 6, 8), 0), (date(2026, 6, 10), 1), (date(2026, 6, 21), 12)],
)
def test_days_done_late(done_on, late):
    resolved = item(Status.RESOLVED, done_on=done_on, signed_off_on=date(2026, 7, 1))

    assert resolved.done_late_days() == late


def test_only_a_resolved_item_was_done_late():
    assert item(Status.PENDING_CHECK, done_on=date(2026, 7, 1)).done_late_days() == 0


def test_extension_takes_the_lateness_away():
    resolved = item(Status.RESOLVED, due=date(2026, 7, 1), done_on=date(2026, 6, 21))

    assert resolved.done_late_days() == 0


# Percent


@pytest.mark.parametrize(
    ("done", "target", "percent", "computed"),
    [
        (90, 120, None, Decimal("75.0")),
        (None, 120, None, None),
        (None, 120, Decimal("98.4"), Decimal("98.4")),
        (1, 3, None, Decimal("33.3")),
        (2, 3, None, Decimal("66.6")),
        (2999, 3000, None, Decimal("99.9")),  # what isn't all done is never 100
        (3000, 3000, None, Decimal("100.0")),
        (3001, 3000, None, Decimal("100.0")),
        (0, 120, Decimal("50.0"), Decimal("0.0")),  # the count goes first
        (5, None, Decimal("50.0"), Decimal("50.0")),
        (None, None, None, None),
    ],
)
def test_percent_done(done, target, percent, computed):
    assert item(done_count=done, target_count=target, percent=percent).percent_done() == computed


@pytest.mark.parametrize(
    ("given", "kept"), [(Decimal("98.44"), "98.4"), ("99.99", "99.9"), (98.4, "98.4"), (7, "7.0")]
)
def test_percent_is_kept_to_a_tenth_and_never_rounded_up(given, kept):
    assert tenths(given) == Decimal(kept)


@pytest.mark.parametrize(
    ("done", "target", "missed"),
    [(89, 90, True), (90, 90, False), (None, 90, True), (5, None, False)],
)
def test_target_missed(done, target, missed):
    assert item(done_count=done, target_count=target).target_missed() is missed


# The line


@pytest.mark.parametrize(
    ("columns", "today", "points"),
    [
        ({"percent": PERCENT}, date(2026, 4, 20), Fraction(0)),
        ({"percent": Decimal("25")}, date(2026, 4, 25), Fraction(30)),  # exactly
        ({"percent": Decimal("75")}, date(2026, 4, 20), Fraction(-25)),  # ahead
        ({"percent": PERCENT}, date(2026, 2, 1), Fraction(-50)),  # before the start
        ({"percent": PERCENT}, date(2026, 8, 1), Fraction(50)),  # the line ends at the deadline
        ({"percent": PERCENT, "days_held": 50}, date(2026, 5, 25), Fraction(20)),
        ({"percent": PERCENT, "started_on": None}, date(2026, 4, 20), Fraction(0)),
        ({"percent": PERCENT, "started_on": DUE}, DUE, None),  # no span, no line
        ({"percent": PERCENT, "days_held": 100}, DUE, None),
        ({"done_count": 90, "target_count": 120}, date(2026, 5, 30), Fraction(15)),
        ({"percent": None}, DUE, None),
    ],
)
def test_points_behind_a_straight_line(columns, today, points):
    assert points_behind(item(**columns), today) == points


STILL = [s for s in Status if s not in (Status.NOT_STARTED, Status.IN_PROGRESS)]


@pytest.mark.parametrize("status", STILL)
def test_only_what_moves_can_lag_behind(status):
    assert points_behind(item(status, percent=PERCENT), DUE) is None


def test_standing_item_has_no_line():
    assert points_behind(item(percent=PERCENT, term=Term.STANDING), DUE) is None


# The light


@pytest.mark.parametrize(
    ("percent", "today", "shown"),
    [
        ("24.9", date(2026, 4, 25), "red"),  # 30.1 behind
        ("25.0", date(2026, 4, 25), "yellow"),  # 30 is not more than 30
        ("45.0", date(2026, 4, 25), "yellow"),  # 10
        ("45.1", date(2026, 4, 25), ""),  # 9.9
        ("100.0", date(2026, 6, 1), ""),  # due in 8 days
        ("100.0", date(2026, 6, 2), "yellow"),  # due in 7
        ("100.0", date(2026, 6, 9), "yellow"),
        ("100.0", date(2026, 6, 10), "red"),  # overdue
    ],
)
def test_light(percent, today, shown):
    assert light(item(percent=Decimal(percent)), today) == shown


@pytest.mark.parametrize(
    ("columns", "well_before", "shortly_before", "after"),
    [
        ({"status": "in_progress"}, "", "yellow", "red"),  # no percent: only the deadline speaks
        ({"status": "in_progress", "percent": Decimal("0")}, "red", "red", "red"),
        ({"status": "not_started", "percent": Decimal("0")}, "red", "red", "red"),
        (
            {"status": "in_progress", "percent": Decimal("0"), "term": "standing"},
            "",
            "yellow",
            "red",
        ),
        ({"status": "pending_check", "percent": Decimal("0")}, "", "yellow", "red"),
        ({"status": "on_hold", "percent": Decimal("0")}, "", "yellow", "red"),
        ({"status": "resolved", "percent": Decimal("0"), "done_on": DUE}, "", "", ""),
        ({"status": "withdrawn", "percent": Decimal("0")}, "", "", ""),
    ],
)
def test_light_by_status(columns, well_before, shortly_before, after):
    days = [date(2026, 5, 1), date(2026, 6, 5), date(2026, 6, 15)]

    assert [light(item(**columns), day) for day in days] == [well_before, shortly_before, after]


@pytest.mark.parametrize(
    ("percent", "lags"),
    [("24.9", "far"), ("25.0", "some"), ("45.0", "some"), ("45.1", ""), ("99.0", "")],
)
def test_how_far_the_work_lags_behind(percent, lags):
    assert behind(item(percent=Decimal(percent)), date(2026, 4, 25)) == lags


def test_thresholds_are_settings(settings):
    settings.LIGHT_RED_POINTS, settings.LIGHT_YELLOW_POINTS = 60, 50
    settings.LIGHT_YELLOW_DAYS = 2

    behind = item(percent=Decimal("0"))

    assert light(behind, date(2026, 4, 19)) == ""
    assert light(behind, date(2026, 4, 20)) == "yellow"
    assert light(behind, date(2026, 5, 1)) == "red"
    assert light(item(), date(2026, 6, 6)) == ""
    assert light(item(), date(2026, 6, 7)) == "yellow"
