"""JPEG structure check: a clean file holds a picture, and no EXIF or other metadata."""

import struct
from collections.abc import Iterator

# Segments without a length of their own, and those that a bare picture is made of
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
BARE = {0xC0, 0xC2, 0xC4, 0xDB, 0xDD}
JFIF = b"JFIF\0"
NAMES = {0xE1: "EXIF or XMP", 0xE2: "a colour profile or further pictures", 0xED: "IPTC"}
NAMES |= {0xFE: "a comment"}


def faults(file: bytes, most: int | None = None) -> list[str]:
    """Return what a file has besides a bare JPEG picture; [] for a clean one.

    `most` is the number of pixels that it may have.
    """
    if not file.startswith(b"\xff\xd8\xff"):
        return ["no JPEG"]
    problems, position, size = [], 2, None
    while position < len(file):
        marker, after = _segment(file, position)
        if marker is None:
            return [*problems, "broken"]
        if marker == EOI:
            break
        if marker in (0xC0, 0xC2):
            size = struct.unpack(">HH", file[position + 5 : position + 9])
        problems += _metadata(file, marker, position)
        position = _after_scan(file, after) if marker == SOS else after
    else:
        return [*problems, "no end"]
    if position + 2 < len(file):
        problems.append(f"{len(file) - position - 2} bytes after its end")
    if size is None:
        problems.append("no picture")
    elif most and size[0] * size[1] > most:
        problems.append(f"more than {most} pixels")
    return problems


def _segment(file: bytes, start: int) -> tuple[int | None, int]:
    """Return the marker of the segment at `start` and where it ends; (None, start) without one."""
    if len(file) < start + 2 or file[start] != 0xFF:
        return None, start
    marker = file[start + 1]
    if marker == EOI:
        return marker, start + 2
    if len(file) < start + 4:
        return None, start
    length = struct.unpack(">H", file[start + 2 : start + 4])[0]
    return (marker, start + 2 + length) if length >= 2 else (None, start)


def _metadata(file: bytes, marker: int, start: int) -> Iterator[str]:
    """Yield what a segment holds that no bare picture needs."""
    if marker in BARE or marker == SOS:
        return
    # JFIF of 16 bytes: with more it would hold a small picture, perhaps of what was cut away
    length, name = file[start + 2 : start + 4], file[start + 4 : start + 9]
    if marker == 0xE0 and length == b"\0\x10" and name == JFIF:
        return
    yield NAMES.get(marker, f"a segment {marker:02X}")


def _after_scan(file: bytes, start: int) -> int:
    """Return where the next segment begins after the coded pixels that begin at `start`."""
    position = start
    while (position := file.find(b"\xff", position)) >= 0:
        following = file[position + 1 : position + 2]
        if following not in STUFFED:
            return position
        position += 2
    return len(file)


# What follows 0xFF within coded pixels: a stuffed zero, or a restart marker
STUFFED = {b"\0", *(bytes([marker]) for marker in range(0xD0, 0xD8))}
