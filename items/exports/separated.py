"""Write a table as comma-separated values that Excel and WPS open as they are."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from items.exports.workbook import Sheet, writable

BOM = "\ufeff"  # Excel takes a file without it for one in the machine's own code page
RECKONED = ("=", "+", "-", "@", "\t", "\n")  # what begins with one is a formula to Excel


def separated(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a table, its headings first; what looks like a formula is quoted."""
    yield BOM + _line([column.heading for column in sheet.columns])
    for values in sheet.rows:
        yield _line(values)


def _line(values: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(_cell, values))
    return line.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{float(100 * value):.2f}".rstrip("0").rstrip(".") + "%"
    if isinstance(value, int):
        return str(value)
    text = writable(str(value))
    return f"'{text}" if text.startswith(RECKONED) else text
