"""A list's implementation plan as a visitor may see it."""

from dataclasses import dataclass
from datetime import date

from items.models import Entry
from items.public.lists import Head
from items.words import Words


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One publication of a plan, as the ledger has it."""

    published_on: date
    reason: str  # why it replaced the one before; "" for the first
    plan: Words
    erased_on: date | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The implementation plan beside a list, and those before it, the latest first."""

    head: Head
    current: PlanVersion
    earlier: tuple[PlanVersion, ...]


def plan_version(entry: Entry) -> PlanVersion:
    """Return a publication of a plan: its entry holds the plan's two languages."""
    words = entry.words
    return PlanVersion(
        published_on=entry.happened_on,
        reason=words.text,
        plan=Words(words.new, words.evidence),
        erased_on=words.erased_on,
    )
