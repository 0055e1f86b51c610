"""Appeals against answers to suggestions, for whoever holds a post for reviews."""

from datetime import date

from items import staff
from items.models import Appeal, Person, Suggestion, SuggestionEntry
from items.suggestion_states import FINAL, SuggestionVerb


def appeals(person: Person, today: date, key: int | None = None) -> tuple[staff.Appeal, ...]:
    """Return the open ones that this person answers, the most urgent first; or the one of a key.

    They read the suggestion's words, its answer and the appeal: nothing else of it.
    """
    rows = Appeal.objects.open().read_by(person, today)
    rows = rows.select_related("suggestion__committee", "suggestion__merged_into")
    known = list(rows.filter(pk=key) if key else rows[:MOST])
    of = {row.pk: row.suggestion.root.pk for row in known}
    steps = SuggestionEntry.objects.filter(suggestion__in={*of, *of.values()})
    steps = list(steps.filter(verb__in=FINAL | {SuggestionVerb.APPEAL}).order_by("seq"))
    answers = {step.suggestion_id: step for step in steps if step.verb in FINAL}
    whys = {step.suggestion_id: step for step in steps if step.verb == SuggestionVerb.APPEAL}
    return tuple(staff.appeal(row, answers[of[row.pk]], whys[row.pk], today) for row in known)


MOST = 200


def count_appeals(person: Person, today: date) -> int:
    return Appeal.objects.open().read_by(person, today).count()


def appealed(person: Person, key: int, today: date) -> Suggestion | None:
    """Return a suggestion whose appeal this person answers, or has answered; else None."""
    mine = Appeal.objects.read_by(person, today) if person.is_active else Appeal.objects.none()
    rows = Suggestion.objects.select_related("committee", "merged_into")
    return rows.filter(pk=key, appeal__in=mine).first()
