"""Several things in one cell: units, and measures."""

import re

from .numerals import read_numeral
from .text import clean, normalised, one_line

UNIT_MARKS = ";；、,，/\n"
MEASURE_MARKS = ";；\n"
NOTHING = {"无", "-", "—", "——", "\\"}

# "统计数量,选型采购,整批更换" is a list; longer pieces are sentences that happen to have commas.
SHORT_CHINESE, SHORT_LATIN = 14, 60

_ORDINAL = re.compile(
    r"(?:[(（]\s?(?P<in_brackets>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）]"
    r"|(?P<figure>\d{1,2})\s?[.．、)）](?!\d)"
    r"|(?P<numeral>[一二三四五六七八九十]{1,3})(?:、|是)"
    r"|(?P<circled>[①-⑳]))\s?"
)
_BEFORE_FIRST = ("", *"\n;；。:：")


def split_units(text: str) -> list[str]:
    """Split a 责任单位 cell; brackets stay whole, nobody is named twice, order is kept."""
    units = [one_line(piece).rstrip("。") for piece in _cut(clean(text), UNIT_MARKS)]
    return list(dict.fromkeys(unit for unit in units if unit and unit not in NOTHING))


def split_measures(text: str) -> list[str]:
    """Split a 具体措施 cell at line ends, semicolons, 1. ① (一); at commas for want of these."""
    pieces = [
        _trimmed(piece) for part in _at_ordinals(clean(text)) for piece in _cut(part, MEASURE_MARKS)
    ]
    pieces = [piece for piece in pieces if piece and not piece.endswith((":", "："))]
    return _at_commas(pieces[0]) if len(pieces) == 1 else pieces


def _at_ordinals(text: str) -> list[str]:
    """Cut at marks that count up from one: "3.5米" and "2、3号机" are no marks."""
    parts, begin, expected = [], 0, {}
    for found in _ORDINAL.finditer(text):
        kind, ordinal = found.lastgroup, _ordinal(found[found.lastgroup])
        is_first = ordinal == 1 and text[: found.start()].rstrip(" ")[-1:] in _BEFORE_FIRST
        if is_first or (ordinal and ordinal == expected.get(kind)):
            parts.append(text[begin : found.start()])
            begin, expected[kind] = found.end(), ordinal + 1
    return [*parts, text[begin:]]


def _ordinal(mark: str) -> int | None:
    figure = normalised(mark)
    return int(figure) if figure.isdecimal() else read_numeral(figure)


def _at_commas(text: str) -> list[str]:
    pieces = [_trimmed(piece) for piece in _cut(text, ",，")]
    is_list = "。" not in text and all(piece and _is_short(piece) for piece in pieces)
    return pieces if is_list else [text]


def _is_short(piece: str) -> bool:
    return len(piece) <= (SHORT_LATIN if piece.isascii() else SHORT_CHINESE)


def _trimmed(piece: str) -> str:
    return piece.strip().rstrip(";；。,，、").rstrip()


def _cut(text: str, marks: str) -> list[str]:
    """Cut at any of `marks` outside brackets, and never inside a figure such as 1,000."""
    if sum(map(text.count, "(（[【")) != sum(map(text.count, ")）]】")):
        return re.split(f"[{re.escape(marks)}]", text)
    pieces, begin, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "(（[【") - (char in ")）]】")
        if char in marks and depth == 0 and not _is_inside_figure(text, at):
            pieces.append(text[begin:at])
            begin = at + 1
    return [*pieces, text[begin:]]


def _is_inside_figure(text: str, at: int) -> bool:
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
