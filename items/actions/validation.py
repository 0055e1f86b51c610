"""Validation of input: there at all, short enough, and of the committee that it is about."""

from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Item, Place, Unit

AT_MOST = 100  # letters of what a line under an item says


def need(text: str, sentence: str) -> str:
    """Return the text without its margins; raise `Refused` with the sentence when it is empty."""
    if not text.strip():
        raise Refused(sentence)
    return text.strip()


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
