"""Table reader: choose the worksheet, find its header row, and collect the data rows under it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .archive import Source, is_workbook, read_source
from .cells import parse_number
from .csv_reader import read_csv
from .errors import BadCell, BadTable
from .grid import MAX_ROWS, Cell, Grid, too_many_rows
from .headings import COMPUTED, NOTHING, HeadingRow, column_of, find_heading_row
from .text import normalised, quoted
from .xlsx_reader import Workbook, Worksheet

MAX_RANGES = 10

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
    it is the first visible one with known headings. Nothing is read beyond the limits in `archive`
    and `grid`.
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
    return _first_with_headings(book, worksheets, mapped)


def _first_with_headings(
    book: Workbook, worksheets: list[Worksheet], mapped: Mapping[str, str]
) -> tuple[Grid, HeadingRow]:
    """Return the first sheet with a heading row; else say what is wrong with the first sheet."""
    refusals: list[BadTable] = []
    for worksheet in worksheets:
        grid = book.grid(worksheet)
        try:
            return grid, find_heading_row(grid, mapped)
        except BadTable as refusal:
            refusals.append(refusal)
    raise refusals[0]


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
    return Table(
        name=name,
        sheet=grid.name,
        title_rows=_title_rows(grid, heading_row.first_row),
        heading_row=heading_row.last_row,
        columns={
            column: (heading.letter, heading.words)
            for column, heading in heading_row.columns.items()
            if column not in COMPUTED
        },
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
    filled = _filled_down(grid, rows, indexes)
    lines, warnings, numbers_only = [], [], []
    for row in rows:
        cells = {
            indexes[index]: cell
            for index, cell in sorted(grid.rows[row].items())
            if index in indexes
        }
        if not cells or _repeats_headings(cells):
            continue
        if _is_number_only(cells):
            numbers_only.append(row)
        elif _is_remark(cells):
            warnings.append(_not_a_line(row, next(iter(cells.values()))))
        else:
            lines.append(Line(row, cells | filled.get(row, {})))
    if len(lines) > MAX_ROWS:
        raise BadTable(too_many_rows())
    warnings += _warnings_about_numbers(numbers_only)
    warnings += [*_warnings_about_limits(grid), *_warnings_about_hidden(grid, lines)]
    return lines, warnings


def _filled_down(
    grid: Grid, rows: list[int], indexes: dict[int, str]
) -> dict[int, dict[str, Cell]]:
    """Give the rows that a merged area covers the value of its first cell, as people see it."""
    filled: dict[int, dict[str, Cell]] = {}
    covered: dict[int, int] = {}
    for area in sorted(grid.merged_areas, key=lambda area: (area.left, area.top)):
        cell = grid.rows.get(area.top, {}).get(area.left)
        # Areas that overlap are no areas of a sheet that Excel wrote; the first one counts.
        begin = max(area.top, covered.get(area.left, 0))
        if cell is None or area.left not in indexes or not rows or area.top < rows[0]:
            continue
        for row in rows[bisect_right(rows, begin) : bisect_right(rows, area.bottom)]:
            filled.setdefault(row, {})[indexes[area.left]] = cell
        covered[area.left] = max(begin, area.bottom)
    return filled


def _repeats_headings(cells: dict[str, Cell]) -> bool:
    return len(cells) > 1 and all(column_of(cell.text) == column for column, cell in cells.items())


def _is_number_only(cells: dict[str, Cell]) -> bool:
    """Tell a row that was numbered beforehand and has nothing else."""
    return list(cells) == ["number"] and _is_number(cells["number"])


def _is_remark(cells: dict[str, Cell]) -> bool:
    """Tell a total, a note, a signature line or a heading within the list from a matter."""
    first = next(iter(cells.values()))
    words = normalised(first.text)
    if "number" in cells and _is_number(cells["number"]):
        return False
    if _TOTAL.fullmatch(words) or _NOTE.fullmatch(words):
        return True
    return list(cells) == ["number"] and not first.error


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


def ranges(rows: Iterable[int]) -> str:
    """Write row numbers as ranges: 5–9, 12."""
    runs: list[str] = []
    for _offset, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _position, row in run]
        runs.append(f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0]))
    return ", ".join(runs[:MAX_RANGES]) + (" …" if len(runs) > MAX_RANGES else "")
