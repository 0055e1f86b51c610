"""Date parser: the days that words, numbers and date cells of a ledger stand for.

A pattern matches folded words (half-width digits, no spaces); its reader takes the match and the
year to use where the words name none, and raises ValueError for a day that does not exist.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from items.numerals import with_digits

from .errors import BadCell
from .text import clean, normalised, quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_DATE_TEXT = 200  # characters; what is longer is prose, and patterns over it would cost time

DateReader = Callable[[re.Match[str], int], date]

_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_TO = r"起?(?:[-~—–―‐〜]+|至|到)"
# A range that says month or year once says it twice afterwards, so that each end stands alone.
_SHORT_RANGES = [
    (re.compile(rf"(?<![\d./-])(\d{{1,2}}){_TO}(\d{{1,2}})月"), r"\1月-\2月"),
    (re.compile(rf"(?<!\d)(\d{{4}})\.(\d{{1,2}}){_TO}(\d{{1,2}})(?![\d./])月?"), r"\1年\2月-\3月"),
    (re.compile(rf"(\d{{1,2}})月(\d{{1,2}})[日号]?{_TO}(\d{{1,2}})[日号]"), r"\1月\2日-\1月\3日"),
]
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


class AmbiguousDate(Exception):
    """The words fit two days."""


def _year_of(match: re.Match[str], year: int) -> int:
    """Return the year that the words name, or `year`; next year's words count from `year`."""
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"]) if len(groups["y"]) == 4 else 2000 + int(groups["y"])
    return year + 1 if groups.get("which") and groups["which"] in _NEXT_YEAR else year


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(match: re.Match[str], year: int) -> date:
    return date(_year_of(match, year), int(match["m"]), int(match["d"]))


def _day_or_month_first(match: re.Match[str], year: int) -> date:
    """Read 13/11/2021 or 11/13/2021; raise AmbiguousDate where both could be the month."""
    first, second = int(match["a"]), int(match["b"])
    if first <= 12 and second <= 12 and first != second:
        raise AmbiguousDate
    month, day = (second, first) if first > 12 else (first, second)
    return date(int(match["y"]), month, day)


def _excel_serial(match: re.Match[str], year: int) -> date:
    return EXCEL_DAY_0 + timedelta(days=int(match["serial"]))


def _month(match: re.Match[str], year: int) -> date:
    year, month, part = _year_of(match, year), int(match["m"]), match["part"]
    if match["before"] and not part:
        return date(year, month, 1) - timedelta(days=1)
    if part in _DAY_OF_PART:
        return date(year, month, _DAY_OF_PART[part])
    return _month_end(year, month)


def _month_in_figures(match: re.Match[str], year: int) -> date:
    # A cell that held 2021.10 comes back as 2021.1.
    if match.string == match[0] and match[0].endswith(".1"):
        raise AmbiguousDate
    return _month(match, year)


def _quarter(match: re.Match[str], year: int) -> date:
    year, last_month = _year_of(match, year), int(match["q"]) * 3
    if match["before"] and not match["part"]:
        return date(year, last_month - 2, 1) - timedelta(days=1)
    return _month_end(year, last_month)


def _half(match: re.Match[str], year: int) -> date:
    return _month_end(_year_of(match, year), 12 if match["half"] == "下" else 6)


def _year_end(match: re.Match[str], year: int) -> date:
    return date(_year_of(match, year), 12, 31)


def _holiday_eve(match: re.Match[str], year: int) -> date:
    return date(_year_of(match, year), *_HOLIDAY_EVES[match["holiday"]])


_YEAR = r"(?:(?P<y>(?<!\d)\d{4})年度?|(?P<which>[今本当明次来])年度?)"
_SHORT_YEAR = r"(?:(?P<y>(?<!\d)(?:\d{4}|\d{2}))年|(?P<which>[今本当明次来])年)"
_PART = r"(?P<part>上旬|中旬|下旬|初|底|末|中(?![标期间]))?"
_BEFORE = r"(?P<before>[之以]?前)?"
_HOLIDAYS = "|".join(_HOLIDAY_EVES)
_DONE_OR_BEGUN = (
    r"(?:全面|基本|力争|计划|确保)?(?:完成|完工|竣工|建成|投入|投用|交付|开工|动工|启动|实施|解决)"
)

