"""Corrections in the open: what was published changes only by a dated, visible entry."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import rules
from items.actions.door import move, need, refuse_if, write_entry
from items.actions.draft import checked
from items.models import Entry, Item, Person

CORRECTABLE = ["title", "title_en", "problem", "problem_en", "effect", "effect_en", "result"]
CORRECTABLE += ["category", "place", "term", "target_count", "count_unit"]


def correct_item(item: Item, *, by: Person, field: str, value, reason: str, now=None) -> Entry:
    """Correct one published field; the entry shows the old words and the new ones."""
    refuse_if("" if field in CORRECTABLE else _("“%s” can’t be corrected this way.") % field)
    old = shown(getattr(item, field))

    def change(today):
        setattr(item, field, value)
        checked(item)
        refuse_if(_("That is what it says already.") if shown(value) == old else "")
        return {"field": field}

    return move(
        "correct",
        item,
        by=by,
        text=need(reason, _("Write why it is corrected; everyone will read it.")),
        old=old,
        new=shown(value),
        change=change,
        now=now,
    )


def shown(value) -> str:
    if value is None:
        return ""
    return value.name if isinstance(value, models.Model) else str(value)


@transaction.atomic
def erase_words(entry: Entry, *, by: Person, reason: str, now=None) -> Entry:
    """Erase an entry's words and names for privacy; a dated stub and the reason stay."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    reason = need(reason, _("Write why the words are erased, without repeating them."))
    refuse_if(rules.why_not("correct", by, entry.item, today=today))
    refuse_if(_("These words were erased already.") if entry.words.erased_on else "")
    erased = write_entry(
        entry.list,
        "correct",
        item=entry.item,
        by=by,
        role=rules.role_of("correct", by, entry.item, today),
        happened_on=today,
        now=now,
        text=reason,
        about=entry,
        facts={"erased": entry.seq},
    )
    entry.words.erase(today)
    return erased
