"""xlsx reader: open a workbook, list its worksheets and read one into a grid.

openpyxl knows what number formats and serial days mean, and is asked for that. Its own readers are
not used: one keeps every element of a sheet in memory, the other, which streams, knows neither
merged cells nor hidden rows nor formulas without a result, and neither has limits.
"""

import math
import posixpath
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from .archive import damaged, open_archive
from .errors import BadTable
from .grid import MAX_COLUMNS, Grid, MergedArea
from .xlsx_xml import Attributes, ElementCollector, SharedStrings, Styles, TextReader

MAX_MERGED_AREAS = 20_000

# What is shown of a date, by the kind of its style; "" where the day is
SHOWN_DATES = {"date": "", "month": "{0.year}年{0.month}月", "year": "{0.year}年"}
DAYS_FROM_1900_TO_1904 = (MAC_EPOCH - WINDOWS_EPOCH).days
_BARE_SERIAL = re.compile(r"\d{5}(?:\.\d{1,20})?")
SERIALS_OF_1904 = range(10_000, 100_000 - DAYS_FROM_1900_TO_1904)  # five digits either way

_DAMAGE = (
    BadZipFile,
    zlib.error,
    ExpatError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    OverflowError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part's pointer to another: its id, its kind such as "worksheet", the path in the zip."""

    id: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet before it is read: its name, its part in the zip, whether people see it."""

    name: str
    path: str
    is_hidden: bool


class Workbook:
    """A workbook from the bytes of its file; a worksheet is read when `grid` asks for it."""

    def __init__(self, content: bytes):
        self._zip = open_archive(content)
        with _damage_refused():
            self._read_directory()

    def _read_directory(self) -> None:
        """Read the workbook part: its worksheets, and the epoch of its serial days."""
        path = {pointer.kind: pointer.path for pointer in self._relationships_of("")}[
            "officeDocument"
        ]
        self._relationships = {pointer.id: pointer for pointer in self._relationships_of(path)}
        elements = (
            ElementCollector("sheet", "workbookPr", "workbookView")
            .read(self._zip.open(path))
            .collected
        )
        is_mac = any(
            properties.get("date1904") in ("1", "true") for properties in elements["workbookPr"]
        )
        self._epoch = MAC_EPOCH if is_mac else WINDOWS_EPOCH
        self.worksheets: list[Worksheet] = []
        for sheet in elements["sheet"]:
            part = self._relationships[sheet["id"]]
            if part.kind == "worksheet":
                is_hidden = sheet.get("state", "visible") != "visible"
                self.worksheets.append(Worksheet(sheet["name"], part.path, is_hidden))
        views = elements["workbookView"] or [{}]
        tabs = [sheet["name"] for sheet in elements["sheet"]]
        active = views[0].get("activeTab", "0")
        # The name of the sheet that was in front when the file was saved; "" where it isn't said
        self.open_sheet = (
            tabs[int(active)] if active.isdecimal() and int(active) < len(tabs) else ""
        )

    def grid(self, worksheet: Worksheet, rows: int | None = None) -> Grid:
        """Read the cells of one worksheet, or of its first rows alone."""
        grid = Grid(worksheet.name)
        with _damage_refused(), suppress(_Enough):
            reader = SheetReader(grid, self._shared_strings, self._style_kinds, self._epoch)
            reader.last_row = rows
            reader.read(self._zip.open(worksheet.path))
        return grid

    def warnings(self) -> list[str]:
        """Return sentences about what the workbook holds that is not read."""
        kinds = {part.kind for part in self._relationships.values()}
        warnings = []
        if "vbaProject" in kinds:
            warnings.append(_("The workbook has macros. They were not run; only values were read."))
        if "externalLink" in kinds:
            warnings.append(
                _("The workbook refers to other files. The values saved in it were read.")
            )
        return warnings

    @cached_property
    def _shared_strings(self) -> list[str]:
        path = self._path_of("sharedStrings")
        return SharedStrings().read(self._zip.open(path)).strings if path in self._zip else []

    @cached_property
    def _style_kinds(self) -> list[str]:
        path = self._path_of("styles")
        return Styles().read(self._zip.open(path)).kinds if path in self._zip else []

    def _path_of(self, kind: str) -> str:
        return next((part.path for part in self._relationships.values() if part.kind == kind), "")

    def _relationships_of(self, path: str) -> list[Relationship]:
        """Return a part's pointers to others; the path "" stands for the workbook's zip itself."""
        folder, name = posixpath.split(path)
        rels = self._zip.open(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [
            Relationship(
                element["Id"],
                posixpath.basename(element["Type"]),
                _join(folder, element["Target"]),
            )
            for element in ElementCollector("Relationship").read(rels).collected["Relationship"]
        ]


def _join(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


@contextmanager
def _damage_refused() -> Iterator[None]:
    """Raise BadTable for what a broken or hostile part raises; nothing else is caught."""
    try:
        yield
    except _DAMAGE:
        raise BadTable(damaged()) from None


class _Enough(Exception):
    """All rows are read that were asked for."""


class SheetReader(TextReader):
    """Read the cells of one worksheet into `grid`, with merged areas, hidden rows and columns.

    `strings` are the shared strings, `style_kinds` what each cell style makes of a number, `epoch`
    the day from which serial days are counted.
    """

    max_elements = 5_000_000
    last_row: int | None = None  # None: all are read

    def __init__(self, grid: Grid, strings: list[str], style_kinds: list[str], epoch: datetime):
        super().__init__()
        self.grid = grid
        self._strings, self._style_kinds, self._epoch = strings, style_kinds, epoch
        self._row = self._column = 0
        self._row_is_hidden = self._is_formula = False
        self._cell: Attributes = {}
        self.starts |= {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_text,
            "f": self._start_formula,
            "mergeCell": self._add_merged_area,
            "col": self._add_hidden_columns,
        }
        self.ends |= {"v": self._end_text, "c": self._end_cell}

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r") or self._row + 1)
        if self.last_row and self._row > self.last_row:
            raise _Enough
        self._column = 0
        is_flat = _is_zero(attributes.get("ht"))
        self._row_is_hidden = is_flat or _is_true(attributes.get("hidden"))

    def _add_hidden_columns(self, attributes: Attributes) -> None:
        if _is_true(attributes.get("hidden")) or _is_zero(attributes.get("width")):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.grid.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

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
            value, is_percent = self._value(raw), self._kind == "percent"
            day = self._as_day(value)
            self.grid.put(
                self._row,
                self._column,
                value,
                percent=is_percent,
                as_day=day,
                is_formula=self._is_formula,
            )
        if self._row_is_hidden:
            self.grid.hidden_rows.add(self._row)

    @property
    def _type(self) -> str:
        return self._cell.get("t", "n")

    @property
    def _kind(self) -> str:
        style = int(self._cell.get("s", 0))
        return self._style_kinds[style] if style < len(self._style_kinds) else ""

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
        if self._kind in SHOWN_DATES and number >= 1:
            try:
                return _day(from_excel(number, self._epoch))
            except (OverflowError, ValueError):
                return raw
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _as_day(self, value: str | float | date) -> str:
        """Return what a column of days reads in place of a value; "" where it reads the value.

        A format without a day shows the month alone, whose 1st is only how Excel stores it. A bare
        number may be a day of the workbook's own count.
        """
        if isinstance(value, date):
            return SHOWN_DATES.get(self._kind, "").format(value)
        if self._epoch == MAC_EPOCH and _BARE_SERIAL.fullmatch(str(value)):
            serial = int(float(value))
            return str(serial + DAYS_FROM_1900_TO_1904) if serial in SERIALS_OF_1904 else ""
        return ""

    def _add_merged_area(self, attributes: Attributes) -> None:
        if len(self.grid.merged_areas) >= MAX_MERGED_AREAS:
            raise BadTable(damaged())
        left, top, right, bottom = map(int, range_boundaries(attributes["ref"]))
        self.grid.merged_areas.append(MergedArea(top, left, bottom, right))


def _is_true(attribute: str | None) -> bool:
    return attribute in ("1", "true")


def _is_zero(attribute: str | None) -> bool:
    return attribute is not None and float(attribute) == 0


def _day(value: object) -> date | str:
    """Keep the day of a date and time; a time alone or a duration stays as text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
