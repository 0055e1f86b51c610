"""Streaming XML parser for the parts of an xlsx workbook, safe from entity expansion.

A part is streamed through expat, so that memory stays small whatever it holds.
"""

import re
from collections.abc import Callable
from typing import IO, Self
from xml.parsers.expat import ParserCreate

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.escape import unescape

from .errors import BadTable

# Built-in formats of Chinese Excel ("yyyy年m月d日"), which no file spells out and openpyxl lacks.
CHINESE_DATE_FORMATS = {*range(27, 37), *range(50, 59)}
MAX_FORMAT_CODE = 255  # characters, as in Excel; openpyxl's patterns over it aren't linear
CHINESE_MONTH_FORMATS = {27, 36, 50, 52, 57}  # "yyyy年m月"

# What a number format holds besides its signs: "quoted", \escaped, [in brackets], _ and * with one
_NOT_SIGNS = re.compile(r"\"[^\"]*\"|\\.|\[[^\[\]]*\]|[_*].")

# An element cut by a chunk's end is read again from its start, so small chunks of a huge element
# would cost the square of its length (expat before 2.6).
CHUNK = 4 * 1024 * 1024

Attributes = dict[str, str]


class PartReader:
    """Read one XML part: `starts` and `ends` hold the handlers by element name.

    It is expat itself, with the one rule that makes it safe: no document type, hence no entities.
    A million empty rows take two seconds this way, and six or more by way of SAX or openpyxl.
    """

    max_elements = 1_000_000

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._elements = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {}
        self._ends: dict[str, Callable[[], None]] = {}

    def read(self, part: IO[bytes]) -> Self:
        """Stream the part through the handlers, and close it."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.characters
        with part:
            while chunk := part.read(CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)
        return self

    def characters(self, text: str) -> None:
        """Take the text of an element; a long one comes in pieces."""

    def _start(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        if self._elements > self.max_elements:
            raise BadTable(
                _("The sheet is too large. Delete its empty rows and columns and save it again.")
            )
        if self._elements == 1:
            self._learn_prefix(name)
        if handler := self._starts.get(name):
            handler(attributes)

    def _end(self, name: str) -> None:
        if handler := self._ends.get(name):
            handler()

    def _learn_prefix(self, root: str) -> None:
        """Some programs write <x:row> for <row>: the root's prefix is that of all we handle."""
        prefix = root[: root.rfind(":") + 1]
        self._starts = {prefix + name: handler for name, handler in self.starts.items()}
        self._ends = {prefix + name: handler for name, handler in self.ends.items()}


def _refuse_doctype(*_declaration: object) -> None:
    raise BadTable(
        _(
            "The workbook was not made by Excel or WPS and may be harmful."
            " Copy the list into a new workbook."
        )
    )


class ElementCollector(PartReader):
    """Collect the attributes of some elements, by their names without a prefix, in `collected`."""

    max_elements = 20_000

    def __init__(self, *names: str):
        super().__init__()
        self.collected: dict[str, list[Attributes]] = {name: [] for name in names}
        self.starts = {name: self._append_to(rows) for name, rows in self.collected.items()}

    def _append_to(self, rows: list[Attributes]) -> Callable[[Attributes], None]:
        return lambda attributes: rows.append(
            {name.rpartition(":")[2]: value for name, value in attributes.items()}
        )


class TextReader(PartReader):
    """Collect text in <t>, but not the pronunciation marks (<rPh>) of Asian text."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._in_text = self._in_marks = False
        self.starts = {"t": self._start_text, "rPh": self._start_marks}
        self.ends = {"t": self._end_text, "rPh": self._end_marks}

    def characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def take_text(self) -> str:
        """Return the text collected so far, and begin anew."""
        text = "".join(self._pieces)
        self._pieces = []
        return unescape(text) if "_x" in text else text

    def _start_text(self, _attributes: Attributes) -> None:
        self._in_text = not self._in_marks

    def _end_text(self) -> None:
        self._in_text = False

    def _start_marks(self, _attributes: Attributes) -> None:
        self._in_marks = True

    def _end_marks(self) -> None:
        self._in_marks = False


class SharedStrings(TextReader):
    """Collect the texts that cells refer to by position, in `strings`."""

    max_elements = 5_000_000

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.ends["si"] = self._end_string

    def _end_string(self) -> None:
        self.strings.append(self.take_text())


class Styles(PartReader):
    """Collect what each cell style makes of a number in `kinds`.

    It is a "date", a "month" or "year" where the date's day isn't shown, a "percent", or "".
    """

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []
        self._codes: dict[str, str] = {}
        self._in_cell_styles = False
        self.starts = {"numFmt": self._format, "cellXfs": self._begin, "xf": self._style}
        self.ends = {"cellXfs": self._finish}

    def _format(self, attributes: Attributes) -> None:
        self._codes[attributes["numFmtId"]] = attributes.get("formatCode", "")[:MAX_FORMAT_CODE]

    def _begin(self, _attributes: Attributes) -> None:
        self._in_cell_styles = True

    def _finish(self) -> None:
        self._in_cell_styles = False

    def _style(self, attributes: Attributes) -> None:
        if self._in_cell_styles:
            self.kinds.append(self._kind(attributes.get("numFmtId", "0")))

    def _kind(self, format_id: str) -> str:
        code = self._codes.get(format_id) or BUILTIN_FORMATS.get(int(format_id), "")
        if not code and int(format_id) in CHINESE_DATE_FORMATS:
            return "month" if int(format_id) in CHINESE_MONTH_FORMATS else "date"
        if is_date_format(code):
            return _shown_of_date(code)
        return "percent" if "%" in code else ""


def _shown_of_date(code: str) -> str:
    """Return how much of a date its format shows: "date", "month" or "year"."""
    signs = set(_NOT_SIGNS.sub("", code).partition(";")[0].lower())
    if signs & {"d", "h", "s", "a"} or not signs & {"m", "y", "e"}:
        return "date"
    return "month" if "m" in signs else "year"
