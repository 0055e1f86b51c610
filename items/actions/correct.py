"""Corrections in the open: what was published changes only by a dated, visible entry."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.door import move, need, refuse_if
from items.actions.draft import LINES, checked
from items.gaps import same_person_gap
from items.models import Entry, Item, Person, UnitShare
from items.models.versioned import lock
from items.words import Words

CORRECTABLE = ["title", "title_en", "problem", "problem_en", "effect", "effect_en", "result"]
CORRECTABLE += ["category", "theme", "place", "term", "target_count", "count_unit"]


@transaction.atomic
def correct_item(item: Item, *, by: Person, field: str, value, reason: str, now=None) -> Entry:
    """Correct one published field; the entry shows the old words and the new ones.

    `field` is a column of the item, or "measures", "shares" or "handlers" with a value as `Draft`
    has it.
    """
    refuse_if("" if field in [*CORRECTABLE, *LINES] else _("“%s” can’t be corrected.") % field)
    lock(item)  # the old words are those that are published
    old, new = shown(held(item, field)), shown(value)
    refuse_if(_("That is what it says already.") if new == old else "")
    refuse_if("" if value or field != "measures" else _("At least one measure has to stay."))

    def change(today):
        if field in CORRECTABLE:
            setattr(item, field, value)
            checked(item)
        return {"field": field}

    def then():
        if field in LINES:
            LINES[field](item, value)
            refuse_if("; ".join(same_person_gap(item, timezone.localdate(now))))

    return move(
        "correct",
        item,
        by=by,
        text=need(reason, _("Write why it is corrected; everyone will read it.")),
        old=old,
        new=new,
        public=field != "handlers",  # the public never sees who they are
        change=change,
        then=then,
        now=now,
    )


def held(item, field):
    """Return what the item says in a column or in its lines, as `correct_item` takes it."""
    if field == "measures":
        return [measure.words for measure in item.measures.all()]
    if field == "shares":
        return [(share.unit, share.role) for share in item.unit_shares.all()]
    return list(item.handlers.order_by("pk")) if field == "handlers" else getattr(item, field)


def shown(value) -> str:
    """Return a value in words, each line of several on its own."""
    if isinstance(value, list):
        return "\n".join(map(shown, value))
    if isinstance(value, tuple):
        unit, role = value
        return f"{unit} · {UnitShare.Role(role).label}"
    if isinstance(value, Words):
        return " / ".join(filter(None, [value.zh, value.en]))
    if isinstance(value, models.Model):
        return value.name
    return "" if value is None else str(value)
