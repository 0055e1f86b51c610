"""An exported ledger that comes back: its sheets by their export number, its rows by theirs.

What differs from what was exported is kept by item and column; nothing here reads what the items
say now.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from items.exports.ledger import NUMBERED
from items.models import ItemList, LedgerExport
from items.models.ledger_export import SIGNED_WITH, SIGNS, unpacked
from items.sheets.archive import Source, is_workbook, read_source
from items.sheets.csv_reader import read_csv
from items.sheets.errors import BadTable
from items.sheets.grid import Cell, Grid
from items.sheets.progress import shown_percent
from items.sheets.text import figure_as_text, normalised, quoted
from items.sheets.three_way import same
from items.sheets.xlsx_reader import Workbook
from items.staff.ledger_table import COMPUTED

CODE = re.compile(rf"{NUMBERED}[::]?(\d{{1,18}})-([{SIGNS}]{{{SIGNED_WITH}}})(?![0-9A-Z])")
HEAD = 100  # rows in which the number is looked for
ROWS_ABOVE = 30  # filled ones in which the number and the headings stand
MOST_DIFFERENT = 1_000  # cells; each that is compared with what is there takes a moment
MOST_NAMED = 10  # numbers, or cells, that a sentence names
RECKONED = {*COMPUTED, "light", "satisfaction"}  # a formula there is as good as a value


@dataclass(frozen=True, slots=True)
class CellBack:
    """A cell that says something else than was exported: both, and where it stands in the book."""

    exported: str
    yours: str
    place: str


@dataclass
class Returned:
    """What differs in a book that came back, by the items' numbers and the columns' names."""

    export: int  # its key
    cells: dict[int, dict[str, CellBack]] = field(default_factory=dict)
    rows: int = 0  # items that the book has
    missing: int = 0  # exported items that it doesn't have
    notes: list[str] = field(default_factory=list)  # what was passed over, in sentences

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, said: bytes) -> "Returned":
        known = json.loads(said)
        cells = {
            int(number): {column: CellBack(**cell) for column, cell in row.items()}
            for number, row in known.pop("cells").items()
        }
        return cls(cells=cells, **known)


def read_returned(source: Source, item_list: ItemList) -> Returned:
    """Read a workbook or CSV that was exported from the list; raise `BadTable` if it isn't one."""
    content = read_source(source)
    numbered = [(grid, *found) for grid in _grids(content) if (found := _code(grid))]
    codes = {code for _grid, _row, code in numbered}
    if not codes:
        raise BadTable(
            _(
                "The file has no export number (导出号 …, above the headings). Export the ledger,"
                " edit that file, and leave the line with the number in it."
            )
        )
    if len(codes) > 1:
        raise BadTable(
            _("The file has sheets of different exports. Bring back each export by itself.")
        )
    export = _export(codes.pop(), item_list)
    reader = _Reader(export)
    for grid, row, _code_of_grid in numbered:
        reader.read(grid, row)
    return reader.returned()


def _grids(content: bytes) -> Iterator[Grid]:
    if not is_workbook(content):
        yield read_csv(content)
        return
    book = Workbook(content)
    for worksheet in book.worksheets:
        # The ledger by date has no number, and may have more rows than a list can have.
        if _code(book.grid(worksheet, rows=HEAD)):
            yield book.grid(worksheet)


def _code(grid: Grid) -> tuple[int, tuple[int, str]] | None:
    """Return the row of a sheet's export number, and the number with what signs it."""
    for row in sorted(grid.rows)[:ROWS_ABOVE]:
        for cell in grid.rows[row].values():
            if found := CODE.search(normalised(cell.text)):
                return row, (int(found[1]), found[2])
    return None


def _export(code: tuple[int, str], item_list: ItemList) -> LedgerExport:
    """Return the export that a book was; raise `BadTable` when it wasn't one of this list."""
    number, signature = code
    export = LedgerExport.objects.filter(pk=number, list=item_list).first()
    if export is None or not export.is_signed(signature):
        raise BadTable(
            _(
                "This is not an export of “%s”: another list’s, another site’s, or one from before"
                " this site was restored from a backup. Export this list and edit that file."
            )
            % item_list
        )
    return refuse_unless_kept(export)


def refuse_unless_kept(export: LedgerExport | None) -> LedgerExport:
    """Return an export; raise `BadTable` when what it said isn't kept any more."""
    if export is None or not export.base:
        raise BadTable(
            _(
                "What this file said as it was exported is no longer kept: it is too old, or words"
                " in its list were erased since. Export again, and edit that file."
            )
        )
    return export


