"""Write a table as comma-separated values that Excel and WPS open as they are."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from items.exports.workbook import Sheet, writable

BOM = "\ufeff"  # Excel takes a file without it for one in the machine's own code page
RECKONED = ("=", "+", "-", "@", "\t", "\n")  # what begins with one is a formula to Excel


def separated(sheet: Sheet, above: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of a table, its headings first; what looks like a formula is quoted.

    `above` are lines that stand over the headings, where there have to be some.
    """
    first = BOM
    for text in above:
        yield first + _line([text])
        first = ""
    yield first + _line([column.heading for column in sheet.columns])
    for values in sheet.rows:
        yield _line(values)


def _line(values: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(_cell, values))
    return line.getvalue()


def _cell(value: Any) -> str:
    text = said(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(RECKONED) else text


def said(value: Any) -> str:
    """Return what a cell says: a day as 2026-06-30, a share of one as a percent."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{float(100 * value):.2f}".rstrip("0").rstrip(".") + "%"
    return writable(str(value))
