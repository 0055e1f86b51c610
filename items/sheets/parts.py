"""Stream the XML parts of a workbook, so that memory stays small whatever they hold."""

from typing import BinaryIO
from xml.sax.handler import ContentHandler

from defusedxml.sax import parse
from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.escape import unescape

from .errors import BadTable

# Built-in formats of Chinese Excel ("yyyy年m月d日"), which no file spells out and openpyxl lacks.
CHINESE_DATE_FORMATS = {*range(27, 37), *range(50, 59)}


class Part(ContentHandler):
    """Hear the elements of a part by their name alone, whatever their namespace prefix."""

    max_elements = 1_000_000

    def __init__(self):
        super().__init__()
        self._elements = 0

    def read(self, part: BinaryIO):
        """Stream the part through this handler; document types and entities are refused."""
        with part:
            parse(part, self, forbid_dtd=True)
        return self

    def startElement(self, name, attrs):
        self._elements += 1
        if self._elements > self.max_elements:
            raise BadTable(
                _("The sheet is too large. Delete its empty rows and columns and save it again.")
            )
        self.start(name.rpartition(":")[2], attrs)

    def endElement(self, name):
        self.end(name.rpartition(":")[2])

    def start(self, name, attrs):
        """Take the start of an element."""

    def end(self, name):
        """Take the end of an element."""


class Elements(Part):
    """Collect the attributes of some elements, by their names without a prefix, in `found`."""

    max_elements = 20_000

    def __init__(self, *names: str):
        super().__init__()
        self._names = names
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name, attrs):
        if name in self._names:
            plain = {key.rpartition(":")[2]: value for key, value in attrs.items()}
            self.found.append((name, plain))


class Text(Part):
    """Collect text in <t>, but not the pronunciation marks (<rPh>) of Asian text."""

    def __init__(self):
        super().__init__()
        self._pieces: list[str] = []
        self._listens = self._in_marks = False

    def start(self, name, attrs):
        if name == "rPh":
            self._in_marks = True
        elif name == "t":
            self._listens = not self._in_marks

    def characters(self, content):
        if self._listens:
            self._pieces.append(content)

    def end(self, name):
        self._listens = False
        if name == "rPh":
            self._in_marks = False

    def take_text(self) -> str:
        """Hand over what was collected, and begin anew."""
        text = "".join(self._pieces)
        self._pieces = []
        return unescape(text) if "_x" in text else text


class SharedStrings(Text):
    """Collect the texts that cells refer to by position, in `strings`."""

    max_elements = 5_000_000

    def __init__(self):
        super().__init__()
        self.strings: list[str] = []

    def end(self, name):
        super().end(name)
        if name == "si":
            self.strings.append(self.take_text())


class Styles(Part):
    """Tell for each cell style what it makes of a number: "date", "percent" or "", in `kinds`."""

    def __init__(self):
        super().__init__()
        self.kinds: list[str] = []
        self._codes: dict[str, str] = {}
        self._in_cell_styles = False

    def start(self, name, attrs):
        if name == "numFmt":
            self._codes[attrs.get("numFmtId")] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cell_styles = True
        elif name == "xf" and self._in_cell_styles:
            self.kinds.append(self._kind(attrs.get("numFmtId", "0")))

    def end(self, name):
        if name == "cellXfs":
            self._in_cell_styles = False

    def _kind(self, format_id: str) -> str:
        code = self._codes.get(format_id) or BUILTIN_FORMATS.get(int(format_id), "")
        if is_date_format(code) or (not code and int(format_id) in CHINESE_DATE_FORMATS):
            return "date"
        return "percent" if "%" in code else ""
