"""The lines of a list: the rows under its headings that say something about a matter."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .cells import parse_number
from .errors import BadCell, BadTable
from .grid import MAX_ROWS, Cell, Grid, too_many_rows
from .headings import COMPUTED, HeadingRow, column_of
from .text import normalised, quoted

MAX_RANGES = 10

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|total)[::(]?.*", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:备?注|填?表?说明|填表人?|制表人?|审核人?|审批人?|填报人|填报单位|填报日期|填报时间|联系人"
    r"|联系电话|单位负责人|负责人签字|日期)\d{0,2}:.*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list, with its row number in the sheet and its filled cells by column."""

    row: int
    cells: dict[str, Cell]

    def cell(self, column: str) -> Cell | None:
        """The cell in a column such as "due", or None where it is empty."""
        return self.cells.get(column)

    def text(self, column: str) -> str:
        """What stands in a column, or ""."""
        return self.cells[column].text if column in self.cells else ""


def collect_lines(grid: Grid, heading_row: HeadingRow) -> tuple[list[Line], list[str]]:
    """Return the lines under the headings, and warnings about the rows that are not lines."""
    indexes = {
        heading.index: column
        for column, heading in heading_row.columns.items()
        if column not in COMPUTED
    }
    rows = sorted(row for row in grid.rows if row > heading_row.last_row)
    filled = _filled_down(grid, rows, indexes)
    lines, warnings, bare = [], [], []
    for row in rows:
        own = {indexes[at]: cell for at, cell in sorted(grid.rows[row].items()) if at in indexes}
        if not own or _repeats_headings(own):
            continue
        if _is_bare(own):
            bare.append(row)
        elif _is_remark(own):
            warnings.append(_not_a_matter(row, next(iter(own.values()))))
        else:
            lines.append(Line(row, own | filled.get(row, {})))
    if len(lines) > MAX_ROWS:
        raise BadTable(too_many_rows())
    return lines, [*warnings, *_about_bare(bare), *_about_unread(grid), *_about_hidden(grid, lines)]


def _filled_down(grid: Grid, rows: list[int], indexes: dict) -> dict[int, dict[str, Cell]]:
    """Give the rows that a merged area covers the value of its first cell, as people see it."""
    filled: dict[int, dict[str, Cell]] = {}
    covered: dict[int, int] = {}
    for area in sorted(grid.areas, key=lambda area: (area.left, area.top)):
        cell = grid.rows.get(area.top, {}).get(area.left)
        # Areas that overlap are no areas of a sheet that Excel wrote; the first one counts.
        begin = max(area.top, covered.get(area.left, 0))
        if cell is None or area.left not in indexes or not rows or area.top < rows[0]:
            continue
        for row in rows[bisect_right(rows, begin) : bisect_right(rows, area.bottom)]:
            filled.setdefault(row, {})[indexes[area.left]] = cell
        covered[area.left] = max(begin, area.bottom)
    return filled


def _repeats_headings(own: dict[str, Cell]) -> bool:
    return len(own) > 1 and all(column_of(cell.text) == column for column, cell in own.items())


def _is_bare(own: dict[str, Cell]) -> bool:
    """Tell a row that was only numbered beforehand."""
    return list(own) == ["number"] and _is_number(own["number"])


def _is_remark(own: dict[str, Cell]) -> bool:
    """Tell a total, a note, a signature line or a heading within the list from a matter."""
    first = next(iter(own.values()))
    words = normalised(first.text)
    if "number" in own and _is_number(own["number"]):
        return False
    if _TOTAL.fullmatch(words) or _NOTE.fullmatch(words):
        return True
    return list(own) == ["number"] and not first.error


def _is_number(cell: Cell) -> bool:
    try:
        return parse_number(cell.value) is not None
    except BadCell:
        return False


def _not_a_matter(row: int, cell: Cell) -> str:
    return _("Row %(row)s, “%(words)s”, is not a matter. It was not read.") % {
        "row": row,
        "words": quoted(cell.text),
    }


def _about_bare(rows: list[int]) -> Iterator[str]:
    if rows:
        yield _("Rows with a number and nothing else were not read: %(rows)s.") % {
            "rows": ranges(rows)
        }


def _about_unread(grid: Grid) -> Iterator[str]:
    if grid.far_row:
        yield _("Row %(row)s lies far below the list. It was not read.") % {"row": grid.far_row}
    if grid.wide_column:
        yield _("The sheet is too wide. From column %(column)s on nothing was read.") % {
            "column": get_column_letter(grid.wide_column)
        }


def _about_hidden(grid: Grid, lines: list[Line]) -> Iterator[str]:
    if rows := [line.row for line in lines if line.row in grid.hidden_rows]:
        yield _("Hidden rows were read too: %(rows)s. Delete them if they do not count.") % {
            "rows": ranges(rows)
        }


def ranges(rows: Iterable[int]) -> str:
    """Write row numbers shortly: 5–9, 12."""
    runs = []
    for _gap, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _at, row in run]
        runs.append(f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0]))
    return ", ".join(runs[:MAX_RANGES]) + (" …" if len(runs) > MAX_RANGES else "")
