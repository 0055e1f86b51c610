"""The assessments of a list at the desk, one line each: drafts, and those that are issued."""

from dataclasses import dataclass
from datetime import date

from items.models import Assessment


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment among others."""

    number: int
    held_on: date
    body: str
    issued_on: date | None  # None of a draft


def assessment_line(row: Assessment) -> AssessmentLine:
    return AssessmentLine(row.number, row.held_on, row.body, row.issued_on)
