"""What sheets on paper need: all rows of a list or a place, and what a short code stands for."""

from dataclasses import replace
from datetime import date

from django.db.models import Count, Q

from items import public
from items.models import Item, ItemList
from items.queries.board import Page, board_of
from items.queries.cells import Summary, cell
from items.queries.places import place_page
from items.queries.rows import items_of, list_at, read

MOST_ON_SHEETS = 1000  # items; nobody reads more on paper, and the typesetter has its limits


def list_in_brief(slug: str) -> public.ListInBrief | None:
    """Return a published list's heading and what there is to print of it; None without one."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    items = items_of(item_list).order_by()
    cards = Count("pk", filter=Q(hardship=False))
    counts = items.aggregate(count=Count("pk"), cards=cards, places=Count("place"))
    return public.ListInBrief(public.head(item_list), **counts)


def whole_board(slug: str, today: date) -> public.Board | None:
    """Return a list's board with the rows of all its items.

    None when there is no such list, or it has more items than fit on sheets.
    """
    item_list = list_at(slug)
    if item_list is None:
        return None
    items = read(items_of(item_list)[: MOST_ON_SHEETS + 1])
    if len(items) > MOST_ON_SHEETS:
        return None
    for item in items:
        item.list = item_list
    summary = Summary([cell(item, item_list.as_of(today)) for item in items], items)
    board = board_of(item_list, summary, Page(items, len(items)), today)
    numbers = item_list.bulletins.issued().values_list("number", flat=True)
    return replace(board, bulletin=numbers.order_by("-number").first())


def whole_place(number: int, today: date) -> public.PlacePage | None:
    """Return a place's page with all its items.

    None where no item is published there but help for families, which no paper shows alone, or
    more are than fit on a sheet.
    """
    page = place_page(number, today, size=MOST_ON_SHEETS)
    if page is None or not page.has_papers or page.arithmetic.total > MOST_ON_SHEETS:
        return None
    return page


def behind_code(code: str) -> tuple[str, int] | None:
    """Return the list and the number of what a short code stands for; 0 for the list itself.

    None for drafts, and for what doesn't exist.
    """
    items = Item.objects.published().filter(code=code, list__in=ItemList.objects.public())
    if row := items.values_list("list__slug", "number").first():
        return row
    slug = ItemList.objects.public().filter(code=code).values_list("slug", flat=True).first()
    return (slug, 0) if slug else None
