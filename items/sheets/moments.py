"""The shapes in which ledgers write a day, and how each is read.

A shape is a pattern over folded words (half-width digits, no spaces); its reader takes the match
and the year to use where none is said. It raises ValueError for a day that does not exist.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Read = Callable[[re.Match, int], date]

EXCEL_DAY_0 = date(1899, 12, 30)

_DAY_OF_PART = {"上旬": 10, "初": 10, "中": 15, "中旬": 20}
_NEXT_YEAR = "明次来"
# "国庆前" is the last day before it.
_HOLIDAY_EVES = {
    "元旦": (12, 31),
    "五一": (4, 30),
    "劳动节": (4, 30),
    "六一": (5, 31),
    "七一": (6, 30),
    "建党节": (6, 30),
    "八一": (7, 31),
    "建军节": (7, 31),
    "国庆": (9, 30),
    "十一": (9, 30),
}


class TwoReadings(Exception):
    """Say that the words fit two days."""


def _year_of(found: re.Match, year: int) -> int:
    said = found.groupdict()
    if said.get("y"):
        return int(said["y"]) if len(said["y"]) == 4 else 2000 + int(said["y"])
    return year + 1 if said.get("which") and said["which"] in _NEXT_YEAR else year


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(found: re.Match, year: int) -> date:
    return date(_year_of(found, year), int(found["m"]), int(found["d"]))


def _day_first_or_month_first(found: re.Match, year: int) -> date:
    first, second = int(found["a"]), int(found["b"])
    if first <= 12 and second <= 12 and first != second:
        raise TwoReadings
    month, day = (second, first) if first > 12 else (first, second)
    return date(int(found["y"]), month, day)


def _serial(found: re.Match, year: int) -> date:
    return EXCEL_DAY_0 + timedelta(days=int(found["serial"]))


def _month(found: re.Match, year: int) -> date:
    year, month, part = _year_of(found, year), int(found["m"]), found["part"]
    if found["before"] and not part:
        return date(year, month, 1) - timedelta(days=1)
    if part in _DAY_OF_PART:
        return date(year, month, _DAY_OF_PART[part])
    return _month_end(year, month)


def _month_in_figures(found: re.Match, year: int) -> date:
    # A cell that held 2021.10 comes back as 2021.1.
    if found.string == found[0] and found[0].endswith(".1"):
        raise TwoReadings
    return _month(found, year)


def _quarter(found: re.Match, year: int) -> date:
    year, last_month = _year_of(found, year), int(found["q"]) * 3
    if found["before"] and not found["part"]:
        return date(year, last_month - 2, 1) - timedelta(days=1)
    return _month_end(year, last_month)


def _half(found: re.Match, year: int) -> date:
    return _month_end(_year_of(found, year), 12 if found["half"] == "下" else 6)


def _year_end(found: re.Match, year: int) -> date:
    return date(_year_of(found, year), 12, 31)


def _holiday_eve(found: re.Match, year: int) -> date:
    return date(_year_of(found, year), *_HOLIDAY_EVES[found["holiday"]])


_SAID_YEAR = r"(?:(?P<y>(?<!\d)\d{4})年度?|(?P<which>[今本当明次来])年度?)"
_SAID_SHORT_YEAR = r"(?:(?P<y>(?<!\d)(?:\d{4}|\d{2}))年|(?P<which>[今本当明次来])年)"
_PART = r"(?P<part>上旬|中旬|下旬|初|底|末|中(?![标期间]))?"
_BEFORE = r"(?P<before>[之以]?前)?"
_HOLIDAYS = "|".join(_HOLIDAY_EVES)
_DONE_OR_BEGUN = (
    r"(?:全面|基本|力争|计划|确保)?(?:完成|完工|竣工|建成|投入|投用|交付|开工|动工|启动|实施|解决)"
)

# The first that fits wins, so the most exact stand first.
_READERS: list[tuple[str, Read]] = [
    (r"(?<!\d)(?P<y>\d{4})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)[日号]?", _day),
    (
        r"(?<!\d)(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)",
        _day_first_or_month_first,
    ),
    (r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)", _day),
    (
        rf"{_SAID_SHORT_YEAR}?(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})(?:[日号]|(?=[之以]?前|$))",
        _day,
    ),
    (r"^(?P<serial>\d{5})$", _serial),
    (r"^(?P<y>\d{4})(?P<m>\d{2})(?P<part>)(?P<before>)$", _month),
    (
        r"(?<!\d)(?P<y>\d{4})[./-](?P<m>\d{1,2})(?!\d|[./-]\d{1,2}(?!\d))月?份?" + _PART + _BEFORE,
        _month_in_figures,
    ),
    (rf"{_SAID_SHORT_YEAR}?(?<!\d)(?P<m>\d{{1,2}})月份?{_PART}{_BEFORE}", _month),
    (rf"{_SAID_YEAR}?第?(?<!\d)(?P<q>\d)季度?(?P<part>末|底)?{_BEFORE}", _quarter),
    (rf"{_SAID_YEAR}?(?P<half>[上下])半年", _half),
    (r"(?:(?P<y>(?<!\d)\d{4})|(?P<which>[今本当明次来])|(?<!\d))年(?P<half>中)(?![标期间])", _half),
    (rf"{_SAID_YEAR}?(?P<holiday>{_HOLIDAYS})(?!月)(?:国庆|劳动)?节?[之以]?前", _holiday_eve),
    (rf"{_SAID_YEAR}(?:[底末终内]|全年|(?=$|\W|{_DONE_OR_BEGUN}))", _year_end),
    (r"(?<!\d)(?:年[底末终内]|年度内|全年|岁末)", _year_end),
    (r"^(?P<y>\d{4})$", _year_end),
]
SHAPES = [(re.compile(shape), read) for shape, read in _READERS]
TO_THE_DAY = {_day, _day_first_or_month_first, _serial}
