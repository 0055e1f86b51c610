"""What a visitor may see: frozen shapes that hold public fields and nothing else.

A public page is rendered from these alone, so that no template can reach a private field.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from items.public_lines import Deliveries, Occasion, Part, UnitShare
from items.public_link import Link
from items.public_photo import Photo, Spot
from items.public_voices import Heard
from items.words import Words


@dataclass(frozen=True, slots=True)
class Head:
    """A list's heading."""

    slug: str
    name: Words
    programme: Words
    year: int
    committee: Words
    organisation: Words
    published_on: date
    closed_on: date | None
    demonstration: bool
    committee_slug: str = ""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One term of the equation."""

    key: str  # a states.Group value, and the last part of the address of its page
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The public equation: total = sum of the groups, and the share that is resolved."""

    total: int
    groups: tuple[GroupCount, ...]  # resolved and in_progress always; the others when not 0
    percent: Decimal | None  # of 100, one decimal; None for an empty list


@dataclass(frozen=True, slots=True)
class Holder:
    """A post, and the person who holds it today when the committee shows names."""

    post: Words
    name: str
    vacant: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: a percent, or a count from which it is computed."""

    percent: Decimal | None
    done: int | None
    target: int | None
    count_unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a line of the board. Every span of days is computed for one day, `as_of`."""

    number: int
    title: Words
    place: Words
    status: str  # a states.Status value
    status_label: str
    group: str  # a states.Group value
    owner: Holder
    supervisor: Holder
    illustrative: bool
    due: date | None
    first_due: date | None
    due_words: str  # as the sheet wrote the deadline
    times_extended: int
    overdue_days: int  # > 0: open or on hold, and the deadline has passed
    due_in_days: int | None  # open and not overdue: days to the deadline, 0 is today
    light: str  # "", "yellow" or "red"
    progress: Progress
    done_on: date | None
    signed_off_on: date | None
    done_late_days: int  # > 0: resolved, after the deadline
    hold_review_on: date | None
    withdrawn_on: date | None
    added_on: date | None  # only for an item added after the list was published
    times_reopened: int
    brought_in: bool  # resolved or moving before this system
    last_verb: str  # what happened last, in words; its text; its day
    last_text: str
    last_on: date | None
    last_days_ago: int
    stale: bool  # open, and nothing was heard for longer than the committee allows
    behind: str = ""  # "", "some" or "far": the work lags behind a straight line to its deadline


@dataclass(frozen=True, slots=True)
class Block:
    """An item as a block of the strip, where no row tells more of it."""

    number: int
    title: Words
    status: str  # a states.Status value
    status_label: str
    group: str  # a states.Group value
    overdue_days: int


@dataclass(frozen=True, slots=True)
class Board:
    """A list's public page."""

    head: Head
    arithmetic: Arithmetic
    strip: tuple[Block, ...]  # every published number, in order; none where they are too many
    rows: tuple[Row, ...]  # a page of those of the group shown, or of all
    group: str  # "" for the whole board
    moved_lately: tuple[Row, ...]  # at most three, the latest first
    as_of: date
    last_change_on: date | None
    last_change_days_ago: int
    overdue_count: int
    count: int  # of the rows on all pages
    page: int = 1
    pages: int = 1
    dim: frozenset[int] = frozenset()  # the numbers that stand back in the strip
    themes: tuple["Theme", ...] = ()
    plan: bool = False  # an implementation plan stands beside it
    visits: int = 0  # by the committee's leaders
    heard: Heard | None = None  # of the suggestions of its year
    others: bool = False  # the committee has other lists, or those below it have


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a list with its own arithmetic."""

    link: Link
    arithmetic: Arithmetic  # of its items


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for on a board; "" is no wish."""

    q: str = ""  # every word of it is found in the item
    group: str = ""  # a states.Group value
    theme: str = ""  # this and the rest: the key of a choice
    category: str = ""
    unit: str = ""
    place: str = ""
    late: str = ""  # "1" overdue or done late, "overdue" or "done"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by, and how many items it would leave beside the other wishes."""

    key: str
    name: Words
    count: int
    depth: int = 0  # how far below the top of its tree: places only


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish in force: its words, and what is found without it."""

    field: str  # of Wanted
    name: Words
    without: Wanted
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """What is found on a board; its `board` holds the rows that match."""

    board: Board
    wanted: Wanted  # without wishes for what the list doesn't know
    choices: dict[str, tuple[Choice, ...]]  # by the field of Wanted
    wishes: tuple[Wish, ...]
    unknown: bool  # a wish was for something that the list doesn't know


@dataclass(frozen=True, slots=True)
class Event:
    """A public entry of the ledger."""

    verb: str  # a states.Verb value
    label: str
    text: str  # as written by the person, "" when there is none
    erased_on: date | None  # the words were erased for privacy; the entry stands
    happened_on: date
    written_on: date  # later than happened_on when it was written down afterwards
    role: str  # "owner", "supervisor", "office", "administrator" in words
    post: Words  # as it was called at the time
    name: str  # as it was at the time; "" unless the committee shows names
    facts: tuple[tuple[str, str], ...]  # label and value: dates, counts, how it was checked
    status_label: str  # the status after it, "" when it did not change
    photos: tuple[Photo, ...] = ()  # that came along and are released


@dataclass(frozen=True, slots=True)
class Extension:
    """More time asked for and given."""

    old_due: date
    new_due: date
    reason: str
    asked_on: date
    decided_on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised: the item's columns under their own names, and the lines under it."""

    category: Words
    term_label: str
    problem: Words
    effect: Words
    result: str
    start_by: date | None
    start_is_the_matter: bool
    measures: tuple[Words, ...]
    units: tuple[UnitShare, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item's public page."""

    head: Head
    arithmetic: Arithmetic
    strip: tuple[Block, ...]
    row: Row
    promise: Promise
    extensions: tuple[Extension, ...]
    claim: Event | None  # what the owner says: the latest claim or progress report
    finding: Event | None  # what the supervisor found: the latest sign-off, sending back or visit
    timeline: tuple[Event, ...]  # the latest first
    previous: int | None
    next: int | None
    carried_from: str  # "2026-7" when carried over from an earlier list
    as_of: date
    spots: tuple[Spot, ...] = ()  # those with a public photo
    photos: tuple[Photo, ...] = ()  # taken during the work, the latest first
    place: Link | None = None  # those that have a page
    theme: Link | None = None
    deliveries: Deliveries | None = None  # None when nothing was handed out
    occasions: tuple[Occasion, ...] = ()  # the earliest first
    hardship: bool = False  # help for families: nobody's name stands on the page
    suggestions: int = 0  # that became this item
    committee: str = ""  # the slug
