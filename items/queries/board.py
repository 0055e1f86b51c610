"""A list's board, or one group of it: the whole in figures, the items in pages."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery

from items import public, shown
from items.compiled_queries import compiled_query
from items.models import Committee, Entry, Item, ItemList
from items.queries import voices
from items.queries.cells import Whole, cell, themes_of, together, total, whole_list
from items.queries.paging import nearest
from items.queries.rows import in_rows, last_change, list_at, read
from items.queries.visits import visits_of
from items.states import STATUSES_OF

AT_ONCE = 100  # items on a page
MOVED_LATELY = 3
NO_MOVES = {"publish", "bring_in", "add_item"}  # being on the list is no move


class Part(NamedTuple):
    """The items that a page shows, in order: their keys, of how many, on which page of how many."""

    keys: list[int]
    count: int
    page: int = 1
    pages: int = 1


def board(slug: str, today: date, group: str = "", page: int = 1) -> public.Board | None:
    """Return a page of a published list, or of one group of it; None when there is none."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    items = item_list.items.published()
    whole = _in_full(item_list, today) or whole_list(item_list, today)
    if group:
        few = [item for item in whole.few if item.group == group]
        keys = keys_of(few, items.filter(status__in=STATUSES_OF[group]))
        part = part_of(keys, total(c for c in whole.cells if c.group == group), page)
        found = page_of(item_list, whole, part, today)
        return replace(found, group=group, dim=dim_of(whole, few))
    part = part_of(keys_of(whole.few, items), total(whole.cells), page)
    found = page_of(item_list, whole, part, today, moved=_moved_lately(item_list, whole))
    return replace(
        found,
        themes=themes_of(whole.cells),
        heard=voices.heard(item_list, today),
        plan=bool(item_list.plan),
        visits=visits_of(item_list.committee),
        others=_others(item_list),
    )


@compiled_query
def _rows(item_list):
    return in_rows(Item.objects.filter(list=item_list))[: AT_ONCE + 1]


def _in_full(item_list, today):
    """Return a list as a whole, its items as rows; None where they don't fit on one page."""
    rows = _rows(item_list.pk)
    if len(rows) > AT_ONCE:
        return None
    for item in rows:
        item.list = item_list
    read(rows)
    return Whole([cell(item, today) for item in rows], rows, in_full=True)


def _others(item_list):
    """Tell whether the committee, or one directly below it, has another list."""
    return bool(_lists_near(item_list.committee_id, item_list.pk))


@compiled_query
def _lists_near(committee, but):
    near = Committee.objects.without_tree_fields().filter(Q(pk=committee) | Q(parent=committee))
    others = ItemList.objects.public().filter(committee__in=near.order_by()).exclude(pk=but)
    return others.order_by().values_list("pk")[:1]


def keys_of(few: list[Item], items):
    """Return the keys of the items by number: of the few that were read, or else unread."""
    return [item.pk for item in few] or items.order_by("number").values_list("pk", flat=True)


def part_of(keys, count: int, page: int) -> Part:
    """Return a page of so many keys; the last, if there are fewer pages."""
    page, pages = nearest(page, count, AT_ONCE)
    return Part(list(keys[(page - 1) * AT_ONCE : page * AT_ONCE]), count, page, pages)


def dim_of(whole: Whole, strong) -> frozenset[int]:
    """Return the numbers that stand back in the strip, behind the `strong` items."""
    return frozenset(item.number for item in whole.few) - {item.number for item in strong}


def page_of(item_list: ItemList, whole: Whole, part: Part, today: date, moved=()) -> public.Board:
    """Return the board of a list that shows a part of it, and which items moved lately."""
    changed_on = last_change(item_list)
    keys = {*part.keys, *moved}
    found = whole.few if whole.in_full else read(in_rows(item_list.items.filter(pk__in=keys)))
    rows = {item.pk: shown.row(item, today) for item in found if item.pk in keys}
    return public.Board(
        head=shown.head(item_list),
        arithmetic=together(whole.cells),
        strip=whole.blocks(today),
        rows=tuple(rows[key] for key in part.keys),
        count=part.count,
        page=part.page,
        pages=part.pages,
        group="",
        moved_lately=tuple(rows[key] for key in moved),
        as_of=today,
        last_change_on=changed_on,
        last_change_days_ago=shown.days_ago(changed_on, today),
        overdue_count=total(cell for cell in whole.cells if cell.late == "overdue"),
    )


def _moved_lately(item_list, whole):
    """Return the keys of the items whose latest news is a move, the latest first."""
    if whole.in_full:
        moved = [item for item in whole.few if item.last_news.verb not in NO_MOVES]
        moved.sort(key=lambda item: item.last_news.seq, reverse=True)
        return [item.pk for item in moved[:MOVED_LATELY]]
    # Asked entry by entry, from the end of the ledger: a join would read all of it for the last.
    latest = Item.objects.filter(pk=OuterRef("item")).values("last_news")
    news = Entry.objects.filter(list=item_list, pk=Subquery(latest))
    moves = news.exclude(verb__in=NO_MOVES).order_by("-seq")
    return list(moves.values_list("item", flat=True)[:MOVED_LATELY])
