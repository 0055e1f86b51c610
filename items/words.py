"""A name that readers see, in the two languages it may be written in."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext


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
        return format_date(date, pgettext("a day of the list's year", "j F"))
    return format_date(date, pgettext("a day", "j F Y"))
