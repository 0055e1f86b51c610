"""The lines under an item as a visitor may see them; of a delivery never to whom it went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from items import models
from items.models import Item, ItemList
from items.states import Status
from items.words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """A place or a theme, which has a page of its own: the number in its address, its name."""

    number: int
    name: Words
    count: int = 0  # of the published items there or below, where it is shown


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of an item's delivery list."""

    what: Words  # none: the words were erased
    count: int
    to: tuple[Words, ...]  # the unit, the place, the team or room
    received_on: date
    taken_back: bool  # it was a mistake and doesn't count


@dataclass(frozen=True, slots=True)
class Deliveries:
    """An item's delivery list."""

    lines: tuple[Delivery, ...]
    delivered: int  # without what was taken back
    before: int  # that were counted beside them
    target: int | None
    count_unit: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which an item takes place."""

    on: date
    place: Link | None
    what: Words  # none: the words were erased
    state: str  # "planned", "unreported", "held", "called_off", or "dropped" with its item
    held_on: date | None
    outcome: str  # what was done, or why it was called off

    @property
    def day(self) -> date:
        """Return the day on which it took place, or is planned."""
        return self.held_on or self.on

    @property
    def is_open(self) -> bool:
        return self.state in ("planned", "unreported")

    @property
    def counts(self) -> bool:
        """Tell whether it took place or is still to come: its place's page then shows it."""
        return self.state not in ("called_off", "dropped")


@dataclass(frozen=True, slots=True)
class Part:
    """A further line under a number."""

    title: Words
    unit: Words
    start_by: date | None
    due: date | None
    due_words: str
    done_on: date | None
    progress: str
    first_due: date | None = None  # where it was another
    overdue_days: int = 0  # > 0: not done, and its deadline has passed


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the things that will be done about an item."""

    words: Words
    state: str = ""  # "done", "now", "to_come"; "" where nothing is said
    done_on: date | None = None

    @property
    def shape(self) -> str:
        """Return the status whose block it takes: full, half or outlined."""
        return {"done": "resolved", "now": "in_progress", "to_come": "not_started"}[self.state]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of what done looks like, with what the claim and the sign-off that stand say of it."""

    words: Words
    claimed: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A unit's share in an item."""

    name: Words
    role: str  # "lead", "joint" or "support"
    role_label: str


def with_states(item: Item, rows: Iterable[models.Measure]) -> tuple[Measure, ...]:
    """Return an item's measures with their states, which are said once one of them is ticked.

    Before, nobody keeps ticks there: nothing tells which of them is done.
    """
    rows = list(rows)
    states = _states(item, rows) if any(row.done_on for row in rows) else [""] * len(rows)
    pairs = zip(rows, states, strict=True)
    return tuple(Measure(row.words, state, row.done_on) for row, state in pairs)


def _states(item: Item, rows: list[models.Measure]) -> Iterator[str]:
    """Yield the state of each measure; of one that is open only while the work is to go on."""
    now = "now" if item.status == Status.IN_PROGRESS else "to_come"
    for row in rows:
        if row.done_on:
            yield "done"
        elif item.status in TO_GO_ON:
            yield now
            now = "to_come"
        else:
            yield ""


TO_GO_ON = {Status.NOT_STARTED, Status.IN_PROGRESS, Status.ON_HOLD}


def next_step(item: Item, measures: Iterable[Measure]) -> Words | None:
    """Return the first open measure of an item at work, where its ticks are kept."""
    if item.status not in (Status.NOT_STARTED, Status.IN_PROGRESS):
        return None
    return next((row.words for row in measures if row.state in ("now", "to_come")), None)


def unit_share(share: models.UnitShare, item_list: ItemList) -> UnitShare:
    name = item_list.called(share.unit)
    return UnitShare(name=name, role=share.role, role_label=share.get_role_display())


def deliveries(item: Item, rows: Iterable[models.Delivery]) -> Deliveries:
    """Return an item's delivery list; the rows are its deliveries `with_returns`."""
    lines = tuple(delivery(row, item.list) for row in rows)
    delivered = sum(line.count for line in lines if not line.taken_back)
    counted = item.done_count if item.target_count else None
    return Deliveries(
        lines=lines,
        delivered=delivered,
        before=max(0, (counted or 0) - delivered),
        target=item.target_count,
        count_unit=item.count_unit,
    )


def delivery(row: models.Delivery, item_list: ItemList) -> Delivery:
    to = (item_list.called(row.unit), item_list.called(row.place), Words(row.team))
    return Delivery(
        what=Words(row.what),
        count=row.count,
        to=tuple(filter(None, to)),
        received_on=row.received_on,
        taken_back=row.taken_back,
    )


def part(part: models.Part, item: Item, today: date) -> Part:
    return Part(
        title=part.words,
        unit=item.list.called(part.unit),
        start_by=part.start_by,
        first_due=part.first_due if part.first_due != part.due else None,
        due=part.due,
        due_words=part.due_words,
        done_on=part.done_on,
        overdue_days=part.overdue_days(item, today),
        progress=part.progress,
    )


def occasion(row: models.Occasion, item: Item, today: date) -> Occasion:
    """Return a dated occasion of an item; what nobody reported is computed from its status."""
    return Occasion(
        on=row.on,
        place=link(row.place, item.list),
        what=Words(row.what),
        state=_state(row, item.status, today),
        held_on=row.ending.happened_on if row.was_held else None,
        outcome=row.ending.words.text if row.ending else "",
    )


def _state(row, status, today):
    if row.ending:
        return "held" if row.was_held else "called_off"
    if status == Status.WITHDRAWN:
        return "dropped"
    return "unreported" if row.on < today else "planned"


def link(row: models.Place | models.Theme | None, item_list: ItemList) -> Link | None:
    """Return a list's place or theme as a link to its page; None where there is none."""
    return Link(row.pk, item_list.called(row)) if row else None
