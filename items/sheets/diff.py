"""Diff of a sheet against a draft list: each cell whose contents would change, and nothing else.

What the sheet says of an item and what the list holds of it are brought into the same comparable
values, by the sheet's name of the column.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from items.columns import STORED, TEXT
from items.models import Item, ItemList, Part, UnitShare
from items.sheets.headings import HEADINGS
from items.sheets.progress import Progress
from items.sheets.sheet_item import ItemDates, SheetItem
from items.sheets.statuses import is_not_begun
from items.states import Status, Term

Role = UnitShare.Role
# Comparable values by column: plain values, tuples, Progress, ItemDates, or the state as a dict
Values = dict[str, Any]

# The columns that a draft takes from a sheet, by how they are stored
READ = [column for column in STORED if column.drafted and column.headings]
TEXTS = [name for c in READ if c.kind in (*TEXT, "choice") for name in c.names if name in HEADINGS]
# Those of the deadline are made together, out of all lines of a number (SheetItem.dates).
DAYS = [c.name for c in READ if c.kind == "day" and c.name not in ("start_by", "due")]
ROWS = [column.name for column in READ if column.kind == "row"]
POSTS = {column.in_sheets: column.name for column in READ if column.kind == "post"}
# Of several lines under one number, the first that has a value gives it.
TAKEN_FROM_FIRST = [name for name in [*TEXTS, *DAYS] if name != "title"]
# Columns of the models BroughtIn and Part
STATE = ["status", "progress", "done_on", "signed_off_on", "hold_review_on", "withdrawn_on"]
STATE += ["signed_off_by", "file", "row"]
PART = ["title", "unit", "start_by", "due", "due_words", "progress", "done_on"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell whose contents would change, as the preview shows it."""

    number: int
    column: str
    old: str
    new: str


@dataclass
class ItemDiff:
    """An item of the sheet beside the one that the list holds under its number, if any."""

    sheet_item: SheetItem
    item: Item | None
    values: Values  # what the sheet says, for the columns that it has
    changes: list[Change] = field(default_factory=list)  # of an item that the list holds

    @property
    def number(self) -> int:
        return self.sheet_item.number


def diff_item(
    sheet_item: SheetItem, item: Item | None, columns: set[str], file: str, posts: dict[str, str]
) -> ItemDiff:
    """Compare an item of the sheet with the one that the list holds under its number.

    `columns` are those that the sheet has, `file` is its name, and `posts` gives the name of the
    post for a holder's name.
    """
    new = sheet_values(sheet_item, columns, file)
    new |= {name: posts.get(new[name], new[name]) for name in POSTS if name in new}
    if item is None:
        return ItemDiff(sheet_item, None, new)
    old = item_values(item)
    changes = [
        Change(sheet_item.number, column, display(old.get(column)), display(value))
        for column, value in new.items()
        if _differs(old.get(column), value)
    ]
    return ItemDiff(sheet_item, item, new, changes)


def _differs(old: Any, new: Any) -> bool:
    if isinstance(new, dict):  # the file's name and row may change without the state changing
        return _state_alone(old or {}) != _state_alone(new)
    return (old or None) != (new or None)


def _state_alone(state: Values) -> Values:
    return {name: value for name, value in state.items() if value and name not in ("file", "row")}


# What the sheet says


def sheet_values(sheet_item: SheetItem, columns: set[str], file: str) -> Values:
    """Return what the sheet says of an item, in comparable values by column."""
    first = sheet_item.first
    values: Values = {name: first(name) or None for name in TAKEN_FROM_FIRST if name in columns}
    values["title"] = sheet_item.title
    values |= {name: first(name) for name in ROWS if name in columns}
    values |= {name: first(name, [""])[0] for name in POSTS if name in columns}
    if beside := [words for words in [other_posts(sheet_item), *sheet_item.kept] if words]:
        values["remark"] = "\n".join(filter(None, [values.get("remark"), *beside]))
    for name in ("measures", "measures_en", "criteria", "criteria_en"):
        if name in columns:
            values[name] = sheet_item.all_of(name)
    if "handlers" in columns:  # they have no order
        values["handlers"] = tuple(sorted(sheet_item.all_of("handlers")))
    if columns & {"lead_unit", "units", "support_units", "part_unit"}:
        values["units"] = shares(sheet_item)
    if columns & {"due", "first_due", "start_by", "start_is_the_matter"}:
        values["due"] = sheet_item.dates()
    for name in ("start_is_the_matter", "basis"):
        if name in columns:
            values[name] = first(name, False)
    if "percent" in columns:
        values["percent"] = sheet_item.figure()
    values["part"] = tuple(tuple(part.items()) for part in sheet_item.parts())
    values["status"] = state(sheet_item, file)
    term = _term_of_deadlines(sheet_item)
    if "term" in columns or term:
        values["term"] = values.get("term") or term or None
    return values


def other_posts(sheet_item: SheetItem) -> str:
    """Return a note of the posts beyond the first in a cell: one owns the item, one checks it."""
    others = {name: sheet_item.first(name, [])[1:] for name in ("owner", "supervisor")}
    if not any(others.values()):
        return ""
    labels = {"owner": _("Other leaders"), "supervisor": _("Other supervisors")}
    return "\n".join(
        f"{labels[name]}：{'；'.join(posts)}" for name, posts in others.items() if posts
    )


def _term_of_deadlines(sheet_item: SheetItem) -> str:
    """Return the term that the words of a deadline give, such as 长期; "" where none does."""
    deadlines = [line.get("due", None) for line in sheet_item.lines]
    return next((deadline.term for deadline in deadlines if deadline and deadline.term), "")


