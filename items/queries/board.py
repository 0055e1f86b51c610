"""A list's board, or one group of it: the whole in figures, the items in pages."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery

from items import public, shown
from items.models import Entry, Item, ItemList
from items.queries import voices
from items.queries.cells import Cell, cells_of, themes_of, together, total
from items.queries.rows import in_rows, last_change, lists, read
from items.queries.visits import visits_of
from items.states import GROUP_OF

AT_ONCE = 100  # items on a page
BLOCKS = 200  # a longer list shows a bar in place of its strip
MOVED_LATELY = 3
NO_MOVES = {"publish", "bring_in", "add_item"}  # being on the list is no move
STATUSES_OF = {
    group.value: [status for status, of in GROUP_OF.items() if of == group]
    for group in GROUP_OF.values()
}


class Part(NamedTuple):
    """The items that a page shows, in order: their keys, of how many, on which page of how many."""

    keys: list[int]
    count: int
    page: int = 1
    pages: int = 1


def board(slug: str, today: date, group: str = "", page: int = 1) -> public.Board | None:
    """Return a page of a published list, or of one group of it; None when there is none."""
    item_list = lists().filter(slug=slug).annotate(others=_others()).first()
    if item_list is None:
        return None
    items = item_list.items.published()
    cells = cells_of(items, today)
    if group:
        shown_items = items.filter(status__in=STATUSES_OF[group])
        part = part_of(shown_items, total(c for c in cells if c.group == group), page)
        found = page_of(item_list, items, cells, part, today)
        dim = frozenset(block.number for block in found.strip if block.group != group)
        return replace(found, group=group, dim=dim)
    part = part_of(items, total(cells), page)
    found = page_of(item_list, items, cells, part, today, moved=_moved_lately(item_list))
    return replace(
        found,
        themes=themes_of(cells),
        heard=voices.heard(item_list, today),
        plan=bool(item_list.plan),
        visits=visits_of(item_list.committee),
        others=item_list.others,
    )


def _others():
    """Return the condition that the committee, or one directly below it, has another list."""
    others = ItemList.objects.public().exclude(pk=OuterRef("pk"))
    own = others.filter(committee=OuterRef("committee"))
    below = others.filter(committee__parent=OuterRef("committee"))
    return ExpressionWrapper(Q(Exists(own)) | Q(Exists(below)), BooleanField())


def part_of(items, count: int, page: int) -> Part:
    """Return a page of so many items in the order of their numbers; the last, if there are less."""
    pages = pages_of(count)
    page = min(max(page, 1), pages)
    keys = items.order_by("number").values_list("pk", flat=True)
    return Part(list(keys[(page - 1) * AT_ONCE : page * AT_ONCE]), count, page, pages)


def pages_of(count: int) -> int:
    return max(1, -(-count // AT_ONCE))


def page_of(
    item_list: ItemList, items, cells: list[Cell], part: Part, today: date, moved=()
) -> public.Board:
    """Return the board of a list that shows a part of it, and which items moved lately.

    `items` stand in the strip; `cells` are those of the whole list.
    """
    changed_on = last_change(item_list)
    read_now = read(in_rows(item_list.items.filter(pk__in={*part.keys, *moved})))
    rows = {item.pk: shown.row(item, today) for item in read_now}
    return public.Board(
        head=shown.head(item_list),
        arithmetic=together(cells),
        strip=strip_of(items, today),
        rows=tuple(rows[key] for key in part.keys),
        count=part.count,
        page=part.page,
        pages=part.pages,
        group="",
        moved_lately=tuple(rows[key] for key in moved),
        as_of=today,
        last_change_on=changed_on,
        last_change_days_ago=shown.days_ago(changed_on, today),
        overdue_count=total(cell for cell in cells if cell.late == "overdue"),
    )


def strip_of(items, today: date) -> tuple[public.Block, ...]:
    """Return the items as blocks in the order of their numbers; () where they are too many."""
    columns = ("list_id", "number", "title", "title_en", "status", "due")
    few = list(items.order_by("number").only(*columns)[: BLOCKS + 1])
    return tuple(shown.block(item, today) for item in few) if len(few) <= BLOCKS else ()


def _moved_lately(item_list):
    """Return the keys of the items whose latest news is a move, the latest first."""
    # Asked entry by entry, from the end of the ledger: a join would read all of it for the last.
    latest = Item.objects.filter(pk=OuterRef("item")).values("last_news")
    news = Entry.objects.filter(list=item_list, pk=Subquery(latest))
    moves = news.exclude(verb__in=NO_MOVES).order_by("-seq")
    return list(moves.values_list("item", flat=True)[:MOVED_LATELY])
