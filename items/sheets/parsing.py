"""Parse a table into sheet items: each cell by the parser of its column. Knows no database."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from items.columns import COLUMNS

from .cells import (
    parse_term,
    parse_yes,
    split_lines,
    split_measures,
)
from .dates import parse_date
from .deadline import Deadline, parse_deadline, parse_planned
from .errors import BadCell
from .grid import Cell
from .groups import Group
from .headings import COMPUTED, HEADINGS
from .names import Units, parse_people, parse_posts, parse_signer, parse_units, parse_units_by_role
from .notes import Note, Noted
from .numbers import Number, parse_number, read_codes
from .progress import parse_percent, shown_percent
from .sheet_item import ParsedLine, Problem, SheetItem
from .statuses import StatusWords, parse_status
from .table import Line, Table
from .text import clean, figure_as_text, one_line, quoted

# Words that say nothing by themselves: 6月底, 是; unlike 已完成, 未开工
_NEEDS_ITS_HEADING = re.compile(r"\d|[年月日号季旬]|^.{1,2}$")


@dataclass
class ParsedSheet:
    """All that could be parsed, and all that could not be."""

    items: list[SheetItem]
    problems: list[Problem]
    warnings: list[str]
    notes: list[Note] = field(default_factory=list)
    # What each cell came to: the same words in a column are parsed once.
    seen: dict[tuple, Any] = field(default_factory=dict, repr=False)


def _parse_text(value: object) -> str:
    return clean(figure_as_text(value))


def _parse_name(value: object) -> str:
    return one_line(figure_as_text(value))


def _parse_basis(value: object) -> bool:
    return _parse_name(value).lower() == "illustrative"


def _by_kind(**parsers: Callable) -> dict[str, Callable]:
    """Return the parser of each column that sheets have, and of its English, by its kind."""
    columns = [column for column in COLUMNS if column.kind in parsers]
    return {
        name: parsers[column.kind]
        for column in columns
        for name in (column.in_sheets, f"{column.in_sheets}_en")
        if name in HEADINGS
    }


def _parse_due(value: object, year: int) -> Deadline | Noted:
    deadline = parse_deadline(value, year)
    if not deadline.warning:
        return deadline
    return Noted(deadline, deadline.warning, choices=deadline.choices)


def _parse_done(value: object, year: int) -> date | Noted | None:
    """Parse a 完成时间; words that are no day are kept in the progress, not in the remark."""
    done = parse_date(value, year)
    if not isinstance(done, Noted) or done.value:
        return done
    sentence = _(
        "“%(words)s” is not one day. It is kept in the progress. For a day, write it as 2021-09-22."
    )
    return Noted(None, sentence % {"words": quoted(done.kept)})


# Parsers of a value alone
PARSERS: dict[str, Callable] = {
    **_by_kind(
        line=_parse_name,
        row=_parse_name,
        long=_parse_text,
        post=parse_posts,
        lines=parse_units,
        yes=parse_yes,
    ),
    **dict.fromkeys(["measures", "measures_en"], split_measures),
    **dict.fromkeys(["criteria", "criteria_en"], split_lines),
    "part": _parse_name,
    "handlers": parse_people,
    "status": parse_status,
    "signed_off_by": parse_signer,
    "term": parse_term,
    "basis": _parse_basis,
}
# Parsers of a value and the list's year, for days that name none
DATED: dict[str, Callable] = {
    **_by_kind(day=parse_planned),
    "due": _parse_due,
    "done_on": _parse_done,
    "signed_off_on": parse_date,
    "withdrawn_on": parse_date,
}


def parse_table(table: Table, year: int) -> ParsedSheet:
    """Parse every line of a list of `year`; collect every problem rather than stop at the first."""
    parsed = ParsedSheet([], [], list(table.warnings))
    read_number = _number_reader(table.lines)
    lines = [_parse_line(line, read_number, table, year, parsed) for line in table.lines]
    parsed.notes += _notes_about_lost_zeros(table.lines, lines)
    parsed.items = list(_group_by_number(lines, parsed))
    for sheet_item in parsed.items:
        parsed.problems += sheet_item.problems()
    parsed.problems.sort(key=lambda problem: problem.row)
    return parsed


NumberReader = Callable[[object], Number | Noted | None]


def _number_reader(lines: list[Line]) -> NumberReader:
    """Return the parser of the numbers: of codes such as 2026-01, where all are codes."""
    cells = [cell for line in lines if (cell := line.cell("number")) and not cell.error]
    codes = read_codes(cell.value for cell in cells)
    return (lambda value: Number(codes[value])) if codes else parse_number


def _notes_about_lost_zeros(lines: list[Line], parsed: list[ParsedLine]) -> Iterator[Note]:
    """Yield a note where a number with a point stands twice: Excel makes 1.1 of 1.10."""
    seen = set()
    for line, parsed_line in zip(lines, parsed, strict=True):
        cell = line.cell("number")
        if cell is None or not isinstance(cell.value, float) or parsed_line.number is None:
            continue
        if parsed_line.number in seen and cell.address.endswith(str(line.row)):
            sentence = _(
                "%(number)s stands here once more: Excel makes it of %(number)s0."
                " The row was read as a further part."
            ) % {"number": cell.text}
            yield Note(line.row, cell.address, "number", cell.text, sentence)
        seen.add(parsed_line.number)


def _parse_line(
    line: Line, read_number: NumberReader, table: Table, year: int, parsed: ParsedSheet
) -> ParsedLine:
    number, kept = _parse_cell(read_number, line, "number", parsed)
    parsed_line = ParsedLine(line.row, number)
    if kept:
        parsed_line.kept.append(f"{table.columns['number'][1]}：{kept}")
    parsed_line.is_inner, parsed_line.is_outer = line.is_inner, line.is_outer
    parsed_line.group = line.group
    parsed_line.has_bad_number = number is None and line.cell("number") is not None
    for column in list(table.columns):
        if column == "number" or column in COMPUTED:
            continue
        parser = _parser(column, line, year, table.columns[column][1])
        value, kept = _parse_cell(parser, line, column, parsed)
        for name, part in _spread(column, value).items():
            before = parsed_line.values.get(name)
            parsed_line.values[name] = [*before, *part] if before and part else before or part
            if name in HEADINGS:
                table.columns.setdefault(name, table.columns[column])
        if kept:
            parsed_line.kept.append(f"{table.columns[column][1]}：{kept}")
    if line.group and not parsed_line.get("category"):
        parsed_line.values["category"] = line.group.name
    _keep_words_of_done(line, table, parsed_line)
    parsed_line.continues_above = _continues_above(line)
    return parsed_line


def _keep_words_of_done(line: Line, table: Table, parsed_line: ParsedLine) -> None:
    """Add the words that stand for a day in 完成时间, such as 6月底, to the owner's progress."""
    cell = line.cell("done_on")
    if cell is None or cell.error or parsed_line.get("done_on", None):
        return
    words = clean(cell.text)
    if _NEEDS_ITS_HEADING.search(words):
        words = f"{table.columns['done_on'][1]}：{words}"
    progress = parsed_line.get("progress")
    if words not in progress:
        parsed_line.values["progress"] = f"{progress}\n{words}".strip()


