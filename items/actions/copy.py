"""Copy from last year: the promises of an earlier list become drafts of a new one."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.draft import Draft, fill
from items.columns import LINKS, STORED, names
from items.errors import Refused
from items.models import Item, ItemList, Part, Person
from items.models.versioned import lock
from items.rules import why_not
from items.states import Status

# What was promised; not how far it came, nor what it cost that year.
COPIED = [column for column in STORED if column.copied]
DAYS = names(column for column in COPIED if column.kind == "day")


@transaction.atomic
def copy_list(
    source: ItemList, *, into: ItemList, by: Person, now: datetime | None = None
) -> list[Item]:
    """Copy the promises of a published list of the same committee into a draft list.

    Numbers stay where they are free; the others are the next ones. Deadlines move by the years
    between the lists. Progress and what was withdrawn stay behind.
    """
    now = now or timezone.now()
    lock(into)
    refusal = why_not("import_into", by, into, today=timezone.localdate(now))
    if refusal := refusal or _why_not_from(source, into):
        raise Refused(refusal)
    taken = set(into.items.values_list("number", flat=True))
    items = source.items.published().exclude(status=Status.WITHDRAWN).order_by("number")
    items = items.select_related(*(column.name for column in COPIED if column.kind in LINKS))
    lines = items.prefetch_related("measures", "criteria", "unit_shares__unit", "handlers", "parts")
    numbered = _numbered(list(lines), taken)
    into.save()  # so that a button that is pressed twice doesn't copy twice
    return [fill(into, n, _draft(item, source, into), by=by, now=now) for n, item in numbered]


def _why_not_from(source: ItemList, into: ItemList) -> str:
    if source.committee_id != into.committee_id:
        return _("“%s” is a list of another committee.") % source
    return _("“%s” is a draft. Copy from a published list.") % source if source.is_draft else ""


def _numbered(items: list[Item], taken: set[int]) -> list[tuple[int, Item]]:
    """Return the items with numbers that are free: their own, else the next after all others."""
    following = max([0, *taken, *(item.number for item in items)]) + 1
    numbered = []
    for item in items:
        number = item.number
        if number in taken:
            number, following = following, following + 1
        numbered.append((number, item))
    return numbered


def _draft(item: Item, source: ItemList, into: ItemList) -> Draft:
    years = into.year - source.year
    fields = {name: getattr(item, name) for name in names(COPIED)}
    fields |= _moved(item, years, source.year)
    fields["due"] = _later(item.first_due, years)  # as it was promised, without more time given
    return Draft(
        fields=fields,
        measures=[measure.words for measure in item.measures.all()],
        criteria=[criterion.words for criterion in item.criteria.all()],
        shares=[(share.unit, share.role) for share in item.unit_shares.all()],
        handlers=list(item.handlers.all()),
        parts=[_part(part, years, source.year) for part in item.parts.all()],
    )


def _part(part: Part, years: int, from_year: int) -> dict[str, Any]:
    kept = {name: getattr(part, name) for name in ("title", "title_en", "unit_id")}
    return kept | _moved(part, years, from_year)


def _moved(row: Item | Part, years: int, from_year: int) -> dict[str, Any]:
    """Return a row's days, and the deadline's words, moved by some years."""
    days = {name: _later(getattr(row, name), years) for name in DAYS}
    return days | {"due_words": row.due_words.replace(str(from_year), str(from_year + years))}


def _later(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    last = (day.month, day.day) == (2, 29)  # the next year may have no such day
    return day.replace(year=day.year + years, day=28 if last else day.day)
