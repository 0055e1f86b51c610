"""Read a list from a file: which sheet, which headings, which lines."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .archive import Source, is_workbook, read_source
from .csv_reader import read_csv
from .errors import BadTable
from .grid import Cell, Grid
from .headings import COMPUTED, HeadingRow, find_heading_row
from .lines import Line, collect_lines
from .xlsx_reader import Workbook, Worksheet

__all__ = ["Cell", "Line", "Table", "read_table"]


@dataclass
class Table:
    """A list as its file has it.

    `columns` gives for each column, such as "due", its letter in the sheet and its heading.
    """

    name: str
    sheet: str
    title_rows: list[str]
    heading_row: int
    columns: dict[str, tuple[str, str]]
    lines: list[Line]
    warnings: list[str] = field(default_factory=list)


def read_table(source: Source, name: str = "", sheet: str | None = None) -> Table:
    """Read a list from a path, bytes or an open file, .xlsx or CSV; raise BadTable if it is none.

    The content decides what the file is, not its name. `sheet` chooses a sheet of a workbook; else
    it is the first visible one with known headings. Nothing is read beyond the limits in `archive`
    and `grid`.
    """
    content = read_source(source)
    if is_workbook(content):
        book = Workbook(content)
        grid, heading_row = _choose(book, sheet)
        warnings = [*book.warnings(), *_about_sheets(book, grid.name)]
    else:
        grid, warnings = read_csv(content), []
        heading_row = find_heading_row(grid)
    return _table(name, grid, heading_row, warnings)


def _choose(book: Workbook, sheet: str | None) -> tuple[Grid, HeadingRow]:
    if sheet:
        places = [place for place in book.worksheets if place.name.strip() == sheet.strip()]
    else:
        places = [place for place in book.worksheets if not place.is_hidden]
    if not places:
        raise BadTable(_no_such_sheet(book.worksheets, sheet))
    return _first_with_headings(book, places)


def _first_with_headings(book: Workbook, places: list[Worksheet]) -> tuple[Grid, HeadingRow]:
    """Return the first sheet with a heading row; else say what is wrong with the first sheet."""
    complaints: list[BadTable] = []
    for place in places:
        grid = book.grid(place)
        try:
            return grid, find_heading_row(grid)
        except BadTable as complaint:
            complaints.append(complaint)
    raise complaints[0]


def _no_such_sheet(sheets: list[Worksheet], sheet: str | None) -> str:
    names = "、".join(place.name for place in sheets[:20])
    if sheet:
        return _("There is no sheet “%(sheet)s”. The workbook has: %(names)s.") % {
            "sheet": sheet,
            "names": names,
        }
    return _("No sheet can be seen (hidden: %(names)s). Unhide the list in Excel or WPS.") % {
        "names": names
    }


def _about_sheets(book: Workbook, chosen: str) -> list[str]:
    others = [place.name for place in book.worksheets if place.name != chosen]
    if not others:
        return []
    return [
        _("The sheet “%(sheet)s” was read. Not read: %(others)s.")
        % {"sheet": chosen, "others": "、".join(others[:20])}
    ]


def _table(name: str, grid: Grid, heading_row: HeadingRow, warnings: list[str]) -> Table:
    lines, about_lines = collect_lines(grid, heading_row)
    if not lines:
        raise BadTable(_("There are headings but no rows under them. Fill in the list first."))
    return Table(
        name=name,
        sheet=grid.name,
        title_rows=_titles_above(grid, heading_row.first_row),
        heading_row=heading_row.last_row,
        columns={
            column: (heading.letter, heading.words)
            for column, heading in heading_row.columns.items()
            if column not in COMPUTED
        },
        lines=lines,
        warnings=[*warnings, *heading_row.warnings, *about_lines],
    )


def _titles_above(grid: Grid, row: int) -> list[str]:
    above = [cells for number, cells in sorted(grid.rows.items()) if number < row]
    return [" ".join(cell.text for _at, cell in sorted(cells.items())) for cells in above]
