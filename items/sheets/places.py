"""Places: the cell of a sheet that says what a column of an item, or a row under it, holds."""

from collections.abc import Mapping

from items.columns import STORED

from .sheet_item import ParsedLine, SheetItem
from .table import Line

Columns = tuple[str, ...]  # by their names in sheets, the likeliest first

UNITS: Columns = ("units", "lead_unit", "support_units", "part_unit")
DUE: Columns = ("due", "first_due")
# Where a column of the item is said, if not in the column of its own name
_ELSEWHERE: dict[str, Columns] = {
    "due": DUE,
    "due_words": DUE,
    "start_by": ("start_by", *DUE),
    "done_count": ("percent",),
    "target_count": ("percent",),
    "count_unit": ("percent",),
}
_OWN: dict[str, Columns] = {
    name: (f"{column.in_sheets}{name.removeprefix(column.name)}",)
    for column in STORED
    for name in column.names
}
_OF_PARTS: dict[str, Columns] = {"title": ("part", "title"), "unit": UNITS}
_OF_LINES: dict[str, Columns] = {"shares": UNITS}


def places_of(lines: str, column: str) -> Columns:
    """Return the sheet's columns that say a column of the item, or of lines under it."""
    if lines == "parts":
        return _OF_PARTS.get(column) or _ELSEWHERE.get(column) or (column,)
    if lines == "brought_in":
        return (column,)
    if lines:
        return _OF_LINES.get(lines, (lines,))
    return _ELSEWHERE.get(column) or _OWN.get(column, ())


def cell_of(
    sheet_item: SheetItem,
    columns: Columns,
    lines: Mapping[int, Line],
    only: ParsedLine | None = None,
) -> tuple[int, str]:
    """Return the row and address of the item's first cell in these columns; "" without one."""
    parsed = [only] if only else sheet_item.lines
    for column in columns:
        for line in parsed:
            if cell := lines[line.row].cell(column):
                return line.row, cell.address
    return parsed[0].row, ""
