"""The preview of an import: frozen shapes that desk and command show alike, cell by cell."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from items.columns import COLUMNS
from items.models import Holding, Post, UnitShare
from items.sheets.diff import POSTS, ROWS, ItemDiff, Values
from items.sheets.headings import COMPUTED, HEADINGS
from items.sheets.importing import ImportPlan
from items.sheets.labels import KINDS, kind_label, label
from items.sheets.notes import Note
from items.sheets.places import UNITS
from items.sheets.progress import Progress
from items.sheets.sheet_item import ItemDates, Problem
from items.sheets.text import clean, quoted
from items.states import Status, Term
from items.words import day

# What the preview says of an item, in the order of the committee's ledger, and the columns of the
# sheet that it is read from
_STATE = ("status", "progress", "done_on", "signed_off_on", "signed_off_by", "withdrawn_on")
READ_FROM: dict[str, tuple[str, ...]] = {
    "units": UNITS,
    "due": ("due", "start_is_the_matter"),
    "start_by": ("start_by",),
    "percent": ("percent",),
    "status": (*_STATE, "hold_review_on"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a cell: what is written in its place to mean that."""

    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """What would be saved of one column of an item, and what the sheet says there."""

    column: str
    label: str
    lines: tuple[str, ...] = ()  # what would be saved
    address: str = ""  # where it stands in the sheet, if it does
    original: str = ""  # the sheet's own words, where something else is saved
    before: str | None = None  # what the list holds now, where that would change
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_aside: bool = False  # nothing of it is saved
    new: tuple[str, ...] = ()  # its names that the committee doesn't have yet
    holder: str = ""  # of a post that the committee has
    typed: str = ""  # all that the sheet has at the address

    @property
    def is_post(self) -> bool:
        return self.column in POSTS

    @property
    def edge(self) -> str:
        """Return how it stands out: refused, asked, aside, or not at all."""
        if self.problems:
            return "refused"
        if self.choices:
            return "asked"
        return "aside" if self.is_aside else ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """An item as it would be saved."""

    row: int  # of the sheet
    number: int | None  # None of a row that belongs to no item yet
    title: str
    is_new: bool
    cells: tuple[PreviewCell, ...]
    problems: tuple[str, ...] = ()  # those of the whole row
    fields: tuple[PreviewCell, ...] = ()  # where it has such: all cells of the row, to be mended

    @property
    def changes(self) -> bool:
        return self.is_new or any(cell.before is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class NewName:
    """A row that would be made because the sheet names it."""

    kind: str  # "post", "person", "unit", "place", "category" or "theme"
    name: str
    is_leader: bool = False
    owns: tuple[int, ...] = ()  # the numbers of the items
    checks: tuple[int, ...] = ()
    used: tuple[int, ...] = ()

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)


@dataclass(frozen=True, slots=True)
class OpenHeading:
    """A heading that no table of words knows, and the column that somebody said it means."""

    letter: str
    words: str
    column: str = ""

    @property
    def label(self) -> str:
        return label(self.column)


