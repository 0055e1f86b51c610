"""An item on its days: each is planned, and then took place or was called off, in the open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.progress import begin
from items.actions.validation import need, refuse_foreign, short
from items.errors import Refused
from items.ledger import Act, acting
from items.models import Entry, Item, Occasion, Person, Place


def plan_occasion(
    item: Item,
    *,
    by: Person,
    what: str,
    on: date,
    place: Place | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Set a day on which something takes place, ahead or past; all of it is public at once."""
    what = short(need(what, _("Write what takes place.")))
    row = Occasion(item=item, what=what, on=on, place=place)
    words = " · ".join([what, *([place.name] if place else [])])
    with acting("plan_occasion", item, by=by, now=now, yes=yes) as act:
        refuse_foreign(item, place)
        row.entry = act.write(words, facts=planned(row))
        row.save()
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def hold_occasion(
    occasion: Occasion,
    *,
    by: Person,
    text: str,
    held_on: date | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Say that it took place, on which day, and what was done; that starts the work."""
    text = need(text, _("Write in a line what was done."))
    who = {"by": by, "now": now, "yes": yes}
    with _settling("hold_occasion", occasion, **who, happened_on=held_on) as act:
        begin(act.item, act.happened_on)
        occasion.ending = act.write(text, facts=planned(occasion))
    return act.entry


def call_off_occasion(
    occasion: Occasion, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Say that it won't take place or didn't, and why; it stays to be seen."""
    reason = need(reason, _("Write why it is called off; everyone will read it."))
    with _settling("call_off_occasion", occasion, by=by, now=now, yes=yes) as act:
        occasion.ending = act.write(reason, facts=planned(occasion))
    return act.entry


@contextmanager
def _settling(verb: str, occasion: Occasion, **who: Any) -> Iterator[Act]:
    """Do `verb` on a date that is still open, and save the date with the entry that settles it."""
    with acting(verb, occasion.item, about=occasion.entry, **who) as act:
        occasion.refresh_from_db(fields=["ending"])
        if occasion.ending:
            raise Refused(_("This date is settled already."))
        yield act
        occasion.save()
        act.tell(act.item.owner_post, act.item.supervisor_post)


def forget_occasion(entry: Entry) -> None:
    """Empty the words of the occasion that was planned with an entry; its day stays."""
    for occasion in Occasion.objects.filter(entry=entry):
        occasion.what = ""
        occasion.save()


def planned(row: Occasion) -> dict:
    return {"planned_on": str(row.on)}
