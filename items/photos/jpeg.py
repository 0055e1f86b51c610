"""Whether a file is a JPEG that holds a picture and nothing besides."""

import struct

# Segments without a length of their own, and those that a bare picture is made of
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
BARE = {0xC0, 0xC2, 0xC4, 0xDB, 0xDD}
JFIF = b"JFIF\0"
NAMES = {0xE1: "EXIF or XMP", 0xE2: "a colour profile or further pictures", 0xED: "IPTC"}
NAMES |= {0xFE: "a comment"}


def faults(file: bytes, largest: int | None = None) -> list[str]:
    """Return what stands in a file besides a bare JPEG picture; [] for a clean one."""
    if not file.startswith(b"\xff\xd8\xff"):
        return ["no JPEG"]
    found, at, size = [], 2, None
    while at < len(file):
        marker, after = _segment(file, at)
        if marker is None:
            return [*found, "broken"]
        if marker == EOI:
            break
        if marker in (0xC0, 0xC2):
            size = struct.unpack(">HH", file[at + 5 : at + 9])
        found += _extra(file, marker, at)
        at = _after_scan(file, after) if marker == SOS else after
    else:
        return [*found, "no end"]
    if at + 2 < len(file):
        found.append(f"{len(file) - at - 2} bytes after its end")
    if size is None:
        found.append("no picture")
    elif largest and max(size) > largest:
        found.append(f"more than {largest} pixels")
    return found


def _segment(file, at):
    """Return the marker at a place and where its segment ends; None when there is none."""
    if len(file) < at + 2 or file[at] != 0xFF:
        return None, at
    marker = file[at + 1]
    if marker == EOI:
        return marker, at + 2
    if len(file) < at + 4:
        return None, at
    length = struct.unpack(">H", file[at + 2 : at + 4])[0]
    return (marker, at + 2 + length) if length >= 2 else (None, at)


def _extra(file, marker, at):
    if marker in BARE or marker == SOS:
        return
    # JFIF of 16 bytes: with more it would hold a small picture, perhaps of what was cut away
    if marker == 0xE0 and file[at + 2 : at + 4] == b"\0\x10" and file[at + 4 : at + 9] == JFIF:
        return
    yield NAMES.get(marker, f"a segment {marker:02X}")


def _after_scan(file, at):
    """Return where the next segment begins after the coded pixels that begin at a place."""
    while (at := file.find(b"\xff", at)) >= 0:
        following = file[at + 1 : at + 2]
        if following not in STUFFED:
            return at
        at += 2
    return len(file)


STUFFED = {b"\0", *(bytes([marker]) for marker in range(0xD0, 0xD8))}
