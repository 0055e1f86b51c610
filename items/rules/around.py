"""What is heard around a sign-off: suggestions on its item's place and category, before and after.

They are counted as they came, by the day: no share is taken of them, and none is weighed.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from items.models import Item, Suggestion
from items.models.review import BESIDE, MORE


class Around(NamedTuple):
    """How many came in the days before a sign-off, and in as many after it."""

    before: int
    after: int

    @property
    def rose(self) -> bool:
        """Tell whether so many more came that the item is looked at again."""
        return self.after >= self.before + MORE


def around(items: Iterable[Item], today: date) -> dict[int, Around]:
    """Return by the keys of signed-off items what was heard around each, before `today`.

    Those without a place or a category aren't in it.
    """
    signed = {
        item: item.signed_off_on
        for item in items
        if item.signed_off_on and item.place_id and item.category_id
    }
    if not signed:
        return {}
    rows = Suggestion.objects.counted().filter(
        place__in={item.place_id for item in signed},
        category__in={item.category_id for item in signed},
        received_on__gte=min(signed.values()) - BESIDE,
        received_on__lt=today,
    )
    days: dict[tuple[int | None, int | None], list[tuple[date, int]]] = {}
    counts = rows.order_by().values_list("place", "category", "received_on")
    for place, category, day, number in counts.annotate(Count("pk")):
        days.setdefault((place, category), []).append((day, number))
    return {
        item.pk: _around(done, days.get((item.place_id, item.category_id), []))
        for item, done in signed.items()
    }


def _around(done: date, days: list[tuple[date, int]]) -> Around:
    return Around(
        sum(number for day, number in days if done - BESIDE <= day < done),
        sum(number for day, number in days if done < day <= done + BESIDE),
    )