# Which rows are looked at
SHOWN = ("all", "asked", "aside", "noted")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an import would save, make new, compute or set aside; with the rows asked for."""

    rows: tuple[PreviewRow, ...]
    strays: tuple[PreviewRow, ...]  # that can't be placed, such as by a number that can't be read
    new: tuple[NewName, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]  # in the order of the sheet
    columns: tuple[tuple[str, str], ...]  # the sheet's headings, and what each was read as
    by_hand: tuple[OpenHeading, ...]
    free: tuple[tuple[str, str], ...]  # the columns that no heading means yet, with their labels
    posts: tuple[tuple[str, str], ...]  # what a post can be: its name, and who holds it
    counts: dict[str, int]  # rows by SHOWN
    lines: int  # rows of the sheet that were read
    added: int  # items
    changed: int
    shown: str
    page: int
    pages: int

    @property
    def can_be_saved(self) -> bool:
        return not self.problems and bool(self.added or self.changed)


def preview(plan: ImportPlan, *, shown: str = "all", page: int | None = None) -> Preview:
    """Return what a plan would do, as it is shown; without a `page` with all the rows."""
    rows = _rows_by_kind(plan)
    diffs = {kind: [d for d in plan.diffs if _is_among(d, of)] for kind, of in rows.items()}
    diffs["all"] = plan.diffs
    shown = shown if shown in SHOWN else "all"
    pages = max(1, -(-len(diffs[shown]) // PAGE))
    page = page and min(max(1, page), pages)
    there = diffs[shown][(page - 1) * PAGE : page * PAGE] if page else diffs[shown]
    maker = _Maker(plan)
    return Preview(
        rows=tuple(maker.row(diff) for diff in there),
        strays=tuple(maker.strays()) if shown in ("all", "asked") and page in (None, 1) else (),
        new=tuple(_new_names(plan)),
        warnings=tuple(plan.warnings),
        problems=tuple(plan.problems),
        columns=tuple((heading, label(column)) for column, heading in plan.headings.items()),
        by_hand=tuple(OpenHeading(*each) for each in plan.by_hand),
        free=tuple(free_columns(plan.headings)),
        posts=tuple(_posts(plan, maker.holders)),
        counts={kind: len(found) for kind, found in diffs.items()},
        lines=plan.lines,
        added=len(plan.new),
        changed=len({change.number for change in plan.changes}),
        shown=shown,
        page=page or 1,
        pages=pages if page else 1,
    )


def free_columns(taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that a heading may still be mapped to, with their labels."""
    for column in HEADINGS:
        if column not in COMPUTED and column not in taken:
            yield column, label(column)


def _posts(plan: ImportPlan, holders: dict[str, str]) -> Iterator[tuple[str, str]]:
    known = Post.objects.filter(committee=plan.item_list.committee).order_by("name")
    for name in known.values_list("name", flat=True):
        yield name, holders.get(name) or _("vacant")
    for name in (name for model, name in plan.names.new if model is Post):
        yield name, pgettext("a name", "new")


def _rows_by_kind(plan: ImportPlan) -> dict[str, set[int]]:
    """Return the sheet's rows of which something is asked, set aside or said."""
    return {
        "asked": {problem.row for problem in plan.problems}
        | {note.row for note in plan.notes if note.choices},
        "aside": {note.row for note in plan.notes if note.is_aside},
        "noted": {note.row for note in plan.notes},
    }


def _is_among(diff: ItemDiff, rows: set[int]) -> bool:
    return any(line.row in rows for line in diff.sheet_item.lines)


# What would be made new


def _new_names(plan: ImportPlan) -> Iterator[NewName]:
    uses: dict[tuple[int, str], list[int]] = defaultdict(list)
    for each in plan.prepared:
        item = each.item
        named: list[tuple[Any, str]] = [(item.owner_post, "owns"), (item.supervisor_post, "checks")]
        named += [(row, "used") for row in (item.place, item.category, item.theme)]
        named += [(share.unit, "used") for share in each.lines.get("shares", ())]
        named += [(part.unit, "used") for part in each.parts or ()]
        named += [(person, "used") for person in each.lines.get("handlers", ())]
        for row, how in named:
            if row is not None and row.pk is None:
                numbers = uses[id(row), how]
                if not numbers or numbers[-1] != item.number:
                    numbers.append(item.number)
    made = [(KINDS[model], name, row) for (model, name), row in plan.names.new.items()]
    for kind, name, row in sorted(made, key=lambda each: list(KINDS.values()).index(each[0])):
        by_use = {how: tuple(uses[id(row), how]) for how in ("owns", "checks", "used")}
        is_leader = bool(getattr(row, "is_leader", False))
        yield NewName(kind, name, is_leader, **by_use)


# Its cells


