"""A list's board, and what is found on it by words and filters."""

from dataclasses import dataclass
from datetime import date

from items.public.assessments import BoardAssessment
from items.public.changes import Recent
from items.public.lines import Link
from items.public.lists import Arithmetic, Block, Head, Row, RunningList
from items.public.photos import Pair
from items.public.proposals import ProposedLine, WasUp
from items.public.suggestions import BoardSuggestions
from items.words import Words


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a list with its own arithmetic."""

    link: Link
    arithmetic: Arithmetic  # of its items


@dataclass(frozen=True, slots=True)
class Truth:
    """What a list has to own up to, in numbers of its items."""

    overdue: int
    pending: int  # claimed, and not checked yet
    fresh: int  # of which news came in the last 30 days
    silent: int  # open, and nothing was heard for longer than the committee allows
    unanswered: int = 0  # reviews whose day has passed


@dataclass(frozen=True, slots=True)
class Board:
    """A list's public page."""

    head: Head
    arithmetic: Arithmetic
    strip: tuple[Block, ...]  # every published number, in order; none where they are too many
    rows: tuple[Row, ...]  # a page of those of the group shown, or of all
    group: str  # "" for the whole board
    as_of: date
    last_change_on: date | None
    last_change_days_ago: int
    overdue_count: int
    count: int  # of the rows on all pages
    recent: Recent | None = None  # None: nothing moved in the last seven days
    truth: Truth | None = None
    pairs: tuple[Pair, ...] = ()  # of some of the resolved items shown, the latest first
    page: int = 1
    pages: int = 1
    dim: frozenset[int] = frozenset()  # the numbers that stand back in the strip
    themes: tuple["Theme", ...] = ()
    plan: bool = False  # an implementation plan stands beside it
    promises: int = 0  # that were made smaller
    assessments: tuple[BoardAssessment, ...] = ()  # how it was judged, the latest first
    bulletin: int | None = None  # the number of the newest that is issued
    was_up: WasUp | None = None  # for objections, before it was published
    proposed: tuple[ProposedLine, ...] = ()  # drafts of its committee that are up for objections
    visits: int = 0  # by the committee's leaders
    suggestions: BoardSuggestions | None = None  # of its year
    running: tuple[RunningList, ...] = ()  # the committee's other lists, the newest first
    earlier: tuple[Head, ...] = ()  # those that are closed
    below: bool = False  # committees directly below it have lists
    places: tuple[Link, ...] = ()  # at which its items are, those with most items first


@dataclass(frozen=True, slots=True)
class ListInBrief:
    """A list's heading, of how many items it is, how many have a card, and how many a place."""

    head: Head
    count: int
    cards: int
    places: int


@dataclass(frozen=True, slots=True)
class BoardSearch:
    """What a reader searches a board for; "" is no filter."""

    q: str = ""  # every word of it is found in the item
    group: str = ""  # a states.Group value
    theme: str = ""  # this and the rest: the key of a choice
    category: str = ""
    unit: str = ""
    place: str = ""
    late: str = ""  # "1" overdue or done late, "overdue" or "done"
    # "pending" its check, "fresh" news of it, "silent" for too long, "unanswered" by its review
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by, and how many items it would leave beside the other filters."""

    key: str
    name: Words
    count: int
    depth: int = 0  # how far below the top of its tree: places only


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force: the name of its value, and the search without it."""

    field: str  # of BoardSearch
    name: Words
    without: BoardSearch
    count: int  # of the items that it finds


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search on a board finds; its `board` holds the rows that match."""

    board: Board
    search: BoardSearch  # without filters by what the list doesn't know
    choices: dict[str, tuple[Choice, ...]]  # by the field of BoardSearch
    filters: tuple[ActiveFilter, ...]
    unknown: bool  # a filter was for something that the list doesn't know
    unsaid: bool = False  # none of the list's items says the words, whatever the other filters
