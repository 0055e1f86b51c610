"""A theme of a list: items across units, with an arithmetic of their own."""

from datetime import date

from items import public_grouped
from items.queries.board import page_of, part_of
from items.queries.cells import cells_of, themes_of
from items.queries.rows import lists


def theme_page(
    slug: str, number: int, today: date, page: int = 1
) -> public_grouped.ThemePage | None:
    """Return a page of a theme's items in a published list; None where the list has none of it."""
    item_list = lists().filter(slug=slug).first()
    if item_list is None:
        return None
    items = item_list.items.published()
    cells = cells_of(items, today)
    theme = next((each for each in themes_of(cells) if each.link.number == number), None)
    if theme is None:
        return None
    of_theme = items.filter(theme=number)
    part = part_of(of_theme, theme.arithmetic.total, page)
    board = page_of(item_list, of_theme, cells, part, today)
    return public_grouped.ThemePage(theme=theme, board=board)