class _Reader:
    """Reads the sheets of a book, one after the other, and compares them with what went out."""

    def __init__(self, export: LedgerExport) -> None:
        self.export = export
        self.columns = [name for name, _heading in export.columns]
        self.headings = dict(export.columns)
        self.base = dict(unpacked(bytes(export.base)))
        self.back = Returned(export.pk)
        self.seen: set[int] = set()
        self.foreign: list[str] = []  # numbers that weren't exported
        self.twice: list[str] = []
        self.formulas: list[str] = []
        self.unreadable: list[str] = []
        self.strays: list[str] = []  # rows without a number

    def read(self, grid: Grid, row_of_code: int) -> None:
        """Read one sheet, under the line with its export number."""
        head, columns = self._head(grid, row_of_code)
        at_number = next(at for at, name in columns.items() if name == "number")
        for row in sorted(row for row in grid.rows if row > head):
            cells = {name: grid.rows[row].get(at) for at, name in columns.items()}
            if grid.rows[row] and any(cells.values()):
                self._take(grid, row, cells, grid.rows[row].get(at_number))

    def returned(self) -> Returned:
        """Return what came back; raise `BadTable` with everything for which it is refused."""
        sentences = [
            (_("These cells hold formulas: %s. Put their values in their place."), self.formulas),
            (_("These numbers weren’t exported: %s. Add new items at the desk."), self.foreign),
            (
                _("The same number says different things on two rows: %s. Leave one of them."),
                self.twice,
            ),
        ]
        refused = [words % _some(named) for words, named in sentences if named]
        if refused or self.unreadable:
            raise BadTable(*refused, *self.unreadable[:MOST_NAMED])
        if (count := sum(map(len, self.back.cells.values()))) > MOST_DIFFERENT:
            raise BadTable(
                _(
                    "%(n)s cells differ from what was exported; at most %(most)s are compared at"
                    " once. Was a column sorted by itself? Undo that, or bring it back in parts."
                )
                % {"n": count, "most": MOST_DIFFERENT}
            )
        if self.strays:
            self.back.notes.append(
                _("These rows have no number and weren’t read: %s. Add new items at the desk.")
                % _some(self.strays)
            )
        self.back.rows, self.back.missing = len(self.seen), len(self.base) - len(self.seen)
        return self.back

    def _head(self, grid: Grid, row_of_code: int) -> tuple[int, dict[int, str]]:
        """Return the row of the headings, and the columns' names by their places."""
        known = {normalised(heading) for heading in self.headings.values()}
        rows = [row for row in sorted(grid.rows) if row > row_of_code][:ROWS_ABOVE]
        found = {
            row: sum(normalised(cell.text) in known for cell in grid.rows[row].values())
            for row in rows
        }
        head = max(found, key=found.__getitem__, default=0)
        columns = self._named(grid, head) if found.get(head) else {}
        if "number" not in columns.values():
            raise BadTable(
                _(
                    "The sheet “%(sheet)s” has no column “%(heading)s”, by which its rows are told."
                    " Leave it as it was exported."
                )
                % {"sheet": grid.name or "CSV", "heading": self.headings["number"]}
            )
        return head, columns

    def _named(self, grid: Grid, row: int) -> dict[int, str]:
        """Return the columns that the headings of a row name; of several alike each in its order.

        Raise `BadTable` when it can't be told which of several that were exported is left.
        """
        exported: dict[str, list[str]] = defaultdict(list)
        for name, heading in self.headings.items():
            exported[normalised(heading)].append(name)
        there: dict[str, list[int]] = defaultdict(list)
        for at, cell in sorted(grid.rows[row].items()):
            there[normalised(cell.text)].append(at)
        names: dict[int, str] = {}
        for heading, known in exported.items():
            places = there.get(heading, [])
            if places and len(known) != len(places):
                raise BadTable(
                    _("“%(heading)s” stands over %(n)s columns. Leave each as it was exported.")
                    % {"heading": self.headings[known[0]], "n": len(places)}
                )
            names |= dict(zip(places, known, strict=False))
        return names

    def _take(
        self, grid: Grid, row: int, cells: dict[str, Cell | None], numbered: Cell | None
    ) -> None:
        words = normalised(words_of(numbered))
        if normalised(self.headings["number"]) == words:
            return  # the head of another printed page
        place = _("row %s") % row if not grid.name else f"{grid.name} · {_('row %s') % row}"
        if numbered and (numbered.is_formula or numbered.error):
            self._refuse(numbered, place, "number")
            return
        if not words.isdecimal():
            said = next((words_of(cell) for cell in cells.values() if cell), "")
            self.strays.append(f"{place} {quoted(said)}")
            return
        number = int(words)
        if number not in self.base:
            self.foreign.append(words)
            return
        self.seen.add(number)
        base = dict(zip(self.columns, self.base[number], strict=True))
        for name, cell in cells.items():
            if name != "number":
                self._compare(number, name, base[name], cell, place)

    def _refuse(self, cell: Cell, place: str, column: str) -> None:
        where = f"{place}, {self.headings[column]} ({cell.address})"
        if cell.error:
            self.unreadable.append(f"{where}: {cell.error}")
        else:
            self.formulas.append(where)

    def _compare(
        self, number: int, column: str, exported: str, cell: Cell | None, place: str
    ) -> None:
        """Keep a cell that says something else than was exported."""
        if cell and column not in RECKONED and (cell.is_formula or cell.error):
            self._refuse(cell, place, column)
            return
        yours = words_of(cell)
        if same(column, exported, yours):
            return
        row = self.back.cells.setdefault(number, {})
        before = row.setdefault(column, CellBack(exported, yours, place))
        if not same(column, before.yours, yours) and str(number) not in self.twice:
            self.twice.append(str(number))


def words_of(cell: Cell | None) -> str:
    """Return what a cell shows: a day as 2026-06-30, a share of one with its percent sign."""
    if cell is None or cell.value is None:
        return ""
    if cell.percent and isinstance(cell.value, int | float):
        return shown_percent(cell.value)
    return figure_as_text(cell.value)


def _some(named: list[str]) -> str:
    more = " …" if len(named) > MOST_NAMED else ""
    return "; ".join(named[:MOST_NAMED]) + more
