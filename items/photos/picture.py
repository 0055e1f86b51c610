"""Photo upload: check the file type, decode it in a sandbox, return clean JPEGs or refuse it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.errors import Refused
from items.photos.jpeg import faults
from items.photos.slots import NoSlot, slot

Upload = bytes | File  # what somebody sent
Area = tuple[float, float, float, float]  # left, top, width, height in parts of a picture

MB = 1024 * 1024
MAX_FILE = 20 * MB  # a phone's best picture with 108 million points has about 15
TIMEOUT = 20  # seconds, for a decoder and for a free slot
DECODER = Path(__file__).parent / "decoder.py"

# Magic numbers
JPEG, PNG, WEBP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"WEBP"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
AVIF_BRANDS = {b"avif", b"avis", b"MA1A", b"MA1B"}
HEIF_BRANDS = {b"mif1", b"msf1", b"miaf"}  # of either, by the others that stand behind
FOREIGN = {
    b"GIF8": gettext_lazy("a GIF"),
    b"II*\0": gettext_lazy("a TIFF"),
    b"MM\0*": gettext_lazy("a TIFF"),
    b"BM": gettext_lazy("a BMP"),
    b"%PDF": gettext_lazy("a PDF document"),
    b"PK\x03\x04": gettext_lazy("a document or an archive"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("a document"),
    b"<": gettext_lazy("a drawing or a web page"),
}
VIDEO_BRANDS = {b"isom", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V ", b"3gp4", b"3gp5", b"iso2"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean picture: two JPEG files and their sizes in pixels."""

    large: bytes
    small: bytes
    size: tuple[int, int]
    small_size: tuple[int, int]
    kept_as: int | None = None  # the key under which it was kept while its form came back


class Busy(Refused):
    """Refuse a photo that nobody looked at: every decoder is at work."""


def read(file, patience: float | None = None) -> Picture:
    """Return what was sent as a clean picture; raise `Refused` with the remedy.

    `file` is bytes, or a file such as Django's uploads. A file remembers its `picture`, also one
    that was kept while its form came back (items/photos/uploads.py): nothing is cleaned twice.
    """
    if (clean := getattr(file, "picture", None)) is not None:
        return clean
    sent = file if isinstance(file, bytes) else _content(file)
    _refuse(refusal_before_decoding(sent))
    clean = _decode(sent, patience=patience)
    if not isinstance(file, bytes):
        file.picture = clean
    return clean


def black_out(large: bytes, areas) -> Picture:
    """Redact a stored picture: return it with areas of it painted black.

    Each area is (left, top, width, height) in parts of the picture's width and height.
    """
    return _decode(large, json.dumps([[float(part) for part in area] for area in areas]))


def _content(file) -> bytes:
    file.seek(0)
    return file.read(MAX_FILE + 1)


def refusal_before_decoding(sent: bytes) -> str:
    """Return why bytes are refused before anything is decoded; "" when they may be a picture."""
    if not sent:
        return _("The photo is empty: nothing of it arrived. Choose it again.")
    if len(sent) > MAX_FILE:
        sentence = _(
            "The photo has more than %(most)d MB. Send it in a smaller size,"
            " or send a screenshot of it."
        )
        return sentence % {"most": MAX_FILE // MB}
    if _may_be_a_picture(sent):
        return ""
    if _is_avif(sent):
        return _(
            "This is an AVIF, which can’t be read here. Choose the photo as JPEG, PNG, WebP or"
            " HEIC, or send a screenshot of it."
        )
    kind = _foreign_kind(sent)
    if kind:
        sentence = _("This is %(kind)s, not a photo. Choose a photo: JPEG, PNG, WebP or HEIC.")
        return sentence % {"kind": kind}
    return _("This is no photo that can be read. Choose a photo: JPEG, PNG, WebP or HEIC.")


def _may_be_a_picture(sent):
    if sent[4:8] == b"ftyp":
        return sent[8:12] in HEIC_BRANDS | HEIF_BRANDS and not _is_avif(sent)
    return sent.startswith((JPEG, PNG)) or (sent.startswith(b"RIFF") and sent[8:12] == WEBP)


def _is_avif(sent):
    """Tell whether a file is an AVIF: by its first brand, or where that may be either by others."""
    if sent[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(sent[:4], "big"), 256)
    first, others = sent[8:12], {sent[at : at + 4] for at in range(16, end, 4)}
    either = first in HEIF_BRANDS and not others & HEIC_BRANDS
    return first in AVIF_BRANDS or (either and bool(others & AVIF_BRANDS))


def _foreign_kind(sent):
    """Return what a file is that is no photo, such as "a film"; "" when nobody knows."""
    if sent[4:8] == b"ftyp":
        return _("a film") if sent[8:12] in VIDEO_BRANDS else ""
    beginning = sent[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((kind for magic, kind in FOREIGN.items() if beginning.startswith(magic)), "")


def _decode(sent, *areas, patience=None) -> Picture:
    """Run the decoder once one is free, within `patience` seconds, else TIMEOUT."""
    try:
        with slot(TIMEOUT if patience is None else patience) as held:
            header, files = _run_decoder(sent, areas, held)
    except NoSlot as error:
        sentence = _("Many photos are coming in just now. Send yours again in a minute.")
        raise Busy(sentence) from error
    _refuse(str(SENTENCES[header["refused"]]()) if "refused" in header else "")
    large_bytes, _small_bytes = header["bytes"]
    large, small = files[:large_bytes], files[large_bytes:]
    for file in (large, small):
        if problems := faults(file):
            raise ValueError(f"the cleaned picture isn't clean: {problems}")
    return Picture(large, small, tuple(header["size"]), tuple(header["small_size"]))


def _run_decoder(sent, areas, *held):
    """Run the decoder; return its header, and the bytes of the two files joined.

    `held` is the descriptor of its slot: should this process die, the slot stays taken until the
    decoder ends.
    """
    try:
        process = subprocess.run(
            [sys.executable, "-I", str(DECODER), *areas],
            input=sent,
            capture_output=True,
            timeout=TIMEOUT,
            env=ENVIRONMENT,
            pass_fds=held,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "pixels"}, b""
    if process.returncode:  # ended by the system: over its limits, or a decoder that crashed
        return {"refused": "broken"}, b""
    line, _newline, files = process.stdout.partition(b"\n")
    return json.loads(line), files


# The C library else reserves memory for each thread of a decoder. No secret of ours goes along.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "PATH": os.defpath}


def _refuse(sentence):
    if sentence:
        raise Refused(sentence)


SENTENCES = {
    "broken": lambda: _(
        "The photo is damaged or did not arrive whole. Send it again, or send a screenshot of it."
    ),
    "pixels": lambda: _(
        "The photo has too many pixels to be read here. Set the camera to a lower resolution,"
        " or send a screenshot of it."
    ),
    "moving": lambda: _("This picture moves. Choose a photo that stands still."),
}
