"""Festivals by which lists name deadlines."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from items.calendar.feasts import LUNAR, NAMES, feast_day

YEARS = sorted(LUNAR)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春节", date(2015, 2, 19)),
        ("春节", date(2026, 2, 17)),
        ("农历新年", date(2026, 2, 17)),
        ("元宵节", date(2026, 3, 3)),
        ("清明", date(2026, 4, 5)),
        ("端午节", date(2026, 6, 19)),
        ("中秋", date(2020, 10, 1)),
        ("中秋", date(2026, 9, 25)),
        ("重阳", date(2026, 10, 18)),
        ("国庆", date(2026, 10, 1)),
        ("元旦", date(2027, 1, 1)),
        ("七一", date(2026, 7, 1)),
        ("建军节", date(2035, 8, 1)),
    ],
)
def test_festivals_of_known_years(name, day):
    assert feast_day(name, day.year) == day


def test_a_year_beyond_the_table_is_not_guessed():
    assert feast_day("春节", YEARS[-1] + 1) is None
    assert feast_day("国庆", YEARS[-1] + 1) is not None


def test_the_table_has_every_year_and_name():
    assert list(range(2015, 2036)) == YEARS[:21]
    assert list(range(YEARS[0], YEARS[-1] + 1)) == YEARS
    assert all(feast_day(name, year).year == year for name in NAMES for year in YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_lunar_days_keep_the_distances_that_the_moon_gives(year):
    """A typing error in the table would break one of these."""
    spring, lantern, tombs, dragon_boat, mid_autumn, double_ninth = (
        feast_day(name, year) for name in ("春节", "元宵", "清明", "端午", "中秋", "重阳")
    )

    assert date(year, 1, 21) <= spring <= date(year, 2, 20)
    assert lantern == spring + timedelta(days=14)
    assert date(year, 4, 4) <= tombs <= date(year, 4, 6)
    assert date(year, 5, 25) <= dragon_boat <= date(year, 6, 25)
    assert 97 <= (mid_autumn - dragon_boat).days <= 130  # a leap month may lie between
    assert (double_ninth - mid_autumn).days in (23, 24, 53, 54)


def test_lunar_years_have_twelve_months_or_thirteen():
    starts = [feast_day("春节", year) for year in YEARS]

    assert {(after - before).days for before, after in pairwise(starts)} <= {
        354,
        355,
        383,
        384,
        385,
    }
