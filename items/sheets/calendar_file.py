"""A calendar out of a file, as the lines of text that one would paste."""

from datetime import date

from .archive import Source, is_workbook, read_source
from .encoding import decode
from .grid import Grid
from .xlsx_reader import Workbook


def calendar_text(source: Source) -> str:
    """Return the lines of a file, .xlsx or text; raise `BadTable` when it can't be read."""
    content = read_source(source)
    if not is_workbook(content):
        return decode(content)
    book = Workbook(content)
    seen = [worksheet for worksheet in book.worksheets if not worksheet.is_hidden]
    return "\n".join(_lines(book.grid(seen[0]))) if seen else ""


def _lines(grid: Grid) -> list[str]:
    """Return the rows of a sheet, the cells of each with tabs between, as copying gives them."""
    rows = (grid.rows[row] for row in sorted(grid.rows))
    return ["\t".join(_text(row[column].value) for column in sorted(row)) for row in rows]


def _text(value: object) -> str:
    return str(value) if isinstance(value, date) or value is not None else ""