def _spread(column: str, value: object) -> dict[str, Any]:
    """Return what a cell says by column: one may say more than its own column takes."""
    if isinstance(value, StatusWords):
        return {"status": value.status, "status_words": value.words}
    if isinstance(value, Units):
        others = {"support_units": value.supports, "handlers": value.people}
        return {"units": value.units} | {name: said for name, said in others.items() if said}
    return {column: value}


def _continues_above(line: Line) -> bool:
    """Tell whether the line has no matter of its own: the cell is blank or merged."""
    cell = line.cell("title")
    merged = cell and not cell.address.endswith(str(line.row))
    return not line.cell("part") and (cell is None or bool(merged))


def _parser(column: str, line: Line, year: int, heading: str) -> Callable[[object], Any]:
    if column in DATED:
        return lambda _value: DATED[column](line.cells[column].day, year)
    if column == "percent":
        cell = line.cell(column)
        return lambda value: parse_percent(value, bool(cell and cell.percent))
    if column == "status":
        cell = line.cell(column)
        return lambda value: parse_status(_as_shown(value, cell), heading)
    if column == "units":
        return lambda value: parse_units_by_role(value, has_people="人" in heading)
    return lambda value: PARSERS[column](_as_shown(value, line.cell(column)))


def _as_shown(value: object, cell: Cell | None) -> object:
    """Return a number as its cell shows it where it shows a percent: words want no 0.6."""
    if cell and cell.percent and isinstance(value, int | float) and not isinstance(value, bool):
        return shown_percent(value)
    return value


