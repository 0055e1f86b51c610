"""Image decoder for a sandboxed subprocess with resource limits: re-encodes a picture, clean.

It applies the EXIF orientation, converts to sRGB, scales down and drops all metadata.
`python decoder.py < picture` reads the bytes of a picture and writes a line of JSON, then the
bytes of the large and of the small JPEG; or {"refused": why}. It is started by `picture.py` and
imports nothing of ours, so that it starts fast. What a decoder does wrong ends this process and
no other.
"""

import json
import resource
import sys
from io import BytesIO
from zlib import crc32

MEMORY = 450_000_000  # bytes of address space; what is allowed below stays under 300 million
SECONDS = 15  # of the processor

LARGE = 2048  # pixels of the long side
LARGE_PIXELS = 2048 * 1536  # what is long and narrow, as a screenshot, may have as many: it is read
LONGEST = 16_000  # pixels; browsers show no longer side
MOST_PIXELS = LARGE * LARGE  # that come of all this: a square
LARGE_BYTES = 300_000
QUALITIES = (82, 76, 70, 64, 58, 52)  # the first that makes it small enough is taken, else the last
SMALL_BYTES = 25_000
# From the best to the worst that a list may show; the first that is small enough is taken.
SMALL = [(640, 70), (640, 58), (560, 55), (480, 55), (480, 45), (400, 40), (320, 35), (160, 30)]

MAX_SIDE = 30_000
# A JPEG can be read at a part of its size; the others lie in memory whole, and twice.
MAX_PIXELS = {"JPEG": 220_000_000, "HEIF": 40_000_000, "PNG": 24_000_000, "WEBP": 16_000_000}
MAX_PROGRESSIVE = 24_000_000  # such a JPEG is held whole, too
MAX_PROFILE = 4_000_000  # bytes of a colour profile


class Rejected(Exception):
    """The picture isn't taken; the argument is a word that says why."""


def set_limits():
    """Limit the memory, processor time and files of this process to what a picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def open_limited(sent):
    """Return the picture, not decoded yet; refuse what is too large before it is decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limits are stricter, and refuse in our words
    if sent[4:8] == b"ftyp":
        import pi_heif

        pi_heif.register_heif_opener()
    picture = Image.open(BytesIO(whole(sent)), formats=["JPEG", "PNG", "WEBP", "HEIF"])
    kind = "JPEG" if picture.format == "MPO" else picture.format
    pixels, cap = picture.width * picture.height, MAX_PIXELS[kind]
    if kind == "JPEG" and picture.info.get("progressive"):
        cap = MAX_PROGRESSIVE
    if pixels > cap or max(picture.size) > MAX_SIDE:
        raise Rejected("pixels")
    if kind in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise Rejected("moving")
    if kind == "JPEG" and has_too_much(sent):
        raise Rejected("broken")
    return picture


# Whether all of it arrived. Decoders fill up rows that are missing, and say nothing.


def whole(sent):
    """Return the bytes to decode, so that a decoder comes to an end only with all its rows.

    Raise `Rejected` for what is seen to be damaged already. What lacks its end mark alone is whole.
    """
    if sent.startswith(b"\xff\xd8"):
        (begin, end), scans, components = structure(sent)
        if is_in_one_scan(scans, components):
            return sent[:end] + LOOK_AHEAD  # without an end mark it waits for rows that are missing
        if not covers_all(scans, components) or (scans[-1][1] and HOLE in sent[begin:end]):
            raise Rejected("broken")
        return sent[:end] + b"\xff\xd9"
    if sent.startswith(b"\x89PNG") and not is_sound_png(sent):
        raise Rejected("broken")
    if sent.startswith(b"RIFF") and HOLE in sent:
        raise Rejected("broken")
    if sent[4:8] == b"ftyp" and any(box.endswith(HOLE) for box in media_boxes(sent)):
        raise Rejected("broken")
    return sent


LOOK_AHEAD = bytes(16)  # the decoder looks so far beyond the bits that it needs
# Half a file of zeros is what an upload that broke off leaves. Sound coded pixels hold no such run.
HOLE = bytes(4096)


def structure(jpeg):
    """Return where the last coded pixels of a JPEG lie, its scans, and its components' keys.

    A scan is its components, the first and the last of its coefficients, and how exact they are.
    """
    at, begin, scans, components = 2, 0, [], []
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 2 <= len(jpeg):
        marker, body = jpeg[at + 1], at + 4
        if marker == 0xD9 and scans:
            return (begin, at), scans, components
        if marker in (0, 1, 0xFF, 0xD8, 0xD9) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        after = at + 2 + int.from_bytes(jpeg[at + 2 : body])
        if marker in (0xC0, 0xC1, 0xC2):
            components = list(jpeg[body + 6 : after : 3])
        if marker == 0xDA and after <= len(jpeg):
            count = jpeg[body]
            first, last, exact = jpeg[after - 3 : after]
            begin = after
            scans.append((set(jpeg[body + 1 : body + 1 + 2 * count : 2]), first, last, exact & 15))
        at = after
    end = len(jpeg) - 1 if jpeg.endswith(b"\xff") else len(jpeg)
    return (begin, end), scans, components


def is_in_one_scan(scans, components):
    return len(scans) == 1 and scans[0] == (set(components), 0, 63, 0)


def covers_all(scans, components):
    """Tell whether the scans give every coefficient of every component in full."""
    exact = {}
    for of, first, last, rest in scans:
        exact |= {(one, number): rest for one in of for number in range(first, last + 1)}
    return exact == {(one, number): 0 for one in components for number in range(64)}


