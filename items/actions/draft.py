"""Drawing up a list: draft items and the names they use. Nothing here is published yet."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.columns import STORED, names
from items.errors import FIELD_ERRORS, Refused
from items.ledger import not_in_future
from items.ledger.lines import RELATIONS
from items.models import (
    BroughtIn,
    Category,
    Committee,
    Criterion,
    Item,
    ItemList,
    Measure,
    Part,
    Person,
    Place,
    Post,
    Theme,
    Unit,
    UnitShare,
)
from items.models.versioned import lock
from items.rules import why_not
from items.rules.smaller import going_on
from items.states import Status
from items.words import Words, one_line, visible

M = TypeVar("M", bound=models.Model)
Named = TypeVar("Named", Unit, Place, Category, Theme)


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
    if unknown := draft.fields.keys() - DRAFTED:
        raise ValueError(f"No columns of a draft: {sorted(unknown)}")
    if item.carried_from_id and not carrying:
        _refuse_what_is_carried(item, draft)
    for name, value in draft.fields.items():
        setattr(item, name, value)
    if item.carried_from:
        item.origin_id = item.carried_from.origin_id or item.carried_from_id
    checked(item).save()
    said = {name: getattr(draft, name) for name in LINES}
    write_lines(item, {n: LINES[n](item, value) for n, value in said.items() if value is not None})
    if draft.parts is not None:
        _write_parts(item, draft.parts)
    if draft.brought_in is not None:
        _bring_in(item, draft.brought_in, by, now)
    return item


# What the draft of a carried item says of its own; all else is said where it comes from.
OWN_OF_CARRIED = {"start_by", "due", "due_words", "start_is_the_matter"}
OWN_OF_CARRIED |= set(names(column for column in STORED if column.guard == "free"))


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


def checked(row: M, *, only: Iterable[str] = ()) -> M:
    """Return the row when its fields are sound; raise `Refused` with every complaint."""
    others = {field.name for field in row._meta.fields} - set(only) if only else None
    try:
        # The database holds the constraints; asking it for each beforehand makes an import slow,
        # and its answer is no sentence for a person.
        row.full_clean(exclude=others, validate_constraints=False)
    except ValidationError as error:
        raise Refused(*_complaints(row, error)) from error
    return row


def _complaints(row: models.Model, error: ValidationError) -> Iterator[str]:
    labels = {field.name: f"{field.verbose_name}: " for field in row._meta.fields}
    for name, errors in error.error_dict.items():
        label = "" if name == "__all__" else labels[name]
        yield from (f"{label}{_sentence(each)}" for each in errors)


def _sentence(error: ValidationError) -> str:
    """Return what is wrong in our words, where we have any for it."""
    ours = FIELD_ERRORS.get(error.code or "")
    return str(ours % (error.params or {})) if ours else error.messages[0]


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


def _write_parts(item: Item, parts: list[dict]) -> None:
    """Write the parts in their order; those whose title is gone are deleted."""
    item.parts.exclude(title__in=[part["title"] for part in parts]).delete()
    known = {part.title: part for part in item.parts.all()}
    for order, columns in enumerate(parts):
        part = known.get(columns["title"]) or Part(item=item)
        part.order = order
        for name, value in columns.items():
            setattr(part, name, value)
        checked(part).save()


@transaction.atomic
def bring_in(item: Item, *, by: Person, now: datetime | None = None, **state: Any) -> None:
    """Note the state that an imported sheet gives a draft item; publishing applies it."""
    lock(item)
    if refusal := why_not("bring_in", by, item):
        raise Refused(refusal)
    _bring_in(item, state, by, now or timezone.now())


def _bring_in(item: Item, state: dict, by: Person, now: datetime) -> None:
    BroughtIn.objects.filter(item=item).delete()
    if not state:
        return
    if state["status"] == Status.DRAFT:
        raise Refused(_("A draft is no state to bring in."))
    if item.carried_from_id:
        raise Refused(_("It is carried over in the state that it has where it comes from."))
    for day in ("started_on", "done_on", "signed_off_on", "withdrawn_on"):
        not_in_future(state.get(day) or date.min, timezone.localdate(now))
    checked(BroughtIn(item=item, by=by, at=now, **state)).save()


def mark_starting_is_the_matter(item: Item, *, by: Person) -> Item:
    """Mark that starting is what was promised: the day to start by is then the deadline."""
    _refuse_unless_drawing_up(item.list, by)
    if not item.start_by:
        raise Refused(_("There is no day to start by."))
    return write_draft(item.list, item.number, Draft(starting(item.start_by)), by=by)


def starting(start_by: date) -> dict:
    """Return the fields of an item whose promise is to start."""
    return {"start_is_the_matter": True, "due": start_by}


# Names that a sheet uses and the committee doesn't have yet


def named(model: type[Named], committee: Committee, words: Words, **others: Any) -> Named:
    """Return the committee's unit, place, category or theme of that name, made if there is none."""
    assert model in (Unit, Place, Category, Theme)
    name = words.zh or words.en
    row, new = model.objects.get_or_create(
        committee=committee, name=name, defaults={"name_en": words.en, **others}
    )
    if not new and words.en and not row.name_en:
        row.name_en = words.en
        row.save()
    return row


def named_post(committee: Committee, name: str, *, is_leader: bool) -> Post:
    """Return the committee's post of that name, made, vacant, if there is none."""
    return Post.objects.get_or_create(
        committee=committee, name=one_line(name), defaults={"is_leader": is_leader}
    )[0]


def named_person(name: str) -> Person:
    """Make a person without a login, so that a name in a sheet can be held."""
    name = one_line(name)
    person = Person(name=name, username=free_username(name))
    person.set_unusable_password()
    checked(person).save()
    return person


NO_LOGIN = re.compile(r"[^\w.@+-]")  # a login takes no space, and no dot as in 艾力·买买提


def free_username(name: str) -> str:
    """Return the name, or the name with the first number that nobody has yet, as a login."""
    name = NO_LOGIN.sub("", name) or "person"
    taken = set(Person.objects.filter(username__startswith=name).values_list("username", flat=True))
    candidates = (name if n == 1 else f"{name}{n}" for n in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)
