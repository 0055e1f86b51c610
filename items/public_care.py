"""Leaders' visits and a list's implementation plan, as a visitor may see them."""

from dataclasses import dataclass
from datetime import date

from items.public import Head
from items.words import Words


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A leader's visit: who went where, and what they heard."""

    went_on: date
    post: Words
    name: str  # as it was then; "" unless the committee shows names
    where: tuple[Words, ...]
    heard: str  # "": the words were erased
    withdrawn_on: date | None
    withdrawn_why: str


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """A committee's visits, the latest first."""

    committee: Words
    organisation: Words
    demonstration: bool
    current: Head | None  # its newest published list
    visits: tuple[SiteVisit, ...]
    count: int  # without those that were withdrawn
    as_of: date


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
