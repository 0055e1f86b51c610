"""What moved on a list: lately, and week by week back to its publication."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from items.public.lists import Head
from items.public.moves import Move
from items.words import day

DAYS = timedelta(7)


@dataclass(frozen=True, slots=True)
class Recent:
    """What was written down in the last seven days."""

    since: date
    until: date
    moves: tuple[Move, ...]  # the latest of them, the latest first
    count: int  # of all of them
    items: int  # of which news came


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday, by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(day.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(6)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A week of a list: everything that was written down in it, the latest first."""

    head: Head
    week: Week
    moves: tuple[Move, ...]
    count: int  # on all pages
    items: int  # of which news came
    earlier: Week | None  # the next week back in which something was written down
    later: Week | None
    as_of: date
    page: int = 1
    pages: int = 1

    @property
    def is_running(self) -> bool:
        """Tell whether the week isn't over yet."""
        return self.week.sunday >= self.as_of

    @property
    def title(self) -> str:
        """Return its title: the week's days, and of how many items news came."""
        values = {
            "n": self.items,
            "first": day(self.week.monday),
            "last": day(self.week.sunday, self.week.monday.year),
        }
        if not self.items:
            return gettext("%(first)s to %(last)s: no news") % values
        pattern = ngettext(
            "%(first)s to %(last)s: news of %(n)d item",
            "%(first)s to %(last)s: news of %(n)d items",
            self.items,
        )
        return pattern % values

    @property
    def last_day(self) -> date:
        """Return the last day of the week, or of the list where that ended in it."""
        return min(self.week.sunday, self.as_of)
