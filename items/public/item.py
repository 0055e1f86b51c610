"""An item's page, and what was promised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from items import models
from items.columns import STORED
from items.models import Item
from items.public.announcements import Announcement
from items.public.assessments import Judgement
from items.public.entries import Blocked, Event, Extension
from items.public.lines import (
    Criterion,
    Deliveries,
    Link,
    Measure,
    Occasion,
    Part,
    UnitShare,
    next_step,
    part,
    unit_share,
    with_states,
)
from items.public.lists import Arithmetic, Block, Head, Row
from items.public.photos import Photo, Spot
from items.public.reviews import Review
from items.public.verdicts import VerdictRound, question
from items.states import Status, Term, Verb
from items.words import Words, one_line


@dataclass(frozen=True, slots=True)
class Carried:
    """An item of another year's list that is the same matter."""

    slug: str  # of the list
    list_name: Words
    number: int
    published_on: date


@dataclass(frozen=True, slots=True)
class Earlier:
    """An item of an earlier list with which this one goes on, and its story there."""

    item: Carried
    timeline: tuple[Event, ...]  # the latest first


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised: the item's columns under their own names, and the lines under it."""

    category: Words
    term: str  # a states.Term value, "" when it isn't said
    term_label: str
    problem: Words
    effect: Words
    result: str
    start_by: date | None
    start_is_the_matter: bool
    measures: tuple[Measure, ...]
    units: tuple[UnitShare, ...]
    parts: tuple[Part, ...]
    criteria: tuple[Criterion, ...] = ()  # what done looks like; none on older lists
    next_step: Words | None = None  # the first open measure of an item at work


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
    finding: Event | None  # what was found: the latest sign-off, sending back, visit or reopening
    overturned: Event | None  # the sign-off that no longer holds, since the item was reopened
    timeline: tuple[Event, ...]  # the latest first
    previous: int | None
    next: int | None
    carried_from: Carried | None  # the item of an earlier list that it goes on with
    carried_to: tuple[Carried, ...]  # the items of later lists that go on with it
    as_of: date
    looked_back: Event | None = None  # the latest look back at what is resolved
    listed_on: date | None = None
    earlier: tuple[Earlier, ...] = ()  # those that it goes on with, the latest first
    since: tuple[Event, ...] = ()  # what was written after the closing of its list
    spots: tuple[Spot, ...] = ()  # those with a public photo
    photos: tuple[Photo, ...] = ()  # that stand at no spot, the latest first
    place: Link | None = None  # those that have a page
    theme: Link | None = None
    deliveries: Deliveries | None = None  # None when nothing was handed out
    occasions: tuple[Occasion, ...] = ()  # the earliest first
    hardship: bool = False  # help for families: nobody's name stands on the page
    suggestions: int = 0  # that became this item
    committee: str = ""  # the slug
    verdicts: tuple[VerdictRound, ...] = ()  # what workers said, the latest round first
    reviews: tuple[Review, ...] = ()  # of what workers doubt, the latest first
    reviewing: Review | None = None  # opened after the closing of its list, and not answered yet
    judgements: tuple[Judgement, ...] = ()  # at assessments, the latest first
    announcements: tuple[Announcement, ...] = ()  # what is or was up for objections
    may_break: bool = False  # resolved not long ago: a door asks whether it broke again
    blocked: Blocked | None = None  # what holds the work up, unless only staff may read it

    @property
    def up(self) -> Announcement | None:
        """Return what of it is up for objections; one thing at a time."""
        return next((row for row in self.announcements if row.is_up), None)

    @property
    def were_up(self) -> tuple[Announcement, ...]:
        """Return what was up for objections before, the latest first."""
        return tuple(row for row in self.announcements if not row.is_up)

    @property
    def question(self) -> str:
        """Return what workers are asked about it."""
        return question(self.row.status)

    @property
    def entries(self) -> int:
        """Return how many entries tell its story, on earlier lists too."""
        return len(self.timeline) + sum(len(before.timeline) for before in self.earlier)


def carried(item: Item) -> Carried:
    return Carried(item.list.slug, item.list.words, item.number, item.published_on)


def promise(
    item: Item,
    measures: Iterable[models.Measure],
    shares: Iterable[models.UnitShare],
    parts: Iterable[models.Part],
    today: date,
    criteria: Iterable[models.Criterion] = (),
    entries: Iterable[models.Entry] = (),
) -> Promise:
    """Return what was promised, with the rows under the item as they stand on a day.

    `entries` are those of the item, the latest first: they answer what done looks like.
    """
    steps = with_states(item, measures)
    return Promise(
        **{column.name: _words_or_value(item, column) for column in OF_PROMISE},
        term_label=Term(item.term).label if item.term else "",
        measures=steps,
        units=tuple(unit_share(share, item.list) for share in shares),
        parts=tuple(part(row, item, today) for row in parts),
        criteria=tuple(_criteria(item, criteria, entries)),
        next_step=next_step(item, steps),
    )


def _criteria(
    item: Item, rows: Iterable[models.Criterion], entries: Iterable[models.Entry]
) -> Iterator[Criterion]:
    """Yield what done looks like, answered by what stands: nothing that was returned since."""
    rows = list(rows)
    claim = item.status in (Status.PENDING_CHECK, Status.RESOLVED)
    found = list(entries) if rows and claim else []
    claimed = _answers_of(found, Verb.CLAIM)
    checked = _answers_of(found, Verb.SIGN_OFF) if item.status == Status.RESOLVED else {}
    for row in rows:
        said = one_line(row.text)
        yield Criterion(row.words, claimed.get(said, ""), checked.get(said, ""))


def _answers_of(entries: list[models.Entry], verb: Verb) -> dict[str, str]:
    latest = next((entry for entry in entries if entry.verb == verb), None)
    rows = latest.words.answers.splitlines() if latest else []
    return {line: answer for line, _tab, answer in (row.partition("\t") for row in rows)}


# A column that isn't public can't be among them: the shape would lack it.
OF_PROMISE = [
    column
    for column in STORED
    if column.shade == "public" and column.name in {field.name for field in fields(Promise)}
]


def _words_or_value(item, column):
    value = getattr(item, column.name)
    if column.kind == "row":
        return item.list.called(value)
    return Words(value, getattr(item, f"{column.name}_en")) if column.english else value
