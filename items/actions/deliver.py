"""Handing things out: each delivery is a line with an entry, and its count the item's progress."""

from datetime import date

from django.utils.translation import gettext as _

from items.actions.door import move, need, refuse_foreign, refuse_if, short
from items.actions.progress import MOST, begin
from items.models import Delivery, Entry, Item, Person, Place, Unit


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
    now=None,
) -> Entry:
    """Write down what was handed out to a unit, a place, or a team or room.

    Where the item has a target, the sum of its deliveries is its count from now on. Who received
    it stays inside; all else is public.
    """
    what = short(need(what, _("Write what was handed out.")))
    refuse_if("" if 1 <= count <= MOST else _("A delivery counts at least one thing."))
    row = Delivery(item=item, what=what, count=count, unit=unit, place=place)
    row.team, row.received_by = short(team.strip()), received_by.strip()[:50]
    refuse_if("" if row.to else _("Name the team or room, the unit or the place."))

    def change(today):
        refuse_foreign(item, unit, place)
        row.received_on = received_on or today
        begin(item, row.received_on)
        return {"count": count, "received_on": str(row.received_on)} | _count(item, count)

    def then():
        row.entry = item.last_entry
        row.save()

    return move(
        "deliver",
        item,
        by=by,
        text=" · ".join([what, *(words.zh for words in row.to)]),
        change=change,
        then=then,
        happened_on=received_on,
        now=now,
        tell=lambda today: [item.supervisor_post.holder(today)],
    )


def take_back(delivery: Delivery, *, by: Person, reason: str, now=None) -> Entry:
    """Say that a delivery was written down by mistake: it stays to be seen and counts no more."""
    item = delivery.item

    def change(today):
        still = item.deliveries.counting().filter(pk=delivery.pk).exists()
        refuse_if("" if still else _("This delivery was taken back already."))
        return {"count": delivery.count} | _count(item, -delivery.count)

    return move(
        "take_back",
        item,
        by=by,
        text=need(reason, _("Write why it is taken back; everyone will read it.")),
        change=change,
        now=now,
        about=delivery.entry,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
    )


def forget_delivery(entry: Entry) -> None:
    """Empty the words and the name of the delivery that came with an entry; its count stays."""
    for delivery in Delivery.objects.filter(entry=entry):
        delivery.what = delivery.team = delivery.received_by = ""
        delivery.save()


def _count(item, more) -> dict:
    """Let the delivery list be the item's count, where it has a target, and say so in facts."""
    if item.target_count is None:
        return {}
    item.done_count = item.deliveries.delivered() + more
    return {"done_count": item.done_count, "target_count": item.target_count}
