"""The proof of a draft list before it is published: who has what, by when, what all will read."""

from dataclasses import dataclass
from datetime import date

from items import models, public
from items.models import Item
from items.rules.closing import LeftBehind
from items.states import GROUP_OF, NOT_DONE, Status
from items.words import Words


@dataclass(frozen=True, slots=True)
class Coverage:
    """A post, who holds it, and the items that it has a duty for."""

    pk: int
    post: Words
    holder: str  # "" while it is vacant
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """An item's deadline that is worth a second look."""

    number: int
    title: Words
    due: date
    overdue_days: int  # on the day of publication; 0: it lies ahead
    of_an_earlier_year: bool  # than the list's: it looks like last year's


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that nobody outside has read yet."""

    kind: str  # what it is the name of, in words
    name: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """What looks like data about a person in what becomes public."""

    number: int | None  # of the item; None: in the list's own words
    label: str  # of the column
    found: tuple[str, ...]  # what it looks like, masked


@dataclass(frozen=True, slots=True)
class Vague:
    """A line of what done looks like that nobody can check."""

    number: int  # of the item
    line: Words
    words: tuple[str, ...]  # that say nothing which can be checked


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft list as it would be published today."""

    leaders: tuple[Coverage, ...]  # leaders' posts, those that lead nothing first
    other_owners: tuple[Coverage, ...]  # posts that lead items and aren't marked as leaders'
    supervisors: tuple[Coverage, ...]
    deadlines: tuple[Deadline, ...]  # those to look at, the earliest first
    overdue_count: int  # of these, how many are overdue at once
    dated_count: int  # items with a deadline
    next_due: date | None  # the first that lies ahead
    standing: tuple[int, ...]  # the numbers of items that are never done for good
    brought_in: tuple[tuple[str, tuple[int, ...]], ...]  # a status in words, and whose it is
    carried: tuple[int, ...]
    new_names: tuple[NewName, ...]
    without_criteria: tuple[int, ...]  # the numbers of items that don't say what done looks like
    vague: tuple[Vague, ...]
    findings: tuple[Finding, ...]
    arithmetic: public.Arithmetic  # as the board will show it
    strip: tuple[public.Block, ...]
    names_shown: bool  # by the committee's setting
    left_behind: tuple[LeftBehind, ...]  # the older lists that go on running
    as_of: date


def coverage(post: models.Post, numbers: list[int], today: date) -> Coverage:
    holder = post.holder(today)
    return Coverage(post.pk, post.words, holder.name if holder else "", tuple(sorted(numbers)))


def proof_deadline(item: Item, year: int, today: date) -> Deadline:
    assert item.due is not None  # only those with one are looked at
    days = (today - item.due).days
    return Deadline(
        number=item.number,
        title=item.title_words,
        due=item.due,
        overdue_days=max(0, days),
        of_an_earlier_year=item.due.year < year,
    )


def proof_block(item: Item, status: Status, today: date) -> public.Block:
    """Return a draft as the block that it will be once it is published with a status."""
    late = (today - item.due).days if item.due and status in NOT_DONE else 0
    return public.Block(
        number=item.number,
        title=item.title_words,
        status=status.value,
        status_label=str(status.label),
        group=GROUP_OF[status].value,
        overdue_days=max(0, late),
    )
