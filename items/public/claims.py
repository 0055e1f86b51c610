"""What owners claimed to be done, and what the supervisors found, as an equation that adds up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from items.public.lists import Head
from items.words import Words


class Found(TextChoices):
    """What became of a claim: each has one of these, so that they add up."""

    PASSED = "passed", pgettext_lazy("claim", "passed")
    SENT_BACK = "sent_back", pgettext_lazy("claim", "sent back")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "withdrawn")
    WAITING = "waiting", pgettext_lazy("claim", "waiting")


@dataclass(slots=True)
class Outcome:
    """One claim of an item, and what was found."""

    item: int  # the item's key
    claimed_on: date
    found: Found = Found.WAITING
    found_on: date | None = None
    again_on: date | None = None  # when what had passed was to be done again


@dataclass(frozen=True, slots=True)
class ClaimTerm:
    """How many claims came to one end."""

    key: str  # a Found value
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How often owners claimed, and what was found: the terms add up to the total."""

    total: int
    terms: tuple[ClaimTerm, ...]
    again: int  # of those that passed; the matter was to be done again later


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim as the page shows it."""

    number: int
    title: Words
    claimed_on: date
    found: str  # a Found value
    label: str
    found_on: date | None
    again_on: date | None


@dataclass(frozen=True, slots=True)
class Heard:
    """How many suggestions came on an item's place and category before and after its sign-off."""

    number: int
    title: Words
    signed_off_on: date
    before: int
    after: int
    days_after: int  # so many are over; before it they are always the same number


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """A list's claims in list order, and what workers said before and after."""

    head: Head
    counts: ClaimCounts
    of: str  # a Found value, "again", or "" for all: which claims are shown
    claims: tuple[Claimed, ...]
    heard: tuple[Heard, ...]
    days: int  # in which suggestions are counted, before and after
    more: int  # so many more after than before open a review
    as_of: date
    page: int = 1
    pages: int = 1


def counts_of(outcomes: list[Outcome]) -> ClaimCounts:
    """Count the claims; that something was taken off the list is named only where it was."""
    count = dict.fromkeys(Found, 0)
    for outcome in outcomes:
        count[outcome.found] += 1
    shown = [found for found in Found if count[found] or found != Found.WITHDRAWN]
    return ClaimCounts(
        total=len(outcomes),
        terms=tuple(ClaimTerm(found.value, str(found.label), count[found]) for found in shown),
        again=sum(outcome.again_on is not None for outcome in outcomes),
    )
