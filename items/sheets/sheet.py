"""Read one sheet of a workbook into a grid.

openpyxl knows what number formats and serial days mean, and is asked for that. Its own readers are
not used: one keeps every element of a sheet in memory, the other, which streams, knows neither
merged cells nor hidden rows nor formulas without a result, and neither has limits.
"""

import math
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601

from .archive import damaged
from .errors import BadTable
from .grid import Area, Grid
from .parts import Attributes, Text

MAX_AREAS = 20_000


class Sheet(Text):
    """Put the cells of one sheet into `grid`, with its merged areas and what is hidden.

    `strings` are the shared texts, `kinds` the cell styles' kinds, `epoch` the day that serial
    days are counted from.
    """

    max_elements = 5_000_000

    def __init__(self, grid: Grid, strings: list[str], kinds: list[str], epoch: datetime):
        super().__init__()
        self.grid = grid
        self._strings, self._kinds, self._epoch = strings, kinds, epoch
        self._row = self._column = 0
        self._row_is_hidden = self._is_formula = False
        self._cell: Attributes = {}
        self.starts |= {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_text,
            "f": self._start_formula,
            "mergeCell": self._add_area,
        }
        self.ends |= {"v": self._end_text, "c": self._end_cell}

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r") or self._row + 1)
        self._column = 0
        self._row_is_hidden = _is_true(attributes.get("hidden"))

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._column += 1
        self._is_formula = False
        self._pieces = []

    def _start_formula(self, _attributes: Attributes) -> None:
        self._is_formula = True

    def _end_cell(self) -> None:
        if letters := self._cell.get("r", "").rstrip("0123456789"):
            self._column = column_index_from_string(letters)
        if self._pieces or (self._is_formula and self._type == "n"):
            self._put(self.take_text())

    def _put(self, raw: str) -> None:
        if error := self._why_unreadable(raw):
            self.grid.put_error(self._row, self._column, error)
        else:
            is_percent = self._kind == "percent"
            self.grid.put(self._row, self._column, self._value(raw), percent=is_percent)
        if self._row_is_hidden:
            self.grid.hidden_rows.add(self._row)

    @property
    def _type(self) -> str:
        return self._cell.get("t", "n")

    @property
    def _kind(self) -> str:
        style = int(self._cell.get("s", 0))
        return self._kinds[style] if style < len(self._kinds) else ""

    def _why_unreadable(self, raw: str) -> str:
        if self._type == "e":
            return _("The cell shows %(value)s. Repair the formula, or type the value.") % {
                "value": raw[:20]
            }
        if raw == "":
            return _("This is a formula without a result. Save the file once in Excel or WPS.")
        return ""

    def _value(self, raw: str) -> str | int | float | bool | date:
        if self._type == "n":
            return self._number(raw)
        if self._type == "s":
            return self._strings[int(raw)]
        if self._type == "b":
            return _is_true(raw)
        return _day(from_ISO8601(raw)) if self._type == "d" else raw

    def _number(self, raw: str) -> str | int | float | date:
        number = float(raw)
        if not math.isfinite(number):
            return raw
        if self._kind == "date" and number >= 1:
            try:
                return _day(from_excel(number, self._epoch))
            except (OverflowError, ValueError):
                return raw
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _add_area(self, attributes: Attributes) -> None:
        if len(self.grid.areas) >= MAX_AREAS:
            raise BadTable(damaged())
        left, top, right, bottom = map(int, range_boundaries(attributes["ref"]))
        self.grid.areas.append(Area(top, left, bottom, right))


def _is_true(attribute: str | None) -> bool:
    return attribute in ("1", "true")


def _day(value: object) -> date | str:
    """Keep the day of a date and time; a time alone or a duration stays as text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
