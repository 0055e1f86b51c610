"""A table's lines as what the office wants each number to say. Knows no database."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from items.columns import COLUMNS

from .cells import (
    parse_number,
    parse_percent,
    parse_status,
    parse_term,
    parse_yes,
    split_measures,
    split_units,
)
from .dates import parse_date
from .deadline import parse_deadline, parse_planned
from .errors import BadCell
from .headings import COMPUTED, HEADINGS
from .numbers import Problem, ReadLine, Wanted, complaints
from .table import Line, Table
from .text import clean, one_line


@dataclass
class Reading:
    """All that was read, and all that could not be."""

    wanted: list[Wanted]
    problems: list[Problem]
    warnings: list[str]


def _texts(value) -> str:
    return clean(str(value))


def _name(value) -> str:
    return one_line(str(value))


def _posts(value) -> list[str]:
    """Split a 牵头领导 cell; "党委书记、厂长" is one post as often as two, so 、 doesn't split."""
    pieces = re.split("[;；,，/\n]", clean(str(value)))
    return [one_line(piece) for piece in pieces if piece.strip()]


def _basis(value) -> bool:
    return _name(value).lower() == "illustrative"


def _by_kind(**parsers) -> dict[str, Callable]:
    """Return the parser of each column that sheets have, and of its English, by its kind."""
    columns = [column for column in COLUMNS if column.kind in parsers]
    return {
        name: parsers[column.kind]
        for column in columns
        for name in (column.in_sheets, f"{column.in_sheets}_en")
        if name in HEADINGS
    }


PARSERS: dict[str, Callable] = {
    **_by_kind(line=_name, row=_name, long=_texts, post=_posts, lines=split_units, yes=parse_yes),
    **dict.fromkeys(["measures", "measures_en"], split_measures),
    "part": _name,
    "handlers": split_units,
    "term": parse_term,
    "status": parse_status,
    "basis": _basis,
}
DATED: dict[str, Callable] = {
    **_by_kind(day=parse_planned),
    "due": parse_deadline,
    "done_on": parse_date,
    "signed_off_on": parse_date,
}


def read(table: Table, year: int) -> Reading:
    """Read every line of a list of `year`; collect every problem rather than stop at the first."""
    reading = Reading([], [], list(table.warnings))
    lines = [_read_line(line, table, year, reading) for line in table.lines]
    reading.wanted = list(_by_number(lines, reading))
    for wanted in reading.wanted:
        reading.problems += complaints(wanted)
    reading.problems.sort(key=lambda problem: problem.row)
    return reading


def _read_line(line: Line, table, year, reading) -> ReadLine:
    number = _try(parse_number, line, "number", reading)
    found = ReadLine(line.row, number)
    found.misnumbered = number is None and line.cell("number") is not None
    for column in table.columns:
        if column == "number" or column in COMPUTED:
            continue
        found.values[column] = _try(_parser(column, line, year), line, column, reading)
    found.continues = _continues(line)
    deadline = found.values.get("due")
    if deadline and deadline.warning:
        reading.warnings.append(str(Problem(line.row, line.cell("due").address, deadline.warning)))
    return found


def _continues(line) -> bool:
    """Tell whether the line has no matter of its own: the cell is blank or merged."""
    cell = line.cell("title")
    merged = cell and not cell.address.endswith(str(line.row))
    return not line.cell("part") and (cell is None or bool(merged))


def _parser(column, line, year) -> Callable:
    if column in DATED:
        return lambda value: DATED[column](value, year)
    if column == "percent":
        cell = line.cell(column)
        return lambda value: parse_percent(value, bool(cell and cell.percent))
    return PARSERS[column]


def _try(parse, line, column, reading):
    """Parse a cell; note the complaint with its address when it can't be read."""
    cell = line.cell(column)
    if cell is None:
        return None
    if cell.error:
        reading.problems.append(Problem(line.row, cell.address, cell.error))
        return None
    try:
        return parse(cell.value)
    except BadCell as bad:
        reading.problems.append(Problem(line.row, cell.address, str(bad)))
        return None


def _by_number(lines: Iterable[ReadLine], reading: Reading):
    """Gather the lines under their numbers; a line without one belongs to the one above."""
    gathered: dict[int, Wanted] = {}
    current = None
    for line in lines:
        if line.misnumbered:
            continue
        if line.number is None:
            if current is None:
                _complain(reading, line, _("This row has no number. Write one."))
                continue
            reading.warnings.append(
                _("Row %(row)s has no number: read as a further line of no. %(number)s.")
                % {"row": line.row, "number": current.number}
            )
        elif current is None or line.number.number != current.number:
            number = line.number.number
            if number in gathered:
                first = gathered[number].row
                _complain(
                    reading,
                    line,
                    _(
                        "Number %(number)s stands at row %(first)s already. Give it another"
                        " number, or put the rows of one number together."
                    )
                    % {"number": number, "first": first},
                )
                continue
            current = gathered[number] = Wanted(number, [])
        if current.lines and line.continues:
            reading.problems += current.lines[-1].take_in(line)
        else:
            current.lines.append(line)
    return gathered.values()


def _complain(reading, line, sentence):
    reading.problems.append(Problem(line.row, "", sentence))
