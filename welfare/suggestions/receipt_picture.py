"""The receipt as one picture (PNG): code, days, and what happens next, to be kept on a phone.

WeChat saves pictures by a long press, and nothing else of a page. The picture goes into the page
itself (a data: address), so that no address holds the code. Its font has the letters of these
sentences alone (receipt_font/README.md); tests hold that it has each of them.
"""

import base64
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from items.words import day

FONT = Path(__file__).with_name("receipt_font") / "receipt.ttf"
WIDTH, MARGIN = 720, 48  # pixels: a phone's screen, twice
INK, QUIET, PAPER = 0x18, 0x50, 0xFF  # grey
SHADES = 8  # of grey: enough for the letters' edges, and small
TITLE, CODE, TEXT, SMALL = 44, 56, 30, 26
# What stays together in a line: a Latin word, or a letter with the signs that close after it.
PIECE = re.compile(r"[!-~]+[，。；：、”）]*\s*|.[，。；：、”）]*\s*")


@dataclass(frozen=True, slots=True)
class ReceiptPicture:
    """The picture as an <img> wants it."""

    address: str  # data:
    width: int
    height: int


def receipt_picture(code: str, received_on: date, answer_by: date) -> ReceiptPicture:
    """Draw the receipt, in the reader's language."""
    image, file = drawn(lines(code, received_on, answer_by)), BytesIO()
    image.save(file, "PNG")
    content = base64.b64encode(file.getvalue()).decode()
    return ReceiptPicture(f"data:image/png;base64,{content}", *image.size)


def lines(code: str, received_on: date, answer_by: date) -> list[tuple[str, int, int]]:
    """Return the picture's sentences with the size of their type and their shade of grey."""
    place = settings.SITE_URL.partition("://")[2] + reverse("suggestions:answer")
    return [
        (_("Receipt of a suggestion"), TITLE, INK),
        (code, CODE, INK),
        (_("Received on %(day)s") % {"day": day(received_on)}, TEXT, INK),
        (_("You get an answer by %(day)s.") % {"day": day(answer_by)}, TEXT, INK),
        (
            _("It becomes an item, is done at once, or isn’t adopted, with the reason."),
            SMALL,
            QUIET,
        ),
        (_("Read the answer: open %(place)s and type the code.") % {"place": place}, TEXT, INK),
        (_("Whoever has the code reads the answer. Nobody finds it again for you."), SMALL, QUIET),
    ]


def drawn(sentences):
    """Draw the sentences under each other, each broken where the line is full."""
    from PIL import Image, ImageDraw  # only here: no other page needs it

    sentences = [(text.replace("’", "'"), size, shade) for text, size, shade in sentences]
    rows = [
        (row, fitting(row, size), shade)
        for text, size, shade in sentences
        for row in [*broken(text, font(size)), ""]
    ]
    height = 2 * MARGIN + sum(size * 3 // 2 if row else size // 2 for row, size, _shade in rows)
    image = Image.new("L", (WIDTH, height), PAPER)
    draw, top = ImageDraw.Draw(image), MARGIN
    for row, size, shade in rows:
        if row:
            draw.text((MARGIN, top), row, fill=shade, font=font(size))
        top += size * 3 // 2 if row else size // 2
    draw.rectangle((8, 8, WIDTH - 9, height - 9), outline=INK, width=3)
    return image.quantize(SHADES)


def fitting(row: str, size: int) -> int:
    """Return the largest size in which what can't be broken fits into one line."""
    while font(size).getlength(row) > WIDTH - 2 * MARGIN:
        size -= 1
    return size


def broken(text: str, font) -> list[str]:
    """Break a text into lines, each as full as the picture is wide."""
    rows = [""]
    for piece in PIECE.findall(text):
        if rows[-1] and font.getlength(rows[-1] + piece.rstrip()) > WIDTH - 2 * MARGIN:
            rows.append("")
        rows[-1] += piece
    return [row.rstrip() for row in rows]


@lru_cache
def font(size: int):
    from PIL import ImageFont

    return ImageFont.truetype(str(FONT), size)
