"""Parse a table into sheet items: each cell by the parser of its column. Knows no database."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from items.columns import COLUMNS

from .cells import (
    parse_number,
    parse_percent,
    parse_status,
    parse_term,
    parse_yes,
    split_lines,
    split_measures,
    split_units,
)
from .dates import parse_date
from .deadline import Deadline, parse_deadline, parse_planned
from .errors import BadCell
from .grid import Cell
from .headings import COMPUTED, HEADINGS
from .notes import Note, Noted
from .sheet_item import ParsedLine, Problem, SheetItem
from .table import Line, Table
from .text import clean, one_line, quoted


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
    return clean(str(value))


def _parse_name(value: object) -> str:
    return one_line(str(value))


def _split_posts(value: object) -> list[str]:
    """Split a 牵头领导 cell; "党委书记、厂长" is one post as often as two, so 、 doesn't split."""
    pieces = re.split("[;；,，/\n]", clean(str(value)))
    return [one_line(piece) for piece in pieces if piece.strip()]


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
    return Noted(deadline, deadline.warning) if deadline.warning else deadline


# Parsers of a value alone
PARSERS: dict[str, Callable] = {
    **_by_kind(
        line=_parse_name,
        row=_parse_name,
        long=_parse_text,
        post=_split_posts,
        lines=split_units,
        yes=parse_yes,
    ),
    **dict.fromkeys(["measures", "measures_en"], split_measures),
    **dict.fromkeys(["criteria", "criteria_en"], split_lines),
    "part": _parse_name,
    "handlers": split_units,
    "term": parse_term,
    "status": parse_status,
    "basis": _parse_basis,
}
# Parsers of a value and the list's year, for days that name none
DATED: dict[str, Callable] = {
    **_by_kind(day=parse_planned),
    "due": _parse_due,
    "done_on": parse_date,
    "signed_off_on": parse_date,
    "withdrawn_on": parse_date,
}


def parse_table(table: Table, year: int) -> ParsedSheet:
    """Parse every line of a list of `year`; collect every problem rather than stop at the first."""
    parsed = ParsedSheet([], [], list(table.warnings))
    lines = [_parse_line(line, table, year, parsed) for line in table.lines]
    parsed.items = list(_group_by_number(lines, parsed))
    for sheet_item in parsed.items:
        parsed.problems += sheet_item.problems()
    parsed.problems.sort(key=lambda problem: problem.row)
    return parsed


def _parse_line(line: Line, table: Table, year: int, parsed: ParsedSheet) -> ParsedLine:
    number = _parse_cell(parse_number, line, "number", parsed)
    parsed_line = ParsedLine(line.row, number)
    parsed_line.has_bad_number = number is None and line.cell("number") is not None
    for column in table.columns:
        if column == "number" or column in COMPUTED:
            continue
        parser = _parser(column, line, year)
        parsed_line.values[column] = _parse_cell(parser, line, column, parsed)
    parsed_line.continues_above = _continues_above(line)
    return parsed_line


def _continues_above(line: Line) -> bool:
    """Tell whether the line has no matter of its own: the cell is blank or merged."""
    cell = line.cell("title")
    merged = cell and not cell.address.endswith(str(line.row))
    return not line.cell("part") and (cell is None or bool(merged))


def _parser(column: str, line: Line, year: int) -> Callable[[object], Any]:
    if column in DATED:
        return lambda value: DATED[column](value, year)
    if column == "percent":
        cell = line.cell(column)
        return lambda value: parse_percent(value, bool(cell and cell.percent))
    return PARSERS[column]


def _parse_cell(
    parser: Callable[[object], Any], line: Line, column: str, parsed: ParsedSheet
) -> Any:
    """Parse a cell; add a note if it has to be shown, a problem if it can't be read."""
    cell = line.cell(column)
    if cell is None:
        return None
    if cell.error:
        parsed.problems.append(Problem(line.row, cell.address, cell.error))
        return None
    key = (column, type(cell.value), *(getattr(cell, name) for name in _SAID))
    if key not in parsed.seen:
        parsed.seen[key] = _outcome(parser, cell.value)
    value = parsed.seen[key]
    if isinstance(value, BadCell):
        problem = Problem(line.row, cell.address, str(value), column, value.choices)
        parsed.problems.append(problem)
        return None
    if isinstance(value, Noted):
        said = (quoted(cell.text), value.sentence, value.choices, value.value is None)
        parsed.notes.append(Note(line.row, cell.address, column, *said))
        return value.value
    return value


# All that a cell says; where it stands makes no difference.
_SAID = [each.name for each in fields(Cell) if each.name != "address"]


def _outcome(parser: Callable, value: object) -> Any:
    """Return what a parser makes of a value, the refusal included."""
    try:
        return parser(value)
    except BadCell as refused:
        return refused


def _group_by_number(lines: Iterable[ParsedLine], parsed: ParsedSheet) -> Iterable[SheetItem]:
    """Gather the lines under their numbers; a line without one belongs to the one above."""
    by_number: dict[int, SheetItem] = {}
    current = None
    for line in lines:
        if line.has_bad_number:
            continue
        if line.number is None:
            if current is None:
                _add_problem(parsed, line, _("This row has no number. Write one."))
                continue
            parsed.warnings.append(
                _("Row %(row)s has no number: read as a further line of no. %(number)s.")
                % {"row": line.row, "number": current.number}
            )
        elif current is None or line.number.number != current.number:
            number = line.number.number
            if number in by_number:
                sentence = _(
                    "Number %(number)s stands at row %(first)s already. Give it another"
                    " number, or put the rows of one number together."
                )
                words = {"number": number, "first": by_number[number].row}
                _add_problem(parsed, line, sentence % words)
                continue
            current = by_number[number] = SheetItem(number, [])
        if current.lines and line.continues_above:
            parsed.problems += current.lines[-1].merge(line)
        else:
            current.lines.append(line)
    return by_number.values()


def _add_problem(parsed: ParsedSheet, line: ParsedLine, sentence: str) -> None:
    parsed.problems.append(Problem(line.row, "", sentence))
