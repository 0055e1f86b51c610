"""A theme of a list: items across units, with an arithmetic of their own."""

from datetime import date

from items import public_grouped, shown
from items.queries.board import page
from items.queries.rows import items_of, lists, read, themes_of


def theme_page(slug: str, number: int, today: date) -> public_grouped.ThemePage | None:
    """Return a theme's items in a published list; None where the list has none of it."""
    item_list = lists().filter(slug=slug).first()
    items = read(items_of(item_list)) if item_list else []
    theme = next((item.theme for item in items if item.theme_id == number), None)
    if theme is None:
        return None
    strip = tuple(shown.row(item, today) for item in items)
    rows = tuple(r for i, r in zip(items, strip, strict=True) if i.theme_id == number)
    return public_grouped.ThemePage(
        theme=next(each for each in themes_of(items) if each.link.number == number),
        board=page(item_list, items, strip, rows, today),
    )
