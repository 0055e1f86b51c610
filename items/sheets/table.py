"""Table reader: choose the worksheet, find its header row, and collect the data rows under it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .archive import Source, is_workbook, read_source
from .csv_reader import read_csv
from .errors import BadCell, BadTable
from .grid import MAX_ROWS, Cell, Grid, too_many_rows
from .groups import Group, Groups
from .headings import COMPUTED, LONG, NOTHING, Heading, HeadingRow, column_of, find_heading_row
from .numbers import parse_number
from .text import is_ditto, is_placeholder, normalised, quoted
from .xlsx_reader import Workbook, Worksheet

MAX_RANGES = 10
HINT, EXAMPLE = "填写说明", "示例"  # for its number, what a row of our own template is

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|total)[::(]?.*", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:备?注|填?表?说明|填表人?|制表人?|审核人?|审批人?|填报人|填报单位|填报日期|填报时间|联系人"
    r"|联系电话|单位负责人|负责人签字|日期)\d{0,2}:.*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A data row of the list: its row number in the sheet, and its filled cells by column."""

    row: int
    cells: dict[str, Cell]
    group: Group | None = None  # the heading within the list under which it stands
    is_inner: bool = False  # numbered as parts are: （1） under 1
    is_outer: bool = False  # numbered as headings within the list are: 一 over 1

    def cell(self, column: str) -> Cell | None:
        """The cell in a column such as "due", or None where it is empty."""
        return self.cells.get(column)

    def text(self, column: str) -> str:
        """What stands in a column, or ""."""
        return self.cells[column].text if column in self.cells else ""


@dataclass
class Table:
    """A list as its file has it, its cells not parsed yet.

    `columns` gives for each column, such as "due", its letter in the sheet and its heading;
    `heading_row` is the row of the (lower) headings, counted from 1.
    """

    name: str
    sheet: str
    title_rows: list[str]
    heading_row: int
    columns: dict[str, tuple[str, str]]
    lines: list[Line]
    warnings: list[str] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)  # headings that mean no column, by letter


def read_table(
    source: Source,
    name: str = "",
    sheet: str | None = None,
    mapped: Mapping[str, str] = NOTHING,
) -> Table:
    """Read a list from a path, bytes or an open file, .xlsx or CSV; raise BadTable if it is none.

    The content decides what the file is, not its name. `sheet` chooses a sheet of a workbook; else
    it is the visible one that looks most like a list. Nothing is read beyond the limits in
    `archive` and `grid`.
    """
    content = read_source(source)
    if is_workbook(content):
        book = Workbook(content)
        grid, heading_row = _choose_worksheet(book, sheet, mapped)
        warnings = [*book.warnings(), *_warnings_about_worksheets(book, grid.name)]
    else:
        grid, warnings = read_csv(content), []
        heading_row = find_heading_row(grid, mapped)
    return _table(name, grid, heading_row, warnings)


def _choose_worksheet(
    book: Workbook, sheet: str | None, mapped: Mapping[str, str]
) -> tuple[Grid, HeadingRow]:
    if sheet:
        worksheets = [
            worksheet for worksheet in book.worksheets if worksheet.name.strip() == sheet.strip()
        ]
    else:
        worksheets = [worksheet for worksheet in book.worksheets if not worksheet.is_hidden]
    if not worksheets:
        raise BadTable(_no_such_worksheet(book.worksheets, sheet))
    return _best_with_headings(book, worksheets, mapped)


def _best_with_headings(
    book: Workbook, worksheets: list[Worksheet], mapped: Mapping[str, str]
) -> tuple[Grid, HeadingRow]:
    """Return the sheet that looks most like a list; else say what is wrong with the first sheet.

    It has rows under its headings and the most known columns, not counting those that stand in
    for others; among equals it is the one that is open in the workbook, else the first.
    """
    found: list[tuple[tuple[bool, int, bool], Grid, HeadingRow]] = []
    refusals: list[BadTable] = []
    for worksheet in worksheets:
        grid = book.grid(worksheet)
        try:
            heading_row = find_heading_row(grid, mapped)
        except BadTable as refusal:
            refusals.append(refusal)
            continue
        has_rows = any(row > heading_row.last_row for row in grid.rows)
        known = len(heading_row.columns) - 2 * heading_row.stand_ins
        rank = has_rows, known, worksheet.name == book.open_sheet
        if not found or rank > found[0][0]:
            found = [(rank, grid, heading_row)]
    if not found:
        raise refusals[0]
    _rank, grid, heading_row = found[0]
    return grid, heading_row


def _no_such_worksheet(worksheets: list[Worksheet], sheet: str | None) -> str:
    names = "、".join(worksheet.name for worksheet in worksheets[:20])
    if sheet:
        return _("There is no sheet “%(sheet)s”. The workbook has: %(names)s.") % {
            "sheet": sheet,
            "names": names,
        }
    return _("No sheet can be seen (hidden: %(names)s). Unhide the list in Excel or WPS.") % {
        "names": names
    }


