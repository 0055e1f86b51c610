"""Many draft items of a list at once, as a table has them: all are written, or none."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.draft import Draft, fill
from items.actions.names import Names
from items.errors import Conflict, Refused
from items.models import Item, ItemList, Person
from items.models.versioned import changed_meanwhile, lock
from items.rules import why_not

LAST_NUMBER = 99_999


@dataclass
class Line:
    """A draft item as a line of a table: what is said of it, and which state of it was seen."""

    draft: Draft = field(default_factory=Draft)
    number: int | None = None  # None takes the next one
    item: int | None = None  # the key of the item that is changed; None makes a new one
    version: int | None = None  # the item's version that the writer saw
    delete: bool = False


class LinesRefused(Refused):
    """Refuse the table; `by_line` says of each refused line, by its place, why."""

    def __init__(self, by_line: dict[int, list[str]]) -> None:
        self.by_line = by_line
        super().__init__(*(sentence for sentences in by_line.values() for sentence in sentences))


class LinesConflict(LinesRefused, Conflict):
    """Refuse the table because somebody else changed or deleted the items of some lines."""


@transaction.atomic
def write_table(
    item_list: ItemList,
    lines: list[Line],
    *,
    by: Person,
    names: Names | None = None,
    now: datetime | None = None,
) -> None:
    """Create, change, renumber and delete draft items of a list, all together.

    `names` are those that the lines use and the committee doesn't have yet.
    Raise `LinesConflict` or `LinesRefused` with what is wrong in each line; nothing is saved then.
    """
    lock(item_list)  # so that nobody publishes it meanwhile
    if refusal := why_not("import_into", by, item_list):
        raise Refused(refusal)
    if names:
        names.save(by)
    keys = [line.item for line in lines if line.item]
    items = {item.pk: item for item in item_list.items.filter(pk__in=keys).locked()}
    _refuse(LinesConflict, {at: _changed(line, items) for at, line in enumerate(lines)})
    repeated = {at: _repeated(item_list, line) for at, line in enumerate(lines)}
    _refuse(LinesRefused, repeated)
    numbers = _numbers(item_list, lines, items)
    for line in lines:
        if line.delete and line.item:
            items[line.item].delete()
    _renumber(item_list, lines, items, numbers)
    written = [(at, line) for at, line in enumerate(lines) if not line.delete]
    now = now or timezone.now()
    _refuse(
        LinesRefused, {at: _fill(item_list, numbers[at], line, by, now) for at, line in written}
    )


def _refuse(refusal: type[LinesRefused], by_line: dict[int, list[str]]) -> None:
    refused = {at: sentences for at, sentences in by_line.items() if sentences}
    if refused:
        raise refusal(refused)


def _repeated(item_list: ItemList, line: Line) -> list[str]:
    """Say that a line without a number stands in the list: a button that was pressed twice."""
    if line.item or line.number or line.delete:
        return []
    title, place = line.draft.fields.get("title"), line.draft.fields.get("place")
    twin = item_list.items.filter(title=title, place=place).first()
    sentence = _("“%(title)s” stands here already, as No. %(number)s. Number it if it is another.")
    return [sentence % {"title": title, "number": twin.number}] if twin else []


def _changed(line: Line, items: dict[int, Item]) -> list[str]:
    """Say that the item of a line isn't the one that its writer saw."""
    if line.item is None:
        return []
    if line.item not in items:
        sentence = _("Somebody deleted No. %(number)s meanwhile. Saving again enters it anew.")
        return [sentence % {"number": line.number or "?"}]
    item = items[line.item]
    return changed_meanwhile(item).sentences[:1] if item.version != line.version else []


def _numbers(item_list: ItemList, lines: list[Line], items: dict[int, Item]) -> dict[int, int]:
    """Return the number of each line that stays; refuse one that would stand twice."""
    others = item_list.items.exclude(pk__in=items).values_list("number", flat=True)
    taken = set(others)
    stated = {at: _stated(line, items) for at, line in enumerate(lines) if not line.delete}
    wrong = {}
    for at, number in stated.items():
        if number in taken:
            wrong[at] = [_("The number %(number)s stands twice.") % {"number": number}]
        if number is not None:
            taken.add(number)
    numbers = {}
    for at, number in stated.items():
        numbers[at] = number or max(taken, default=0) + 1
        taken.add(numbers[at])
        if not 1 <= numbers[at] <= LAST_NUMBER:
            wrong[at] = [_("Numbers go from 1 to %(last)d.") % {"last": LAST_NUMBER}]
    _refuse(LinesRefused, wrong)
    return numbers


def _stated(line: Line, items: dict[int, Item]) -> int | None:
    return line.number or (items[line.item].number if line.item else None)


def _renumber(
    item_list: ItemList, lines: list[Line], items: dict[int, Item], numbers: dict[int, int]
) -> None:
    """Give each item its line's number, by way of numbers that no line has."""
    moved = {items[key]: number for at, number in numbers.items() if (key := lines[at].item)}
    moved = {item: number for item, number in moved.items() if item.number != number}
    used = set(item_list.items.values_list("number", flat=True)) | set(numbers.values())
    free = (number for number in range(LAST_NUMBER, 0, -1) if number not in used)
    for item in moved:
        Item.objects.filter(pk=item.pk).update(number=next(free))
    for item, number in moved.items():
        item.number = number
        item.save()


def _fill(item_list: ItemList, number: int, line: Line, by: Person, now: datetime) -> list[str]:
    """Write a line and return what is wrong with it."""
    try:
        fill(item_list, number, line.draft, by=by, now=now)
    except Refused as refused:
        return refused.sentences
    return []
