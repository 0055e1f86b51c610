"""A table's lines as what the office wants each number to say. Knows no database."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from .cells import Number, parse_number, parse_percent, parse_status, parse_term, parse_yes
from .dates import parse_date
from .deadline import Deadline, parse_deadline
from .errors import BadCell
from .lists import split_measures, split_units
from .table import Line, Table
from .text import clean, one_line


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that can't be imported, with the remedy."""

    row: int
    address: str  # "H7", or "" when it is about the whole row
    sentence: str

    def __str__(self):
        words = {"row": self.row, "cell": self.address, "sentence": self.sentence}
        if self.address:
            return _("Row %(row)s, cell %(cell)s: %(sentence)s") % words
        return _("Row %(row)s: %(sentence)s") % words


@dataclass
class ReadLine:
    """A line with its cells read; a column that the sheet doesn't have is missing."""

    row: int
    number: Number | None
    values: dict = field(default_factory=dict)

    def get(self, column, nothing=""):
        return self.values.get(column) or nothing


@dataclass
class Wanted:
    """What the sheet says of one number: its lines, of which several make parts."""

    number: int
    lines: list[ReadLine]

    @property
    def row(self) -> int:
        return self.lines[0].row


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


PARSERS: dict[str, Callable] = {
    **dict.fromkeys(["title", "title_en", "part", "category", "category_en"], _name),
    **dict.fromkeys(["place", "place_en", "signed_off_by"], _name),
    **dict.fromkeys(["owner", "supervisor"], _posts),
    **dict.fromkeys(["lead_unit", "units", "part_unit", "support_units"], split_units),
    **dict.fromkeys(["measures", "measures_en"], split_measures),
    **dict.fromkeys(["source", "problem", "effect", "progress", "result", "remark"], _texts),
    "handlers": split_units,
    "budget": _name,
    "term": parse_term,
    "status": parse_status,
    "start_is_the_matter": parse_yes,
    "basis": _basis,
}
DATED: dict[str, Callable] = {
    "due": parse_deadline,
    "first_due": parse_date,
    "start_by": parse_date,
    "done_on": parse_date,
    "signed_off_on": parse_date,
    "recheck_on": parse_date,
}
# What the system computes itself; a sheet that has it is not believed.
COMPUTED = {"light", "satisfaction"}


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
    for column in table.columns:
        if column == "number" or column in COMPUTED:
            continue
        found.values[column] = _try(_parser(column, line, year), line, column, reading)
    deadline = found.values.get("due")
    if deadline and deadline.warning:
        reading.warnings.append(str(Problem(line.row, line.cell("due").address, deadline.warning)))
    return found


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
        current.lines.append(line)
    return gathered.values()


def _complain(reading, line, sentence):
    reading.problems.append(Problem(line.row, "", sentence))


def complaints(wanted: Wanted) -> list[Problem]:
    """Return what can't be right within one number."""
    found = []
    for line in wanted.lines:
        if not line.get("title") and not line.get("part") and line is wanted.lines[0]:
            found.append(Problem(line.row, "", _("The matter is missing. Write what is done.")))
        found += _sign_off_complaints(line, first(wanted, "supervisor"))
    titles = [part["title"] for part in parts(wanted)]
    for line, title in zip(_part_lines(wanted), titles, strict=True):
        if titles.count(title) > 1:
            sentence = _("“%s” stands twice under this number. Delete a row or tell them apart.")
            found.append(Problem(line.row, "", sentence % title))
    return found


def _sign_off_complaints(line, supervisor):
    """Only a 销号 column makes a row resolved; it then needs the supervisor's post and the day."""
    day, who = line.get("signed_off_on", None), line.get("signed_off_by")
    if who and not day:
        yield Problem(line.row, "", _("It is signed off, but the day is missing. Write 销号时间."))
    if day and not supervisor:
        sentence = _("It is signed off, but nobody supervises it. Write 联系督导责任人.")
        yield Problem(line.row, "", sentence)
    if day and line.get("status", "resolved") != "resolved":
        sentence = _("It has a day of sign-off, but another status. Make one agree with the other.")
        yield Problem(line.row, "", sentence)


# What a number's lines come to


def _part_lines(wanted: Wanted) -> list[ReadLine]:
    """Return the lines that are parts: those with a part's name, or all of several."""
    marked = [line for line in wanted.lines if line.number and line.number.part]
    if marked:
        return marked
    if len(wanted.lines) > 1:
        return wanted.lines
    return [line for line in wanted.lines if line.get("part")]


def first(wanted: Wanted, column: str, nothing=""):
    """Return the first value that the number's lines give for a column."""
    given = (line.values.get(column) for line in wanted.lines)
    return next((value for value in given if value), nothing)


def title(wanted: Wanted) -> str:
    """Return the item's matter; where its lines name several, all of them."""
    heads = [line for line in wanted.lines if line not in _part_lines(wanted)]
    lines = heads or wanted.lines
    named = [line.get("title") or line.get("part") for line in lines]
    return "；".join(dict.fromkeys(name for name in named if name))


def parts(wanted: Wanted) -> list[dict]:
    """Return the parts of a number, each as Part's columns; a unit by its name."""
    lines = _part_lines(wanted)
    shared = len({line.get("title") for line in lines if line.get("title")}) <= 1
    return [_part(line, _part_title(line, shared)) for line in lines]


def _part_title(line, shared):
    matter, part = line.get("title"), line.get("part")
    if shared or not matter:
        return part or matter
    return f"{matter}：{part}" if part else matter


def _part(line, part_title):
    deadline = line.get("due", Deadline())
    units = line.get("part_unit") or line.get("units") or line.get("lead_unit")
    return {
        "title": part_title,
        "unit": "；".join(units) if units else "",
        "start_by": line.get("start_by", None) or deadline.start_by,
        "due": deadline.due,
        "due_words": deadline.words,
        "progress": line.get("progress"),
        "done_on": line.get("done_on", None),
    }


@dataclass(frozen=True, slots=True)
class Dates:
    """An item's deadline, made of those of its lines."""

    start_by: date | None
    due: date | None
    due_words: str


def dates(wanted: Wanted) -> Dates:
    """Return the number's dates: it is done when its last line is, so all must name a day."""
    starting = bool(first(wanted, "start_is_the_matter", False))
    given = [line.get("due", Deadline()) for line in wanted.lines]
    known = [deadline for deadline in given if deadline != Deadline()]
    start_bys = [line.get("start_by", None) for line in wanted.lines]
    start_bys += [deadline.start_by for deadline in given]
    start_bys = [day for day in start_bys if day]
    dues = [d.due or (d.start_by if starting else None) for d in known]
    if starting and not dues:
        dues = [max(start_bys)] if start_bys else []
    return Dates(
        start_by=min(start_bys, default=None),
        due=max(dues) if dues and all(dues) else None,
        due_words="；".join(dict.fromkeys(d.words for d in known if d.words)),
    )
