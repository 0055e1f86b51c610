"""What a list's picture for other apps shows: its equation and its strip."""

from datetime import date

from items import public
from items.queries.cells import summary_of_list, together
from items.queries.rows import list_at


def share(slug: str, today: date) -> public.Share | None:
    """Return a published list in brief; None where there is none at that address."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    today = item_list.as_of(today)
    summary = summary_of_list(item_list, today)
    strip = tuple(public.block(item, today) for item in summary.strip)
    return public.Share(together(summary.cells), strip)
