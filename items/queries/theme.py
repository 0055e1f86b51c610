"""A theme of a list: items across units, with an arithmetic of their own."""

from datetime import date

from items import public
from items.queries.board import Page, board_of, items_by_key, keys_of_page
from items.queries.cells import strip_of, summary_of_list, themes_of
from items.queries.rows import list_at


def theme_page(slug: str, number: int, today: date, page: int = 1) -> public.ThemePage | None:
    """Return a page of a theme's items in a published list; None where the list has none of it."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    today = item_list.as_of(today)
    summary = summary_of_list(item_list, today)
    themes = themes_of(summary.cells, item_list)
    theme = next((theme for theme in themes if theme.link.number == number), None)
    if theme is None:
        return None
    items = item_list.items.published().filter(theme=number)
    strip = [item for item in summary.strip if item.theme_id == number] or strip_of(items)
    count = theme.arithmetic.total
    keys, *place = keys_of_page(items, count, page)
    shown = Page(items_by_key(item_list, keys), count, *place)
    board = board_of(item_list, summary._replace(strip=strip), shown, today)
    return public.ThemePage(theme=theme, board=board)
