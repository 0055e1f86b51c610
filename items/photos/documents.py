"""File type detection for the documents of a hardship item: by content, whatever the name."""

import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from items.errors import Refused
from items.photos import picture

MB = 1024 * 1024
MAX_FILE = 10 * MB

PDF = "application/pdf"
JPEG = "image/jpeg"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
ENDING = {PDF: "pdf", JPEG: "jpg", DOCX: "docx", XLSX: "xlsx"}
MAIN_PART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


def read(file) -> tuple[bytes, str]:
    """Return what was sent and its media type; raise `Refused` with the remedy.

    A picture is made clean as any other (items.photos.picture); the rest is kept as it is and
    never looked into. `file` is bytes, or a file such as Django's uploads.
    """
    sent = file if isinstance(file, bytes) else _content(file)
    _refuse(_("The file is empty: nothing of it arrived. Choose it again.") if not sent else "")
    too_large = _("The file has more than %(most)d MB. Send it in a smaller size, or in parts.")
    _refuse(too_large % {"most": MAX_FILE // MB} if len(sent) > MAX_FILE else "")
    if sent.startswith(PICTURES) or sent[4:8] == b"ftyp":
        return picture.read(sent).large, JPEG
    kind = PDF if sent.startswith(b"%PDF-") else _office_type(sent)
    _refuse("" if kind else _("Send a PDF, a photo, a Word file (.docx) or an Excel file (.xlsx)."))
    return sent, kind


def _content(file) -> bytes:
    file.seek(0)
    return file.read(MAX_FILE + 1)


def _office_type(sent):
    """Return an office file's media type by the names of its parts alone; "" for anything else."""
    try:
        with zipfile.ZipFile(BytesIO(sent)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    macros = _("It has macros in it, which may do harm. Save it without them, or as a PDF.")
    _refuse(macros if parts.intersection(MACROS) else "")
    return next((kind for part, kind in MAIN_PART.items() if part in parts), "")


def _refuse(sentence):
    if sentence:
        raise Refused(sentence)
