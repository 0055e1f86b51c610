"""Write tables into a workbook, row by row, whatever their length. Knows no database.

No cell is ever a formula, a link or a number that was text: what looks like one stays text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MOST_LETTERS = 32_767  # in a cell; Excel repairs a file that has more
MOST_OF_A_NAME = 31  # letters in a worksheet's name
CHECKED = 2_000  # rows whose cells are checked as they are filled in
CUT = "……（太长，全文见系统）"
# Of a column, in letters of half width; all of a ledger's together stay legible on A3.
WIDTHS = {"number": 5, "day": 10, "percent": 8, "choice": 8, "line": 10, "title": 16, "long": 22}
LINE_HEIGHT, MOST_HEIGHT = 12.5, 409.0  # points; no row of Excel is higher
A3, LANDSCAPE_MARGIN = 8, 0.4  # the paper's number in a workbook; inches
_UNNAMED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, and how its cells are shown, one of WIDTHS."""

    heading: str
    kind: str


@dataclass(frozen=True, slots=True)
class Check:
    """What a column is filled in with. Whoever writes something else is asked, never refused."""

    kind: str  # "list" out of `source`, "day" or "count"
    source: str = ""  # the cells with the choices, such as ='选项'!$A$2:$A$9
    says: str = ""  # when something else was written


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: lines above the table, the columns, and rows with a value for each column."""

    name: str
    above: Sequence[str]
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Any]]
    ruled: bool = True  # lines around every cell, blank ones too
    hints: int = 0  # so many first rows say how to fill in the others, in grey
    checks: Mapping[int, Check] = field(default_factory=dict)  # by the column's place


def write_workbook(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write the sheets, one after the other; of each one row at a time is in memory."""
    options = {"constant_memory": True, "in_memory": False, "default_date_format": "yyyy/m/d"}
    with xlsxwriter.Workbook(file, options) as book:
        formats = _formats(book)
        names: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_free_name(sheet.name, names)), sheet, formats)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    font = {"font_name": "宋体", "font_size": 9, "valign": "vcenter"}
    cell = font | {"border": 1, "text_wrap": True}
    return {
        "title": book.add_format(font | {"font_size": 16, "bold": True, "align": "center"}),
        "above": book.add_format(font),
        "heading": book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#EDEDED"}),
        "text": book.add_format(cell | {"num_format": "@"}),
        "number": book.add_format(cell | {"num_format": "0", "align": "center"}),
        "day": book.add_format(cell | {"num_format": "yyyy/m/d", "align": "center"}),
        "percent": book.add_format(cell | {"num_format": "0.##%", "align": "center"}),
        "hint": book.add_format(cell | {"font_color": "#595959", "valign": "top"}),
    }


def _write_sheet(to: Worksheet, sheet: Sheet, formats: dict[str, Any]) -> None:
    last = len(sheet.columns) - 1
    for number, column in enumerate(sheet.columns):
        to.set_column(number, number, WIDTHS[column.kind])
    for row, text in enumerate(sheet.above):
        shown = formats["title" if row == 0 else "above"]
        if row == 0:
            to.set_row(row, 28)
        _write_across(to, row, last, writable(text), shown)
    head = len(sheet.above)
    to.set_row(head, 2 * LINE_HEIGHT)
    for number, column in enumerate(sheet.columns):
        to.write_string(head, number, writable(column.heading), formats["heading"])
    row = head
    figures = ("number", "day", "percent")
    kinds = [formats[c.kind if c.kind in figures else "text"] for c in sheet.columns]
    for row, values in enumerate(sheet.rows, start=head + 1):
        to.set_row(row, _height(values, sheet.columns))
        is_hint = row <= head + sheet.hints
        for number, value in enumerate(values):
            if is_hint:
                to.write_string(row, number, writable(str(value)), formats["hint"])
            elif sheet.ruled or value not in (None, ""):
                _write_cell(to, row, number, value, formats, blank=kinds[number])
    for number, check in sheet.checks.items():
        first = head + sheet.hints + 1
        to.data_validation(first, number, first + CHECKED, number, _validation(check))
    to.freeze_panes(head + 1, min(2, last))
    to.autofilter(head, 0, max(row, head), last)
    to.set_landscape()
    to.set_paper(A3)
    to.set_margins(*[LANDSCAPE_MARGIN] * 4)
    to.fit_to_pages(1, 0)
    to.repeat_rows(0, head)
    to.set_footer("&C&P / &N")


def _validation(check: Check) -> dict[str, Any]:
    """Return a check as the workbook has it: something else is taken after a yes."""
    asks: dict[str, Any] = {"error_type": "information", "ignore_blank": True}
    asks |= {"error_title": "请看一下", "error_message": check.says}
    if check.kind == "list":
        return asks | {"validate": "list", "source": check.source, "show_error": bool(check.says)}
    if check.kind == "day":
        days = {"minimum": date(2000, 1, 1), "maximum": date(2100, 12, 31)}
        return asks | {"validate": "date", "criteria": "between"} | days
    return asks | {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 99999}


def _height(values: Sequence[Any], columns: Sequence[SheetColumn]) -> float:
    """Return how high a row is whose texts are wrapped: programs don't all work it out."""
    lines = 1
    for value, column in zip(values, columns, strict=True):
        if isinstance(value, str):
            width = WIDTHS[column.kind]
            needed = sum(-(-_half_widths(line) // width) or 1 for line in value.split("\n"))
            lines = max(lines, needed)
    return min(lines * LINE_HEIGHT + 4, MOST_HEIGHT)


def _half_widths(text: str) -> int:
    """Return how many letters of half width a text takes; a Chinese one takes two."""
    return len(text.encode("gbk", errors="replace"))


def _write_across(to: Worksheet, row: int, last: int, text: str, shown: Any) -> None:
    if last:
        to.merge_range(row, 0, row, last, "", shown)
    to.write_string(row, 0, text, shown)


def _write_cell(
    to: Worksheet, row: int, column: int, value: Any, formats: dict[str, Any], *, blank: Any
) -> None:
    if value is None or value == "":
        to.write_blank(row, column, None, blank)
    elif isinstance(value, date):
        day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        to.write_datetime(row, column, day.replace(tzinfo=None), formats["day"])
    elif isinstance(value, Fraction):
        to.write_number(row, column, float(value), formats["percent"])
    elif isinstance(value, int):
        to.write_number(row, column, value, formats["number"])
    else:
        to.write_string(row, column, writable(str(value)), formats["text"])


def writable(text: str) -> str:
    """Return a text as a cell can hold it: without signs that no file may have, and not too long.

    Excel counts letters beyond the first 65,536 of Unicode twice.
    """
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) <= 2 * MOST_LETTERS:
        return text
    room = 2 * (MOST_LETTERS - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT


def _free_name(name: str, taken: set[str]) -> str:
    """Return a worksheet's name that Excel takes, and that no other sheet of the book has."""
    bare = _UNNAMED.sub(" ", name).strip("' ")[:MOST_OF_A_NAME].strip() or "Sheet"
    free, number = bare, 2
    while free.casefold() in taken:
        tail = f" {number}"
        free, number = bare[: MOST_OF_A_NAME - len(tail)] + tail, number + 1
    taken.add(free.casefold())
    return free
