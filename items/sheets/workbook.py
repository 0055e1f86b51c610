"""Open an .xlsx workbook and read its sheets."""

import posixpath
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from .archive import damaged, open_archive
from .errors import BadTable
from .grid import Grid
from .parts import Elements, SharedStrings, Styles
from .sheet import Sheet

_SIGNS_OF_DAMAGE = (
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
class Relation:
    """One part's pointer to another: its id, its kind such as "worksheet", the path in the zip."""

    id: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A sheet before it is read: its name, where it lies, whether people see it."""

    name: str
    path: str
    is_hidden: bool


class Workbook:
    """A workbook from the bytes of its file; a sheet is read when it is asked for."""

    def __init__(self, content: bytes):
        self._zip = open_archive(content)
        with _damage_as_a_sentence():
            self._read_directory()

    def _read_directory(self):
        path = {one.kind: one.path for one in self._relations("")}["officeDocument"]
        self._links = {one.id: one for one in self._relations(path)}
        book = Elements("sheet", "workbookPr").read(self._zip.open(path))
        self._epoch = WINDOWS_EPOCH
        self.sheets: list[SheetPlace] = []
        if any(one.get("date1904") in ("1", "true") for one in book.found["workbookPr"]):
            self._epoch = MAC_EPOCH
        for one in book.found["sheet"]:
            link = self._links[one["id"]]
            if link.kind == "worksheet":
                is_hidden = one.get("state", "visible") != "visible"
                self.sheets.append(SheetPlace(one["name"], link.path, is_hidden))

    def grid(self, place: SheetPlace) -> Grid:
        """Read one sheet."""
        grid = Grid(place.name)
        with _damage_as_a_sentence():
            sheet = Sheet(grid, self._strings, self._kinds, self._epoch)
            sheet.read(self._zip.open(place.path))
        return grid

    def warnings(self) -> list[str]:
        """Say what the workbook holds that is not read."""
        kinds = {link.kind for link in self._links.values()}
        warnings = []
        if "vbaProject" in kinds:
            warnings.append(_("The workbook has macros. They were not run; only values were read."))
        if "externalLink" in kinds:
            warnings.append(
                _("The workbook refers to other files. The values saved in it were read.")
            )
        return warnings

    @cached_property
    def _strings(self) -> list[str]:
        path = self._path_of("sharedStrings")
        return SharedStrings().read(self._zip.open(path)).strings if path else []

    @cached_property
    def _kinds(self) -> list[str]:
        path = self._path_of("styles")
        return Styles().read(self._zip.open(path)).kinds if path else []

    def _path_of(self, kind: str) -> str:
        return next((link.path for link in self._links.values() if link.kind == kind), "")

    def _relations(self, path: str) -> list[Relation]:
        """List what a part points to; the path "" stands for the workbook's zip itself."""
        folder, name = posixpath.split(path)
        relations = Elements("Relationship").read(
            self._zip.open(posixpath.join(folder, "_rels", f"{name}.rels"))
        )
        return [
            Relation(one["Id"], posixpath.basename(one["Type"]), _join(folder, one["Target"]))
            for one in relations.found["Relationship"]
        ]


def _join(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


@contextmanager
def _damage_as_a_sentence() -> Iterator[None]:
    """Turn what a broken or hostile part raises into a sentence; nothing else is caught."""
    try:
        yield
    except _SIGNS_OF_DAMAGE:
        raise BadTable(damaged()) from None
