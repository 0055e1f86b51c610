"""CSV reader: detect the encoding and the delimiter, and read the cells into a grid."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from .errors import BadTable
from .grid import MAX_COLUMNS, Grid
from .headings import column_of

DELIMITERS = ",;\t"
DELIMITER_ROWS = 30  # from the top; they decide which delimiter it is

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# CSV injection: exports, ours too, put ' before text that Excel would take for a formula.
_ESCAPED_FORMULA = tuple("'" + sign for sign in "=+-@\t\r")


def read_csv(content: bytes) -> Grid:
    """Read the bytes of a CSV file into a grid; rows are numbered as Excel numbers them."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    grid = Grid()
    for row, record in enumerate(_records(text, detect_delimiter(text)), start=1):
        if any(record):
            _put_record(grid, row, record)
    return grid


def _put_record(grid: Grid, row: int, record: list[str]) -> None:
    for column, value in enumerate(record[: MAX_COLUMNS + 1], start=1):
        grid.put(row, column, _typed(value))


def _typed(value: str) -> str:
    """Return what was typed: without ' before a formula, and 001 where ="001" keeps it text."""
    if value.startswith('="') and value.endswith('"') and len(value) > 3:
        return value[2:-1].replace('""', '"')
    return value[1:] if value.startswith(_ESCAPED_FORMULA) else value


def decode(content: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8, else as GB18030 (which includes GBK)."""
    encodings = [name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    for encoding in encodings or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadTable(
        _("This is not a table, or not in UTF-8 or GBK. Save it as .xlsx and bring that in.")
    )


def detect_delimiter(text: str) -> str:
    """Return the delimiter that gives the most known headings; a comma when none gives any."""
    return max(DELIMITERS, key=lambda delimiter: _known_headings(text, delimiter))


def _known_headings(text: str, delimiter: str) -> int:
    counts = (
        sum(column_of(value) is not None for value in record)
        for record in islice(_records(text, delimiter), DELIMITER_ROWS)
    )
    return max(counts, default=0)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        raise BadTable(
            _("Line %(line)s cannot be read. A quotation mark may be missing before it.")
            % {"line": reader.line_num}
        ) from None
