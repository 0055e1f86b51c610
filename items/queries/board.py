"""A list's board, or one group of it: a small list from its rows, a large one from counts."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery

from items import public
from items.compiled_queries import compiled_query
from items.models import Committee, Entry, Item, ItemList
from items.models.post import know_posts
from items.queries import suggestions
from items.queries.cells import Summary, cell, summary_of_list, themes_of, together, total
from items.queries.paging import nearest
from items.queries.places import chips
from items.queries.promises import count_smaller
from items.queries.rows import in_rows, last_change, list_at, read
from items.queries.visits import visits_of
from items.states import STATUSES_OF

PAGE_SIZE = 100  # items
MOVED_LATELY = 3
NO_MOVES = {"publish", "bring_in", "add_item"}  # being on the list is no move


class Page(NamedTuple):
    """The items of a page, with all that a row shows; of how many, on which page of how many."""

    items: list[Item]
    count: int
    number: int = 1
    pages: int = 1


def board(slug: str, today: date, group: str = "", page: int = 1) -> public.Board | None:
    """Return a page of a published list, or of one group of it; None when there is none.

    Of a list that fits on one page everything follows from its rows; a longer one is counted by
    the database.
    """
    item_list = list_at(slug)
    if item_list is None:
        return None
    items = _first_items(item_list.pk)
    if len(items) <= PAGE_SIZE:
        return _small_board(item_list, items, today, group)
    return _large_board(item_list, today, group, page)


@compiled_query
def _first_items(item_list):
    return in_rows(Item.objects.filter(list=item_list))[: PAGE_SIZE + 1]


def _small_board(item_list, items, today, group):
    for item in items:
        item.list = item_list
    know_posts(items)
    summary = Summary([cell(item, item_list.as_of(today)) for item in items], items)
    if group:
        rows = [item for item in items if item.group == group]
        return _group_board(item_list, summary, Page(rows, len(rows)), today, group)
    moved = [item for item in items if item.last_news.verb not in NO_MOVES]
    moved.sort(key=lambda i: (i.last_news.happened_on, i.last_news.seq), reverse=True)
    return _whole_board(item_list, summary, Page(items, len(items)), today, moved[:MOVED_LATELY])


def _large_board(item_list, today, group, number):
    items, summary = item_list.items.published(), summary_of_list(item_list, item_list.as_of(today))
    if group:
        count = total(cell for cell in summary.cells if cell.group == group)
        keys, *place = keys_of_page(items.filter(status__in=STATUSES_OF[group]), count, number)
        page = Page(items_by_key(item_list, keys), count, *place)
        return _group_board(item_list, summary, page, today, group)
    count, moved = total(summary.cells), _moved_last(item_list)
    keys, *place = keys_of_page(items, count, number)
    read_at_once = items_by_key(item_list, [*keys, *moved])
    page = Page(read_at_once[: len(keys)], count, *place)
    return _whole_board(item_list, summary, page, today, read_at_once[len(keys) :])


def _moved_last(item_list) -> list[int]:
    """Return the keys of the items whose latest news is a move, the latest first."""
    # Asked entry by entry, from the latest event: a join would read the whole ledger for the last.
    latest = Item.objects.filter(pk=OuterRef("item")).values("last_news")
    news = Entry.objects.filter(list=item_list, pk=Subquery(latest))
    moves = news.exclude(verb__in=NO_MOVES).order_by("-happened_on", "-seq")
    return list(moves.values_list("item", flat=True)[:MOVED_LATELY])


def _whole_board(item_list, summary, page, today, moved):
    board = board_of(item_list, summary, page, today)
    return replace(
        board,
        moved_lately=tuple(public.row(item, item_list.as_of(today)) for item in moved),
        themes=themes_of(summary.cells, item_list),
        suggestions=suggestions.of_the_year(item_list, today),  # they don't end with the list
        plan=bool(item_list.plan),
        promises=count_smaller(item_list),
        visits=visits_of(item_list.committee),
        places=chips(item_list, summary.cells),
        others=_others(item_list),
    )


def _group_board(item_list, summary, page, today, group):
    board = board_of(item_list, summary, page, today)
    others = frozenset(item.number for item in summary.strip if item.group != group)
    return replace(board, group=group, dim=others)


def _others(item_list):
    """Tell whether the committee, or one directly below it, has another list."""
    return bool(_lists_near(item_list.committee_id, item_list.pk))


@compiled_query
def _lists_near(committee, but):
    near = Committee.objects.without_tree_fields().filter(Q(pk=committee) | Q(parent=committee))
    others = ItemList.objects.public().filter(committee__in=near.order_by()).exclude(pk=but)
    return others.order_by().values_list("pk")[:1]


def keys_of_page(items, count: int, number: int) -> tuple[list[int], int, int]:
    """Return the keys of a page of a queryset of `count` items, its number, and of how many."""
    number, pages = nearest(number, count, PAGE_SIZE)
    keys = items.order_by("number").values_list("pk", flat=True)
    return list(keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]), number, pages


def items_by_key(item_list: ItemList, keys: list[int]) -> list[Item]:
    """Return items of the list in the order of their keys, with all that a row shows."""
    by_key = {item.pk: item for item in read(in_rows(item_list.items.filter(pk__in=keys)))}
    return [by_key[key] for key in keys]


def board_of(item_list: ItemList, summary: Summary, page: Page, today: date) -> public.Board:
    """Return the board of a list that shows a page of its items."""
    today = item_list.as_of(today)
    changed_on = last_change(item_list)
    return public.Board(
        head=public.head(item_list),
        arithmetic=together(summary.cells),
        strip=tuple(public.block(item, today) for item in summary.strip),
        rows=tuple(public.row(item, today) for item in page.items),
        count=page.count,
        page=page.number,
        pages=page.pages,
        group="",
        moved_lately=(),
        as_of=today,
        last_change_on=changed_on,
        last_change_days_ago=public.days_ago(changed_on, today),
        overdue_count=total(cell for cell in summary.cells if cell.late == "overdue"),
    )
