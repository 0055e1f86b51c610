"""Handing things out: each delivery is a line with an entry, and its count the item's progress."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from items.actions.begin import begin
from items.actions.progress import MOST
from items.actions.validation import need, refuse_foreign, short
from items.errors import Refused
from items.ledger import acting
from items.models import Delivery, Entry, Item, Person, Place, Unit
from items.words import one_line


def deliver(
    item: Item,
    *,
    by: Person,
    what: str,
    count: int,
    unit: Unit | None = None,
    place: Place | None = None,
    team: str = "",
    received_by: str = "",
    received_on: date | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Write down what was handed out to a unit, a place, or a team or room.

    Where the item has a target, it adds to what is counted so far. Who received it stays inside;
    all else is public.
    """
    what = short(need(what, _("Write what was handed out.")))
    if not 1 <= count <= MOST:
        raise Refused(_("A delivery counts at least one thing."))
    row = Delivery(item=item, what=what, count=count, unit=unit, place=place)
    row.team, row.received_by = short(one_line(team)), one_line(received_by)[:50]
    if not row.to:
        raise Refused(_("Name the team or room, the unit or the place."))
    words = " · ".join([what, *(to.zh for to in row.to)])
    with acting("deliver", item, by=by, now=now, happened_on=received_on, yes=yes) as act:
        refuse_foreign(item, unit, place)
        row.received_on = act.happened_on
        begin(item, row.received_on)
        facts = {"count": count, "received_on": str(row.received_on)} | _count(item, count)
        row.entry = act.write(words, facts=facts)
        row.save()
        act.tell(item.supervisor_post)
    return act.entry


def take_back(
    delivery: Delivery, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Say that a delivery was written down by mistake: it stays to be seen and counts no more."""
    item = delivery.item
    reason = need(reason, _("Write why it is taken back; everyone will read it."))
    with acting("take_back", item, by=by, now=now, about=delivery.entry, yes=yes) as act:
        if not item.deliveries.counting().filter(pk=delivery.pk).exists():
            raise Refused(_("This delivery was taken back already."))
        act.write(reason, facts={"count": delivery.count} | _count(item, -delivery.count))
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def forget_delivery(entry: Entry) -> None:
    """Empty the words and the name of the delivery that came with an entry; its count stays."""
    for delivery in Delivery.objects.filter(entry=entry):
        delivery.what = delivery.team = delivery.received_by = ""
        delivery.save()


def _count(item: Item, more: int) -> dict:
    """Add to the item's count, where it has a target, and say so in facts.

    What was reported before the first delivery stays counted.
    """
    if item.target_count is None:
        return {}
    known = item.deliveries.delivered() if item.done_count is None else item.done_count
    item.done_count = max(0, known + more)
    return {"done_count": item.done_count, "target_count": item.target_count}
