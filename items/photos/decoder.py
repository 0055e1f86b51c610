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

MEMORY = 450_000_000  # bytes of address space; what is allowed below stays under 300 million
SECONDS = 15  # of the processor

LARGE = 2048  # pixels of the long side
QUALITY = 82
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
    picture = Image.open(BytesIO(sent), formats=["JPEG", "PNG", "WEBP", "HEIF"])
    kind = "JPEG" if picture.format == "MPO" else picture.format
    pixels, cap = picture.width * picture.height, MAX_PIXELS[kind]
    if kind == "JPEG" and picture.info.get("progressive"):
        cap = MAX_PROGRESSIVE
    if pixels > cap or max(picture.size) > MAX_SIDE:
        raise Rejected("pixels")
    if kind in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise Rejected("moving")
    return picture


def scaled_upright(picture):
    """Return the picture in its large size, turned as its EXIF orientation says."""
    from PIL import Image

    profile = picture.info.get("icc_profile")
    turn = TURNS.get(orientation(picture))
    picture = scalable(picture)
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = in_srgb(picture, profile)
    return picture.transpose(turn) if turn is not None else picture


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
    large = encode(picture, QUALITY, progressive=True)
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
