"""Date text: a cell's value folded for the patterns of days, with slips of the pen put right."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from items.numerals import NUMERAL, read_numeral, with_digits

from .errors import BadCell
from .text import clean
from .traditional import simplified

MAX_DATE_TEXT = 200  # characters; what is longer is prose, and patterns over it would cost time

DAY_SIGN = "(?:日|号(?![高机楼车线炉栋厂门仓库泵塔站]))"  # 6月1号高炉 is a furnace
# Between the two ends of a range
TO = r"起?(?:[-~〜]+|至|到)"

_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_APART = re.compile(r"(?<!\d)(\d{4})[ ,、\\_|](\d{1,2})[ ,、\\_|](\d{1,2})(?!\d)")  # 2026,6,30
# Letters that look like digits, where they stand among digits or before the sign of a date
_LOOKALIKES = re.compile(r"(?<![A-Za-z0-9])[\dOoIl]+(?![A-Za-z])")
_ZERO_IN_NUMERAL = re.compile(r"(?<=[一二三四五六七八九])[0Oo](?=[一二三四五六七八九年])")
_DIGITS_OF_LETTERS = str.maketrans("OoIl", "0011")
_SIGNS_OF_DATE = tuple("年月日号./-~至到")
_SIGNS = str.maketrans(dict.fromkeys("–—―‐‑‒−", "-") | dict.fromkeys('“”"「」『』《》〈〉'))
_SINGLE_QUOTES = re.compile(r"['‘’](?!\d)")  # not those before a short year: Jun'26
_NUMERAL_DOTS = re.compile(r"(?<=[一二三四五六七八九十])[.·・•](?=[一二三四五六七八九十])")
_DOTS = re.compile(r"(?<=\d)[。·・•](?=\d)")
_LONG_ONE = re.compile(r"(?<=[\d月日])一(?=\d)")  # 一 for a dash: 2026一6一30
_DAY_WITHOUT_SIGN = re.compile(rf"(?<=\d月)({NUMERAL})(?=$|[之以]?前|[-~至到,;起后])")
_SPACES = re.compile(r"(?<![A-Za-z\d])\s+|\s+(?![A-Za-z\d])|(?<=\d)\s+(?=\d)")
_ANNIVERSARY = re.compile(r"(建党|建军|国庆)\d{1,3}周年")
_NTH_WEEK = re.compile(r"第([一二三四五])(?=个?(?:周|星期))")
_TENS = str.maketrans({"廿": "二十", "卅": "三十", "曰": "日"})
# What Excel shows of a reference to a blank cell
_NOTHING = {"0", "0.0", "1900/1/0", "1900-1-0", "1900-01-00", "1900年1月0日", "0000-00-00"}
# A range that says month or year once says it twice afterwards, so that each end stands alone.
_SHORT_RANGES = [
    (re.compile(rf"月(?:[上中]旬|[初中]|\d{{1,2}}[日号]){TO}[本当]?月([底末])"), r"月\1"),
    (re.compile(rf"([上中下])旬?(?:{TO}|[、/,或和及])([中下])旬"), r"\2旬"),
    (re.compile(rf"(?<![\d./-])(0?[1-9]|1[0-2]){TO}(\d{{1,2}})月"), r"\1月-\2月"),
    (
        re.compile(rf"(?<!\d)(\d{{4}})[./年](\d{{1,2}}){TO}(0?[1-9]|1[0-2])(?![\d./日号-])月?"),
        r"\1年\2月-\3月",
    ),
    (
        re.compile(
            rf"(\d{{1,2}})月(\d{{1,2}})[日号]?(?:{TO}|[、和及与])(\d{{1,2}}){DAY_SIGN}(?!内)"
        ),
        r"\1月\2日-\1月\3日",
    ),
    (re.compile(rf"(?<!\d)(20\d\d){TO}(20\d\d)(?!\d)(?:年度?)?"), r"\1年-\2年"),
    (re.compile(rf"q([1-4]){TO}([1-4])(?!\d)", re.IGNORECASE), r"Q\1-Q\2"),
]


@dataclass(frozen=True, slots=True)
class DateText:
    """A cell's value as the patterns of days read it: half width, digits, spaces
    only beside Latin letters.

    `typed` is what stood there; `has_slip` says that a letter stood for a digit, `is_prose` that
    it is too long for a day and wasn't looked at.
    """

    words: str
    typed: str
    has_slip: bool = False
    is_prose: bool = False


def fold_date_text(value: object) -> DateText:
    """Return any cell value as the words in which `find_dates` looks for days."""
    if value is None:
        return DateText("", "")
    if isinstance(value, datetime | date):
        day = value.isoformat()[:10]
        return DateText(day, day)
    if isinstance(value, bool):
        raise BadCell(_("A yes or no stands where a day belongs. Write a day such as 2021-11-30."))
    typed = clean(_number_as_text(value))
    if typed in _NOTHING:
        return DateText("", "")
    return _fold(typed) if len(typed) <= MAX_DATE_TEXT else DateText("", typed, is_prose=True)


@lru_cache(maxsize=2_000)  # a sheet of thousands of rows has few days that differ
def _fold(typed: str) -> DateText:
    plain = unicodedata.normalize("NFKC", _TIME_OF_DAY.sub("", typed)).translate(_SIGNS)
    if len(plain) > MAX_DATE_TEXT:  # NFKC makes many letters of some
        return DateText("", typed, is_prose=True)
    plain = simplified(_SINGLE_QUOTES.sub("", plain))
    plain = _ZERO_IN_NUMERAL.sub("〇", plain)
    spelled = _LOOKALIKES.sub(_digits_for_letters, plain)
    words = _SPACES.sub("", _APART.sub(r"\1-\2-\3", spelled))
    words = _DOTS.sub(".", _NUMERAL_DOTS.sub("", words.translate(_TENS)))
    words = with_digits(_LONG_ONE.sub("-", words))
    words = _NTH_WEEK.sub(_digits_for_numeral, _DAY_WITHOUT_SIGN.sub(_digits_for_numeral, words))
    words = _ANNIVERSARY.sub(r"\1节", words)
    for short, full in _SHORT_RANGES:
        words = short.sub(full, words)
    return DateText(words, typed, has_slip=spelled != plain)


def _number_as_text(value: object) -> str:
    """Write a number as it was typed; a serial number with a time of day loses the time."""
    if not isinstance(value, float):
        return str(value)
    is_whole = value.is_integer() or value >= 10_000
    return str(int(value)) if is_whole and abs(value) < 1e9 else repr(value)


def _digits_for_letters(run: re.Match[str]) -> str:
    """Read "2O26-" and "l2" before 月 as the digits they stand for; leave words alone."""
    words, begin, end = run.string, run.start(), run.end()
    is_all = begin == 0 and end == len(words) and any(sign.isdigit() for sign in run[0])
    is_in_date = words.startswith(_SIGNS_OF_DATE, end) or words[:begin].endswith(_SIGNS_OF_DATE)
    return run[0].translate(_DIGITS_OF_LETTERS) if is_all or is_in_date else run[0]


def _digits_for_numeral(match: re.Match[str]) -> str:
    number = read_numeral(match[1])
    return match[0] if number is None else match[0].replace(match[1], str(number))
