"""What a sheet would change in a draft list: each changed cell, and nothing else."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from items.columns import STORED, TEXT
from items.models import Item, ItemList, UnitShare
from items.sheets import numbers
from items.sheets.cells import Progress
from items.sheets.headings import HEADINGS
from items.sheets.numbers import Wanted
from items.states import Status, Term

Role = UnitShare.Role
READ = [column for column in STORED if column.drafted and column.headings]
TEXTS = [name for c in READ if c.kind in (*TEXT, "choice") for name in c.names if name in HEADINGS]
# Those of the deadline are made together, out of all lines of a number (`numbers.dates`).
DAYS = [c.name for c in READ if c.kind == "day" and c.name not in ("start_by", "due")]
SIMPLE = [name for name in [*TEXTS, *DAYS] if name != "title"]  # of several lines, the first says
ROWS = [column.name for column in READ if column.kind == "row"]
POSTS = {column.in_sheets: column.name for column in READ if column.kind == "post"}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell whose contents would change."""

    number: int
    column: str
    old: str
    new: str


@dataclass
class Match:
    """A number of the sheet beside what the list holds under it."""

    wanted: Wanted
    item: Item | None
    said: dict  # comparable value by column, for the columns that the sheet has
    changes: list[Change] = field(default_factory=list)


def match(
    wanted: Wanted, item: Item | None, columns: set[str], file: str, posts: dict[str, str]
) -> Match:
    """Compare what the sheet says of a number with what the list holds.

    `posts` gives the name of the post for a holder's name.
    """
    said = said_by_sheet(wanted, columns, file)
    said |= {name: posts.get(said[name], said[name]) for name in POSTS if name in said}
    held = held_by_item(item) if item else {}
    changes = [
        Change(wanted.number, column, show(held.get(column)), show(value))
        for column, value in said.items()
        if _differs(held.get(column), value)
    ]
    return Match(wanted, item, said, changes)


def _differs(old, new) -> bool:
    if isinstance(new, dict):  # the file's name and row may change without the state changing
        unsaid = {"file", "row"}
        return _without(old or {}, unsaid) != _without(new, unsaid)
    return (old or None) != (new or None)


def _without(values, names):
    return {name: value for name, value in values.items() if name not in names and value}


def said_by_sheet(wanted: Wanted, columns: set[str], file: str) -> dict:
    """Return what the sheet says of a number, by column, in comparable values."""
    said = {name: numbers.first(wanted, name) or None for name in SIMPLE if name in columns}
    said["title"] = numbers.title(wanted)
    for name in ROWS:
        if name in columns:
            said[name] = numbers.first(wanted, name)
    for name in POSTS:
        if name in columns:
            said[name] = numbers.first(wanted, name, [""])[0]
    if others := other_posts(wanted):
        said["remark"] = "\n".join(filter(None, [said.get("remark"), others]))
    for name in ("measures", "measures_en", "handlers"):
        if name in columns:
            said[name] = _all(wanted, name)
    if columns & {"lead_unit", "units", "support_units", "part_unit"}:
        said["units"] = shares(wanted)
    if columns & {"due", "first_due", "start_by", "start_is_the_matter"}:
        said["due"] = numbers.dates(wanted)
    if "start_is_the_matter" in columns:
        said["start_is_the_matter"] = numbers.first(wanted, "start_is_the_matter", False)
    if "basis" in columns:
        said["basis"] = numbers.first(wanted, "basis", False)
    if "percent" in columns:
        said["percent"] = _progress(wanted)
    said["part"] = tuple(tuple(part.items()) for part in numbers.parts(wanted))
    said["status"] = state(wanted, file)
    if "term" in columns or _standing(wanted):
        said["term"] = said.get("term") or _standing(wanted) or None
    return said


def other_posts(wanted) -> str:
    """Return a note of the posts beyond the first in a cell: one owns the item, one checks it."""
    labels = {"owner": _("Other leaders"), "supervisor": _("Other supervisors")}
    others = {name: numbers.first(wanted, name, [])[1:] for name in labels}
    return "\n".join(
        f"{labels[name]}：{'；'.join(posts)}" for name, posts in others.items() if posts
    )


def _standing(wanted):
    deadlines = [line.get("due", None) for line in wanted.lines]
    return next((deadline.term for deadline in deadlines if deadline and deadline.term), "")


def _all(wanted, column) -> tuple:
    """Return the values of all the number's lines, each once."""
    return tuple(dict.fromkeys(v for line in wanted.lines for v in line.get(column, [])))


