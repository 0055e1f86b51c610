"""An item on its days: each is planned, and then took place or was called off, in the open."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from items.actions.begin import begin
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
    with acting(
        "hold_occasion",
        occasion.item,
        by=by,
        now=now,
        yes=yes,
        happened_on=held_on,
        about=occasion.entry,
    ) as act:
        begin(act.item, act.happened_on)
        write_held(act, occasion, text)
        act.tell(act.item.owner_post, act.item.supervisor_post)
    return act.entry


def write_held(act: Act, occasion: Occasion, text: str) -> None:
    """Write that a date of the act's item took place on the act's day, and settle it."""
    _settle(act, occasion, "hold_occasion", text)


def call_off_occasion(
    occasion: Occasion, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Say that it won't take place or didn't, and why; it stays to be seen."""
    reason = need(reason, _("Write why it is called off; everyone will read it."))
    with acting(
        "call_off_occasion", occasion.item, by=by, now=now, yes=yes, about=occasion.entry
    ) as act:
        _settle(act, occasion, "call_off_occasion", reason)
        act.tell(act.item.owner_post, act.item.supervisor_post)
    return act.entry


def _settle(act: Act, occasion: Occasion, verb: str, text: str) -> None:
    """Write what became of a date that is still open, and save it with the entry that says so."""
    if occasion.item_id != act.item.pk:
        raise Refused(_("This date belongs to another item."))
    occasion.refresh_from_db(fields=["ending"])
    if occasion.ending:
        raise Refused(_("This date is settled already."))
    written = act.write(text, verb=verb, facts=planned(occasion), about=occasion.entry)
    occasion.ending = written
    occasion.save()


def forget_occasion(entry: Entry) -> None:
    """Empty the words of the occasion that was planned with an entry; its day stays."""
    for occasion in Occasion.objects.filter(entry=entry):
        occasion.what = ""
        occasion.save()


def planned(row: Occasion) -> dict:
    return {"planned_on": str(row.on)}