def _warnings_about_worksheets(book: Workbook, chosen: str) -> list[str]:
    others = [worksheet.name for worksheet in book.worksheets if worksheet.name != chosen]
    if not others:
        return []
    return [
        _("The sheet “%(sheet)s” was read. Not read: %(others)s.")
        % {"sheet": chosen, "others": "、".join(others[:20])}
    ]


def _table(name: str, grid: Grid, heading_row: HeadingRow, warnings: list[str]) -> Table:
    lines, line_warnings = collect_lines(grid, heading_row)
    if not lines:
        raise BadTable(_("There are headings but no rows under them. Fill in the list first."))
    columns = {
        column: (heading.letter, heading.words)
        for column, heading in heading_row.columns.items()
        if column not in COMPUTED
    }
    if any(line.group for line in lines):  # a heading within the list stands in its number's column
        columns.setdefault("category", (columns["number"][0], _("heading within the list")))
    return Table(
        name=name,
        sheet=grid.name,
        title_rows=_title_rows(grid, heading_row.first_row),
        heading_row=heading_row.last_row,
        columns=columns,
        lines=lines,
        warnings=[*warnings, *heading_row.warnings, *line_warnings],
        unknown={each.letter: each.words for each in heading_row.headings if not each.column},
    )


def _title_rows(grid: Grid, row: int) -> list[str]:
    above = [cells for number, cells in sorted(grid.rows.items()) if number < row]
    return [" ".join(cell.text for _index, cell in sorted(cells.items())) for cells in above]


def collect_lines(grid: Grid, heading_row: HeadingRow) -> tuple[list[Line], list[str]]:
    """Return the lines under the headings, and warnings about the rows that are none."""
    indexes = {
        heading.index: column
        for column, heading in heading_row.columns.items()
        if column not in COMPUTED
    }
    rows = sorted(row for row in grid.rows if row > heading_row.last_row)
    beside = {heading.index: heading for heading in heading_row.beside}
    known = {row: _known_cells(grid.rows[row], indexes, beside) for row in rows}
    filled = _filled_down(grid, known, indexes | {at: h.column or "" for at, h in beside.items()})
    groups = Groups(grid, known, indexes, heading_row.last_row + 1)
    lines, warnings, numbers_only, headings = [], [], [], []
    for row, cells in known.items():
        if _is_number_only(cells):
            numbers_only.append(row)
        elif _is_hint(cells):
            continue
        elif cells and _is_remark(cells):
            warnings.append(_not_a_line(row, next(iter(cells.values()))))
        elif _repeats_headings(cells) or not (cells or groups.is_across(row)):
            continue
        elif group := groups.group(row):
            headings.append(group)
        elif list(cells) == ["number"] and not cells["number"].error:
            warnings.append(_not_a_line(row, cells["number"]))
        else:
            over, number = headings[-1] if headings else None, cells.get("number")
            styles = groups.is_inner(number), groups.is_outer(number)
            lines.append(Line(row, cells | filled.get(row, {}), over, *styles))
    warnings += _warnings_about_groups(headings, lines)
    lines, dittos = _without_dittos(lines)
    warnings += dittos
    if len(lines) > MAX_ROWS:
        raise BadTable(too_many_rows())
    warnings += _warnings_about_numbers(numbers_only)
    warnings += [*_warnings_about_limits(grid), *_warnings_about_hidden(grid, lines)]
    warnings += _warnings_about_hidden_columns(grid, indexes)
    return lines, warnings


def _known_cells(
    row: dict[int, Cell], indexes: dict[int, str], beside: dict[int, Heading]
) -> dict[str, Cell]:
    """Return a row's filled cells by column; two columns that are read as one give one cell."""
    cells = {
        indexes[index]: cell
        for index, cell in sorted(row.items())
        if index in indexes and not is_placeholder(cell.value)
    }
    for index, heading in beside.items():
        cell = row.get(index)
        if cell and heading.column and not is_placeholder(cell.value):
            first = cells.get(heading.column)
            words = f"{heading.words}：{cell.text}" if heading.column in LONG else cell.text
            text = f"{first.text}\n{words}" if first else words
            cells[heading.column] = replace(first or cell, value=text)
    return cells


def _filled_down(
    grid: Grid, known: dict[int, dict[str, Cell]], columns: dict[int, str]
) -> dict[int, dict[str, Cell]]:
    """Give the rows that a merged area covers the value of its first cell, as people see it."""
    filled: dict[int, dict[str, Cell]] = {}
    covered: dict[int, int] = {}
    rows = list(known)
    for area in sorted(grid.merged_areas, key=lambda area: (area.left, area.top)):
        column = columns.get(area.left, "")
        cell = known.get(area.top, {}).get(column)
        # Areas that overlap are no areas of a sheet that Excel wrote; the first one counts.
        begin = max(area.top, covered.get(area.left, 0))
        if cell is None:
            continue
        for row in rows[bisect_right(rows, begin) : bisect_right(rows, area.bottom)]:
            filled.setdefault(row, {})[column] = cell
        covered[area.left] = max(begin, area.bottom)
    return filled


