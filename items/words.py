"""Bilingual texts, folding for search, and dates as a reader's language writes them."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext


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


def fold(text: str) -> str:
    """Return the text as it is compared: case and full width make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


def day(date: date, year: int | None = None) -> str:
    """Return the day as the reader's language writes it; without its year when that is `year`."""
    if date.year == year:
        pattern = pgettext("a day of the list's year", "j F")
    else:
        pattern = pgettext("a day", "j F Y")
    return _formatted(date, pattern, get_language())


@lru_cache(maxsize=1000)  # a page says few days, and each of them often
def _formatted(date, pattern, _language):
    return format_date(date, pattern)
