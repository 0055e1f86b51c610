"""A company as a visitor may see it: its committees, their lists, and what those add up to."""

from dataclasses import dataclass
from datetime import date

from items.public.board import BoardSearch
from items.public.bulletins import BulletinLink
from items.public.changes import Recent
from items.public.lists import Arithmetic, Block, GroupCount, Head, RunningList
from items.public.proposals import ProposedLine
from items.public.suggestions import CallLine
from items.words import Words

KEPT_BOARDS = 12  # so many a cache in front had better have


@dataclass(frozen=True, slots=True)
class HomeList:
    """A committee's current list as it stands on the committee's page."""

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
class Crumb:
    """A committee that has others below it, by its page."""

    slug: str
    name: Words


@dataclass(frozen=True, slots=True)
class Line:
    """A committee as one line among others, and where it leads."""

    slug: str
    name: Words
    path: tuple[Words, ...]  # what is above it, the highest first; only when it was looked for
    sum: Sum | None  # of its own list or of all below it too; None of none, or of several years
    lists: int  # how many the line speaks of
    depth: int = 0  # below the first lines of the page
    head: Head | None = None  # its list, to which the line leads; None: to the committee's page
    running: tuple[RunningList, ...] = ()  # its other lists, the newest first
    silent_days: int | None = None  # since its list's last change, where that is too long ago

    @property
    def overdue_count(self) -> int:
        return self.sum.overdue_count if self.sum else 0


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the committees at one level, or of those that were found."""

    rows: tuple[Line, ...]
    count: int  # on all pages together
    page: int  # from 1
    pages: int

    @property
    def groups(self) -> tuple[GroupCount, ...]:
        """Return the terms of the first sum, whose words head the lines."""
        return next((line.sum.arithmetic.groups for line in self.rows if line.sum), ())


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: the only list's board, or a line for each committee."""

    search: BoardSearch  # only its words count
    demonstration: bool
    as_of: date
    lines: Lines | None = None  # the whole tree, its top where it is large, or those found
    together: Sum | None = None  # of all lists; None of one, or when they are of several years
    recent: Recent | None = None  # what moved on all of them in the last seven days
    only: str | None = None  # the slug of the only current list: its board is the home page
    calls: tuple[CallLine, ...] = ()  # to which anyone can answer today
    proposed: tuple[ProposedLine, ...] = ()  # drafts that are up for objections

    def boards(self) -> list[str]:
        """Return the slugs of the lists that run and to which the page leads, the first few."""
        if self.only:
            return [self.only]
        rows = self.lines.rows if self.lines else ()
        heads = [
            head
            for line in rows
            for head in (line.head, *(other.head for other in line.running))
            if head and not head.closed_on
        ]
        return [head.slug for head in heads[:KEPT_BOARDS]]


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
    bulletins: tuple[BulletinLink, ...] = ()  # of all its lists, the newest first
    proposed: tuple[ProposedLine, ...] = ()  # its drafts that are up for objections
