"""Items by what they have in common across units: the pages of a place and of a theme."""

from dataclasses import dataclass
from datetime import date

from items.public.board import Board, BoardSearch, Theme
from items.public.lines import Delivery, Link, Occasion
from items.public.lists import Arithmetic, Block, Head, Row
from items.public.suggestions import Addressee
from items.words import Words


@dataclass(frozen=True, slots=True)
class ThemePage:
    """A theme's page; its `board` is the whole list's and holds the theme's rows."""

    theme: Theme
    board: Board


@dataclass(frozen=True, slots=True)
class ListHere:
    """What one list has at a place."""

    head: Head
    arithmetic: Arithmetic  # of all that it has there
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class LinesHere:
    """What an item did or will do at a place, line by line, wherever the item itself is."""

    head: Head
    item: Block
    lines: tuple[Occasion, ...] | tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place's page: what was promised and done there or below it."""

    head: Head  # of the list that comes first
    place: Link
    path: tuple[Link, ...]  # the places around it, the widest first
    below: tuple[Link, ...]  # those directly below that have a page
    lists: tuple[ListHere, ...]  # of this page: those still open first, then the newest
    dates: tuple[LinesHere, ...]  # what took place or is still to come
    handed_out: tuple[LinesHere, ...]  # without what was taken back
    several: bool  # there are items of more than one list
    arithmetic: Arithmetic  # of all of them together
    as_of: date
    count: int  # of the items on all pages
    page: int
    pages: int

    @property
    def has_papers(self) -> bool:
        """Tell whether it may have a sheet and a picture: not if all here is help for families."""
        return any(row.code for here in self.lists for row in here.rows)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in the index; its count is of the items there or below."""

    link: Link
    depth: int  # how far below the top of its tree
    around: tuple[Words, ...]  # the places around it, where it stands alone


@dataclass(frozen=True, slots=True)
class PlacesOf:
    """A committee's places in the index."""

    committee: Addressee
    lines: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """A page of the index of places."""

    search: BoardSearch  # of which only the words count
    committees: tuple[PlacesOf, ...]
    only: Addressee | None  # the one whose places these all are
    demonstration: bool
    count: int  # of the places on all pages
    page: int
    pages: int
    as_of: date
