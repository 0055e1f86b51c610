"""Validation of input: there at all, short enough, and of the committee that it is about."""

from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Item, Place, Unit
from items.words import visible

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
