"""Three-way comparison of a cell: what was exported, what came back, what is there now. Pure.

Words are compared as their readers see them, so that a program that saves the book anew (Excel,
WPS, LibreOffice; as a workbook or as CSV) changes nothing.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from items.exports.separated import RECKONED
from items.sheets.text import clean

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,20})?")
_AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # of a program without our locale
_FRACTION = re.compile(r"(\d{1,2})[/-](\d{1,2})")
_ESCAPED = tuple(f"'{sign}" for sign in RECKONED)


class Outcome(StrEnum):
    """What came of a cell while its book was away."""

    SAME = "same"  # nobody here wrote anything
    CHANGED = "changed"  # in the book alone
    AGREED = "agreed"  # in the book and on the site, to the same
    CONFLICT = "conflict"  # in both, and differently


def compared(column: str, exported: str, yours: str, now: str) -> Outcome:
    """Compare a cell of a column three ways."""
    if same(column, exported, yours):
        return Outcome.SAME
    if same(column, yours, now):
        return Outcome.AGREED
    return Outcome.CHANGED if same(column, exported, now) else Outcome.CONFLICT


def same(column: str, one: str, other: str) -> bool:
    """Tell whether two texts of a column say the same to their readers."""
    if one == other or (a := plain(one)) == (b := plain(other)):
        return True
    return _is_made_of(column, a, b) or _is_made_of(column, b, a)


def plain(text: str) -> str:
    """Return a text as it is compared: a day as 2026-06-30, a number without its own look.

    Breaks of lines, blanks and full width make no difference, nor does the mark that keeps a text
    from being a formula.
    """
    words = clean(text.replace("_x000D_", ""))
    words = _half_width(words[1:] if words.startswith(_ESCAPED) else words)
    if found := _DAY.fullmatch(words):
        return _day(*map(int, found.groups())) or words
    if found := _AMERICAN_DAY.fullmatch(words):
        month, day, year = map(int, found.groups())
        return _day(year, month, day) or words
    bare, sign = (words[:-1].rstrip(), "%") if words.endswith("%") else (words, "")
    if _NUMBER.fullmatch(bare):
        return f"{Decimal(bare.replace(',', '')).normalize() + 0:f}{sign}"
    return words


def _half_width(text: str) -> str:
    """Write letters, figures and marks in half width; what else NFKC folds says something."""
    return "".join(
        chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else " " if sign == "\u3000" else sign
        for sign in text
    )


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _is_made_of(column: str, read: str, written: str) -> bool:
    """Tell whether a program made of what was written what is read: 3月4日 of 3/4, 0.55 of 55%."""
    if (found := _FRACTION.fullmatch(written)) and (made := _DAY.fullmatch(read)):
        return tuple(map(int, found.groups())) == tuple(map(int, made.groups()[1:]))
    if column == "percent" and written.endswith("%") and _NUMBER.fullmatch(read):
        share = Decimal(written[:-1])
        return Decimal(read) in (share, share / 100)
    return False
