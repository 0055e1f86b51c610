"""Turn the lines under an item into the shapes that a visitor may see (items.public_lines)."""

from datetime import date

from items import public_lines
from items.models import Delivery, Item, Occasion, Part, UnitShare
from items.public_link import Link
from items.states import Status
from items.words import Words


def unit_share(share: UnitShare) -> public_lines.UnitShare:
    return public_lines.UnitShare(
        name=share.unit.words, role=share.role, role_label=share.get_role_display()
    )


def deliveries(item: Item, found) -> public_lines.Deliveries:
    """Return an item's delivery list; `found` are its deliveries `with_returns`."""
    lines = tuple(map(delivery, found))
    return public_lines.Deliveries(
        lines=lines,
        delivered=sum(line.count for line in lines if not line.taken_back),
        target=item.target_count,
        count_unit=item.count_unit,
    )


def delivery(each: Delivery) -> public_lines.Delivery:
    return public_lines.Delivery(
        what=Words(each.what),
        count=each.count,
        to=each.to,
        received_on=each.received_on,
        taken_back=each.taken_back,
    )


def part(part: Part) -> public_lines.Part:
    return public_lines.Part(
        title=part.words,
        unit=part.unit.words if part.unit else Words(),
        start_by=part.start_by,
        due=part.due,
        due_words=part.due_words,
        done_on=part.done_on,
        progress=part.progress,
    )


def occasion(each: Occasion, status: str, today: date) -> public_lines.Occasion:
    """Return a dated occasion of an item in this status; what nobody reported is computed."""
    held = each.was_held
    return public_lines.Occasion(
        on=each.on,
        place=link(each.place),
        what=Words(each.what),
        state=_state(each, status, today),
        held_on=each.ending.happened_on if held else None,
        said=each.ending.words.text if each.ending else "",
    )


def _state(each, status, today):
    if each.ending:
        return "held" if each.was_held else "called_off"
    if status == Status.WITHDRAWN:
        return "dropped"
    return "unreported" if each.on < today else "planned"


def link(row) -> Link | None:
    """Return a place or a theme as a link to its page; None where there is none."""
    return Link(row.pk, row.words) if row else None
