"""The change of year at the desk: what waits in the list that ends, and what goes over."""

from dataclasses import dataclass
from datetime import date

from items import public
from items.models import Item
from items.rules.closing import Wait
from items.staff.lists import ListHead
from items.words import Words


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits on an item and holds the change up."""

    kind: str  # of items.rules.closing.KINDS
    number: int
    title: Words
    what: str  # in a sentence


@dataclass(frozen=True, slots=True)
class Going:
    """An open item, and under which number and by when it goes over; both may be missing yet."""

    row: public.Row
    standing: bool  # its term: it is never done for good
    chosen: int | None  # its number in the next list
    deadline: str  # as it stands in one cell; "" while there is none


@dataclass(frozen=True, slots=True)
class Year:
    """A list that runs, and how far its change of year has come."""

    head: ListHead
    arithmetic: public.Arithmetic
    waiting: tuple[Waiting, ...]
    claims: tuple[public.Row, ...]  # that go over as claims, unless they are checked before
    open: int  # items that aren't done
    chosen: int  # of these, how many go over
    next: ListHead | None  # the draft list in which they go on
    others: tuple[ListHead, ...]  # drafts of the same committee that could be it, too
    as_of: date


def waiting(wait: Wait, titles: dict[int, Words]) -> Waiting:
    return Waiting(wait.kind, wait.number, titles[wait.number], wait.what)


def going(item: Item, draft: Item | None, deadline: str, today: date) -> Going:
    """Return an open item as a line of the table; `draft` is what goes on with it."""
    return Going(
        row=public.row(item, today, show_names=True),
        standing=item.term == "standing",
        chosen=draft.number if draft else None,
        deadline=deadline,
    )
