"""File type detection and zip bomb limits: what a file is, before anything opens it."""

import os
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import BadTable

MB = 1024 * 1024
MAX_FILE = 10 * MB
MAX_UNPACKED = 50 * MB  # all entries of the zip together
MAX_ENTRIES = 200
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
}
WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")

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
    if content.startswith(OLE) or content[:4] in (b"\x09\x08\x10\0", b"\x09\x08\x08\0"):
        raise BadTable(_ole_refusal(content))
    for signature, kind in FOREIGN.items():
        if content.startswith(signature):
            raise BadTable(_not_a_table(str(kind)))
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower().startswith(WEB_PAGE):
        raise BadTable(
            _("This is a web page or XML under another name. Open it in Excel or WPS and save it"
              " as .xlsx.")
        )  # fmt: skip
    return False


def _ole_refusal(content: bytes) -> str:
    """Return why an OLE container is refused, by its streams' names, which are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected()
    if "WordDocument".encode("utf-16-le") in content:
        return _not_a_table(_("a text document"))
    return _("This is an old .xls file. Open it in Excel or WPS, choose Save As, and type .xlsx.")


def _not_a_table(kind: str) -> str:
    """Return the sentence that a file is something else, such as "a picture"."""
    return _("This is %(kind)s, not a table. Save the list as .xlsx or CSV and bring that in.") % {
        "kind": kind
    }


def open_archive(content: bytes) -> ZipFile:
    """Open a workbook's zip after reading its directory; nothing is unpacked yet.

    The sizes that the directory gives may be lies. Reading stays within them all the same: zipfile
    stops at the size given, and then finds the checksum wrong.
    """
    try:
        archive = ZipFile(BytesIO(content))
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise BadTable(damaged()) from None
    entries = archive.infolist()
    _refuse_zip_bomb(entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadTable(protected())
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BadTable(damaged())
    _refuse_other_formats({entry.filename for entry in entries})
    return archive


def protected() -> str:
    """Return the sentence that a workbook asks for a password."""
    return _("The file is protected by a password. Save it without one and try again.")


def damaged() -> str:
    """Return the sentence that a workbook cannot be read."""
    return _("The file is damaged or was cut short. Open it in Excel or WPS, save it as .xlsx.")


def _refuse_zip_bomb(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    has_bomb_ratio = any(
        entry.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size)
        for entry in entries
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or has_bomb_ratio:
        raise BadTable(
            _("The file unpacks to far more than a list needs. Copy the list alone into a new"
              " workbook and save that.")
        )  # fmt: skip


def _refuse_other_formats(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise BadTable(_("This is a binary .xlsb workbook. Save it as .xlsx and bring that in."))
    if "content.xml" in names and "mimetype" in names:
        raise BadTable(_("This is an OpenDocument file. Save it as .xlsx and bring that in."))
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise BadTable(_not_a_table(_("a text document")))
    if not any(name.lower().startswith("xl/") for name in names):
        raise BadTable(_not_a_table(_("an archive")))
