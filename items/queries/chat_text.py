"""The text for a chat group: about what a search finds in a list, or what stands in a queue."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from items import public, staff
from items.models import Item, ItemList, Person
from items.queries.desk import sides_of
from items.queries.desk_lists import matches
from items.queries.ledger_table import sorted_by
from items.queries.queues import QUEUES
from items.queries.rows import in_rows, read

MOST = 40  # items: more is no message that anybody reads


def chat_text_of_list(
    item_list: ItemList,
    today: date,
    search: staff.ItemSearch,
    address_of: Callable[[str], str],
    *,
    sort: str = "",
) -> str:
    """Return the text about the open items that a search finds, in the order of a column."""
    if item_list.closed_on:  # what it left open stands on another list
        return ""
    found = sorted_by(matches(item_list, today, search).open(), sort)
    return _text(list(found.values_list("pk", flat=True)), today, address_of)


def chat_text_of_queue(
    key: str, person: Person, today: date, address_of: Callable[[str], str]
) -> str | None:
    """Return the text about a queue of a person's; None when there is no such queue for them."""
    queue = QUEUES[key]
    if not queue.for_chat or not queue.sides & sides_of(person, today):
        return None
    found = queue.items(person, today).open()
    return _text(list(found.values_list("pk", flat=True)), today, address_of)


def _text(keys: list[int], today: date, address_of: Callable[[str], str]) -> str:
    """Return the text about these items, in their order within each list."""
    place = {key: at for at, key in enumerate(keys[:MOST])}
    rows = in_rows(Item.objects.filter(pk__in=place))
    items = read(rows.select_related(LIST))
    items = [item for item in items if not item.is_signed_and_up]
    items.sort(key=lambda item: (item.list_id, place[item.pk]))
    return public.chat_text(_by_list(items, today), today, address_of, len(keys[MOST:]))


LIST = "list__committee__organisation"


def _by_list(items: Iterable[Item], today: date) -> list[tuple[public.Head, list[public.Row]]]:
    return [
        (public.head(item_list), [public.row(item, item_list.as_of(today)) for item in rows])
        for item_list, rows in groupby(items, key=lambda item: item.list)
    ]
