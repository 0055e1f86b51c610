"""The shipped calendar is the notices' own, and one with the table of festivals."""

from datetime import date, timedelta
from itertools import groupby

import pytest

from items.calendar.feasts import NAMES, feast_day
from items.calendar.lines import DayKind
from items.calendar.shipped import shipped_days, shipped_years

# As the notices sum them up: how long each holiday is, and how many days make up for it
NOTICES = {
    2024: {
        "元旦": (1, 0),
        "春节": (8, 2),
        "清明节": (3, 1),
        "劳动节": (5, 2),
        "端午节": (1, 0),
        "中秋节": (3, 1),
        "国庆节": (7, 2),
    },
    2025: {
        "元旦": (1, 0),
        "春节": (8, 2),
        "清明节": (3, 0),
        "劳动节": (5, 1),
        "端午节": (3, 0),
        "国庆节、中秋节": (8, 2),
    },
    2026: {
        "元旦": (3, 1),
        "春节": (9, 2),
        "清明节": (3, 0),
        "劳动节": (5, 1),
        "端午节": (3, 0),
        "中秋节": (3, 0),
        "国庆节": (7, 2),
    },
}
years = pytest.mark.parametrize("year", NOTICES)


def lines(year, kind):
    return [line for line in shipped_days().values() if (line.day.year, line.kind) == (year, kind)]


def test_years_are_those_of_the_notices():
    assert shipped_years() == set(NOTICES)


@years
def test_each_holiday_is_as_long_as_its_notice_says(year):
    counts = {name: [0, 0] for name in NOTICES[year]}
    for nth, kind in enumerate((DayKind.DAY_OFF, DayKind.WORKING)):
        for line in lines(year, kind):
            counts[line.name][nth] += 1

    assert {name: tuple(count) for name, count in counts.items()} == NOTICES[year]


@years
def test_days_off_of_a_feast_follow_each_other_and_hold_the_feast(year):
    for name, found in groupby(lines(year, DayKind.DAY_OFF), lambda line: line.name):
        days = [line.day for line in found]
        assert days == [days[0] + timedelta(nth) for nth in range(len(days))]
        for feast in name.split("、"):
            assert feast in NAMES
            assert feast_day(feast, year) in days


@years
def test_days_that_make_up_are_on_weekends_near_their_feast(year):
    for line in lines(year, DayKind.WORKING):
        feast = feast_day(line.name.split("、")[0], year)
        assert line.day.weekday() >= 5
        assert abs(line.day - feast) <= timedelta(21)


@years
def test_each_weekday_off_beyond_the_law_is_made_up_for(year):
    """A typing error would break it: by law 11 days are off, from 2025 on 13."""
    off = sum(line.day.weekday() < 5 for line in lines(year, DayKind.DAY_OFF))
    by_law = {2024: 11, 2025: 13, 2026: 13}[year]
    on_weekends = by_law - (off - len(lines(year, DayKind.WORKING)))

    assert on_weekends == 0


def test_days_are_in_order():
    days = [*shipped_days()]

    assert days == sorted(days)
    assert days[0] == date(2024, 1, 1)
