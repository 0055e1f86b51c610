"""How a list was judged: an assessment's page, in public and at the desk."""

from collections.abc import Iterable

from items import public
from items.models import Assessment, Entry, ItemList
from items.queries.rows import closing_seq, list_at
from items.states import Verb


def assessment_page(slug: str, number: int) -> public.Assessment | None:
    """Return an issued assessment of a published list; None when there is none."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    issued = item_list.assessments.issued().select_related("entry")
    row = issued.filter(number=number).first()
    return _shape(row, item_list) if row else None


def any_assessment(row: Assessment) -> public.Assessment:
    """Return an assessment of a list as its page shows it, a draft too: for the desk."""
    return _shape(row, row.list)


def _shape(row: Assessment, item_list: ItemList) -> public.Assessment:
    row.list = item_list
    rows = row.rows.select_related("item").order_by("item__number")
    items = item_list.items.published().only("list", "number", "hardship").order_by("number")
    end = closing_seq(item_list)
    closed = end is not None and (row.entry is None or row.entry.seq > end)
    return public.assessment(row, rows, items, _errata(row), closed=closed)


def _errata(row: Assessment) -> Iterable[Entry]:
    said = Entry.objects.public().filter(list=row.list_id, verb=Verb.ADD_ERRATUM)
    return said.filter(facts__assessment=row.number).select_related("words").order_by("seq")