def _repeats_headings(cells: dict[str, Cell]) -> bool:
    return len(cells) > 1 and all(column_of(cell.text) == column for column, cell in cells.items())


def _is_number_only(cells: dict[str, Cell]) -> bool:
    """Tell a row that was numbered beforehand and has nothing else."""
    return list(cells) == ["number"] and _is_number(cells["number"])


def _is_remark(cells: dict[str, Cell]) -> bool:
    """Tell a total, a note or a signature line from a matter."""
    first = next(iter(cells.values()))
    words = normalised(first.text)
    if "number" in cells and _is_number(cells["number"]):
        return False
    is_example = "number" in cells and words == EXAMPLE
    return bool(is_example or _TOTAL.fullmatch(words) or _NOTE.fullmatch(words))


def _is_hint(cells: dict[str, Cell]) -> bool:
    """Tell the row of our own template that says how to fill in the others."""
    return "number" in cells and normalised(cells["number"].text) == HINT


def _is_number(cell: Cell) -> bool:
    try:
        return parse_number(cell.value) is not None
    except BadCell:
        return False


def _not_a_line(row: int, cell: Cell) -> str:
    return _("Row %(row)s, “%(words)s”, is not a matter. It was not read.") % {
        "row": row,
        "words": quoted(cell.text),
    }


def _without_dittos(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Write what 同上 stands for in its place; return the lines and warnings that say so."""
    written: list[Line] = []
    warnings = []
    for line in lines:
        same = {column: cell for column, cell in line.cells.items() if is_ditto(cell.value)}
        above = written[-1].cells if written else {}
        cells = {
            column: replace(above[column], address=cell.address)
            for column, cell in same.items()
            if column in above
        }
        for column, cell in cells.items():
            warnings.append(
                _("Row %(row)s, cell %(cell)s, “%(words)s”: read as “%(above)s”.")
                % {
                    "row": line.row,
                    "cell": cell.address,
                    "words": quoted(same[column].text),
                    "above": quoted(cell.text),
                }
            )
        written.append(replace(line, cells=line.cells | cells) if cells else line)
    return written, warnings


def _warnings_about_groups(groups: list[Group], lines: list[Line]) -> Iterator[str]:
    given = {line.group for line in lines if not line.cell("category")}
    for group in groups:
        if group in given:
            yield _(
                "Row %(row)s, “%(words)s”, is a heading within the list. It gives the category"
                " “%(name)s” to the rows under it that have none."
            ) % {"row": group.row, "words": quoted(group.cell.text), "name": group.name}
        elif any(line.group == group for line in lines):
            yield _("Row %(row)s, “%(words)s”, is a heading within the list.") % {
                "row": group.row,
                "words": quoted(group.cell.text),
            }
        else:
            yield _not_a_line(group.row, group.cell)


def _warnings_about_numbers(rows: list[int]) -> Iterator[str]:
    if rows:
        yield _("Rows with a number and nothing else were not read: %(rows)s.") % {
            "rows": ranges(rows)
        }


def _warnings_about_limits(grid: Grid) -> Iterator[str]:
    if grid.far_row:
        yield _("Row %(row)s lies far below the list. It was not read.") % {"row": grid.far_row}
    if grid.wide_column:
        yield _("The sheet is too wide. From column %(column)s on nothing was read.") % {
            "column": get_column_letter(grid.wide_column)
        }


def _warnings_about_hidden(grid: Grid, lines: list[Line]) -> Iterator[str]:
    if rows := [line.row for line in lines if line.row in grid.hidden_rows]:
        yield _("Hidden rows were read too: %(rows)s. Delete them if they do not count.") % {
            "rows": ranges(rows)
        }


def _warnings_about_hidden_columns(grid: Grid, columns: Iterable[int]) -> Iterator[str]:
    if hidden := sorted(grid.hidden_columns.intersection(columns)):
        yield _("Hidden columns were read too: %(columns)s. Delete them if they do not count.") % {
            "columns": ranges(hidden, get_column_letter)
        }


def ranges(numbers: Iterable[int], name: Callable[[int], str] = str) -> str:
    """Write the numbers of rows as ranges, 5–9, 12; or of columns, by their names."""
    runs: list[str] = []
    for _offset, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        names = [name(number) for _position, number in run]
        runs.append(f"{names[0]}–{names[-1]}" if len(names) > 1 else names[0])
    return ", ".join(runs[:MAX_RANGES]) + (" …" if len(runs) > MAX_RANGES else "")
