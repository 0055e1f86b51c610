"""The one font of what is printed, and which signs it has, read from its cmap table."""

import logging
import struct
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FILE = "NotoSansCJK-Regular.ttc"
SHA256 = "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"  # decision 1071
FAMILY = "Noto Sans CJK SC"
MISSING = "□"  # what stands for a sign that the font lacks

log = logging.getLogger(__name__)


def font_file() -> Path | None:
    """Return the font's file; None where its package isn't installed."""
    found = find_spec("noto_cjk_sans_otc")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / FILE
    return path if path.exists() else None


def printable(text: str) -> str:
    """Return a text with □ for each sign that the font lacks, and without what shows nothing.

    With PDF/UA one sign without a shape makes Typst refuse the whole document. Which ones they
    were goes to the log, by their numbers alone.
    """
    if text.isascii() and text.isprintable():
        return text
    lacking = {sign for sign in text if not (has(sign) or sign == "\n" or _unseen(sign))}
    if lacking:
        log.warning("The font lacks %s.", ", ".join(f"U+{ord(s):04X}" for s in sorted(lacking)))
    kept = (MISSING if sign in lacking else sign for sign in text if not _unseen(sign))
    return "".join(kept)


def has(sign: str) -> bool:
    """Tell whether the font has a shape for a sign."""
    firsts, lasts = _runs()
    at = bisect_right(firsts, ord(sign)) - 1
    return at >= 0 and ord(sign) <= lasts[at]


def _unseen(sign: str) -> bool:
    """Tell whether a sign only joins, directs or varies others, or controls something."""
    if sign == "\n":
        return False
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs") or 0xFE00 <= ord(sign) <= 0xFE0F


@lru_cache(maxsize=1)
def _runs() -> tuple[list[int], list[int]]:
    """Return the first and the last sign of each run that the font has.

    OpenType: a collection's header names where its fonts begin, a font's table directory where its
    cmap is; a subtable of format 12 holds runs of signs in their order.
    """
    path = font_file()
    assert path is not None, "whoever prints has asked for the font before"
    content = path.read_bytes()
    (count,) = struct.unpack_from(">I", content, 8)
    for font in struct.unpack_from(f">{count}I", content, 12):
        tables = _tables(content, font)
        if _family(content, tables[b"name"]) == FAMILY:
            return _groups(content, tables[b"cmap"])
    raise ValueError(f"{path} has no font of the family {FAMILY}")


def _tables(content: bytes, font: int) -> dict[bytes, int]:
    (count,) = struct.unpack_from(">H", content, font + 4)
    entries = struct.iter_unpack(">4sIII", content[font + 12 : font + 12 + 16 * count])
    return {tag: offset for tag, _checksum, offset, _length in entries}


def _family(content: bytes, table: int) -> str:
    """Return the family's name (record 1) in English, for Windows."""
    _format, count, strings = struct.unpack_from(">HHH", content, table)
    for at in range(count):
        record = struct.unpack_from(">HHHHHH", content, table + 6 + 12 * at)
        platform, _encoding, language, name, length, offset = record
        if (platform, language, name) == (3, 0x409, 1):
            begin = table + strings + offset
            return content[begin : begin + length].decode("utf-16-be")
    return ""


def _groups(content: bytes, table: int) -> tuple[list[int], list[int]]:
    (count,) = struct.unpack_from(">H", content, table + 2)
    for at in range(count):
        (offset,) = struct.unpack_from(">I", content, table + 4 + 8 * at + 4)
        begin = table + offset
        if struct.unpack_from(">H", content, begin) == (12,):
            (groups,) = struct.unpack_from(">I", content, begin + 12)
            runs = struct.iter_unpack(">III", content[begin + 16 : begin + 16 + 12 * groups])
            firsts, lasts = zip(*((first, last) for first, last, _glyph in runs), strict=True)
            return list(firsts), list(lasts)
    raise ValueError("the font has no cmap of format 12")
