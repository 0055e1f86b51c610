"""What staff see of the drafts that are up for objections: days left, and what is unanswered."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from items import staff
from items.compiled_queries import counted
from items.models import Entry, Person, Role, Suggestion


def proposals_of(lists: Iterable[int], today: date) -> dict[int, staff.Proposal]:
    """Return by list what staff see of those drafts that are up for objections."""
    entries = Entry.objects.announcements().of_lists().filter(list__in=lists)
    return {row.list_id: shown for row, shown in _with_unanswered(entries, today)}


def proposals_of_office(person: Person, today: date) -> tuple[staff.Proposal, ...]:
    """Return the drafts of a person's office that are up, those whose days end first before."""
    mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    entries = Entry.objects.announcements().of_lists().filter(list__committee__in=mine)
    rows = [shown for _row, shown in _with_unanswered(entries, today)]
    return tuple(sorted(rows, key=lambda row: (row.until, row.slug)))


def _with_unanswered(
    entries: QuerySet[Entry], today: date
) -> Iterator[tuple[Entry, staff.Proposal]]:
    left = Suggestion.objects.filter(objects_to=OuterRef("pk")).unanswered_in_public()
    rows = entries.annotate(unanswered=Subquery(counted(left))).select_related("list")
    for row in rows.order_by("pk"):
        yield row, staff.proposal(row, row.unanswered or 0, today)
