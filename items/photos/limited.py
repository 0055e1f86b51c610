"""Make a picture clean, in a process of its own that may use only so much memory and time.

`python limited.py < picture` reads the bytes of a picture and writes a line of JSON, then the
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


class No(Exception):
    """Say in one word why the picture isn't taken."""


def limit():
    """Take from this process what no picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(sent):
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
        raise No("pixels")
    if kind in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise No("moving")
    return picture


def upright(picture):
    """Return the picture in its large size, as the camera was held."""
    from PIL import Image

    profile = picture.info.get("icc_profile")
    turn = TURNS.get(orientation(picture))
    picture = scalable(picture)
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = in_srgb(picture, profile)
    return picture.transpose(turn) if turn is not None else picture


TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # by EXIF's number, the one of Pillow


def orientation(picture):
    try:
        return picture.getexif().get(0x0112, 1)
    except Exception:  # a broken note about a picture is no reason to refuse the picture
        return 1


def scalable(picture):
    """Return the picture in a mode that can be made smaller without staircases."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("P", "PA", "1") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture


def in_srgb(picture, profile):
    """Return the picture in the colours of the web, what is transparent on white."""
    from PIL import Image

    alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
    if alpha is not None:
        picture = picture.convert(picture.mode[:-1])
    picture = converted(picture, profile)
    if alpha is not None:
        picture = Image.composite(picture, Image.new("RGB", picture.size, "white"), alpha)
    return picture


def converted(picture, profile):
    """Return the picture in sRGB, by its own profile where that can be read."""
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


def blacked_out(picture, areas):
    """Paint the areas, in parts of width and height, black; what was there is gone."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    for left, top, width, height in areas:
        x, y = int(left * picture.width), int(top * picture.height)
        # Outwards by a pixel: no edge of what is covered may show.
        right, bottom = (left + width) * picture.width + 1, (top + height) * picture.height + 1
        draw.rectangle((x - 1, y - 1, int(right), int(bottom)), fill="black")
    return picture


def encoded(picture, quality, **how):
    """Return the picture as a JPEG that says nothing but the picture."""
    picture.info.clear()  # Pillow would write a comment that stands in there
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True, subsampling="4:2:0", **how)
    return file.getvalue()


def small_of(picture):
    """Return the picture as a list shows it: its bytes and its size."""
    from PIL import Image

    for side, quality in SMALL:
        small = picture.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = encoded(small, quality)
        if len(file) <= SMALL_BYTES:
            break
    return file, small.size


def clean(sent, areas=()):
    """Return the sizes of the two pictures and their bytes."""
    picture = upright(opened(sent))
    picture = blacked_out(picture, areas)
    large = encoded(picture, QUALITY, progressive=True)
    small, small_size = small_of(picture)
    said = {"size": picture.size, "small_size": small_size, "bytes": [len(large), len(small)]}
    return said, large + small


def main():
    limit()
    try:
        areas = json.loads(sys.argv[1]) if len(sys.argv) > 1 else ()
        said, files = clean(sys.stdin.buffer.read(), areas)
    except No as why:
        said, files = {"refused": str(why)}, b""
    except MemoryError:
        said, files = {"refused": "pixels"}, b""
    except Exception as why:  # whatever a decoder says of a file, the file is at fault
        said, files = {"refused": "broken", "why": type(why).__name__}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + files)


if __name__ == "__main__":
    main()
