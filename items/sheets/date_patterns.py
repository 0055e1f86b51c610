"""Date patterns: how lists write days, months, quarters and festivals, and what each stands for.

A pattern matches folded words (`date_text`); its reader takes the match and the year to use where
the words name none, and raises ValueError for a day that does not exist.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from items.calendar.feasts import NAMES, feast_day, is_feast, is_new_year

from .date_text import DAY_SIGN, TO

EXCEL_DAY_0 = date(1899, 12, 30)
NEAR_YEARS = 5  # from the list's year: a two-digit year or a run of digits means one of these


@dataclass(frozen=True, slots=True)
class Reading:
    """What words stand for: the days from `first` to `last`, of which a deadline is the last.

    `is_computed` says that it has to be shown, `others` what else the words may mean.
    """

    first: date
    last: date
    is_computed: bool = False
    others: tuple[date, ...] = ()


class AmbiguousDate(Exception):
    """The words fit several days, none of them better than the others."""

    def __init__(self, *days: date):
        super().__init__()
        self.choices = tuple(day.isoformat() for day in days)


class NoDay(Exception):
    """The words are no day after all, or the table of festivals doesn't reach their year."""


DateReader = Callable[[re.Match[str], int], Reading]

_NEXT_YEAR = "明次来"
# The first and the last day of a month's part; None stands for the month's end.
_PARTS: dict[str, tuple[int | None, int | None]] = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, None),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, None),
    "上半月": (1, 15),
    "下半月": (16, None),
    "初": (1, 10),
    "中": (15, 15),
    "底": (None, None),
    "末": (None, None),
    "early": (1, 10),
    "mid": (15, 15),
    "late": (21, None),
    "end": (None, None),
}
_LAST_YEAR_OF_PLAN = {"十三五": 2020, "十四五": 2025, "十五五": 2030}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _year_of(match: re.Match[str], year: int) -> int:
    """Return the year that the words name, or `year`; next year's words count from `year`."""
    groups = match.groupdict()
    if figures := groups.get("y") or groups.get("short"):
        return int(figures) if len(figures) == 4 else 2000 + int(figures)
    return year + 1 if groups.get("which") and groups["which"] in _NEXT_YEAR else year


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("mon"):
        return _MONTHS.index(groups["mon"][:3].lower()) + 1
    return int(groups["m"])


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def ends_of_month(match: re.Match[str], year: int) -> list[date]:
    """Return the end of the month that the words name, for want of their day: 6月31日."""
    month = match.groupdict().get("m") or "0"
    year = _year_of(match, year)
    is_possible = 1 <= int(month) <= 12 and 1 <= year <= 9999
    return [_month_end(year, int(month))] if is_possible else []


def _one(day: date, *, is_computed: bool = False, others: Iterable[date] = ()) -> Reading:
    return Reading(day, day, is_computed, tuple(others))


def _part_of_month(year: int, month: int, part: str | None) -> Reading:
    last = monthrange(year, month)[1]
    first_day, last_day = _PARTS[part.lower()] if part else (1, None)
    return Reading(date(year, month, first_day or last), date(year, month, last_day or last))


def _possible(year: int, month: int, day: int) -> list[date]:
    """Return the day where it exists."""
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _nearest(readings: list[Reading], year: int) -> Reading:
    """Choose the reading nearest to `year`; raise AmbiguousDate where two are as near."""
    near = {r.last: r for r in readings if abs(r.last.year - year) <= NEAR_YEARS}
    if not near:
        raise NoDay
    days = sorted(near, key=lambda day: abs(day.year - year))
    best = [day for day in days if abs(day.year - year) == abs(days[0].year - year)]
    if len(best) > 1:
        raise AmbiguousDate(*best)
    others = tuple(day for day in days[1:] if abs(day.year - year) <= 1)
    return replace(near[days[0]], is_computed=True, others=others)


# Days


def _day(match: re.Match[str], year: int) -> Reading:
    return _one(date(_year_of(match, year), _month_of(match), int(match["d"])))


