"""Picture files as people, phones and attackers send them; each is made here."""

import json
import struct
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from PIL import Image, ImageCms, PngImagePlugin

SECRET = b"ZQSECRET"  # stands in every place of a file where words may stand
HEIC = Path(__file__).parent / "samples" / "turned.heic"  # 64 x 48, to be turned by EXIF's 6


def saved(picture, kind="JPEG", **how):
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def quarters(width=96, height=64, mode="RGB"):
    """Return a picture, red at the top left and blue at the bottom right, white elsewhere."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height // 2))
    picture.paste("blue", (width // 2, height // 2, width, height))
    return picture.convert(mode)


@cache
def noise(width, height, mode="RGB"):
    return Image.effect_noise((512, 384), 60).convert(mode).resize((width, height))


def exif(orientation=1):
    """Return EXIF with a place, a maker and words."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = tags[0x010E] = SECRET.decode()
    tags.get_ifd(0x8769)[0x927C] = SECRET  # the maker's own notes
    tags.get_ifd(0x8825).update({1: "N", 2: (31.0, 12.0, 3.0), 3: "E", 4: (117.0, 8.0, 9.0)})
    return tags.tobytes()


def turned(orientation):
    """Return a JPEG that is upright only when it is turned as its EXIF says."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    picture = quarters()
    if orientation in undo:
        picture = picture.transpose(undo[orientation])
    return saved(picture, exif=exif(orientation), quality=95)


def segment(marker, said):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(said) + 2) + said


def full_of_notes():
    """Return a JPEG with every kind of note that a JPEG may carry, and a second one behind."""
    thumbnail = saved(quarters(160, 120), comment=SECRET)
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0d\x1c\x02\x05\0\x08" + SECRET + b"\0"
    notes = segment(0xE1, b"Exif\0\0" + exif() + thumbnail) + segment(0xE1, xmp)
    notes += segment(0xED, iptc) + segment(0xFE, SECRET) + segment(0xEC, b"Ducky" + SECRET)
    plain = saved(quarters())
    return plain[:2] + notes + plain[2:] + thumbnail + SECRET


def two_in_one():
    """Return what phones write: a picture and, behind it, a second one of the same moment."""
    file = BytesIO()
    first, second = quarters(), quarters(48, 32)
    first.save(file, "MPO", save_all=True, append_images=[second], exif=exif())
    return file.getvalue()


def png(width, height, rows=b""):
    """Return a PNG that says it is so large, whatever it holds."""

    def chunk(name, said):
        check = struct.pack(">I", zlib.crc32(name + said))
        return struct.pack(">I", len(said)) + name + said + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def wordy_png(compressed=False, words=SECRET):
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", words.decode(), zip=compressed)
    said.add_itxt("XML:com.adobe.xmp", f"<x>{words.decode()}</x>", zip=compressed)
    return saved(quarters(), "PNG", pnginfo=said, exif=exif())


@cache
def png_bomb_of_words():
    return wordy_png(compressed=True, words=b"x" * 70_000_000)


def profile(name):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def frames(kind):
    more = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    return saved(more[0], kind, save_all=True, append_images=more[1:], duration=100)


def in_a_zip():
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("run.js", SECRET)
    return file.getvalue()


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
PAGE = b"<!doctype html><script>alert('" + SECRET + b"')</script>"

# What is taken, and becomes clean
TAKEN = {
    "JPEG": lambda: saved(quarters()),
    "JPEG, progressive": lambda: saved(quarters(), progressive=True),
    "JPEG in grey": lambda: saved(quarters(mode="L")),
    "JPEG for print": lambda: saved(quarters(mode="CMYK")),
    "JPEG full of notes": full_of_notes,
    "JPEG with GPS": lambda: saved(quarters(), exif=exif()),
    "JPEG with a broken EXIF": lambda: saved(quarters(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "JPEG with a profile": lambda: saved(quarters(), icc_profile=profile("sRGB")),
    "JPEG with another's profile": lambda: saved(quarters(), icc_profile=profile("LAB")),
    "JPEG with a broken profile": lambda: saved(quarters(), icc_profile=SECRET * 20),
    "JPEG, two in one": two_in_one,
    "JPEG and ZIP": lambda: saved(quarters()) + in_a_zip(),
    "JPEG and page": lambda: saved(quarters(), comment=PAGE) + PAGE,
    "PNG": lambda: saved(quarters(), "PNG"),
    "PNG with words": wordy_png,
    "PNG, 16 bit in grey": lambda: saved(
        quarters(mode="I").point(lambda value: value * 257).convert("I;16"), "PNG"
    ),
    "PNG in a palette": lambda: saved(quarters(mode="P"), "PNG"),
    "PNG in a palette, one clear": lambda: saved(quarters(mode="P"), "PNG", transparency=0),
    "PNG, one colour clear": lambda: saved(quarters(), "PNG", transparency=(0, 255, 0)),
    "PNG in black and white": lambda: saved(quarters(mode="1"), "PNG"),
    "PNG, clear": lambda: saved(quarters(mode="RGBA"), "PNG"),
    "PNG, clear in grey": lambda: saved(quarters(mode="LA"), "PNG"),
    "PNG and ZIP": lambda: saved(quarters(), "PNG") + in_a_zip(),
    "WebP": lambda: saved(quarters(), "WEBP", quality=90, exif=exif(), xmp=SECRET),
    "WebP, clear": lambda: saved(quarters(mode="RGBA"), "WEBP", lossless=True),
    "one pixel": lambda: saved(Image.new("RGB", (1, 1)), "PNG"),
    "a thread": lambda: saved(Image.new("RGB", (1, 9000), "red"), "PNG"),
    "HEIC": HEIC.read_bytes,
}

# What is refused, and a word of the sentence that says why
REFUSED = {
    "empty": (lambda: b"", "empty"),
    "words": (lambda: b"This is no picture at all.", "no photo"),
    "zeros": (lambda: bytes(5000), "no photo"),
    "SVG": (lambda: SVG, "a drawing or a web page"),
    "page": (lambda: b"\xef\xbb\xbf \n" + PAGE, "a drawing or a web page"),
    "GIF": (lambda: saved(quarters(mode="P"), "GIF"), "a GIF"),
    "GIF and script": (lambda: b"GIF89a=1;alert(1);//" + SECRET, "a GIF"),
    "TIFF": (lambda: saved(quarters(), "TIFF"), "a TIFF"),
    "BMP": (lambda: saved(quarters(), "BMP"), "a BMP"),
    "icon": (lambda: saved(quarters(48, 48), "ICO"), "no photo"),
    "PDF": (lambda: saved(quarters(), "PDF"), "a PDF"),
    "ZIP": (in_a_zip, "an archive"),
    "AVIF": (lambda: b"\0\0\0\x1cftypavif" + bytes(60), "an AVIF"),
    "film": (lambda: b"\0\0\0\x1cftypmp42" + bytes(60), "a film"),
    "PNG that moves": (lambda: frames("PNG"), "moves"),
    "WebP that moves": (lambda: frames("WEBP"), "moves"),
    "PNG bomb": (lambda: png(30_000, 30_000, bytes(90_001) * 30), "pixels"),
    "PNG bomb of a thread": (lambda: png(1, 65_535), "pixels"),
    "PNG bomb of words": (png_bomb_of_words, "damaged"),
    "PNG without rows": (lambda: png(100, 100), "damaged"),
    "PNG of nothing": (lambda: png(0, 0), "damaged"),
    "JPEG, only its head": (lambda: saved(quarters())[:20], "damaged"),
    "JPEG, bytes swapped": (lambda: saved(noise(400, 300))[:600] + bytes(500), "damaged"),
    "WebP of nothing": (lambda: b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "damaged"),
    "HEIC of nothing": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(90), "damaged"),
    "HEIC, half of it": (lambda: HEIC.read_bytes()[:600], "damaged"),
    "too many bytes": (lambda: saved(quarters()) + bytes(20 * 1024 * 1024), "more than 20 MB"),
    "JSON": (lambda: json.dumps({"a": 1}).encode(), "no photo"),
}