def has_too_much(jpeg):
    """Tell whether all rows are there before the coded pixels end: what was read wasn't the rows.

    Some cameras write a few bytes more, or some that are all the same.
    """
    (begin, end), scans, components = structure(jpeg)
    coded = jpeg[:end]
    same = end - len(coded.rstrip(coded[-1:]))
    rest = 32 if same >= 1024 else max(256, (end - begin) // 100)
    if rest >= end - begin or not is_in_one_scan(scans, components):
        return False
    return has_all_rows(coded[:-rest]) and not (
        rest <= same < end - begin and has_all_rows(coded[:-same])
    )


def has_all_rows(coded):
    from PIL import Image

    picture = Image.open(BytesIO(coded + LOOK_AHEAD), formats=["JPEG"])
    picture.draft(
        None, (max(1, picture.width // 8), max(1, picture.height // 8))
    )  # fast, and small
    try:
        picture.load()
    except OSError:
        return False
    return True


def is_sound_png(png):
    """Tell whether the checksums of the parts that make the picture are right."""
    at, view = 8, memoryview(png)
    while at + 12 <= len(png):
        name, after = png[at + 4 : at + 8], at + 12 + int.from_bytes(png[at : at + 4])
        said = int.from_bytes(png[after - 4 : after])
        if name[:1].isupper() and after <= len(png) and crc32(view[at + 4 : after - 4]) != said:
            return False
        at = after
    return True


def media_boxes(heic):
    """Yield what lies in the boxes of a HEIC file that hold coded pixels."""
    at = 0
    while at + 8 <= len(heic):
        size = int.from_bytes(heic[at : at + 4])
        if size == 1:
            size = int.from_bytes(heic[at + 8 : at + 16])
        end = at + size if size >= 8 else len(heic)  # 0: to the end of the file
        if heic[at + 4 : at + 8] == b"mdat":
            yield heic[at + 8 : end]
        at = end


def scaled_upright(picture):
    """Return the picture in its large size, turned as its EXIF orientation says."""
    from PIL import Image, ImageChops

    profile = picture.info.get("icc_profile")
    turn = TURNS.get(orientation(picture))
    without_ink = picture.mode == "CMYK" and "adobe" not in picture.info
    picture = scalable(picture)
    picture.thumbnail(large_size(*picture.size), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if without_ink:  # Pillow takes each for one of Adobe's, which are written the other way round
        picture = ImageChops.invert(picture)
    picture = in_srgb(picture, profile)
    return picture.transpose(turn) if turn is not None else picture


def large_size(width, height):
    """Return the width and height, within which a picture is stored."""
    scale = max(LARGE / max(width, height), (LARGE_PIXELS / (width * height)) ** 0.5)
    scale = min(1, scale, LONGEST / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))


# Pillow's transposition by EXIF orientation
TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def orientation(picture):
    """Return the EXIF orientation, 1 to 8; 1 (upright) where there is none."""
    try:
        return picture.getexif().get(0x0112, 1)
    except Exception:  # a broken note about a picture is no reason to refuse the picture
        return 1


def scalable(picture):
    """Return the picture in a mode that can be resampled smoothly."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("P", "PA", "1") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture


def in_srgb(picture, profile):
    """Return the picture in sRGB, with white where it is transparent."""
    from PIL import Image

    alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
    if alpha is not None:
        picture = picture.convert(picture.mode[:-1])
    picture = convert_profile(picture, profile)
    if alpha is not None:
        picture = Image.composite(picture, Image.new("RGB", picture.size, "white"), alpha)
    return picture


def convert_profile(picture, profile):
    """Convert the picture to sRGB, by its ICC profile where that can be read."""
    from PIL import ImageCms

    if profile and len(profile) <= MAX_PROFILE:
        try:
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile for another kind of picture, or a broken one
    return picture.convert("RGB")


def black_out(picture, areas):
    """Redact the areas: paint them black. Each is in parts of the picture's width and height."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    for left, top, width, height in areas:
        x, y = int(left * picture.width), int(top * picture.height)
        # Outwards by a pixel: no edge of what is covered may show.
        right, bottom = (left + width) * picture.width + 1, (top + height) * picture.height + 1
        draw.rectangle((x - 1, y - 1, int(right), int(bottom)), fill="black")
    return picture


def encode(picture, quality, **how):
    """Return the bytes of a JPEG without any metadata."""
    picture.info.clear()  # Pillow would write a comment that stands in there
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True, subsampling="4:2:0", **how)
    return file.getvalue()


def large_file(picture):
    """Return the bytes of the large JPEG, as fine as fits into what is loaded in a moment."""
    for quality in QUALITIES:
        file = encode(picture, quality, progressive=True)
        if len(file) <= LARGE_BYTES:
            break
    return file


def thumbnail(picture):
    """Return the small JPEG for lists: its bytes, and its size in pixels."""
    from PIL import Image

    for side, quality in SMALL:
        small = picture.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = encode(small, quality)
        if len(file) <= SMALL_BYTES:
            break
    return file, small.size


def clean(sent, areas=()):
    """Return the header, with the sizes of the two pictures, and their bytes joined."""
    picture = scaled_upright(open_limited(sent))
    picture = black_out(picture, areas)
    large = large_file(picture)
    small, small_size = thumbnail(picture)
    header = {"size": picture.size, "small_size": small_size, "bytes": [len(large), len(small)]}
    return header, large + small


def main():
    set_limits()
    try:
        areas = json.loads(sys.argv[1]) if len(sys.argv) > 1 else ()
        header, files = clean(sys.stdin.buffer.read(), areas)
    except Rejected as reason:
        header, files = {"refused": str(reason)}, b""
    except MemoryError:
        header, files = {"refused": "pixels"}, b""
    except Exception as error:  # whatever a decoder says of a file, the file is at fault
        header, files = {"refused": "broken", "why": type(error).__name__}, b""
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + files)


if __name__ == "__main__":
    main()