class _Maker:
    """Makes the rows of a preview; what is said of a cell is found by its address."""

    def __init__(self, plan: ImportPlan):
        self.plan = plan
        self.notes: dict[str, list[Note]] = defaultdict(list)
        for note in plan.notes:
            self.notes[note.address].append(note)
        self.problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in plan.problems:
            self.problems[problem.address or f"{problem.row}"].append(problem)
        self.new = {name for _model, name in plan.names.new}
        self.letters = plan.letters
        held = Holding.objects.filter(post__committee=plan.item_list.committee, until=None)
        self.holders = dict(held.values_list("post__name", "person__name"))

    def row(self, diff: ItemDiff) -> PreviewRow:
        values = dict(_shown_values(diff.values))
        rows = [line.row for line in diff.sheet_item.lines]
        columns = [*values, *(c for c in self._unread(diff) if c not in values)]
        cells = tuple(self._cell(diff, column, values.get(column)) for column in columns)
        whole = [problem.sentence for row in rows for problem in self.problems.get(f"{row}", ())]
        title = diff.values["title"]
        asked = {cell.address for cell in cells if cell.edge or (cell.is_post and cell.new)}
        fields = tuple(self._fields(rows[0], asked)) if whole else ()
        return PreviewRow(
            rows[0], diff.number, title, diff.item is None, cells, tuple(whole), fields
        )

    def strays(self) -> Iterator[PreviewRow]:
        """Yield the first rows with a problem that belong to no item."""
        placed = {line.row for diff in self.plan.diffs for line in diff.sheet_item.lines}
        rows: dict[int, list[str]] = defaultdict(list)
        for problem in self.plan.problems:
            if problem.row not in placed and problem.row in self.plan.lines_read:
                rows[problem.row].append(str(problem))
        for row, said in list(rows.items())[:PAGE]:
            title = self.plan.lines_read[row].text("title")
            fields = tuple(self._fields(row))
            yield PreviewRow(row, None, title, False, (), tuple(said), fields)

    def _fields(self, row: int, but: Collection[str] = ()) -> Iterator[PreviewCell]:
        """Yield the cells of a row of the sheet as they stand there, the blank ones too.

        `but` are the addresses of those that are asked for elsewhere.
        """
        for column, letter in self.letters.items():
            cell = self.plan.lines_read[row].cell(column)
            address, text = (cell.address, cell.text) if cell else (f"{letter}{row}", "")
            if address not in but:
                yield PreviewCell(column, label(column), address=address, typed=text)

    def _unread(self, diff: ItemDiff) -> Iterator[str]:
        """Yield the columns of which nothing was read though something is said of their cells."""
        for line in diff.sheet_item.lines:
            for column, cell in self.plan.lines_read[line.row].cells.items():
                if cell.address in self.problems or cell.address in self.notes:
                    yield _SHOWN_IN.get(column, column)

    def _cell(self, diff: ItemDiff, column: str, value: Any) -> PreviewCell:
        sources = READ_FROM.get(column, (column,))
        lines = [self.plan.lines_read[line.row] for line in diff.sheet_item.lines]
        found = [line.cells[name] for line in lines for name in sources if name in line.cells]
        addresses = list(dict.fromkeys(cell.address for cell in found))
        shown = tuple(_lines_of(column, value))
        said = "；".join(dict.fromkeys(clean(cell.text) for cell in found))
        notes = [note for address in addresses for note in self.notes.get(address, ())]
        problems = [each for address in addresses for each in self.problems.get(address, ())]
        marked = [each.address for each in problems] + [each.address for each in notes]
        address = next(iter([*marked, *addresses]), "")
        if not addresses:
            letter = next((self.letters[name] for name in sources if name in self.letters), "")
            address = f"{letter}{diff.sheet_item.row}" if letter else ""
        is_plain = {clean(cell.text) for cell in found} <= {*shown} or _is_plain(said, value)
        return PreviewCell(
            column=column,
            label=label(column),
            lines=shown,
            address=address,
            original=quoted(said) if found and (problems or notes or not is_plain) else "",
            before=self._before(diff, column),
            notes=tuple(note.sentence for note in notes),
            problems=tuple(problem.sentence for problem in problems),
            choices=tuple(_choices(notes, problems)),
            typed=next((cell.text for cell in found if cell.address == address), ""),
            is_aside=any(note.is_aside for note in notes),
            new=tuple(sorted(_names_in(column, value) & self.new)),
            holder=self.holders.get(value, "") if column in POSTS else "",
        )

    def _before(self, diff: ItemDiff, column: str) -> str | None:
        if diff.item is None:
            return None
        name = "due" if column == "start_by" else column
        return next((each.old for each in diff.changes if each.column == name), None)


