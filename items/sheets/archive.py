"""File type detection and zip bomb limits: what a file is, before anything opens it."""

import os
import posixpath
import re
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import BadTable
from .text import quoted

MB = 1024 * 1024
MAX_FILE = 10 * MB
MAX_UNPACKED = 50 * MB  # all parts of a workbook together, without its pictures
MAX_ENTRIES = 5_000
MAX_RATIO = 100  # of an entry, unpacked to packed
# A short sheet of equal words packs better than 100:1 and harms nobody.
RATIO_COUNTS_FROM = 1 * MB

# Magic numbers
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
FOREIGN = {
    b"%PDF": gettext_lazy("a PDF document"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
    b"II*\0": gettext_lazy("a picture"),
    b"MM\0*": gettext_lazy("a picture"),
    b"RIFF": gettext_lazy("a picture"),
    b"{\\rtf": gettext_lazy("a text document"),
    b"Rar!": gettext_lazy("an archive"),
    b"7z\xbc\xaf": gettext_lazy("an archive"),
    b"\x1f\x8b": gettext_lazy("an archive"),
    b"SQLite format 3": gettext_lazy("a database"),
    b"\x7fELF": gettext_lazy("a program"),
    b"MZ": gettext_lazy("a program"),
    b"L\0\0\0\x01\x14\x02\0": gettext_lazy("a shortcut"),
}
# What security programs of companies put before a file that they have encrypted
ENCRYPTED = (b"E-SafeNet", b"%TSD-Header")

# What a workbook of old Excel and its relatives (an OLE container) holds, by the name of a stream
OLE_STREAMS = {
    "WordDocument": gettext_lazy("a text document"),
    "PowerPoint Document": gettext_lazy("a presentation"),
    "__substg1.0_": gettext_lazy("a letter"),
}
# What a zip holds, by the beginning of a name in it
ZIP_FOLDERS = {
    "word/": gettext_lazy("a text document"),
    "ppt/": gettext_lazy("a presentation"),
    "ofd.xml": gettext_lazy("an OFD document"),
    "index/document.iwa": gettext_lazy("a Numbers document"),
}
_LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
_PICTURES = "xl/media/"  # they are never opened

_WEB_PAGE = re.compile(
    rb"<(?:!doctype|!--|\?xml|html|head|meta|title|link|style|script|body|table|thead|tbody|tr|td|th"
    rb"|div|span|center|font|form|p|b|br|hr|h[1-6]|xml)(?![a-z0-9])",
    re.IGNORECASE,
)
_HEADERS = re.compile(rb"[a-z-]{1,40}:[ \t]", re.IGNORECASE)
_MIME = re.compile(rb"^(?:mime-version|content-type|x-document-type)[ \t]*:", re.I | re.M)
_JSON = re.compile(rb'[{\[]\s*["{\[]')

# What a file may come as: a path, its bytes, or an open file
Source = str | os.PathLike | bytes | BinaryIO


def read_source(source: Source) -> bytes:
    """Read a path, bytes or an open file, never more than the limit."""
    if isinstance(source, bytes):
        content = source[: MAX_FILE + 1]
    elif isinstance(source, str | os.PathLike):
        content = _read_path(Path(source))
    else:
        content = source.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise BadTable(
            _("The file is larger than %(mb)s MB. Delete its pictures and save it again.")
            % {"mb": MAX_FILE // MB}
        )
    if not content.strip(b" \t\r\n\0"):
        raise BadTable(_("The file is empty. Choose the file that holds the list."))
    return content


def _read_path(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except (OSError, ValueError):
        raise BadTable(
            _("The file “%(name)s” cannot be opened. Check its name and place.")
            % {"name": path.name}
        ) from None


def is_workbook(content: bytes) -> bool:
    """Tell a workbook from text by its first bytes; refuse everything that is neither."""
    if content.startswith(ZIP):
        return True
    if any(mark in content[:512] for mark in ENCRYPTED):
        raise BadTable(
            _("The file is encrypted by your company’s security program. Let it be decrypted there,"
              " and bring that in.")
        )  # fmt: skip
    if content.startswith(OLE) or content[:4] in (b"\x09\x08\x10\0", b"\x09\x08\x08\0"):
        raise BadTable(_ole_refusal(content))
    for signature, kind in FOREIGN.items():
        if content.startswith(signature):
            raise BadTable(_not_a_table(str(kind)))
    _refuse_text_that_is_no_table(content[:4096].replace(b"\0", b""))
    return False


def _refuse_text_that_is_no_table(beginning: bytes) -> None:
    """Refuse web pages, whatever their encoding and whatever stands before them, and the like."""
    text = beginning.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _WEB_PAGE.match(text):
        raise BadTable(
            _("This is a web page or XML under another name. Open it in Excel or WPS and save it"
              " as .xlsx.")
        )  # fmt: skip
    if _HEADERS.match(text) and _MIME.search(text):
        raise BadTable(
            _("This is a web page in one file (MHTML) or a letter. Open it in Excel or WPS and"
              " save the list as .xlsx.")
        )  # fmt: skip
    if text.startswith(b"ID;PWXL"):
        raise BadTable(_("This is a .slk file. Open it in Excel or WPS and save it as .xlsx."))
    if _JSON.match(text):
        raise BadTable(_not_a_table(_("a data file (JSON)")))


def _ole_refusal(content: bytes) -> str:
    """Return why an OLE container is refused, by its streams' names, which are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected()
    for stream, kind in OLE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return _not_a_table(str(kind))
    return _("This is an old .xls file. Open it in Excel or WPS, choose Save As, and type .xlsx.")


def _not_a_table(kind: str) -> str:
    """Return the sentence that a file is something else, such as "a picture"."""
    return _("This is %(kind)s, not a table. Save the list as .xlsx or CSV and bring that in.") % {
        "kind": kind
    }


class Archive:
    """A workbook's zip: its parts by name, however a program spelled the names.

    Some write a\\b for a/b, or another case than the pointers between the parts have.
    """

    def __init__(self, file: ZipFile):
        self._file = file
        entries = [entry for entry in file.infolist() if not entry.is_dir()]
        self._parts = {part_name(entry.filename): entry for entry in reversed(entries)}

    def __contains__(self, path: str) -> bool:
        return part_name(path) in self._parts

    @property
    def names(self) -> set[str]:
        """The names of the parts, as `part_name` spells them."""
        return set(self._parts)

    def open(self, path: str) -> IO[bytes]:
        """Open a part for reading; raise KeyError where there is none."""
        name = part_name(path)
        if name.startswith(_PICTURES):
            raise KeyError(name)
        return self._file.open(self._parts[name])


def part_name(path: str) -> str:
    """Return a part's name as it is compared: slashes, no case, nothing before it."""
    return path.replace("\\", "/").removeprefix("./").lstrip("/").lower()


def open_archive(content: bytes) -> Archive:
    """Open a workbook's zip after reading its directory; nothing is unpacked yet.

    The sizes that the directory gives may be lies. Reading stays within them all the same: zipfile
    stops at the size given, and then finds the checksum wrong.
    """
    try:
        file = ZipFile(BytesIO(content))
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise BadTable(damaged()) from None
    entries = file.infolist()
    _refuse_zip_bomb(entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadTable(protected())
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BadTable(damaged())
    archive = Archive(file)
    _refuse_other_formats(archive.names, [entry.filename for entry in entries])
    return archive


def protected() -> str:
    """Return the sentence that a workbook asks for a password."""
    return _("The file is protected by a password. Save it without one and try again.")


def damaged() -> str:
    """Return the sentence that a workbook cannot be read."""
    return _("The file is damaged or was cut short. Open it in Excel or WPS, save it as .xlsx.")


def _refuse_zip_bomb(entries: list[ZipInfo]) -> None:
    opened = [entry for entry in entries if not part_name(entry.filename).startswith(_PICTURES)]
    unpacked = sum(entry.file_size for entry in opened)
    has_bomb_ratio = any(
        entry.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size)
        for entry in opened
    )
    if len(opened) > MAX_ENTRIES or unpacked > MAX_UNPACKED or has_bomb_ratio:
        raise BadTable(
            _("The file unpacks to far more than a list needs. Copy the list alone into a new"
              " workbook and save that.")
        )  # fmt: skip


def _refuse_other_formats(names: set[str], spelled: list[str]) -> None:
    """Refuse a zip that is no workbook; `spelled` are the names as they stand in it."""
    if "xl/workbook.bin" in names:
        raise BadTable(_("This is a binary .xlsb workbook. Save it as .xlsx and bring that in."))
    if "content.xml" in names and "mimetype" in names:
        raise BadTable(_("This is an OpenDocument file. Save it as .xlsx and bring that in."))
    for folder, kind in ZIP_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            raise BadTable(_not_a_table(str(kind)))
    if any(name.startswith("xl/") for name in names):
        return
    if lists := [name for name in spelled if name.lower().endswith(_LISTS)]:
        raise BadTable(
            _("This is an archive with “%(name)s” in it. Unpack it and bring that file in.")
            % {"name": quoted(posixpath.basename(lists[0].replace("\\", "/")))}
        )
    raise BadTable(_not_a_table(_("an archive")))
