"""Sparse grid: the filled cells of one sheet, within size limits, whatever its format was."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .errors import BadTable
from .text import clean

MAX_ROWS = 10_000  # filled rows under the heading
MAX_COLUMNS = 200
MAX_EMPTY_ROWS = 1_000  # in a run; what lies further down is not part of the list
MAX_CHARACTERS = 10_000_000  # in all cells together
MAX_CELL = 32_767  # characters; what Excel itself allows

_ROOM_FOR_TITLES = 100  # rows above the list

CellValue = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its value, or why it cannot be read.

    `percent` says that a number is shown as a percent (0.984 as 98.4 %). `error` is a sentence;
    who shows it adds the address. `as_day` is what a column of days reads in place of the value:
    "2026年6月" where the cell shows no more, or a serial day counted from 1900. `is_formula` says
    that the value was worked out by the program that saved the file.
    """

    address: str
    value: CellValue
    percent: bool = False
    error: str = ""
    as_day: str = ""
    is_formula: bool = False

    @property
    def text(self) -> str:
        """The value as one would type it."""
        if self.as_day and isinstance(self.value, date):
            return self.as_day
        return "" if self.value is None else str(self.value)

    @property
    def day(self) -> CellValue:
        """The value as a column of days reads it."""
        return self.as_day or self.value


@dataclass(frozen=True, slots=True)
class MergedArea:
    """A merged area of cells; rows and columns are counted from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Grid:
    """The filled cells of one sheet by row and column, within limits that hold for every format."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged_areas: list[MergedArea] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.far_row = 0  # the first filled row that lies too far down to belong to the list
        self.wide_column = 0  # the first filled column beyond the limit
        self._characters = 0
        self._last_row = 0

    def put(
        self,
        row: int,
        column: int,
        value: CellValue,
        *,
        percent: bool = False,
        as_day: str = "",
        is_formula: bool = False,
    ) -> None:
        """Keep a value unless it is empty; refuse a sheet that is too long or too full."""
        if isinstance(value, str):
            if len(value) > MAX_CELL:
                self.put_error(row, column, too_long())
                return
            value = clean(value.replace("&nbsp;", " "))
            self._count_characters(value)
        if value not in (None, "") and self._has_room(row, column):
            cell = Cell(address(row, column), value, percent, "", as_day, is_formula)
            self._row(row)[column] = cell

    def put_error(self, row: int, column: int, error: str) -> None:
        """Keep a cell that cannot be read, with the sentence that says why."""
        if self._has_room(row, column):
            self._row(row)[column] = Cell(address(row, column), None, error=error)

    def _has_room(self, row: int, column: int) -> bool:
        if row - self._last_row > MAX_EMPTY_ROWS:
            self.far_row = self.far_row or row
            return False
        if column > MAX_COLUMNS:
            self.wide_column = self.wide_column or column
            return False
        return True

    def _row(self, row: int) -> dict[int, Cell]:
        if row < 1:
            raise ValueError(f"row {row}")
        self._last_row = max(self._last_row, row)
        if row not in self.rows and len(self.rows) >= MAX_ROWS + _ROOM_FOR_TITLES:
            raise BadTable(too_many_rows())
        return self.rows.setdefault(row, {})

    def _count_characters(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise BadTable(_("The sheet holds too much text. Delete what is not part of the list."))


def address(row: int, column: int) -> str:
    """Name a cell as Excel does: row 7, column 4 is D7."""
    return f"{get_column_letter(column)}{row}"


def too_many_rows() -> str:
    """Return the sentence that says how many rows a list may have."""
    return _("The sheet has more than %(rows)s filled rows. Bring in one list at a time.") % {
        "rows": MAX_ROWS
    }


def too_long() -> str:
    """Return the sentence that a cell holds more than a cell can."""
    return _(
        "The cell holds more than %(characters)s characters. Shorten it; in a CSV file,"
        " a quotation mark may be missing."
    ) % {"characters": MAX_CELL}
