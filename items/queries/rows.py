"""What every public page begins with: the lists, their items and the equation."""

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery, prefetch_related_objects

from items.compiled_queries import compiled_query
from items.models import Entry, Item, ItemList
from items.models.post import know_posts
from items.states import Verb


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
    rows = items.published().with_next_part().with_announcement().select_related(*joined)
    return rows.order_by("list_id", "number")


def read(items) -> list[Item]:
    """Read the items with their posts, and with the names as of the closing of closed lists."""
    rows = list(items)
    know_posts(rows)
    closed = [item for item in rows if item.knows("list") and item.list.closed_on]
    prefetch_related_objects(closed, "list__closing_names")
    return rows


def last_changes(of) -> dict[int, date]:
    """Return the day of each list's latest event that the public sees."""
    latest = _events().filter(list=OuterRef("pk")).values("happened_on")[:1]
    rows = ItemList.objects.filter(pk__in=of).order_by().annotate(at=Subquery(latest))
    return {pk: day for pk, day in rows.values_list("pk", "at") if day}


@compiled_query
def _last_event(item_list):
    return _events().filter(list=item_list).values_list("happened_on", flat=True)[:1]


def last_change(item_list: ItemList) -> date | None:
    """Return the day of one list's latest event that the public sees, however long ago it was.

    What was written down later of an earlier day is no change of today's.
    """
    return _last_event.one(item_list.pk)


def _events():
    """Return the public entries, the latest event first; of a closed list those until it closed."""
    since = Q(list__closed_on__lt=F("happened_on"))
    return Entry.objects.public().exclude(since).order_by("-happened_on")


def closing_seq(item_list: ItemList) -> int | None:
    """Return the number of the entry that closed a list; None while it runs."""
    return _closing.one(item_list.pk) if item_list.closed_on else None


@compiled_query
def _closing(item_list):
    ends = Entry.objects.filter(list=item_list, verb=Verb.CLOSE_LIST).order_by("-seq")
    return ends.values_list("seq", flat=True)[:1]
