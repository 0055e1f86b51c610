"""Numbers that are printed as a table and drawn above it, in the year's report."""

from dataclasses import dataclass
from datetime import date

from items.words import Words


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """What the numbers of a row are about, and the numbers, by column."""

    label: Words
    short: str  # below its column in the drawing
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of whole numbers; the first two are drawn as a column filled up to the second."""

    key: str
    caption: str
    heads: tuple[str, ...]  # of the columns, with that of the labels before them
    rows: tuple[FiguresRow, ...]
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A public photo in an article."""

    stem: str  # "" once it was taken out for privacy
    words: Words
    day: date
    width: int
    height: int
    entry: int  # the number of the ledger's entry with which it came


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A place of an item before the work and after it."""

    number: int
    title: Words
    before: ShownPhoto
    after: ShownPhoto
