"""Corrections: what whoever looks at a preview writes in the place of the sheet's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .grid import Cell
from .table import Line, Table


@dataclass(frozen=True)
class Corrections:
    """What was decided in the preview; the file itself stays as it was sent.

    `cells` gives by address ("H7") what is read in the place of the cell's words, "" for nothing;
    `columns` gives the column of headings, as they are compared, "" for none; `leaders` names the
    new posts that are leaders', None while nobody chose.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    leaders: tuple[str, ...] | None = None


def corrected(table: Table, corrections: Corrections) -> list[Line]:
    """Return the table's lines as they are read with the corrections."""
    if not corrections.cells:
        return table.lines
    return [_corrected(line, table, corrections.cells) for line in table.lines]


def _corrected(line: Line, table: Table, said: Mapping[str, str]) -> Line:
    cells = dict(line.cells)
    for column, (letter, _heading) in table.columns.items():
        cell = line.cell(column)
        address = cell.address if cell else f"{letter}{line.row}"
        if address not in said:
            continue
        if words := said[address]:
            cells[column] = Cell(address, words)
        else:
            cells.pop(column, None)
    return replace(line, cells=cells)
