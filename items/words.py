"""Bilingual texts, what is visible of them, folding for search, dates in a reader's language."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, pgettext


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a text in Chinese and, where there is one, its English wording."""

    zh: str = ""
    en: str = ""

    def __bool__(self):
        return bool(self.zh or self.en)

    def in_language(self, code: str) -> tuple[str, str]:
        """Return the text to show to a reader of `code`, and the language it is written in."""
        if code.startswith("en") and self.en:
            return self.en, "en"
        return (self.zh, "zh-Hans") if self.zh else (self.en, "en")


@dataclass(frozen=True, slots=True)
class OfficeContact:
    """Hold where an activity office is found: its room, telephone and hours; any may be empty."""

    room: Words = Words()
    phone: str = ""
    hours: Words = Words()

    def __bool__(self):
        return bool(self.room or self.phone)

    @classmethod
    def of(cls, row: Any) -> "OfficeContact":
        """Return what a committee, or a row of its history, says of its office."""
        room = Words(row.office_room, row.office_room_en)
        return cls(room, row.office_phone, Words(row.office_hours, row.office_hours_en))

    @property
    def in_one_line(self) -> str:
        """Return all of it in one line, in both languages; two are the same when these are."""
        room, hours = self.room, self.hours
        return " · ".join(filter(None, [room.zh, room.en, self.phone, hours.zh, hours.en]))

    @property
    def dial(self) -> str:
        """Return the telephone as `tel:` wants it: digits, and a plus before them."""
        return re.sub(r"[^+0-9]", "", fold(self.phone))


NOWHERE = OfficeContact()  # nothing has been said


# What is visible

# Joiners and fillers that show nothing but make two equal names differ. U+200D stays for emoji.
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2060\u3164"
_INVISIBLE += "\ufeff\uffa0\ufffe\uffff"
_BIDI = [*range(0x202A, 0x202F), *range(0x2061, 0x2070)]
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in b"\t\n\v\f\x85"]
_SURROGATES = range(0xD800, 0xE000)
_TAGS = [*range(0xE0000, 0xE0080), *range(0xFFF9, 0xFFFC)]

_UNSEEN = dict.fromkeys(
    [*map(ord, _INVISIBLE), *_BIDI, *_CONTROLS, *_SURROGATES, *_TAGS]
) | dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n")

# Those of them that Python takes for printable
_BLANK_LETTERS = re.compile(f"[{''.join(chr(c) for c in _UNSEEN if chr(c).isprintable())}]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n[ \n]*")
_LOOSE_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
_WRAP_BETWEEN_CHINESE = re.compile(rf"(?<={_WIDE}) ?\n(?={_WIDE})")


def visible(text: str) -> str:
    """Drop what nobody sees, such as zero-width and direction signs; compose letters (NFC).

    Two texts that look the same are the same then, and none runs backwards on a page.
    """
    if text.isprintable() and not _BLANK_LETTERS.search(text):  # as nearly all cells of a sheet
        return unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    if "\u200d" in text:
        text = _LOOSE_JOINER.sub("", text)
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return what is visible of a text, trimmed, with single spaces; line breaks stay."""
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", visible(text))).strip()


def one_line(text: str) -> str:
    """Clean a name or title, and undo the line breaks that only fit it into its cell."""
    return _WRAP_BETWEEN_CHINESE.sub("", clean(text)).replace("\n", " ")


def fold(text: str) -> str:
    """Return the text as it is compared: case and full width make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


def tidy(text: str) -> str:
    """Return what somebody typed in plain width, with single spaces and no signs without shape."""
    spaced = _CONTROL.sub(" ", unicodedata.normalize("NFKC", text))
    shown = visible(spaced)
    return " ".join("".join(c if c.isprintable() else " " for c in shown).split())


def day(date: date, year: int | None = None) -> str:
    """Return the day as the reader's language writes it; without its year when that is `year`."""
    if date.year == year:
        pattern = pgettext("a day of the list's year", "j F")
    else:
        pattern = pgettext("a day", "j F Y")
    return _formatted(date, pattern, get_language())


def month(date: date, *, short: bool = False) -> str:
    """Return the month of a day as the reader's language writes it; `short`: without its year."""
    pattern = pgettext("a month", "M") if short else pgettext("a month with its year", "F Y")
    return _formatted(date, pattern, get_language())


def quarter(first: date) -> str:
    """Return the quarter that begins with a day as the reader's language writes it."""
    values = {"year": first.year, "quarter": (first.month + 2) // 3}
    return gettext("quarter %(quarter)d of %(year)d") % values


@lru_cache(maxsize=1000)  # a page says few days, and each of them often
def _formatted(date, pattern, _language):
    return format_date(date, pattern)
