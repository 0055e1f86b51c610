"""Calls for suggestions as the desk shows them, drafts too."""

from dataclasses import dataclass
from datetime import date

from items import models
from items.suggestion_states import CallStatus
from items.words import Words


@dataclass(frozen=True, slots=True)
class Call:
    """A call for suggestions, and how many came to it."""

    pk: int
    title: Words
    purpose: Words
    issuer: Words
    opens_on: date
    closes_on: date
    answer_by: date
    status: str  # a suggestion_states.CallStatus value
    status_label: str
    is_open: bool  # anyone can answer to it today
    ended_why: str  # why it ended early
    suggestions: int  # that came to it; none in moderation is counted


def call(row: models.Call, today: date) -> Call:
    """Return a call; the row knows how many suggestions `came`."""
    return Call(
        pk=row.pk,
        title=row.words,
        purpose=row.purpose_words,
        issuer=row.issuer_words,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        answer_by=row.answer_by,
        status=row.status,
        status_label=CallStatus(row.status).label,
        is_open=row.is_open(today),
        ended_why=row.ended_why,
        suggestions=row.came,
    )
