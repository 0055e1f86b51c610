"""Working days: Mondays to Fridays, but for days off and the days that make up for them.

A calendar is shipped (`items.calendar`), and rows of `CalendarDay` go before it, day by day. What
is counted with it is stored at once, as `due` and `answer_by` are: a row that is written later
moves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from items.calendar.lines import CalendarLine, DayKind
from items.calendar.shipped import shipped_days, shipped_years
from items.models import CalendarDay

SATURDAY = 5
MOST = 250  # working days that can be counted at once: about a year
ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Counted:
    """A day that was counted, and the years of it for which there is no calendar."""

    day: date
    unknown_years: tuple[int, ...] = ()

    @property
    def note(self) -> str:
        """Say that holidays of a year weren't known; "" when all were."""
        if not self.unknown_years:
            return ""
        years = _(", ").join(str(year) for year in self.unknown_years)
        sentence = _("There is no calendar for %(years)s yet: Mondays to Fridays were counted.")
        return sentence % {"years": years}


class Calendar:
    """The days of some years that aren't what their weekday says."""

    def __init__(self, first: int, last: int):
        rows = CalendarDay.objects.filter(
            day__gte=date(first, 1, 1), day__lte=date(last, 12, 31)
        ).values_list("day", "kind", "name")
        written = {day: CalendarLine(day, kind, name) for day, kind, name in rows}
        shipped = {day: line for day, line in shipped_days().items() if first <= day.year <= last}
        self.days: Mapping[date, CalendarLine] = shipped | written
        self.years = shipped_years() | {day.year for day in written}

    def is_working_day(self, day: date) -> bool:
        if day in self.days:
            return self.days[day].kind == DayKind.WORKING
        return day.weekday() < SATURDAY

    def unknown(self, first: int, last: int) -> tuple[int, ...]:
        """Return the years from `first` to `last` for which there is no calendar."""
        return tuple(year for year in range(first, last + 1) if year not in self.years)


def is_calendar_known(year: int) -> bool:
    """Tell whether there is a calendar for a year; without one, Mondays to Fridays count."""
    return not Calendar(year, year).unknown(year, year)


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day; of a year without a calendar, by its weekday."""
    return Calendar(day.year, day.year).is_working_day(day)


def working_day_after(day: date, n: int) -> Counted:
    """Return the `n`-th working day after a day, which itself doesn't count."""
    if not 1 <= n <= MOST:
        raise ValueError(f"{n} is none of 1 to {MOST} working days.")
    calendar, last = Calendar(day.year, day.year + 2), day
    while n:
        last += ONE_DAY
        n -= calendar.is_working_day(last)
    return Counted(last, calendar.unknown((day + ONE_DAY).year, last.year))
