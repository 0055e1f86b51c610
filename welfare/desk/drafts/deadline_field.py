"""Form field for a deadline as the office writes it: a day, or words that are parsed and kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from items.errors import Refused
from items.models import Item, Part
from items.sheets.deadline import Deadline, parse_deadline


class DeadlineField(forms.CharField):
    """A deadline in one cell, as in a sheet of the list's year: 2026-11-30, 11月底前, 长期."""

    def __init__(self, year: int, **kwargs):
        self.year = year
        super().__init__(label=_("deadline"), required=False, max_length=200, **kwargs)

    def to_python(self, value):
        return read_deadline(super().to_python(value), self.year)

    def run_validators(self, value):
        super().run_validators(value.words)


def read_deadline(words: str, year: int) -> Deadline:
    """Parse a deadline; raise a form's error for what has to be written anew."""
    try:
        return parse_deadline(words, year)
    except Refused as refused:
        raise forms.ValidationError(refused.sentences) from refused


def deadline_text(row: Item | Part) -> str:
    """Return the deadline of an item or part as it stands in one cell."""
    return row.due_words or (row.due.isoformat() if row.due else "")


def deadline_columns(deadline: Deadline, before: Item | None = None) -> dict:
    """Return the item's columns that a parsed deadline changes, given the item as it was before."""
    columns = {"due": deadline.due, "due_words": deadline.words}
    if deadline.start_by or (before and before.due_words):
        columns["start_by"] = deadline.start_by
    if before and before.start_is_the_matter:
        starting = bool(deadline.start_by and not deadline.due)
        columns["start_is_the_matter"] = starting
        columns["due"] = deadline.start_by if starting else deadline.due
    return columns
