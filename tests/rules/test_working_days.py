"""Working days follow the shipped calendar, and what was written goes before it."""

from datetime import date

import pytest
from django.utils.translation import override

from items.calendar.lines import DayKind
from items.models import CalendarDay
from items.rules.working_days import (
    Counted,
    is_calendar_known,
    is_working_day,
    working_day_after,
)
from items.sheets.deadline import parse_deadline
from tests import factories

pytestmark = pytest.mark.django_db


def write(day, kind, name="厂休"):
    return CalendarDay.objects.create(day=day, kind=kind, name=name)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),  # a Friday
        (date(2026, 11, 28), False),
        (date(2026, 2, 17), False),  # the Spring Festival, a Tuesday
        (date(2026, 2, 28), True),  # a Saturday that makes up for it
        (date(2024, 2, 9), True),  # its eve in 2024 was no day off
        (date(2025, 10, 8), False),
        (date(2027, 2, 8), True),  # a Monday that no calendar knows
    ],
)
def test_shipped_calendar(day, works):
    assert is_working_day(day) is works


def test_what_was_written_goes_before_what_is_shipped():
    write(date(2026, 2, 17), DayKind.WORKING)
    write(date(2026, 11, 27), DayKind.DAY_OFF)
    write(date(2026, 11, 28), DayKind.WORKING)

    assert is_working_day(date(2026, 2, 17))
    assert not is_working_day(date(2026, 11, 27))
    assert is_working_day(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 27), 5, date(2026, 12, 4)),
        (date(2026, 2, 12), 7, date(2026, 2, 28)),  # over the Spring Festival
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
    ],
)
def test_working_day_after_a_day(day, n, then):
    assert working_day_after(day, n) == Counted(then)


def test_year_without_a_calendar_is_said():
    over_new_year = working_day_after(date(2026, 12, 29), 7)

    assert over_new_year == Counted(date(2027, 1, 7), unknown_years=(2027,))
    with override("en"):
        assert over_new_year.note == (
            "There is no calendar for 2027 yet: Mondays to Fridays were counted."
        )
    assert (is_calendar_known(2026), is_calendar_known(2027)) == (True, False)


def test_year_for_which_one_was_written_is_known():
    write(date(2027, 1, 1), DayKind.DAY_OFF, "元旦")

    counted = working_day_after(date(2026, 12, 29), 7)

    assert counted == Counted(date(2027, 1, 8))
    assert counted.note == ""
    assert is_calendar_known(2027)


def test_another_year_is_none_of_its_business():
    last = working_day_after(date(2026, 12, 24), 5)

    assert last == Counted(date(2026, 12, 31))


@pytest.mark.parametrize("n", [0, 251])
def test_days_out_of_range_are_a_mistake_of_ours(n):
    with pytest.raises(ValueError, match=str(n)):
        working_day_after(date(2026, 1, 1), n)


def test_counting_asks_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        working_day_after(date(2026, 9, 1), 250)


def test_what_was_opened_keeps_its_days_when_the_calendar_is_edited():
    """Days are stored when a thing is opened; answers are due by calendar days."""
    item = factories.Item(due=parse_deadline("春节前", 2026).due)
    suggestion = factories.suggestion(item.list.committee)
    within = item.list.committee.answer_within_days
    before = (item.due, suggestion.answer_by)
    assert (suggestion.answer_by - suggestion.received_on).days == within

    for day in before:
        write(day, DayKind.DAY_OFF)
    item.refresh_from_db()
    suggestion.refresh_from_db()

    assert (item.due, suggestion.answer_by) == before