# The first that fits wins, so the most exact stand first.
_PATTERN_READERS: list[tuple[str, DateReader]] = [
    (r"(?<!\d)(?P<y>\d{4})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)[日号]?", _day),
    (
        r"(?<!\d)(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)",
        _day_or_month_first,
    ),
    (r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)", _day),
    (
        rf"{_SHORT_YEAR}?(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})(?:[日号]|(?=[之以]?前|$))",
        _day,
    ),
    (r"^(?P<serial>\d{5})$", _excel_serial),
    (r"^(?P<y>\d{4})(?P<m>\d{2})(?P<part>)(?P<before>)$", _month),
    (
        r"(?<!\d)(?P<y>\d{4})[./-](?P<m>\d{1,2})(?!\d|[./-]\d{1,2}(?!\d))月?份?" + _PART + _BEFORE,
        _month_in_figures,
    ),
    (rf"{_SHORT_YEAR}?(?<!\d)(?P<m>\d{{1,2}})月份?{_PART}{_BEFORE}", _month),
    (rf"{_YEAR}?第?(?<!\d)(?P<q>\d)季度?(?P<part>末|底)?{_BEFORE}", _quarter),
    (rf"{_YEAR}?(?P<half>[上下])半年", _half),
    (r"(?:(?P<y>(?<!\d)\d{4})|(?P<which>[今本当明次来])|(?<!\d))年(?P<half>中)(?![标期间])", _half),
    (rf"{_YEAR}?(?P<holiday>{_HOLIDAYS})(?!月)(?:国庆|劳动)?节?[之以]?前", _holiday_eve),
    (rf"{_YEAR}(?:[底末终内]|全年|(?=$|\W|{_DONE_OR_BEGUN}))", _year_end),
    (r"(?<!\d)(?:年[底末终内]|年度内|全年|岁末)", _year_end),
    (r"^(?P<y>\d{4})$", _year_end),
]
DATE_PATTERNS = [(re.compile(pattern), reader) for pattern, reader in _PATTERN_READERS]
TO_THE_DAY: set[DateReader] = {_day, _day_or_month_first, _excel_serial}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day that a text names: where in the text, how exactly, with a warning to the reader."""

    start: int
    end: int
    day: date
    has_year: bool
    to_the_day: bool
    warning: str = ""


def parse_date(value: object, year: int) -> date | None:
    """Parse the cell of a plain date column: exactly one day; None for a blank cell.

    `year` is the one meant where the cell names none; raise BadCell for anything else.
    """
    if value is None or value == "":
        return None
    words = fold_date_text(value)
    if not words:
        return None
    mentions = find_dates(words, year)
    if len(mentions) != 1 or not mentions[0].to_the_day:
        raise BadCell(
            _("“%(words)s” is not one day. Write it as 2021-09-22.") % {"words": quoted(value)}
        )
    return mentions[0].day


def fold_date_text(value: object) -> str:
    """Return any cell value as the words that `find_dates` reads: half width, no spaces."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        raise BadCell(_("A yes or no stands where a day belongs. Write a day such as 2021-11-30."))
    typed = clean(_number_as_text(value))
    if len(typed) > MAX_DATE_TEXT:
        raise BadCell(_("This is too long for a day. Is it in the wrong column?"))
    words = with_digits(normalised(_TIME_OF_DAY.sub("", typed)))
    for short, full in _SHORT_RANGES:
        words = short.sub(full, words)
    return words


def find_dates(words: str, year: int) -> list[DateMention]:
    """Find the days in folded `words`, in order; a range counts as its end."""
    mentions: list[DateMention] = []
    for match, reader in _matches(words):
        before = mentions[-1] if mentions else None
        in_range = bool(before and re.fullmatch(_TO, words[before.end : match.start()]))
        mention = _read_mention(match, reader, year, before, in_range=in_range)
        if in_range:
            mentions.pop()
        mentions.append(mention)
    return mentions


def _number_as_text(value: object) -> str:
    """Write a number as it was typed; a serial number with a time of day loses the time."""
    if not isinstance(value, float):
        return str(value)
    is_whole = value.is_integer() or value >= 10_000
    return str(int(value)) if is_whole and abs(value) < 1e9 else repr(value)


def _matches(words: str) -> Iterator[tuple[re.Match[str], DateReader]]:
    """Match the patterns, the most exact first; what one has taken, no other matches."""
    taken: list[tuple[re.Match[str], DateReader]] = []
    for pattern, reader in DATE_PATTERNS:
        for match in pattern.finditer(words):
            if all(
                match.end() <= other.start() or other.end() <= match.start()
                for other, _reader in taken
            ):
                taken.append((match, reader))
    yield from sorted(taken, key=lambda pair: pair[0].start())


def _read_mention(
    match: re.Match[str],
    reader: DateReader,
    year: int,
    before: DateMention | None,
    *,
    in_range: bool,
) -> DateMention:
    """Read one match; a year named before goes on, and a range ends after its start."""
    groups = match.groupdict()
    has_year = bool(groups.get("y") or groups.get("which"))
    year_goes_on = before is not None and before.has_year and not has_year
    if before and year_goes_on:
        year = before.day.year
    day = _read(reader, match, year)
    if before and not has_year and day < before.day and (year_goes_on or in_range):
        day = _read(reader, match, year + 1)
    return DateMention(
        start=before.start if before and in_range else match.start(),
        end=match.end(),
        day=day,
        has_year=has_year or year_goes_on,
        to_the_day=reader in TO_THE_DAY,
        warning=_warning_about_before(match, day),
    )


def _read(reader: DateReader, match: re.Match[str], year: int) -> date:
    try:
        day = reader(match, year)
    except ValueError:
        raise BadCell(
            _("“%(words)s” is not in the calendar. Write a day that exists, such as 2021-11-30.")
            % {"words": quoted(match[0])}
        ) from None
    except AmbiguousDate:
        raise BadCell(ambiguous_date(match[0])) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(
            _("The year in “%(words)s” cannot be right. Write four digits, such as 2021.")
            % {"words": quoted(match[0])}
        )
    return day


def ambiguous_date(words: str) -> str:
    """Return the sentence that two days may be meant, and how to write one."""
    return _("“%(words)s” can be read in two ways. Write the whole day, such as 2021-11-03.") % {
        "words": quoted(words)
    }


def _warning_about_before(match: re.Match[str], day: date) -> str:
    groups = match.groupdict()
    if not groups.get("before") or groups.get("part"):
        return ""
    return _("“%(words)s” was read as %(day)s. If the end of it is meant, write 底前.") % {
        "words": quoted(match[0]),
        "day": day.isoformat(),
    }
