"""Items by what they have in common across units: the pages of a place and of a theme."""

from dataclasses import dataclass
from datetime import date

from items.public import Arithmetic, Board, Head, Row, Theme
from items.public_link import Link


@dataclass(frozen=True, slots=True)
class ThemePage:
    """A theme's page; its `board` is the whole list's and holds the theme's rows."""

    theme: Theme
    board: Board


@dataclass(frozen=True, slots=True)
class ListHere:
    """What one list has at a place."""

    head: Head
    arithmetic: Arithmetic  # of these rows
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place's page: what was promised and done there or below it."""

    place: Link
    path: tuple[Link, ...]  # the places around it, the widest first
    below: tuple[Link, ...]  # those directly below that have items
    lists: tuple[ListHere, ...]  # those still open first, then the newest
    arithmetic: Arithmetic  # of all of them together
    as_of: date
