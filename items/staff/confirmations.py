"""What the office says is done at once, as the supervisor who confirms it reads it."""

from dataclasses import dataclass
from datetime import date

from items import models
from items.words import Words


@dataclass(frozen=True, slots=True)
class SaidDone:
    """The office's own words, and where it was: nothing that the suggester wrote."""

    pk: int  # of the suggestion
    committee: Words
    place: Words | None
    text: str  # "": it was erased
    said_on: date
    said_by: str
    answer_by: date
    is_late: bool


def said_done(row: models.Suggestion, step: models.SuggestionEntry, today: date) -> SaidDone:
    """Return a suggestion of which a step says that it is done."""
    return SaidDone(
        pk=row.pk,
        committee=row.committee.words,
        place=row.place.words if row.place else None,
        text=step.text,
        said_on=step.day,
        said_by=step.name,
        answer_by=row.answer_by,
        is_late=row.answer_by < today,
    )
