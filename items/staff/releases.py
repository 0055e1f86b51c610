"""What waits for a second yes in a list, as whoever says it reads it."""

from dataclasses import dataclass
from datetime import date

from items.words import Words


@dataclass(frozen=True, slots=True)
class Step:
    """A percent or a count: what stands on the board, and what would stand there."""

    label: str
    old: str  # "" when nothing is known yet
    new: str
    overtaken: bool  # newer is known: the board keeps that, the ledger alone says this


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """What was entered of one item."""

    number: int
    title: Words
    status_label: str
    text: str
    happened_on: date
    steps: tuple[Step, ...]
    measures: tuple[str, ...]  # that it says are done
    why_not: str  # why it can't be released now, "" when it can


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """A batch or a single entry: one yes, or one no with a reason."""

    key: str
    state: str  # what a form gives back, so that a yes is said to what was seen
    by: str
    written_on: date
    lines: tuple[ReleaseLine, ...]
    may_refuse: bool

    @property
    def ready(self) -> int:
        return sum(not line.why_not for line in self.lines)

    @property
    def why_not(self) -> str:
        """Return the sentence that stands in the way of every line; "" where they differ."""
        sentences = {line.why_not for line in self.lines}
        return sentences.pop() if len(sentences) == 1 else ""

    @property
    def left(self) -> tuple[ReleaseLine, ...]:
        """Return what a yes leaves waiting."""
        return tuple(line for line in self.lines if line.why_not)


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """All that waits for a second yes in a list, the earliest first."""

    cards: tuple[ReleaseCard, ...]

    @property
    def count(self) -> int:
        return sum(len(card.lines) for card in self.cards)
