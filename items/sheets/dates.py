"""The days that words, numbers and date cells of a ledger stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from .errors import BadCell
from .moments import SHAPES, TO_THE_DAY, Read, TwoReadings
from .numerals import with_digits
from .text import clean, normalised, quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST = 200  # characters; what is longer is prose, and patterns over it would cost time

_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_TO = r"起?(?:[-~—–―‐〜]+|至|到)"
# A range that says month or year once says it twice afterwards, so that each end stands alone.
_SHORT_RANGES = [
    (re.compile(rf"(?<![\d./-])(\d{{1,2}}){_TO}(\d{{1,2}})月"), r"\1月-\2月"),
    (re.compile(rf"(?<!\d)(\d{{4}})\.(\d{{1,2}}){_TO}(\d{{1,2}})(?![\d./])月?"), r"\1年\2月-\3月"),
    (re.compile(rf"(\d{{1,2}})月(\d{{1,2}})[日号]?{_TO}(\d{{1,2}})[日号]"), r"\1月\2日-\1月\3日"),
]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that a text names: where in the text, how exactly, and what to say about it."""

    start: int
    end: int
    day: date
    says_year: bool
    to_the_day: bool
    warning: str = ""


def parse_date(value: object, year: int) -> date | None:
    """Read the day in a plain date column; no year means `year`, a blank cell means None."""
    if value is None or value == "":
        return None
    words = fold(value)
    if not words:
        return None
    moments = find_moments(words, year)
    if len(moments) != 1 or not moments[0].to_the_day:
        raise BadCell(
            _("“%(words)s” is not one day. Write it as 2021-09-22.") % {"words": quoted(value)}
        )
    return moments[0].day


def fold(value: object) -> str:
    """Write any cell value as words that `find_moments` reads: half width, digits, no spaces."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        raise BadCell(_("A yes or no stands where a day belongs. Write a day such as 2021-11-30."))
    typed = clean(_number_as_text(value))
    if len(typed) > LONGEST:
        raise BadCell(_("This is too long for a day. Is it in the wrong column?"))
    words = with_digits(normalised(_TIME_OF_DAY.sub("", typed)))
    for short, full in _SHORT_RANGES:
        words = short.sub(full, words)
    return words


def find_moments(words: str, year: int) -> list[Moment]:
    """Find the days in folded `words`, in order; a range counts as its end."""
    moments: list[Moment] = []
    for found, read in _matches(words):
        before = moments[-1] if moments else None
        in_range = before and re.fullmatch(_TO, words[before.end : found.start()])
        moment = _moment(found, read, year, before, in_range=bool(in_range))
        if in_range:
            moments.pop()
        moments.append(moment)
    return moments


def _number_as_text(value: object) -> str:
    """Write a number as it was typed; a serial number with a time of day loses the time."""
    if not isinstance(value, float):
        return str(value)
    is_whole = value.is_integer() or value >= 10_000
    return str(int(value)) if is_whole and abs(value) < 1e9 else repr(value)


def _matches(words: str) -> Iterator[tuple[re.Match, Read]]:
    taken: list[tuple[re.Match, Read]] = []
    for shape, read in SHAPES:
        for found in shape.finditer(words):
            if all(found.end() <= one.start() or one.end() <= found.start() for one, _ in taken):
                taken.append((found, read))
    yield from sorted(taken, key=lambda pair: pair[0].start())


def _moment(
    found: re.Match, read: Read, year: int, before: Moment | None, *, in_range: bool
) -> Moment:
    """Read one match; the year said before goes on, and a range ends after its start."""
    said = found.groupdict()
    says_year = bool(said.get("y") or said.get("which"))
    carried = before is not None and before.says_year and not says_year
    if carried:
        year = before.day.year
    day = _read(read, found, year)
    if before and not says_year and day < before.day and (carried or in_range):
        day = _read(read, found, year + 1)
    return Moment(
        start=before.start if in_range else found.start(),
        end=found.end(),
        day=day,
        says_year=says_year or carried,
        to_the_day=read in TO_THE_DAY,
        warning=_about_before(found, day),
    )


def _read(read: Read, found: re.Match, year: int) -> date:
    try:
        day = read(found, year)
    except ValueError:
        raise BadCell(
            _("“%(words)s” is not in the calendar. Write a day that exists, such as 2021-11-30.")
            % {"words": quoted(found[0])}
        ) from None
    except TwoReadings:
        raise BadCell(two_readings(found[0])) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(
            _("The year in “%(words)s” cannot be right. Write four digits, such as 2021.")
            % {"words": quoted(found[0])}
        )
    return day


def two_readings(words: str) -> str:
    """Say that a day may be meant in two ways, and how to write it in one."""
    return _("“%(words)s” can be read in two ways. Write the whole day, such as 2021-11-03.") % {
        "words": quoted(words)
    }


def _about_before(found: re.Match, day: date) -> str:
    said = found.groupdict()
    if not said.get("before") or said.get("part"):
        return ""
    return _("“%(words)s” was read as %(day)s. If the end of it is meant, write 底前.") % {
        "words": quoted(found[0]),
        "day": day.isoformat(),
    }