def _choices(notes: list[Note], problems: list[Problem]) -> Iterator[Choice]:
    """Yield the readings of a cell: of those of a note the one that was taken is chosen."""
    for note in notes:
        yield from (Choice(words, words == note.choices[0]) for words in note.choices)
    for problem in problems:
        yield from (Choice(words, chosen=False) for words in problem.choices)


def _names_in(column: str, value: Any) -> set[str]:
    if column in (*POSTS, *ROWS):
        return {value}
    if column == "units":
        return {name for name, _role in value or ()}
    return set(value or ()) if column == "handlers" else set()


_SHOWN_IN = {source: column for column, sources in READ_FROM.items() for source in sources}
_SHOWN_IN |= {"first_due": "first_due"}


def _shown_values(values: Values) -> Iterator[tuple[str, Any]]:
    """Yield the values by the columns in which they are shown, in the order of the ledger."""
    values = dict(values)
    if "due" in values and values["due"].start_by:
        values["start_by"] = values["due"].start_by
    order = [name for column in COLUMNS for name in (column.in_sheets, f"{column.in_sheets}_en")]
    for name in sorted(values.keys() & set(order), key=order.index):
        if values[name] not in (None, "", (), {}, False, Progress()):
            yield name, values[name]


def _is_plain(said: str, value: Any) -> bool:
    """Tell whether a cell says in its own way just what is saved."""
    if isinstance(value, ItemDates):
        return value.due is not None and said == value.due.isoformat()
    if isinstance(value, date):
        return said == value.isoformat()
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return said.split("\n") == list(value)
    return False


def _lines_of(column: str, value: Any) -> Iterator[str]:
    """Yield a value in words, a line for each thing that would be saved."""
    if isinstance(value, ItemDates):
        yield from _deadline(value)
    elif isinstance(value, date):
        yield day(value)
    elif isinstance(value, Progress):
        yield from _progress(value)
    elif isinstance(value, dict):
        yield from _state(value)
    elif isinstance(value, bool):
        yield _("yes") if value else _("no")
    elif column == "units" and value and len(value) == 1:
        yield value[0][0]  # nobody else has a share
    elif isinstance(value, tuple):
        yield from map(_element, value)
    elif value and column == "term":
        yield str(Term(value).label)
    elif value:
        yield str(value)


def _deadline(dates: ItemDates) -> Iterator[str]:
    if dates.due:
        yield day(dates.due)  # its words stand beside it, as the sheet's own
    elif dates.due_words:
        yield dates.due_words


def _progress(progress: Progress) -> Iterator[str]:
    if progress.target is not None:
        yield f"{progress.done}/{progress.target}{progress.count_unit}"
    elif progress.percent is not None:
        yield f"{_plain(progress.percent)}%"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _state(state: Values) -> Iterator[str]:
    yield str(Status(state["status"]).label)
    if state.get("progress"):
        yield state["progress"]
    for name in ("done_on", "signed_off_on", "hold_review_on", "withdrawn_on"):
        if state.get(name):
            yield f"{label(name)}: {day(state[name])}"
    if state.get("signed_off_by"):
        yield f"{label('signed_off_by')}: {state['signed_off_by']}"


def _element(element: Any) -> str:
    """Return a measure, a person, a unit with its role, or a part."""
    if isinstance(element, str):
        return element
    if isinstance(element[0], str):
        name, role = element
        return f"{name} ({UnitShare.Role(role).label})"
    part = dict(element)
    days = [day(part["due"])] if part.get("due") else []
    if part.get("start_by"):
        days.append(_("start by %s") % day(part["start_by"]))
    done = [f"{label('done_on')}: {day(part['done_on'])}"] if part.get("done_on") else []
    said = [part["title"], part["unit"], *days, part["due_words"], part["progress"], *done]
    return " · ".join(filter(None, said))
