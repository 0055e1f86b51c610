"""A theme of a list: items across units, with an arithmetic of their own."""

from dataclasses import replace
from datetime import date

from items import public_grouped
from items.queries.board import keys_of, page_of, part_of
from items.queries.cells import themes_of, whole_list, whole_of
from items.queries.rows import list_at


def theme_page(
    slug: str, number: int, today: date, page: int = 1
) -> public_grouped.ThemePage | None:
    """Return a page of a theme's items in a published list; None where the list has none of it."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    items = item_list.items.published()
    whole = whole_list(item_list, today)
    theme = next((each for each in themes_of(whole.cells) if each.link.number == number), None)
    if theme is None:
        return None
    of_theme = items.filter(theme=number)
    few = [item for item in whole.few if item.theme_id == number]
    few = few or whole_of(of_theme, today).few  # of a long list, when its theme is short
    part = part_of(keys_of(few, of_theme), theme.arithmetic.total, page)
    board = page_of(item_list, replace(whole, few=few), part, today)
    return public_grouped.ThemePage(theme=theme, board=board)
