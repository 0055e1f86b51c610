"""How a list was judged: an assessment's page, in public and at the desk."""

from collections import Counter
from collections.abc import Collection, Iterable

from items import public
from items.compiled_queries import compiled_query
from items.models import Assessment, AssessmentRow, Entry, Item, ItemList
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


# Beside the items


def judgements_of(item: Item, earlier: Iterable[Item] = ()) -> tuple[public.Judgement, ...]:
    """Return how an item was judged, on earlier lists too, the latest first; families never."""
    if item.hardship:
        return ()
    rows = [row for of in (item, *earlier) for row in _judged(of.pk)]
    rows.sort(key=lambda row: (row.assessment.held_on, row.assessment.pk), reverse=True)
    return tuple(map(public.judgement, rows))


@compiled_query
def _judged(item):
    rows = AssessmentRow.objects.filter(item=item, assessment__issued_on__isnull=False)
    return rows.select_related("item", "assessment__list").order_by()


def latest_judgements(keys: Collection[int]) -> dict[int, public.Judgement]:
    """Return how items were judged the last time, by their keys; one question, however many."""
    rows = AssessmentRow.objects.filter(item__in=keys, assessment__issued_on__isnull=False)
    latest = rows.filter(item__hardship=False).select_related("item", "assessment__list")
    ordered = latest.order_by("assessment__held_on", "assessment")
    return {row.item_id: public.judgement(row) for row in ordered}


def board_assessments(item_list: ItemList) -> tuple[public.BoardAssessment, ...]:
    """Return a list's assessments in brief, the latest first: how many items have each grade."""
    issued = item_list.assessments.issued().order_by("-held_on", "-number")
    found = AssessmentRow.objects.filter(assessment__in=issued)
    tally: dict[int, Counter[str]] = {}
    for key, grade in found.order_by().values_list("assessment", "grade"):
        tally.setdefault(key, Counter())[grade] += 1
    return tuple(public.board_assessment(of, tally.get(of.pk, Counter())) for of in issued)
