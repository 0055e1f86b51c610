"""CSV reader: detect the delimiter, and read the cells into a grid."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from .encoding import decode
from .errors import BadTable
from .grid import MAX_COLUMNS, Grid
from .headings import column_of

DELIMITERS = ",;\t|，；｜"
DELIMITER_ROWS = 30  # from the top; they decide which delimiter it is

# CSV injection: exports, ours too, put ' before text that Excel would take for a formula.
_ESCAPED_FORMULA = tuple("'" + sign for sign in "=+-@\t\r")
# A formula that only keeps Excel from making a number of text: ="001"
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_TOLD_DELIMITER = re.compile(r'"?sep=(.)"?\n')  # a first line that tells Excel


def read_csv(content: bytes) -> Grid:
    """Read the bytes of a CSV file into a grid; rows are numbered as Excel numbers them."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    if told := _TOLD_DELIMITER.match(text):
        text = text[told.end() :]
    grid = Grid()
    delimiter = told[1] if told else detect_delimiter(text)
    for row, record in enumerate(_records(text, delimiter), start=1):
        if any(record):
            _put_record(grid, row, record)
    return grid


def _put_record(grid: Grid, row: int, record: list[str]) -> None:
    for column, value in enumerate(record[: MAX_COLUMNS + 1], start=1):
        grid.put(row, column, _as_typed(value))


def _as_typed(value: str) -> str:
    """Return what stands in a cell without what keeps Excel from reading more into it."""
    if formula := _TEXT_FORMULA.fullmatch(value.strip()):
        return formula[1]
    return value[1:] if value.startswith(_ESCAPED_FORMULA) else value


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
