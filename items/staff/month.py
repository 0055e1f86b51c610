"""A month's progress on one page: every item that is at work, with a box for its words."""

from dataclasses import dataclass
from decimal import Decimal

from items import public


@dataclass(frozen=True, slots=True)
class MonthRow:
    """An item that is at work, with what a form about it has to know."""

    pk: int
    row: public.Row
    seen: int  # the ledger's number of its last entry
    target: int | None  # of what is counted; None: a percent says how far it is
    unit: str
    done_count: int | None
    percent: Decimal | None
    owned: bool  # by whoever looks: it is reported publicly, not entered
    waiting: str  # what was entered for the owner and isn't released, "" for nothing
    blocked: str  # what holds it up, which the next report ends; "" for nothing

    @property
    def number(self) -> int | Decimal | None:
        """Return how far it is, as the item is measured."""
        return self.percent if self.target is None else self.done_count


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The items of an owner's post, a unit or a whole list that aren't done."""

    rows: tuple[MonthRow, ...]  # at work
    others: tuple[public.Row, ...]  # on hold, or waiting for the check
    owners: tuple[tuple[str, str], ...]  # to choose from: the key and the name
    units: tuple[tuple[str, str], ...]
    count: int  # of all that are at work
    page: int
    pages: int
    office: bool  # whoever looks sees the whole list

    @property
    def owned(self) -> int:
        return sum(row.owned for row in self.rows)