def shares(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """Return the units by name and role: the first responsible unit leads."""
    responsible = [*_all(wanted, "lead_unit"), *_all(wanted, "units")]
    if not responsible:
        responsible = _all(wanted, "part_unit")
    responsible = list(dict.fromkeys(responsible))
    supporting = [unit for unit in _all(wanted, "support_units") if unit not in responsible]
    roles = [Role.LEAD, *[Role.JOINT] * (len(responsible) - 1)]
    return (
        *((unit, role.value) for unit, role in zip(responsible, roles, strict=False)),
        *((unit, Role.SUPPORT.value) for unit in supporting),
    )


def _progress(wanted) -> Progress:
    found = numbers.first(wanted, "percent", None) or Progress()
    return Progress(found.percent, found.done, found.target, found.count_unit)


def state(wanted: Wanted, file: str) -> dict:
    """Return the state that the sheet gives, as BroughtIn's columns; {} where it gives none.

    Done in a progress column is the owner's claim: only a day of sign-off makes it resolved.
    """
    line = wanted.lines[0]
    signed_off_on = numbers.first(wanted, "signed_off_on", None)
    status = numbers.first(wanted, "status")
    said = [each.get("progress") for each in wanted.lines]
    progress = "\n".join(dict.fromkeys(words for words in said if words))
    done_on = numbers.first(wanted, "done_on", None)
    if signed_off_on:
        status = Status.RESOLVED
    elif status == Status.RESOLVED or (not status and (progress or done_on or _some(wanted))):
        status = Status.IN_PROGRESS
    if status in ("", Status.NOT_STARTED) and not progress:
        return {}
    return {
        "status": str(status),
        "progress": progress,
        "done_on": done_on,
        "signed_off_on": signed_off_on,
        "signed_off_by": _signer(wanted) if signed_off_on else "",
        "file": file,
        "row": line.row,
    }


def _some(wanted) -> bool:
    found = numbers.first(wanted, "percent", None)
    return bool(found and (found.percent or found.done))


def _signer(wanted) -> str:
    return numbers.first(wanted, "signed_off_by") or numbers.first(wanted, "supervisor", [""])[0]


# The same of what the list holds


def held_by_item(item: Item) -> dict:
    """Return what the list holds of an item, in the same comparable values."""
    held = {name: getattr(item, name) or None for name in SIMPLE}
    held |= {name: str(getattr(item, name) or "") for name in ROWS}
    held |= {column: str(getattr(item, name) or "") for column, name in POSTS.items()}
    before = getattr(item, "brought_in", None)
    return held | {
        "title": item.title,
        "measures": tuple(measure.text for measure in item.measures.all()),
        "measures_en": tuple(m.text_en for m in item.measures.all() if m.text_en),
        "handlers": tuple(person.name for person in item.handlers.all()),
        "units": tuple((share.unit.name, share.role) for share in item.unit_shares.all()),
        "due": numbers.Dates(item.start_by, item.due, item.due_words),
        "start_is_the_matter": item.start_is_the_matter,
        "basis": item.illustrative,
        "percent": Progress(item.percent, item.done_count, item.target_count, item.count_unit),
        "part": tuple(tuple(_held_part(part).items()) for part in item.parts.all()),
        "status": {name: getattr(before, name) for name in STATE} if before else {},
    }


STATE = ["status", "progress", "done_on", "signed_off_on", "signed_off_by", "file", "row"]
PART = ["title", "unit", "start_by", "due", "due_words", "progress", "done_on"]


def _held_part(part) -> dict:
    return {name: getattr(part, name) for name in PART} | {
        "unit": part.unit.name if part.unit else ""
    }


def items_of(item_list: ItemList) -> dict[int, Item]:
    """Return the list's items by number, with all that a sheet may speak of."""
    items = item_list.items.select_related(*ROWS, *POSTS.values(), "brought_in").prefetch_related(
        "measures", "handlers", "unit_shares__unit", "parts__unit"
    )
    return {item.number: item for item in items}


# In words, for the preview


def show(value) -> str:
    """Return a comparable value as the preview shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, numbers.Dates):
        return _show_dates(value)
    if isinstance(value, Progress):
        return _show_progress(value)
    if isinstance(value, dict):
        return _show_state(value)
    if isinstance(value, tuple):
        return "；".join(_show_piece(piece) for piece in value)
    return Term(value).label if value in Term.values else str(value)


def _show_piece(piece) -> str:
    """Return a measure, a person, a unit with its role or a part."""
    if isinstance(piece, str):
        return piece
    if isinstance(piece[0], str):
        name, role = piece
        return name if role == Role.JOINT else f"{name}({Role(role).label})"
    return " · ".join(str(value) for _name, value in piece if value)


def _show_dates(dates):
    days = [str(dates.due or "")]
    if dates.start_by:
        days.append(_("start by %s") % dates.start_by)
    return " · ".join(filter(None, [*days, dates.due_words]))


def _show_progress(progress):
    if progress.target is not None:
        return f"{progress.done}/{progress.target}{progress.count_unit}"
    return "" if progress.percent is None else f"{progress.percent.normalize():f}%"


def _show_state(state):
    if not state:
        return ""
    told = [Status(state["status"]).label, state.get("signed_off_on"), state.get("signed_off_by")]
    return " · ".join(str(piece) for piece in [*told, state.get("progress")] if piece)
