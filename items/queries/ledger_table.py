"""The rows of the ledger's table, and the list's whole ledger by date: read in portions."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Max, QuerySet

from items import staff
from items.models import Entry, Item, ItemList
from items.models.items import VISITS
from items.models.post import know_posts
from items.states import Status, Verb

PORTION = 500  # items, or entries, that are in memory at once
JOINED = ("category", "theme", "place", "last_news__words")
LINES = ("measures", "criteria", "handlers", "unit_shares__unit")


def ledger_rows(
    item_list: ItemList, items: QuerySet[Item], today: date
) -> Iterator[staff.LedgerRow]:
    """Yield items of a list as rows, in the order of their numbers, however many they are."""
    today = item_list.as_of(today)
    keys = items.order_by("number").values_list("pk", flat=True)
    for portion in _portions(list(keys)):
        yield from _rows(item_list, portion, today)


def _rows(item_list: ItemList, keys: list[int], today: date) -> Iterator[staff.LedgerRow]:
    items = list(
        Item.objects.filter(pk__in=keys)
        .select_related(*JOINED)
        .prefetch_related(*LINES)
        .order_by("number")
    )
    for item in items:
        item.list = item_list
    know_posts(items)
    entries = Entry.objects.filter(item__in=keys)
    signed = entries.filter(verb__in=(Verb.SIGN_OFF, Verb.BRING_IN)).select_related("words")
    signed_by_item = {entry.item_id: entry for entry in signed.order_by("seq")}
    visits = entries.filter(verb__in=VISITS, role="supervisor").order_by().values("item")
    visited_on = dict(visits.values_list("item").annotate(on=Max("happened_on")))
    for item in items:
        sign_off = signed_by_item.get(item.pk) if item.status == Status.RESOLVED else None
        yield staff.ledger_row(item, today, sign_off, visited_on.get(item.pk))


def ledger_lines(
    item_list: ItemList, items: QuerySet[Item], *, inside: bool
) -> Iterator[staff.LedgerLine]:
    """Yield what was written of items of a list, and of the list itself, in the order of writing.

    Only with `inside` what the public doesn't read.
    """
    entries = Entry.objects.filter(list=item_list)
    entries = entries if inside else entries.public()
    titles = items.order_by().values_list("pk", "number", "title")
    shown = {pk: (number, title) for pk, number, title in titles}
    for entry in entries.select_related("words").order_by("seq").iterator(PORTION):
        if entry.item_id is None or entry.item_id in shown:
            yield staff.ledger_line(entry, *shown.get(entry.item_id, ()))


def _portions(keys: list[int]) -> Iterable[list[int]]:
    return (keys[at : at + PORTION] for at in range(0, len(keys), PORTION))
