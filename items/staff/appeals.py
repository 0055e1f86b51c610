"""An appeal against the answer to a suggestion, as only the post for reviews reads it."""

from dataclasses import dataclass
from datetime import date

from items import models
from items.words import Words


@dataclass(frozen=True, slots=True)
class Appeal:
    """What somebody suggested, what was answered, and why they don't accept it."""

    pk: int  # of the suggestion
    committee: Words
    words: str  # "": they were erased
    received_on: date
    status_label: str  # of the answer
    answer: str  # "": it was erased
    answered_on: date
    why: str  # "": it was erased
    opened_on: date
    due: date
    is_late: bool


def appeal(
    row: models.Appeal,
    answer: models.SuggestionEntry,
    why: models.SuggestionEntry,
    today: date,
) -> Appeal:
    """Return an open appeal with the step that answered, and the step that appeals."""
    suggestion = row.suggestion
    return Appeal(
        pk=suggestion.pk,
        committee=suggestion.committee.words,
        words=suggestion.words,
        received_on=suggestion.received_on,
        status_label=str(suggestion.outcome_status.label),
        answer=answer.text,
        answered_on=answer.day,
        why=why.text,
        opened_on=row.opened_on,
        due=row.due,
        is_late=row.due < today,
    )
