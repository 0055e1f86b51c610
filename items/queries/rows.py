"""What every public page begins with: the lists, their items and the equation."""

from datetime import date

from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from items.compiled_queries import compiled_query
from items.models import Entry, Item, ItemList
from items.models.post import know_posts


def lists():
    return ItemList.objects.public().select_related("committee__organisation")


@compiled_query
def _lists_at(slug):
    return lists().filter(slug=slug)


def list_at(slug: str) -> ItemList | None:
    """Return the published list at an address; None when there is none."""
    return _lists_at.one(slug)


def items_of(item_list: ItemList):
    """Return a list's published items in the order of their numbers, as `read` takes them."""
    return in_rows(item_list.items)  # each knows the list that is read already


def in_rows(items):
    """Return those of the items that are published, with what a row shows but the posts."""
    joined = ("place", "last_news__words", "brought_in")
    rows = items.published().with_next_part().select_related(*joined)
    return rows.order_by("list_id", "number")


def read(items) -> list[Item]:
    """Read the items with their posts, and with the names as of the closing of closed lists."""
    rows = list(items)
    know_posts(rows)
    closed = [item for item in rows if item.knows("list") and item.list.closed_on]
    prefetch_related_objects(closed, "list__closing_names")
    return rows


def last_changes(of) -> dict[int, date]:
    """Return the day on which each list's ledger was last written, where the public sees it."""
    latest = (
        Entry.objects.public().filter(list__in=of).values("list").annotate(at=Max("written_at"))
    )
    return {row["list"]: timezone.localdate(row["at"]) for row in latest.order_by()}


@compiled_query
def _last_written(item_list):
    latest = Entry.objects.public().filter(list=item_list).order_by("-seq")
    return latest.values_list("written_at", flat=True)[:1]


def last_change(item_list: ItemList) -> date | None:
    """Return the day on which one list's ledger was last written, however long that is."""
    written_at = _last_written.one(item_list.pk)
    return written_at and timezone.localdate(written_at)
