"""Cell parsers: a term, yes or no, lists of measures.

A parser takes the value of a cell; a blank one means nothing, and a value that can't be read
raises BadCell with the remedy.
"""

import re
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from items.actions.draft import MOST_CRITERIA
from items.numerals import read_numeral

from .errors import BadCell
from .notes import Noted
from .text import clean, figure_as_text, normalised, quoted
from .traditional import simplified

TERMS = {
    "short": (
        "短期", "近期", "立行立改", "立即整改", "立改", "即知即改", "马上就办", "短期整改",
        "short", "shortterm",
    ),
    "mid_long": (
        "中长期", "中期", "中远期", "远期", "中长期整改", "mid_long", "midlong", "mediumterm",
        "longterm",
    ),
    "standing": (
        "长期坚持", "长期", "常态化", "持续推进", "长期推进", "常态化推进", "持续坚持", "standing",
        "ongoing",
    ),
}  # fmt: skip
YES = ("是", "有", "对", "√", "✓", "✔", "☑", "yes", "y", "true", "1")
NO = ("", "否", "无", "不", "×", "✗", "✘", "x", "-", "—", "/", "no", "n", "false", "0")


UNIT_MARKS = ";；、,，/\n"
MEASURE_MARKS = ";；\n"

# "统计数量,选型采购,整批更换" is a list; longer pieces are sentences that happen to have commas.
SHORT_CHINESE, SHORT_LATIN = 14, 60  # characters

_ORDINAL = re.compile(
    r"(?:[(（]\s?(?P<in_brackets>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）]"
    r"|(?P<figure>\d{1,2})\s?[.．、)）](?!\d)"
    r"|(?P<numeral>[一二三四五六七八九十]{1,3})(?:、|是)"
    r"|(?P<circled>[①-⑳]))\s?"
)
_BEFORE_FIRST = ("", *"\n;；。:：")


def parse_term(text: object) -> str | Noted:
    """Parse a 期限类型 as short, mid_long or standing; a blank cell means "".

    Other words, such as 一年, are kept in the remark.
    """
    word = simplified(normalised(figure_as_text(text)[:100]))
    if word.endswith(")"):
        word = word.partition("(")[0] if "(" in word else word
    word = word.lower().rstrip("。.;")
    key = next((key for key, words in TERMS.items() if word in words), "")
    if key or not word:
        return key
    sentence = _("“%(words)s” is no term (短期, 中长期, 长期坚持). It is kept in the remark.")
    return Noted("", sentence % {"words": quoted(text)}, kept=clean(str(text)))


def parse_yes(value: object) -> bool:
    """Parse a yes or no; a blank cell means no."""
    word = normalised(figure_as_text(value)).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(
        _("“%(words)s” is neither yes nor no. Write 是 or 否.") % {"words": quoted(value)}
    )


def split_measures(text: str) -> list[str]:
    """Split a 具体措施 cell at line ends, semicolons, 1. ① (一); at commas for want of these."""
    pieces = [
        _trimmed(piece) for part in at_ordinals(clean(text)) for piece in cut(part, MEASURE_MARKS)
    ]
    pieces = [piece for piece in pieces if piece and not piece.endswith((":", "："))]
    return _at_commas(pieces[0]) if len(pieces) == 1 else pieces


def split_lines(text: str) -> list[str] | Noted:
    """Split a 怎样算办好 cell at line ends, semicolons, 1. ① (一); sentences stay whole.

    What is more than an item takes stays together in its last line.
    """
    pieces = (_trimmed(p) for part in at_ordinals(clean(text)) for p in cut(part, MEASURE_MARKS))
    lines = [piece for piece in pieces if piece]
    if len(lines) <= MOST_CRITERIA:
        return lines
    last = "；".join(lines[MOST_CRITERIA - 1 :])
    sentence = _("What done looks like takes %(most)d lines: the last one holds the rest.")
    return Noted([*lines[: MOST_CRITERIA - 1], last], sentence % {"most": MOST_CRITERIA})


def at_ordinals(text: str) -> list[str]:
    """Cut at ordinals that count up from one: "3.5米" and "2、3号机" are none."""
    parts, begin = [], 0
    expected: dict[str, int] = {}  # the next ordinal by its kind of mark
    for match in _ORDINAL.finditer(text):
        kind = match.lastgroup or ""
        ordinal = _ordinal(match[kind])
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" ")  # spaces are single
        is_first = ordinal == 1 and before[-1:] in _BEFORE_FIRST
        if ordinal and (is_first or ordinal == expected.get(kind)):
            parts.append(text[begin : match.start()])
            begin, expected[kind] = match.end(), ordinal + 1
    return [*parts, text[begin:]]


@lru_cache(maxsize=256)
def _ordinal(mark: str) -> int | None:
    figure = normalised(mark)
    return int(figure) if figure.isdecimal() else read_numeral(figure)


def _at_commas(text: str) -> list[str]:
    pieces = [_trimmed(piece) for piece in cut(text, ",，")]
    is_list = "。" not in text and all(piece and _is_short(piece) for piece in pieces)
    return pieces if is_list else [text]


def _is_short(piece: str) -> bool:
    return len(piece) <= (SHORT_LATIN if piece.isascii() else SHORT_CHINESE)


def _trimmed(piece: str) -> str:
    return piece.strip().rstrip(";；。,，、").rstrip()


def cut(text: str, marks: str) -> list[str]:
    """Cut at any of `marks` outside brackets, and never inside a figure such as 1,000."""
    if sum(map(text.count, "(（[【")) != sum(map(text.count, ")）]】")):
        return re.split(f"[{re.escape(marks)}]", text)
    pieces, begin, depth = [], 0, 0
    for sign in _signs(marks).finditer(text):
        at, char = sign.start(), sign[0]
        depth += (char in "(（[【") - (char in ")）]】")
        if char in marks and depth == 0 and not _is_inside_figure(text, at):
            pieces.append(text[begin:at])
            begin = at + 1
    return [*pieces, text[begin:]]


@cache
def _signs(marks: str) -> re.Pattern[str]:
    """Return the pattern of the signs at which something happens: marks and brackets."""
    return re.compile(f"[{re.escape(marks + '()（）[]【】')}]")


def _is_inside_figure(text: str, at: int) -> bool:
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
