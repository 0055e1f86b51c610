"""The day on which the work on an item began."""

from datetime import date

from items.models import Item


def begin(item: Item, day: date) -> None:
    """Note the day on which the work began, and forget holds before it.

    Work of an earlier day that is written down later moves it there.
    """
    if item.started_on is None:
        item.started_on, item.days_held = day, 0
    item.started_on = min(item.started_on, day)
