"""Drawing up a list: draft items and the names they use. Nothing here is published yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.bulk import BATCH, insert, save_all
from items.actions.names import Names
from items.actions.validation import Complaint, Complaints, FieldsRefused, checked
from items.columns import STORED, names
from items.errors import Refused
from items.ledger import not_in_future
from items.ledger.lines import MODELS, RELATIONS
from items.models import (
    BroughtIn,
    Committee,
    Criterion,
    Item,
    ItemList,
    Measure,
    Part,
    Person,
    Unit,
    UnitShare,
)
from items.models.versioned import changed_meanwhile, lock
from items.rules import why_not
from items.rules.smaller import going_on
from items.states import Status
from items.words import Words, visible


@dataclass
class Draft:
    """What is to be written into a draft item; what is None or missing stays as it is."""

    fields: dict = field(default_factory=dict)  # the item's own columns
    measures: list[Words] | None = None
    criteria: list[Words] | None = None
    shares: list[tuple[Unit, str]] | None = None  # a unit and its UnitShare.Role
    handlers: list[Person] | None = None
    parts: list[dict] | None = None  # Part's columns, in order; matched by title
    brought_in: dict | None = None  # BroughtIn's columns; {} takes it away


def create_list(committee: Committee, *, by: Person, **fields: Any) -> ItemList:
    """Open a draft list for a year of a committee."""
    item_list = ItemList(committee=committee, **fields)
    _refuse_unless_drawing_up(item_list, by)
    checked(item_list).save()
    return item_list


@transaction.atomic
def write_draft(
    item_list: ItemList,
    number: int,
    draft: Draft,
    *,
    by: Person,
    now: datetime | None = None,
) -> Item:
    """Create or change the draft item under `number`."""
    _lock_draft(item_list, by)
    return fill(item_list, number, draft, by=by, now=now or timezone.now())


@transaction.atomic
def write_drafts(
    item_list: ItemList, prepared: list["Prepared"], *, by: Person, names: Names | None = None
) -> None:
    """Save many prepared drafts of a list in one short transaction, all or none.

    `names` are those that the drafts use and the committee doesn't have yet.
    """
    _lock_draft(item_list, by)
    _refuse_changed(item_list, prepared)
    if names:
        names.save(by)
    for each in prepared:
        each.item.list = item_list
        each.item.version += 0 if each.is_new else 1
    save_all([each.item for each in prepared], by)
    write_rows(prepared, by)


def _refuse_changed(item_list: ItemList, prepared: list["Prepared"]) -> None:
    """Raise `Conflict` if somebody wrote an item, or one of its number, since it was prepared."""
    rows = item_list.items.select_for_update(of=("self",), no_key=True).order_by("number")
    stands = rows.values_list("number", "pk", "version")
    now = {number: (pk, version) for number, pk, version in stands}
    for each in prepared:
        item = each.item
        if now.get(item.number) != (None if each.is_new else (item.pk, item.version)):
            raise changed_meanwhile(item)


@transaction.atomic
def delete_draft(item: Item, *, by: Person) -> None:
    """Delete an item of a draft list; a published number stays for ever."""
    _lock_draft(item.list, by)
    lock(item)
    item.delete()


def _lock_draft(item_list: ItemList, by: Person) -> None:
    lock(item_list)  # so that nobody publishes it meanwhile
    _refuse_unless_drawing_up(item_list, by)


def _refuse_unless_drawing_up(item_list: ItemList, by: Person) -> None:
    if refusal := why_not("import_into", by, item_list):
        raise Refused(refusal)


# What a draft says in columns: not where the item stands.
DRAFTED = set(names(column for column in STORED if column.drafted))


def fill(
    item_list: ItemList,
    number: int,
    draft: Draft,
    *,
    by: Person,
    now: datetime,
    carrying: bool = False,
) -> Item:
    """Write `draft` without asking who may; for the actions that have asked.

    `carrying` says that it comes from the item with which this one goes on; otherwise what that
    one promises is refused here, since it changes there, in the open.
    """
    item = item_list.items.filter(number=number).first() or Item(list=item_list, number=number)
    if item.pk:
        lock(item)
    prepared = prepare(item, draft, now=now, carrying=carrying)
    item.save()
    write_rows([prepared], by)
    return item


@dataclass
class Prepared:
    """A draft item with all its rows, checked and not saved yet; what is None stays as it is."""

    item: Item
    is_new: bool
    lines: dict[str, list] = field(default_factory=dict)  # by their names in LINES
    parts: list[Part] | None = None
    gone: list[int] = field(default_factory=list)  # the keys of parts that are deleted
    brought_in: list[BroughtIn] | None = None  # one row; none takes it away


def prepare(item: Item, draft: Draft, *, now: datetime, carrying: bool = False) -> Prepared:
    """Say `draft` in the item and make the rows under it, saving nothing.

    Raise `FieldsRefused` with all that keeps it from being saved: what is returned can be.
    """
    if unknown := draft.fields.keys() - DRAFTED:
        raise ValueError(f"No columns of a draft: {sorted(unknown)}")
    if item.carried_from_id and not carrying:
        _refuse_what_is_carried(item, draft)
    for name, value in draft.fields.items():
        setattr(item, name, value)
    if item.carried_from:
        item.origin_id = item.carried_from.origin_id or item.carried_from_id
    wrong = Complaints()
    with wrong.of():
        checked(item, only={"number", "title", *draft.fields})  # all else was checked before
    prepared = Prepared(item, is_new=item.pk is None)
    for name in LINES:
        if (said := getattr(draft, name)) is not None:
            with wrong.of(name):
                prepared.lines[name] = LINES[name](item, said)
    if draft.parts is not None:
        known = {} if prepared.is_new else {part.title: part for part in item.parts.all()}
        prepared.parts = _parts(item, draft.parts, known, wrong)
        prepared.gone = [part.pk for part in known.values() if part not in prepared.parts]
    if draft.brought_in is not None:
        with wrong.of("brought_in"):
            prepared.brought_in = _brought_in(item, draft.brought_in, now)
    wrong.refuse()
    return prepared


# What the draft of a carried item says of its own; all else is said where it comes from.
OWN_OF_CARRIED = {"start_by", "due", "due_words", "start_is_the_matter"}
OWN_OF_CARRIED |= set(names(column for column in STORED if column.shade == "staff"))


def _refuse_what_is_carried(item: Item, draft: Draft) -> None:
    """Refuse to change in a draft what its item promises on the list that still runs."""
    said = {name: draft.fields[name] for name in draft.fields.keys() - OWN_OF_CARRIED}
    same = all(getattr(item, name) == value for name, value in said.items())
    if same and all(_says(item, name, getattr(draft, name)) for name in CARRIED_LINES):
        return
    before = item.carried_from
    assert before is not None
    raise Refused(
        _(
            "No. %(number)s goes on with no. %(before)s of “%(list)s”. What it promises is"
            " corrected there, in the open; here it gets its number and its new deadline."
        )
        % {"number": item.number, "before": before.number, "list": before.list}
    )


CARRIED_LINES = ("measures", "criteria", "shares", "handlers", "parts")
DAYS_OF_PART = {"start_by", "due", "due_words"}


def _says(item: Item, name: str, lines: list | None) -> bool:
    """Tell whether an item has these lines already."""
    if lines is None:
        return True
    if name in ("measures", "criteria"):
        return [row.words for row in getattr(item, name).all()] == lines
    if name == "shares":
        return [(row.unit, row.role) for row in item.unit_shares.all()] == lines
    if name == "handlers":
        return set(item.handlers.all()) == set(lines)
    parts = list(item.parts.all())
    columns = [{n: v for n, v in part.items() if n not in DAYS_OF_PART} for part in lines]
    pairs = zip(parts, columns, strict=False)
    same = all(getattr(part, n) == value for part, said in pairs for n, value in said.items())
    return len(parts) == len(lines) and same


def _measures(item: Item, measures: list[Words]) -> list[Measure]:
    rows = [Measure(item=item, **columns) for columns in _worded(measures)]
    _keep_ticks(item, rows)
    return rows


def _criteria(item: Item, criteria: list[Words]) -> list[Criterion]:
    if len(criteria) > MOST_CRITERIA:
        raise Refused(
            _("What done looks like takes at most %d lines. Leave out what says the same.")
            % MOST_CRITERIA
        )
    return [Criterion(item=item, **columns) for columns in _worded(criteria)]


MOST_CRITERIA = 3


def _worded(lines: list[Words]) -> Iterator[dict[str, Any]]:
    """Yield the columns of lines in two languages."""
    for order, words in enumerate(Words(visible(line.zh), visible(line.en)) for line in lines):
        yield {"order": order, "text": words.zh or words.en, "text_en": words.en}


def _keep_ticks(item: Item, rows: list[Measure]) -> None:
    """Let measures stay done whose words go on, here or from where a draft is carried over."""
    before = item.carried_from if item.status == Status.DRAFT else item
    old = list(before.measures.all()) if before else []
    for place, at in going_on([row.words for row in old], [row.words for row in rows]).items():
        rows[at].done_on = old[place].done_on


def _shares(item: Item, shares: list[tuple[Unit, str]]) -> list[UnitShare]:
    return [
        UnitShare(item=item, order=order, unit=unit, role=role)
        for order, (unit, role) in enumerate(shares)
    ]


def _handlers(item: Item, handlers: list[Person]) -> list[Person]:
    return handlers


# From a `Draft`'s value to the rows that will stand under the item in the place of those there are.
LINES: dict[str, Callable[[Item, Any], list]] = {
    "measures": _measures,
    "shares": _shares,
    "handlers": _handlers,
    "criteria": _criteria,
}


def write_lines(item: Item, lines: Mapping[str, list]) -> None:
    """Put the rows in the place of those of their kinds."""
    for name, rows in lines.items():
        if name == "handlers":
            item.handlers.set(rows)
            continue
        before = getattr(item, RELATIONS[name])
        before.all().delete()
        before.model.objects.bulk_create(rows)


def _parts(item: Item, parts: list[dict], known: dict[str, Part], wrong: Complaints) -> list[Part]:
    """Return the parts in their order; one whose title is known goes on."""
    rows: list[Part] = []
    for order, columns in enumerate(parts):
        part = known.get(columns["title"]) or Part(item=item)
        part.order = order
        for name, value in columns.items():
            setattr(part, name, value)
        with wrong.of("parts", order):
            checked(part)
            if any(part.title == other.title for other in rows):
                raise Refused(_("The part “%s” stands twice.") % part.title)
        rows.append(part)
    return rows


def write_rows(prepared: list[Prepared], by: Person) -> None:
    """Save what stands under items that are saved, in the place of what stood there."""
    for name in LINES:
        _replace_lines(name, [each for each in prepared if name in each.lines])
    parts = [part for each in prepared for part in each.parts or ()]
    Part.objects.filter(pk__in=[key for each in prepared for key in each.gone]).delete()
    save_all(parts, by)
    told = [each for each in prepared if each.brought_in is not None]
    states = [row for each in told for row in each.brought_in or ()]
    for row in states:
        row.by = by
    _replace(BroughtIn, states, told)


def _replace_lines(name: str, said: list[Prepared]) -> None:
    """Write the lines of one kind under many items, in the place of those they had."""
    lines = [(each.item, row) for each in said for row in each.lines[name]]
    if name == "handlers":
        model = Item.handlers.through
        _replace(model, [model(item=item, person=person) for item, person in lines], said)
    else:
        _replace(MODELS[name], [row for _item, row in lines], said)


def _replace(model: Any, rows: list, under: list[Prepared]) -> None:
    old = [each.item for each in under if not each.is_new]
    for at in range(0, len(old), BATCH):
        model.objects.filter(item__in=old[at : at + BATCH]).delete()
    insert(rows)


@transaction.atomic
def bring_in(item: Item, *, by: Person, now: datetime | None = None, **state: Any) -> None:
    """Note the state that an imported sheet gives a draft item; publishing applies it."""
    lock(item)
    if refusal := why_not("bring_in", by, item):
        raise Refused(refusal)
    rows = _brought_in(item, state, now or timezone.now())
    write_rows([Prepared(item, is_new=False, brought_in=rows)], by)


def _brought_in(item: Item, state: dict, now: datetime) -> list[BroughtIn]:
    """Return the row that says where an item stood before, if the sheet says so."""
    if not state:
        return []
    if state["status"] == Status.DRAFT:
        raise Refused(_("A draft is no state to bring in."))
    if item.carried_from_id:
        raise Refused(_("It is carried over in the state that it has where it comes from."))
    for day in ("started_on", "done_on", "signed_off_on", "withdrawn_on"):
        try:
            not_in_future(state.get(day) or date.min, timezone.localdate(now))
        except Refused as refused:
            raise FieldsRefused(Complaint(each, day) for each in refused.sentences) from refused
    row = BroughtIn(item=item, at=now, **state)
    return [checked(row, only=[*state, "at"])]  # by whom is known as it is saved


def mark_starting_is_the_matter(item: Item, *, by: Person) -> Item:
    """Mark that starting is what was promised: the day to start by is then the deadline."""
    _refuse_unless_drawing_up(item.list, by)
    if not item.start_by:
        raise Refused(_("There is no day to start by."))
    return write_draft(item.list, item.number, Draft(starting(item.start_by)), by=by)


def starting(start_by: date) -> dict:
    """Return the fields of an item whose promise is to start."""
    return {"start_is_the_matter": True, "due": start_by}
