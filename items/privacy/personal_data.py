"""Finding personal data (PII) in a text before it is published; let through only by a yes.

Found are ID numbers (GB 11643, with their check digit), mobile numbers, bank cards (ISO/IEC 7812,
with theirs) and e-mail addresses, also with spaces between, or written in full width.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.errors import Refused

LABELS = {
    "id_number": gettext_lazy("an ID number"),
    "mobile": gettext_lazy("a mobile number"),
    "bank_card": gettext_lazy("a bank card’s number"),
    "email": gettext_lazy("an e-mail address"),
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NUMBERS = re.compile(r"(?<![0-9A-Za-z.])\+?\d(?:[ \-·‐–]?\d){9,}[Xx]?(?![0-9A-Za-z])")
BETWEEN = re.compile(r"[ \-·‐–]")
SHORTEST, LONGEST = 11, 20  # signs of one number, and so groups of them at most
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")


class PersonalData(Refused):
    """Refuse a text that seems to hold data about a person, until somebody says yes to it."""

    def __init__(self, hits: list[tuple[str, str]]):
        named = [f"{LABELS[kind]} ({masked(text)})" for kind, text in hits]
        super().__init__(
            _("Everyone would read what looks like %(found)s. Take it out.")
            % {"found": get_text_list(named, _("and"))},
            _("If it has to be public, tick the yes below; it is recorded that it was you."),
        )


def ask(*texts: str, yes: bool = False) -> dict[str, list[str]]:
    """Return the facts to record of texts that everyone will read: {} when nothing was found.

    Raise `PersonalData` when something was found and whoever writes it hasn't said `yes` to it.
    """
    hits = list(dict.fromkeys(hit for text in texts for hit in find(text or "")))
    if hits and not yes:
        raise PersonalData(hits)
    kinds = sorted({kind for kind, _text in hits})
    return {"personal": kinds} if kinds else {}


def find(text: str) -> Iterator[tuple[str, str]]:
    """Yield what looks like data about a person: its kind, and how it is written."""
    text = unicodedata.normalize("NFKC", text)
    for match in NUMBERS.finditer(text):
        yield from _within(BETWEEN.split(match[0].upper()))
    for match in EMAIL.finditer(text):
        yield "email", match[0]


def _within(groups):
    """Yield what the groups of digits hold, which may be one number or several in a row."""
    at = 0
    while at < len(groups):
        ends = range(min(len(groups), at + LONGEST), at, -1)
        end_of_number = next((end for end in ends if _kind_of("".join(groups[at:end]))), None)
        if end_of_number:
            yield _kind_of("".join(groups[at:end_of_number])), " ".join(groups[at:end_of_number])
        at = end_of_number or at + 1


def _kind_of(number):
    if not SHORTEST <= len(number) <= LONGEST:
        return ""
    if _is_id(number):
        return "id_number"
    if MOBILE.fullmatch(number):
        return "mobile"
    return "bank_card" if _is_card(number) else ""


def _is_id(number):
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == number[17]


def _is_card(number):
    """Tell whether Luhn's digit holds; sixteen to nineteen digits that begin as cards do."""
    if not re.fullmatch(r"[3-6]\d{15,18}", number):
        return False
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    plain = [int(digit) for digit in number[-1::-2]]
    return (sum(plain) + sum(digit // 10 + digit % 10 for digit in doubled)) % 10 == 0


def masked(text):
    return f"{text[:3]}…{text[-2:]}"
