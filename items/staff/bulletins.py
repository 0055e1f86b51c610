"""The bulletins of a list at the desk, one line each, and whether another one is due."""

from dataclasses import dataclass
from datetime import date

from items.models import Bulletin
from items.words import Words


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A bulletin among others."""

    slug: str  # of its list
    list_name: Words
    number: int
    as_of: date | None  # None of a draft
    asked_on: date | None  # of a draft: when the office asked for the second yes


@dataclass(frozen=True, slots=True)
class BulletinsState:
    """How long ago a list's last bulletin was, and why another one is due."""

    last: BulletinLine | None
    days_ago: int
    due: str  # a sentence; "" when nothing has happened that asks for one


def bulletin_line(row: Bulletin) -> BulletinLine:
    return BulletinLine(row.list.slug, row.list.words, row.number, row.as_of, row.asked_on)