def _day_or_month_first(match: re.Match[str], year: int) -> Reading:
    """Read 13/11/2021 or 11/13/2021; raise AmbiguousDate where both could be the month."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if first <= 12 and second <= 12 and first != second:
        raise AmbiguousDate(date(year, first, second), date(year, second, first))
    month, day = (second, first) if first > 12 else (first, second)
    return _one(date(year, month, day))


def _day_with_short_year(match: re.Match[str], year: int) -> Reading:
    """Read 26.6.30 and 6/30/26 by the list's year."""
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    orders = [(2000 + a, b, c), (2000 + c, a, b), (2000 + c, b, a)]
    return _nearest([_one(day) for order in orders for day in _possible(*order)], year)


def month_and_day(match: re.Match[str], year: int) -> Reading:
    """Read 6.30, 6/30, 06-30 and, before 前, festivals such as 5.1."""
    month, day, year = int(match["a"]), int(match["b"]), _year_of(match, year)
    if month > 12:  # 30/6; but 26.6 may be a month of 2026
        if abs(2000 + month - year) <= 1:
            raise AmbiguousDate(_month_end(2000 + month, day), date(year, day, month))
        return _one(date(year, day, month), is_computed=True)
    meant = date(year, month, day)
    if match["feast"] or (match["before"] and not match["sign"] and is_feast(month, day)):
        eve = _eve(date(year + (month == day == 1), month, day))
        return _one(eve, is_computed=True, others=[meant])
    if other := _other_meaning(match, year, month, day):
        raise AmbiguousDate(meant, other)
    return _one(meant, is_computed=True)


def _other_meaning(match: re.Match[str], year: int, month: int, day: int) -> date | None:
    """Return what figures alone may mean too: 6.3 was 6.30 perhaps, and 6-8 are two months."""
    first, second = match["a"], match["b"]
    if match.string != first + match["s"] + second:
        return None
    if match["s"] == "." and len(second) == 1:
        return next(iter(_possible(year, month, day * 10)), None)
    is_padded = first.startswith("0") or second.startswith("0")
    is_range = match["s"] == "-" and month < day <= 12 and not is_padded
    return _month_end(year, day) if is_range else None


def _excel_serial(match: re.Match[str], year: int) -> Reading:
    return _one(EXCEL_DAY_0 + timedelta(days=int(match["serial"])), is_computed=True)


