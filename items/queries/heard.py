"""Of which items something was heard: what waits for the check, what is fresh, what is silent."""

from datetime import date, timedelta

from django.db.models import Q

from items.models import Item, ItemList, Review
from items.models.items import WAITS_FOR_CHECK
from items.public.moves import NEWS
from items.states import OPEN, Status

FRESH = timedelta(30)  # news of the last days that a board counts


def conditions(item_list: ItemList, today: date) -> dict[str, Q]:
    """Return what a list's line of truth counts, as conditions on its items."""
    fresh_since, silent_before = limits(item_list, today)
    return {
        "pending": WAITS_FOR_CHECK,
        "fresh": Q(last_news__verb__in=NEWS, last_news__happened_on__gte=fresh_since),
        "unanswered": Q(pk__in=Review.objects.overdue(today).order_by().values("item")),
        "silent": Q(status__in=OPEN, last_news__happened_on__lt=silent_before),
    }


def waits_for_check(item: Item) -> bool:
    """Tell whether an item waits for its check; its `last_news` is read already."""
    return item.status == Status.PENDING_CHECK and not item.is_signed_and_up


def is_fresh(item: Item, today: date) -> bool:
    """Tell whether news of an item came lately; its `last_news` is read already."""
    fresh_since, _silent_before = limits(item.list, today)
    return item.last_news.verb in NEWS and item.last_news.happened_on >= fresh_since


def is_silent(item: Item, today: date) -> bool:
    """Tell whether nothing was heard of an open item for longer than its committee allows."""
    _fresh_since, silent_before = limits(item.list, today)
    return item.is_open and item.last_news.happened_on < silent_before


def limits(item_list: ItemList, today: date) -> tuple[date, date]:
    """Return since when news is fresh, and before which day it is too old."""
    today = item_list.as_of(today)
    return today - FRESH, today - timedelta(item_list.committee.stale_after_days)
