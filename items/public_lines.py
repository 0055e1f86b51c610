"""The lines under an item as a visitor may see them; of a delivery never to whom it went."""

from dataclasses import dataclass
from datetime import date

from items.public_link import Link
from items.words import Words


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
    said: str  # what was done, or why it was called off

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


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A unit's share in an item."""

    name: Words
    role: str  # "lead", "joint" or "support"
    role_label: str
