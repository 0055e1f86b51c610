"""What the office says is done at once, for the supervisors who confirm it."""

from datetime import date

from items import staff
from items.models import Item, Person, Suggestion, SuggestionEntry
from items.suggestion_states import SuggestionStatus, SuggestionVerb


def to_confirm(person: Person, today: date, key: int | None = None) -> tuple[staff.SaidDone, ...]:
    """Return what waits for this person to confirm it, the longest first; or the one of a key.

    They read what the office says was done, and the place: never what was suggested.
    """
    rows = _waiting(person, today).select_related("committee", "place")
    known = list(rows.filter(pk=key) if key else rows.order_by("answer_by", "pk")[:MOST])
    steps = SuggestionEntry.objects.filter(suggestion__in=known, verb=SuggestionVerb.SETTLE)
    said = {step.suggestion_id: step for step in steps.order_by("seq")}
    return tuple(staff.said_done(row, said[row.pk], today) for row in known)


MOST = 200


def _waiting(person: Person, today: date):
    rows = Suggestion.objects.filter(status=SuggestionStatus.TO_CONFIRM)
    return rows.checked_by(person, today)


def count_to_confirm(person: Person, today: date) -> int:
    return _waiting(person, today).count()


def supervises_at_all(person: Person, today: date) -> bool:
    """Tell whether a person holds a post that supervises a published item."""
    items = Item.objects.published()
    return person.is_active and items.supervised_by(person, today).exists()


def said_done(person: Person, key: int, today: date) -> Suggestion | None:
    """Return a suggestion that is this person's to confirm, or that they have; else None."""
    checked = SuggestionEntry.objects.filter(by=person, verb=SuggestionVerb.CHECK_SETTLED)
    rows = Suggestion.objects.checked_by(person, today).select_related("committee", "about")
    of_them = rows.filter(pk=key)
    suggestion = of_them.first()
    if suggestion is None or suggestion.status == SuggestionStatus.TO_CONFIRM:
        return suggestion
    return suggestion if checked.filter(suggestion=key).exists() else None
