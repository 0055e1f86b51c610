"""An item on its days: each is planned, and then took place or was called off, in the open."""

from datetime import date

from django.utils.translation import gettext as _

from items.actions.door import move, need, refuse_foreign, refuse_if, short
from items.actions.progress import begin
from items.models import Entry, Item, Occasion, Person, Place


def plan_occasion(
    item: Item, *, by: Person, what: str, on: date, place: Place | None = None, now=None
) -> Entry:
    """Set a day on which something takes place, ahead or past; all of it is public at once."""
    what = short(need(what, _("Write what takes place.")))
    row = Occasion(item=item, what=what, on=on, place=place)

    def change(today):
        refuse_foreign(item, place)
        return planned(row)

    def then():
        row.entry = item.last_entry
        row.save()

    return move(
        "plan_occasion",
        item,
        by=by,
        text=" · ".join([what, *([place.name] if place else [])]),
        change=change,
        then=then,
        now=now,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
    )


def hold_occasion(
    occasion: Occasion, *, by: Person, text: str, held_on: date | None = None, now=None
) -> Entry:
    """Say that it took place, on which day, and what was done; that starts the work."""
    item = occasion.item

    def change(today):
        begin(item, held_on or today)

    text = need(text, _("Write in a line what was done."))
    return _end("hold_occasion", occasion, by, text, now, change, happened_on=held_on)


def call_off_occasion(occasion: Occasion, *, by: Person, reason: str, now=None) -> Entry:
    """Say that it won't take place or didn't, and why; it stays to be seen."""
    reason = need(reason, _("Write why it is called off; everyone will read it."))
    return _end("call_off_occasion", occasion, by, reason, now)


def forget_occasion(entry: Entry) -> None:
    """Empty the words of the occasion that was planned with an entry; its day stays."""
    for occasion in Occasion.objects.filter(entry=entry):
        occasion.what = ""
        occasion.save()


def planned(row) -> dict:
    return {"planned_on": str(row.on)}


def _end(verb, occasion, by, text, now, change=lambda today: None, **said):
    item = occasion.item

    def refuse_or_change(today):
        occasion.refresh_from_db(fields=["ending"])
        refuse_if(_("This date is settled already.") if occasion.ending else "")
        change(today)
        return planned(occasion)

    def then():
        occasion.ending = item.last_entry
        occasion.save()

    return move(
        verb,
        item,
        by=by,
        text=text,
        change=refuse_or_change,
        then=then,
        now=now,
        about=occasion.entry,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
        **said,
    )
