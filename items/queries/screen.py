"""What a screen on the wall shows of a list, packed so that nothing is cut off.

A screen can't be scrolled, and without JavaScript nothing can be measured on it. So how many lines
a text takes is reckoned here, by the width of its signs, with room to spare (1112).
"""

from collections.abc import Callable, Iterable
from datetime import date
from math import ceil
from typing import TypeVar

from django.utils.translation import get_language

from items import public
from items.models import Item, ItemList
from items.models.items import DEADLINE
from items.public import sentences
from items.queries.board import Page, board_of
from items.queries.cells import Summary, cell, summary_of_list
from items.queries.changes import recent_of
from items.queries.paging import nearest
from items.queries.rows import items_of, list_at, read
from items.states import NOT_DONE
from items.words import Words

STILL = 24  # items of a list whose page never turns
MOST = 300  # items that turn; of a longer list the figures and what is most pressing are shown
ON_STRIP = 40  # blocks in one row that are read from five metres
PRESSING = 20  # items not done that are read of a long list
LINE = 24  # Chinese signs that a line of a column takes, of the 25 that fit
LINES = 10  # of a column; one text alone may take two more
UPRIGHT = 26  # of a column where a screen stands upright; what doesn't fit otherwise isn't shown
GAP = 0.4  # of a line, between two of them

T = TypeVar("T")


def screen(slug: str, today: date, page: int = 1) -> public.Screen | None:
    """Return a page of a published list's screen; None where there is no such list."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    summary, items = _items(item_list, item_list.as_of(today))
    board = board_of(item_list, summary, Page(items, len(items)), today)
    recent = recent_of(item_list, today)
    total = board.arithmetic.total
    pages = _pages(board.rows) if STILL < total <= MOST else []
    number, count = nearest(page, 1 + len(pages), 1)
    left = sorted((row for row in board.rows if row.status in NOT_DONE), key=_pressing)
    return public.Screen(
        head=board.head,
        arithmetic=board.arithmetic,
        strip=board.strip if total <= ON_STRIP else (),
        as_of=board.as_of,
        overdue_count=board.overdue_count,
        last_change_days_ago=board.last_change_days_ago,
        moves=_fitting(recent.moves if recent else (), _lines_of_move),
        moved=recent.count if recent else 0,
        left=_fitting(left, _lines_of_row),
        columns=pages[number - 2] if number > 1 else (),
        page=number,
        pages=count,
    )


def _items(item_list: ItemList, as_of: date) -> tuple[Summary, list[Item]]:
    """Return a list as a whole, and its items; of a long one those that are most pressing."""
    rows, summary = items_of(item_list), None
    items = read(rows[: MOST + 1])
    if len(items) > MOST:
        summary = summary_of_list(item_list, as_of)
        items = read(rows.not_done().order_by(DEADLINE, "number")[:PRESSING])
    for item in items:
        item.list = item_list
    return summary or Summary([cell(item, as_of) for item in items], items), items


def _pressing(row: public.Row) -> tuple:
    """Return how pressing an item is that isn't done: the longest overdue first."""
    return -row.overdue_days, row.put_right_by or row.due or date.max, row.number


def _lines(*texts: str) -> int:
    """Return how many lines a text takes; words of Latin letters leave some room at the end."""
    signs = sum(sentences.width(text) for text in texts) + len(texts) - 1
    latin = sum(letter.isascii() for text in texts for letter in text) / 2
    return ceil((signs + latin * 0.25) / LINE)


def _said(words: Words) -> str:
    return words.in_language(get_language() or "")[0]


def _lines_of_move(move: public.Move) -> float:
    return _lines(_said(move.title)) + _lines(move.sentence, "12月31日") + GAP


def _lines_of_row(row: public.Row) -> float:
    said = row.status_label, sentences.deadline(row), sentences.overdue(row)
    return _lines(_said(row.title)) + _lines(*said) + GAP


def _lines_of_item(row: public.Row) -> float:
    return _lines(_said(row.title), row.status_label, sentences.overdue(row)) + GAP


def _fitting(things: Iterable[T], lines: Callable[[T], float]) -> tuple[T, ...]:
    """Return the first of some things, as many as any screen has room for; at least one."""
    return next(iter(_packed(things, lines, UPRIGHT)), ())


def _packed(
    things: Iterable[T], lines: Callable[[T], float], size: float = LINES
) -> list[tuple[T, ...]]:
    """Return things in their order, as columns that take them whole."""
    columns: list[list[T]] = []
    room = 0.0
    for thing in things:
        needs = lines(thing)
        if not columns or needs > room:
            columns.append([])
            room = size
        columns[-1].append(thing)
        room -= needs
    return [tuple(column) for column in columns]


def _pages(rows: Iterable[public.Row]) -> list[tuple[tuple[public.Row, ...], ...]]:
    """Return items as pages of two columns."""
    columns = _packed(rows, _lines_of_item)
    return [tuple(columns[at : at + 2]) for at in range(0, len(columns), 2)]
