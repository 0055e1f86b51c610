"""Finding personal data (PII) in a text before it is published; let through only by a yes.

Found are ID numbers (GB 11643, with their check digit, and those of 15 digits), telephone numbers,
bank cards (ISO/IEC 7812, with theirs), e-mail addresses, WeChat and QQ numbers and number plates,
in any width, with signs between their digits, and with letters before them.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.errors import Refused
from items.privacy.written_numbers import Kind, Run, fold_signs, runs

LABELS = {
    "id_number": gettext_lazy("an ID number"),
    "mobile": gettext_lazy("a mobile number"),
    "bank_card": gettext_lazy("a bank card’s number"),
    "email": gettext_lazy("an e-mail address"),
    "landline": gettext_lazy("a telephone number"),
    "chat": gettext_lazy("a WeChat or QQ number"),
    "plate": gettext_lazy("a car’s number plate"),
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ID_NUMBER = re.compile(rf"\d{{6}}((?:19|20)\d\d{MONTH_DAY})\d{{3}}[\dX]")
OLD_ID_NUMBER = re.compile(rf"\d{{6}}(\d\d{MONTH_DAY})\d{{3}}")
MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d\d)[2-9]\d{6,7}")

# What is told by its letters, or by the word before it
WRITTEN = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")),
    (
        "landline",
        re.compile(r"(?:电话|座机|\btel)(?:号码)?[:.]? ?[2-8]\d{2,3}[- ]?\d{4}(?!\d)", re.I),
    ),
    (
        "chat",
        re.compile(
            r"(?:(?<!企业)微信|(?<![a-z])(?:wechat|weixin|[wv]x))(?:号码?|id)? ?[:是为]? ?"
            r"(?=[a-z_-]{0,19}\d)[a-z][\w-]{5,19}(?![\w-])"
            r"|(?:(?<![a-z])qq|扣扣)(?:号码?)? ?[:是为]? ?[1-9]\d{4,10}(?!\d)",
            re.I | re.A,
        ),
    ),
    (
        "plate",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·.-]?"
            r"(?=[A-Z]{0,3}\d[A-Z]{0,2}\d)[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳](?![A-Za-z\d])"
        ),
    ),
)


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
    text = fold_signs(text)
    for run in runs(text, SHORTEST):
        yield from run.numbers(KINDS)
    for kind, pattern in WRITTEN:
        for match in pattern.finditer(text):
            yield kind, match[0]


def is_landline(text: str) -> bool:
    """Tell whether nothing but a landline is found: an office's own may be public."""
    return {kind for kind, _text in find(text)} == {"landline"}


def _is_id(run: Run, nth: int, after: int) -> bool:
    """Tell whether it is an ID number, which its check digit shows however it is written."""
    match = run.matches(ID_NUMBER, nth, after)
    if not match or not _is_day(match[1]):
        return False
    number = match[0]
    rest = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
    return "10X98765432"[rest] == number[17]


def _is_old_id(run: Run, nth: int, after: int) -> bool:
    match = run.matches(OLD_ID_NUMBER, nth, after)
    return bool(match and _is_day(f"19{match[1]}"))


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _is_mobile(run: Run, nth: int, after: int) -> bool:
    return bool(run.matches(MOBILE, nth, after))


def _is_landline(run: Run, nth: int, after: int) -> bool:
    match = run.matches(LANDLINE, nth, after)
    return bool(match) and (after == nth + 1 or run.ends_group(nth, len(match[1])))


def _begin(*numbers: int) -> list[str]:
    return [f"{number:02d}" for number in numbers]


PROVINCES = _begin(*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47))
PROVINCES += _begin(*range(50, 55), *range(61, 66), 71, 81, 82, 83)
CARDS = _begin(*range(30, 70))
# By the first two digits of a number: what it may be, the longest first
KINDS: dict[str, list[Kind]] = {}
for starts, kind in (
    (CARDS, Kind("bank_card", 19, Run.has_luhn_digit)),
    (PROVINCES, Kind("id_number", 18, _is_id, written_as_one=False)),
    *((CARDS, Kind("bank_card", length, Run.has_luhn_digit)) for length in (18, 17, 16)),
    (PROVINCES, Kind("id_number", 15, _is_old_id)),
    (["00"], Kind("mobile", 15, _is_mobile)),  # 0086
    (["86"], Kind("mobile", 13, _is_mobile)),
    (_begin(*range(3, 10)), Kind("landline", 12, _is_landline)),
    (_begin(*range(13, 20)), Kind("mobile", 11, _is_mobile)),
    (_begin(*range(1, 10)), Kind("landline", 11, _is_landline)),
    (_begin(1, 2), Kind("landline", 10, _is_landline)),
):
    for start in starts:
        KINDS.setdefault(start, []).append(kind)
SHORTEST = min(kind.length for kinds in KINDS.values() for kind in kinds)


def masked(text: str) -> str:
    return f"{text[:3]}…{text[-2:]}"
