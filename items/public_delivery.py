"""A delivery as a visitor may see it: what, how many, where and when, but never to whom."""

from dataclasses import dataclass
from datetime import date

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