def shares(sheet_item: SheetItem) -> tuple[tuple[str, str], ...]:
    """Return the units by name and role: the first responsible unit leads."""
    responsible = [*sheet_item.all_of("lead_unit"), *sheet_item.all_of("units")]
    responsible = list(dict.fromkeys(responsible or sheet_item.all_of("part_unit")))
    supporting = [unit for unit in sheet_item.all_of("support_units") if unit not in responsible]
    roles = [Role.LEAD, *[Role.JOINT] * (len(responsible) - 1)]
    return (
        *((unit, role.value) for unit, role in zip(responsible, roles, strict=False)),
        *((unit, Role.SUPPORT.value) for unit in supporting),
    )


def state(sheet_item: SheetItem, file: str) -> Values:
    """Return the state that the sheet gives, as BroughtIn's columns; {} where it gives none.

    Done in a progress column is the owner's claim: only a day of sign-off makes it resolved. A day
    on which it was withdrawn makes it withdrawn.
    """
    first = sheet_item.first
    signed_off_on, done_on = first("signed_off_on", None), first("done_on", None)
    status = first("status")
    progress = sheet_item.words_of_progress(with_status=not signed_off_on)
    says_not_begun = bool(progress) and all(map(is_not_begun, progress.split("\n")))
    has_begun = (progress and not says_not_begun) or done_on or sheet_item.has_begun
    withdrawn_on = first("withdrawn_on", None)
    if signed_off_on:
        status = Status.RESOLVED
    elif withdrawn_on and not status:
        status = Status.WITHDRAWN
    elif status == Status.RESOLVED or (not status and has_begun):
        status = Status.IN_PROGRESS
    elif not status and progress:
        status = Status.NOT_STARTED
    if status in ("", Status.NOT_STARTED) and not progress:
        return {}
    return {
        "status": str(status),
        "progress": progress,
        "done_on": done_on,
        "signed_off_on": signed_off_on,
        "hold_review_on": first("hold_review_on", None) if status == Status.ON_HOLD else None,
        "withdrawn_on": withdrawn_on if status == Status.WITHDRAWN else None,
        "signed_off_by": _signer(sheet_item) if signed_off_on else "",
        "file": file,
        "row": sheet_item.row,
    }


def _signer(sheet_item: SheetItem) -> str:
    return sheet_item.first("signed_off_by") or sheet_item.first("supervisor", [""])[0]


# What the list holds


def item_values(item: Item) -> Values:
    """Return what the list holds of an item, in comparable values by column."""
    values: Values = {name: getattr(item, name) or None for name in TAKEN_FROM_FIRST}
    values |= {name: str(getattr(item, name) or "") for name in ROWS}
    values |= {column: str(getattr(item, name) or "") for column, name in POSTS.items()}
    brought_in = getattr(item, "brought_in", None)
    return values | {
        "title": item.title,
        "measures": tuple(measure.text for measure in item.measures.all()),
        "measures_en": tuple(m.text_en for m in item.measures.all() if m.text_en),
        "criteria": tuple(row.text for row in item.criteria.all()),
        "criteria_en": tuple(row.text_en for row in item.criteria.all() if row.text_en),
        "handlers": tuple(sorted(person.name for person in item.handlers.all())),
        "units": tuple((share.unit.name, share.role) for share in item.unit_shares.all()),
        "due": ItemDates(item.start_by, item.due, item.due_words),
        "start_is_the_matter": item.start_is_the_matter,
        "basis": item.illustrative,
        "percent": Progress(item.percent, item.done_count, item.target_count, item.count_unit),
        "part": tuple(tuple(_part_values(part).items()) for part in item.parts.all()),
        "status": {name: getattr(brought_in, name) for name in STATE} if brought_in else {},
    }


def _part_values(part: Part) -> Values:
    values = {name: getattr(part, name) for name in PART}
    return values | {"unit": part.unit.name if part.unit else ""}


def items_by_number(item_list: ItemList) -> dict[int, Item]:
    """Return the list's items by number, with all that a sheet may speak of."""
    items = item_list.items.select_related(*ROWS, *POSTS.values(), "brought_in").prefetch_related(
        "measures", "criteria", "handlers", "unit_shares__unit", "parts__unit"
    )
    return {item.number: item for item in items}


# In words, for the preview


def display(value: Any) -> str:
    """Return a comparable value as the preview shows it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, ItemDates):
        return _display_dates(value)
    if isinstance(value, Progress):
        return value.figure
    if isinstance(value, dict):
        return _display_state(value)
    if isinstance(value, tuple):
        return "；".join(_display_element(element) for element in value)
    return str(Term(value).label) if value in Term.values else str(value)


def _display_element(element: Any) -> str:
    """Return a measure, a person, a unit with its role or a part."""
    if isinstance(element, str):
        return element
    if isinstance(element[0], str):
        name, role = element
        return name if role == Role.JOINT else f"{name}({Role(role).label})"
    return " · ".join(str(value) for _name, value in element if value)


def _display_dates(dates: ItemDates) -> str:
    days = [str(dates.due or "")]
    if dates.start_by:
        days.append(_("start by %s") % dates.start_by)
    return " · ".join(filter(None, [*days, dates.due_words]))


def _display_state(state: Values) -> str:
    if not state:
        return ""
    signature = [state.get("signed_off_on"), state.get("signed_off_by")]
    pieces = [Status(state["status"]).label, *signature, state.get("progress")]
    return " · ".join(str(piece) for piece in pieces if piece)
