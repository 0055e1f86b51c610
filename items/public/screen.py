"""A list on a screen on the wall: what stands still, and what turns."""

from dataclasses import dataclass
from datetime import date

from items.public.lists import Arithmetic, Block, Head, Row
from items.public.moves import Move


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of a list's screen. The figures stand on each; the items turn where they are many."""

    head: Head
    arithmetic: Arithmetic
    strip: tuple[Block, ...]  # every number; none where they are too many
    as_of: date
    overdue_count: int
    last_change_days_ago: int
    moves: tuple[Move, ...]  # of the last seven days, the latest first, as many as fit
    moved: int  # all of them
    left: tuple[Row, ...]  # what isn't done, the most pressing first, as many as fit
    columns: tuple[tuple[Row, ...], ...]  # of items, on the pages that turn
    page: int = 1
    pages: int = 1

    @property
    def turns_to(self) -> int:
        """Return the number of the page that follows; this one where there is no other."""
        return self.page % self.pages + 1