def _parse_cell(
    parser: Callable[[object], Any], line: Line, column: str, parsed: ParsedSheet
) -> tuple[Any, str]:
    """Parse a cell into its value and the words to be kept beside it.

    Add a note if it has to be shown, a problem if it can't be read.
    """
    cell = line.cell(column)
    if cell is None:
        return None, ""
    if cell.error:
        parsed.problems.append(Problem(line.row, cell.address, cell.error))
        return None, ""
    key = (column, type(cell.value), *(getattr(cell, name) for name in _SAID))
    if key not in parsed.seen:
        parsed.seen[key] = _outcome(parser, cell.value)
    value = parsed.seen[key]
    if isinstance(value, BadCell):
        problem = Problem(line.row, cell.address, str(value), column, value.choices)
        parsed.problems.append(problem)
        return None, ""
    if isinstance(value, Noted):
        said = (quoted(cell.text), value.sentence, value.choices, value.value is None)
        parsed.notes.append(Note(line.row, cell.address, column, *said))
        return value.value, value.kept
    return value, ""


# All that a cell says; where it stands makes no difference.
_SAID = [each.name for each in fields(Cell) if each.name != "address"]


def _outcome(parser: Callable, value: object) -> Any:
    """Return what a parser makes of a value, the refusal included."""
    try:
        return parser(value)
    except BadCell as refused:
        return refused


def _group_by_number(lines: list[ParsedLine], parsed: ParsedSheet) -> Iterable[SheetItem]:
    """Gather the lines under their numbers; a line without one belongs to the one above."""
    by_number: dict[int, SheetItem] = {}
    begun_again: set[Group | None] = set()
    inside = {line.number.number for line in lines if line.number and not line.is_outer}
    current = None
    for line in lines:
        if line.has_bad_number:
            continue
        if line.number and line.is_outer and line.number.number in inside:
            _add_problem(parsed, line, _why_not_outside(line.number.number))
            continue
        if line.number and current and _is_part(line, current):
            line.number = Number(current.number, str(line.number.number))
            parsed.warnings.append(
                _("Row %(row)s is numbered as a part: read as a part of no. %(number)s.")
                % {"row": line.row, "number": current.number}
            )
        if line.number is None:
            if current is None:
                _add_problem(parsed, line, _("This row has no number. Write one."))
                continue
            parsed.warnings.append(
                _("Row %(row)s has no number: read as a further line of no. %(number)s.")
                % {"row": line.row, "number": current.number}
            )
        elif current is None or _begins(line, current):
            number = line.number.number
            if before := by_number.get(number):
                if line.group == before.lines[0].group or line.group not in begun_again:
                    _add_problem(parsed, line, _why_not_again(line, before))
                if line.group != before.lines[0].group:
                    begun_again.add(line.group)
                continue
            current = by_number[number] = SheetItem(number, [])
        if current.lines and line.continues_above:
            parsed.problems += current.lines[-1].merge(line)
        else:
            current.lines.append(line)
    return by_number.values()


def _is_part(line: ParsedLine, current: SheetItem) -> bool:
    """Tell whether a line is numbered as a part, from （1） on, of the item above."""
    assert line.number is not None
    before = current.lines[-1].number if current.lines else None
    counts_on = bool(current.lines[-1].is_inner and before and before.part)
    return line.is_inner and (line.number.number == 1 or counts_on)


def _why_not_outside(number: int) -> str:
    return _(
        "It is numbered like a heading over the rows below, of which one has number %(number)s"
        " too. Number it like the other rows, or leave only the heading’s name in it."
    ) % {"number": number}


def _begins(line: ParsedLine, current: SheetItem) -> bool:
    """Tell whether a line begins another item; a heading in between ends the one before it."""
    assert line.number is not None
    return line.number.number != current.number or line.group != current.lines[-1].group


def _why_not_again(line: ParsedLine, before: SheetItem) -> str:
    words = {"number": before.number, "first": before.row}
    if line.group and line.group != before.lines[0].group:
        return _(
            "Under “%(heading)s” the numbers begin again: number %(number)s stands at row"
            " %(first)s already. Number the whole list through, from its first row to its last."
        ) % (words | {"heading": quoted(line.group.cell.text)})
    return (
        _(
            "Number %(number)s stands at row %(first)s already. Give it another"
            " number, or put the rows of one number together."
        )
        % words
    )


def _add_problem(parsed: ParsedSheet, line: ParsedLine, sentence: str) -> None:
    parsed.problems.append(Problem(line.row, "", sentence))
