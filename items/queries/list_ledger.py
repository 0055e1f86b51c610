"""The ledger of a list itself, as staff read it: what was written of the list, and of no item."""

from items import staff
from items.models import ClosingName, Entry, ItemList, Person
from items.queries.lines import with_answers


def list_ledger(item_list: ItemList, person: Person | None) -> tuple[staff.Entry, ...]:
    """Return the entries of a list and of none of its items, the latest first."""
    rows = with_answers(Entry.objects.filter(list=item_list, item=None)).order_by("-seq")
    return tuple(staff.entry(row, person) for row in rows)


def list_entry(entry: Entry, person: Person | None) -> staff.Entry | None:
    """Return one of them."""
    return staff.entry(with_answers(Entry.objects.filter(pk=entry.pk)).first(), person)


def closing_names(item_list: ItemList) -> tuple[staff.ClosingName, ...]:
    """Return what a closed list goes on calling by the names of its closing day."""
    rows = item_list.closing_names.exclude(name="").order_by("kind", "pk")
    return tuple(map(closing_name, rows))


def closing_name(row: ClosingName) -> staff.ClosingName:
    """Return one of them."""
    return staff.ClosingName(row.pk, str(row.get_kind_display()), row.words)
