"""Text normalisation: invisible characters, white space, full-width forms."""

import re
import unicodedata

# Joiners and fillers that show nothing but make two equal names differ. U+200D stays for emoji.
_INVISIBLE = "\u00ad\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2060\u3164\ufeff\uffa0\ufffe\uffff"
_BIDI = [*range(0x202A, 0x202F), *range(0x2061, 0x2070)]
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in b"\t\n\v\f\x85"]
_SURROGATES = range(0xD800, 0xE000)
_TAGS = range(0xE0000, 0xE0080)

_UNSEEN = dict.fromkeys(
    [*map(ord, _INVISIBLE), *_BIDI, *_CONTROLS, *_SURROGATES, *_TAGS]
) | dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n")

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n[ \n]*")
_LOOSE_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
_WRAP_BETWEEN_CHINESE = re.compile(rf"(?<={_WIDE}) ?\n(?={_WIDE})")

QUOTED_CHARACTERS = 40


def clean(text: str) -> str:
    """Drop invisible and control characters, trim, and collapse spaces; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    if "\u200d" in text:
        text = _LOOSE_JOINER.sub("", text)
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Clean a name or title, and undo the line breaks that only fit it into its cell."""
    return _WRAP_BETWEEN_CHINESE.sub("", clean(text)).replace("\n", " ")


def normalised(text: str) -> str:
    """Return a short text for comparing and parsing: NFKC (half width), no spaces at all."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).split())


def quoted(text: object) -> str:
    """Shorten what stood in a cell so that a sentence can quote it."""
    line = one_line(str(text))
    return line if len(line) <= QUOTED_CHARACTERS else line[: QUOTED_CHARACTERS - 1] + "…"
