"""Validation of input: there at all, short enough, of the committee that it is about; of rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from items.errors import FIELD_ERRORS, Refused
from items.models import Item, Place, Unit
from items.words import visible

M = TypeVar("M", bound=models.Model)

AT_MOST = 100  # letters of what a line under an item says


def need(text: str, sentence: str) -> str:
    """Return what is visible of the text; raise `Refused` with the sentence if that is nothing."""
    text = visible(text).strip()
    if not text:
        raise Refused(sentence)
    return text


def short(text: str) -> str:
    """Return the text; raise `Refused` when it has more than AT_MOST letters."""
    if len(text) > AT_MOST:
        raise Refused(_("“%s…” is too long: write it shorter.") % text[:20])
    return text


def refuse_foreign(item: Item, *rows: Place | Unit | None) -> None:
    """Raise `Refused` for a unit or place that isn't of the item's committee; None is neither."""
    for row in rows:
        if row and row.committee_id != item.list.committee_id:
            raise Refused(_("“%s” belongs to another committee.") % row)


# Whole rows, before they are saved


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a draft: in which of its columns or lines, and in which of its parts."""

    sentence: str
    column: str = ""  # a field of the row; "" is the whole row
    lines: str = ""  # "parts", "brought_in" or one of LINES; "" is the item itself
    part: int = 0  # its place among the parts


class FieldsRefused(Refused):
    """Refuse a row, or a draft of several, and say of each sentence what it is about."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = list(complaints)
        super().__init__(*(complaint.sentence for complaint in self.complaints))


class Complaints:
    """All that is wrong with a draft, gathered so that nobody has to try again for each."""

    def __init__(self) -> None:
        self.said: list[Complaint] = []

    @contextmanager
    def of(self, lines: str = "", part: int = 0) -> Iterator[None]:
        """Note what is refused within, as about these lines of the draft."""
        try:
            yield
        except FieldsRefused as refused:
            self.said += [replace(c, lines=lines, part=part) for c in refused.complaints]
        except Refused as refused:
            self.said += [Complaint(s, lines=lines, part=part) for s in refused.sentences]

    def refuse(self) -> None:
        """Raise `FieldsRefused` if anything was noted."""
        if self.said:
            raise FieldsRefused(self.said)


def checked(row: M, *, only: Iterable[str] = ()) -> M:
    """Return the row when its fields are sound; raise `FieldsRefused` with every complaint."""
    others = {field.name for field in row._meta.fields} - set(only) if only else set()
    # A row in hand is known to be there (or is saved first): asking for each makes an import slow.
    others |= {f.name for f in row._meta.fields if f.is_relation and _in_hand(row, f)}
    try:
        # The database holds the constraints; asking it for each beforehand makes an import slow,
        # and its answer is no sentence for a person.
        row.full_clean(exclude=others, validate_constraints=False)
    except ValidationError as error:
        raise FieldsRefused(_complaints(row, error)) from error
    return row


def _in_hand(row: models.Model, relation: Any) -> bool:
    return relation.get_cached_value(row, default=None) is not None


def _complaints(row: models.Model, error: ValidationError) -> Iterator[Complaint]:
    labels = {field.name: f"{field.verbose_name}: " for field in row._meta.fields}
    for name, errors in error.error_dict.items():
        for each in errors:
            if name == NON_FIELD_ERRORS:  # `clean` names by the code which column it is about
                yield Complaint(_sentence(each), each.code if each.code in labels else "")
            else:
                yield Complaint(f"{labels[name]}{_sentence(each)}", name)


def _sentence(error: ValidationError) -> str:
    """Return what is wrong in our words, where we have any for it."""
    ours = FIELD_ERRORS.get(error.code or "")
    return str(ours % (error.params or {})) if ours else error.messages[0]
