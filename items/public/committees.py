"""A company as a visitor may see it: its committees, their lists, and what those add up to."""

from dataclasses import dataclass
from datetime import date

from items.public.board import BoardSearch
from items.public.changes import Recent
from items.public.lists import Arithmetic, Block, Head, RunningList
from items.public.suggestions import CallLine
from items.words import Words


@dataclass(frozen=True, slots=True)
class HomeList:
    """A committee's current list as it stands outside its board."""

    head: Head
    arithmetic: Arithmetic
    strip: tuple[Block, ...]  # empty where a page has no room for it
    overdue_count: int
    last_change_on: date | None
    last_change_days_ago: int
    running: tuple[RunningList, ...] = ()  # the committee's other lists, the newest first


@dataclass(frozen=True, slots=True)
class Sum:
    """What the current lists of some committees come to, all of one year."""

    lists: int
    arithmetic: Arithmetic
    overdue_count: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A committee in the tree of those that have a list, or have one below them."""

    name: Words
    organisation: Words
    depth: int
    shown: HomeList | None  # None: no list of its own
    together: Sum | None  # with those below it; None when that is no sum of several
    slug: str = ""  # of its page, where that shows earlier lists


@dataclass(frozen=True, slots=True)
class Crumb:
    """A committee that has others below it, by its page."""

    slug: str
    name: Words


@dataclass(frozen=True, slots=True)
class Line:
    """A committee as one line among many."""

    slug: str
    name: Words
    path: tuple[Words, ...]  # what is above it, the highest first; only when it was looked for
    sum: Sum | None  # with those below it; of several years, its own; None without one
    lists: int  # its own and those below it


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the committees at one level, or of those that were found."""

    rows: tuple[Line, ...]
    count: int  # on all pages together
    page: int  # from 1
    pages: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """The home page of more committees than there is room for."""

    lines: Lines  # those at the top, or directly below the only one, or those found
    together: Sum | None = None  # of all; None when they are of several years
    top: Crumb | None = None  # the only one above all others
    shown: HomeList | None = None  # its own list, on the first page


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: each committee's current list where they are few, else the top of the tree."""

    search: BoardSearch  # only its words count
    demonstration: bool
    as_of: date
    current: tuple[HomeList, ...] = ()  # where they are few
    tree: tuple[Branch, ...] = ()  # the same lists, each committee before those below it
    crowd: Crowd | None = None  # where they are many, or one of several is looked for
    recent: Recent | None = None  # what moved on all of them in the last seven days
    only: str | None = None  # the slug of the only current list: its board is the home page
    calls: tuple[CallLine, ...] = ()  # to which anyone can answer today

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of all strips, where the lists are few."""
        return tuple(block for shown in self.current for block in shown.strip)

    def boards(self) -> list[str]:
        """Return the slugs of the lists that run, where they are few."""
        if self.only:
            return [self.only]
        heads = [(shown.head, *(other.head for other in shown.running)) for shown in self.current]
        return [head.slug for some in heads for head in some]


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """A committee's page: its current list, those below it, and its earlier lists."""

    slug: str
    committee: Words
    organisation: Words
    demonstration: bool
    path: tuple[Crumb, ...]  # the committees above it, the highest first
    shown: HomeList | None  # None: no list of its own
    together: Sum | None  # with those below it; None when that is no sum of several
    lines: Lines  # those directly below it
    earlier: tuple[Head, ...]
    calls: tuple[CallLine, ...]  # to which anyone can answer today
    as_of: date
    recent: Recent | None = None  # what moved on its list and those below in the last seven days