def _run_of_digits(match: re.Match[str], year: int) -> Reading:
    """Read 260630, 202606, 2026630 and 0630, in which digits are missing."""
    digits = match["run"]
    if len(digits) == 4:
        return _one(date(year, int(digits[:2]), int(digits[2:])), is_computed=True)
    year_first = int(digits[:4])
    if len(digits) == 6:
        month = int(digits[4:])
        readings = [
            _one(day) for day in _possible(2000 + year_first // 100, year_first % 100, month)
        ]
        if 1 <= month <= 12 and year_first:
            readings.append(_part_of_month(year_first, month, None))
        return _nearest(readings, year)
    cuts = [cut for cut in (5, 6) if digits[4] != "0" and digits[cut] != "0"]
    days = [_possible(year_first, int(digits[4:cut]), int(digits[cut:])) for cut in cuts]
    return _nearest([_one(day) for found in days for day in found], year)


# Months


def _month(match: re.Match[str], year: int) -> Reading:
    groups, year, month = match.groupdict(), _year_of(match, year), _month_of(match)
    if groups.get("week"):
        week = int(groups["week"])
        last = min(7 * week, monthrange(year, month)[1])
        return Reading(date(year, month, 7 * week - 6), date(year, month, last), is_computed=True)
    if groups.get("before") and not groups.get("part"):
        return _one(date(year, month, 1) - timedelta(days=1))
    return _part_of_month(year, month, groups.get("part"))


def _month_in_figures(match: re.Match[str], year: int) -> Reading:
    # A cell that held 2021.10 comes back as 2021.1.
    if match.string == match[0] and match[0].endswith(".1"):
        year = int(match["y"])
        raise AmbiguousDate(_month_end(year, 1), _month_end(year, 10))
    return _month(match, year)


def _month_and_figure(match: re.Match[str], year: int) -> Reading:
    """Read Jun-26: the month of a year near the list's, as Excel shows it, else a day."""
    figure, month = int(match["figure"]), _month_of(match)
    month_of_year = _part_of_month(2000 + figure, month, None)
    days = _possible(year, month, figure)
    is_year = abs(2000 + figure - year) <= 1
    if days and (match["gap"] in ("", " ") or not is_year):
        return _one(days[0], is_computed=True, others=[month_of_year.last] if is_year else [])
    return Reading(month_of_year.first, month_of_year.last, True, tuple(days))


# Longer


def _quarter(match: re.Match[str], year: int) -> Reading:
    groups, year, last_month = match.groupdict(), _year_of(match, year), int(match["q"]) * 3
    part = groups.get("part")
    first = date(year, last_month - 2, 1)
    if groups.get("before") and not part:
        return _one(first - timedelta(days=1))
    if part == "初":
        return _part_of_month(year, last_month - 2, part)
    if part == "中":
        return _part_of_month(year, last_month - 1, part)
    last = _month_end(year, last_month)
    return Reading(last if part else first, last)


def _half(match: re.Match[str], year: int) -> Reading:
    year, is_second = _year_of(match, year), match["half"] in ("下", "2")
    if match.groupdict().get("part") == "初":
        return _part_of_month(year, 7 if is_second else 1, "初")
    return Reading(date(year, 7 if is_second else 1, 1), _month_end(year, 12 if is_second else 6))


def _year_end(match: re.Match[str], year: int) -> Reading:
    year = _year_of(match, year)
    return Reading(date(year, 1, 1), date(year, 12, 31))


def _end_of_plan(match: re.Match[str], year: int) -> Reading:
    return _one(date(_LAST_YEAR_OF_PLAN[match["plan"]], 12, 31), is_computed=True)


# Festivals


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _feast(name: str, match: re.Match[str], year: int) -> date:
    """Return a festival's day; without a year, New Year's Day is the one that ends the list's."""
    has_year = bool(match["y"] or match["which"])
    ends_the_year = is_new_year(name) and not has_year
    day = feast_day(name, _year_of(match, year) + ends_the_year)
    if day is None:
        raise NoDay
    return day


def _feast_eve(match: re.Match[str], year: int) -> Reading:
    names = [name for name in (match["also"], match["feast"]) if name]
    eves = sorted({_eve(_feast(name, match, year)) for name in names})
    return _one(eves[0], is_computed=True, others=eves[1:])


def _feast_itself(match: re.Match[str], year: int) -> Reading:
    return _one(_feast(match["feast"], match, year), is_computed=True)


_YEAR = r"(?:(?P<y>(?<!\d)\d{4})年度?|(?P<which>[今本当明次来])年度?)"
_SHORT_YEAR = r"(?:(?P<y>(?<!\d)(?:\d{4}|\d{2}))年|(?P<which>[今本当明次来])年)"
_PART = r"(?P<part>上中旬|中上旬|中下旬|上旬|中旬|下旬|上半月|下半月|初|底|末|中(?![标期间]))?"
_WEEK = r"(?:第?(?P<week>[1-5])个?(?:周|星期))?"
_BEFORE = r"(?P<before>[之以]?前(?!后))?"
_FEASTS = "|".join(NAMES)
_DONE_OR_BEGUN = (
    r"(?:全面|基本|力争|计划|确保)?(?:完成|完工|竣工|建成|投入|投用|交付|开工|动工|启动|实施|解决)"
)
# What is counted after 6月2: no day of the month
_COUNTED = r"[.个次台件间套批家户名人条项处座所米吨天周元万亿%年月点时度期辆类轮组批级号#]"
_FIGURE_MONTH, _FIGURE_DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_MON = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may(?! [a-z])|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NO_LETTER, _GAP, _TH = "(?<![a-z])", "[-./, ]*", "(?:st|nd|rd|th)?"
_ENGLISH_PART = (
    rf"(?:{_NO_LETTER}(?:(?P<before>before )|(?P<part>early|mid|late|end)[- ]?(?:of )?(?:the )?))?"
)

# The first that fits wins, so the most exact stand first.
_PATTERN_READERS: list[tuple[str, DateReader]] = [
    # Days
    (r"(?<!\d)(?P<y>\d{4})[年./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?!\d)[日号]?", _day),
    (r"(?<!\d)(?P<y>\d{4})[年./-](?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]", _day),
    (
        r"(?<!\d)(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)",
        _day_or_month_first,
    ),
    (
        r"(?<![\d.a-z])['’]?(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<c>\d{1,2})(?![\d.])[日号]?",
        _day_with_short_year,
    ),
    (r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)", _day),
    (r"(?<!\d)(?P<y>\d{4})[年./-](?P<m>0\d|1[0-2])(?P<d>[0-3]\d)(?!\d)[日号]?", _day),
    (r"(?<!\d)(?P<y>\d{4})(?P<m>0\d|1[0-2])[./-](?P<d>[0-3]\d)(?!\d)[日号]?", _day),
    (rf"(?<!\d)(?P<d>\d\d?){_TH} ?(?:of )?{_GAP}{_MON}{_GAP}(?P<y>\d{{4}}|\d{{2}})(?!\d)", _day),
    (rf"{_NO_LETTER}{_MON}{_GAP}(?P<d>\d\d?){_TH}{_GAP}(?P<y>\d{{4}})(?!\d)", _day),
    (rf"(?<!\d)(?P<y>\d{{4}}){_GAP}{_MON}{_GAP}(?P<d>\d\d?)(?!\d)", _day),
    (
        rf"{_SHORT_YEAR}?(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})(?!\d)(?:{DAY_SIGN}|(?!{_COUNTED}))",
        _day,
    ),
    (r"^(?P<serial>\d{5})$", _excel_serial),
    (
        r"(?:^|(?<=\d[-~至到]))(?P<run>(?:19|20)\d{5}|\d{6}|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))"
        rf"(?=$|[日号底]?[之以]?前?$|{TO}\d)",
        _run_of_digits,
    ),
    (
        rf"(?:(?P<y>(?<!\d)\d{{4}})年|(?P<which>[今本当明次来])年)?(?<![\da-z])(?<!\d[./])"
        rf"(?P<a>{_FIGURE_MONTH})(?P<s>[./-])(?P<b>{_FIGURE_DAY})(?![\d./])(?P<sign>[日号])?"
        rf"(?P<feast>(?:{_FEASTS}|节)日?(?=[之以]?前))?"
        rf"(?:(?P<before>[之以]?前(?!后))|(?=$|[起止后已,;、)(完竣启动开建交投]|[之以]后|{TO}\d))",
        month_and_day,
    ),
    (
        r"^(?P<y>)(?P<which>)(?P<a>1[3-9]|2\d|3[01])(?P<s>[./])(?P<b>0?[1-9]|1[0-2])"
        r"(?P<sign>)(?P<feast>)(?P<before>)$",
        month_and_day,
    ),
    # Months
    (
        r"(?<!\d)(?P<y>\d{4})[./-](?P<m>\d{1,2})(?!\d|[./-]\d{1,3}(?!\d))月?份?" + _PART + _BEFORE,
        _month_in_figures,
    ),
    (
        rf"{_SHORT_YEAR}?(?<!\d)(?P<m>\d{{1,2}})月份?(?!\d(?!个?[周星])){_WEEK}{_PART}{_BEFORE}",
        _month,
    ),
    (
        rf"(?<!\d)(?P<y>\d{{4}})年(?P<m>{_FIGURE_MONTH})(?=$|[底末初前上中下])" + _PART + _BEFORE,
        _month,
    ),
    (rf"{_ENGLISH_PART}{_NO_LETTER}{_MON}{_GAP}(?P<y>\d{{4}})(?!\d)", _month),
    (rf"(?<!\d)(?P<y>\d{{4}}){_GAP}{_MON}(?![\da-z])", _month),
    (rf"{_NO_LETTER}{_MON}(?P<gap>[-./, '’]*)(?P<figure>\d{{2}})(?![\da-z])", _month_and_figure),
    (rf"{_NO_LETTER}{_MON}{_GAP}(?P<d>\d\d?){_TH}(?![\da-z])", _day),
    (rf"(?<!\d)(?P<d>\d\d?){_TH} ?(?:of )?{_GAP}{_MON}(?![a-z])", _day),
    (rf"{_ENGLISH_PART}{_NO_LETTER}{_MON}(?![a-z])", _month),
    # Quarters, halves
    (
        rf"{_YEAR}?第?(?<!\d)(?P<q>\d)季度?(?P<part>初|末|底|中(?![标期间]))?{_BEFORE}",
        _quarter,
    ),
    (
        rf"{_NO_LETTER}q(?P<q>[1-4])(?:{_GAP}(?P<y>\d{{4}})|[-./, '’]+(?P<short>\d{{2}}))(?!\d)",
        _quarter,
    ),
    (
        rf"(?:(?P<y>(?<!\d)(?:\d{{4}}|\d{{2}}))(?:年度?|{_GAP}))?{_NO_LETTER}q(?P<q>[1-4])(?!\d)"
        rf"(?P<part>末|底)?{_BEFORE}",
        _quarter,
    ),
    (rf"(?<!\d)(?P<q>[1-4])q{_GAP}(?P<y>\d{{4}}|\d{{2}})?(?!\d)", _quarter),
    (rf"{_YEAR}?(?P<half>[上下])半年(?P<part>初)?", _half),
    # H2 alone is hydrogen, and Q235 is steel
    (rf"{_NO_LETTER}h(?P<half>[12]){_GAP}(?P<y>\d{{4}})(?!\d)", _half),
    (rf"(?<!\d)(?P<y>\d{{4}})(?:年|{_GAP})h(?P<half>[12])(?![\da-z])", _half),
    (r"^h(?P<half>[12])$", _half),
    (r"(?:(?P<y>(?<!\d)\d{4})|(?P<which>[今本当明次来])|(?<!\d))年(?P<half>中)(?![标期间])", _half),
    # Festivals
    (
        rf"{_YEAR}?(?<![一二三四五六七八九十百第])(?:(?P<also>{_FEASTS})[节、和与及/,]*)?"
        rf"(?P<feast>{_FEASTS})(?!月)[双两]?佳?节?日?(?:黄金周|小长假|长假|假期|放假|到来|来临|来到)?"
        r"[之以]?前(?!后)",
        _feast_eve,
    ),
    (
        rf"^{_YEAR}?(?P<feast>(?:{_FEASTS})(?<![一七八五六三十四]))(?:当[天日])?"
        r"(?:完成|投用|交付|启动)?$",
        _feast_itself,
    ),
    # Years
    (r"(?P<plan>十三五|十四五|十五五)(?:规划)?(?:期?[末内]|期间|底|收官)", _end_of_plan),
    (rf"{_YEAR}(?:[底末终内尾]|全年|(?=$|\W|起|开始|{_DONE_OR_BEGUN}))", _year_end),
    (r"(?<!\d)(?P<y>\d{4})(?:全年|[底末内])", _year_end),
    (r"(?<!\d)(?:年[底末终内尾]|年度内|全年|岁末)", _year_end),
    (rf"{_NO_LETTER}(?:year[- ]?end|end of (?:the )?year)", _year_end),
    (r"^(?:by |in )?(?:the )?(?:end of )?(?P<y>\d{4})$", _year_end),
]
DATE_PATTERNS = [
    (re.compile(pattern, re.IGNORECASE), reader) for pattern, reader in _PATTERN_READERS
]
TO_THE_DAY: set[DateReader] = {
    _day,
    _day_or_month_first,
    _day_with_short_year,
    month_and_day,
    _run_of_digits,
    _excel_serial,
    _feast_itself,
}
