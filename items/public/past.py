"""A list as it could be read on a past day."""

from dataclasses import dataclass
from datetime import date

from items.public.board import Board
from items.public.lists import Head


@dataclass(frozen=True, slots=True)
class Days:
    """The days of which a list's ledger can tell: from its publication to today."""

    head: Head  # as it is today
    first: date
    last: date

    def nearest(self, day: date) -> date:
        """Return the one of them that is nearest to a day."""
        return min(max(day, self.first), self.last)

    @property
    def since_publication(self) -> bool:
        return self.first == self.head.published_on


@dataclass(frozen=True, slots=True)
class PastPage:
    """A list's board as it stood at the end of a day; none of a day that nothing tells of."""

    days: Days
    on: date
    board: Board | None = None
    untold: tuple[int, ...] = ()  # numbers on the page whose result can't be told any more
    earlier: date | None = None  # the nearest days before and after on which something was written
    later: date | None = None

    @property
    def nearest(self) -> date:
        return self.days.nearest(self.on)

    @property
    def is_today(self) -> bool:
        """Tell whether the day isn't over yet."""
        return self.on == self.days.last
