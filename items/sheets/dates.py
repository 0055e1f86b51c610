"""Date parser: the days that words, numbers and date cells of a ledger stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .date_patterns import (
    DATE_PATTERNS,
    TO_THE_DAY,
    AmbiguousDate,
    DateReader,
    NoDay,
    Reading,
    ends_of_month,
    month_and_day,
)
from .date_text import TO, DateText, fold_date_text
from .errors import BadCell
from .notes import Noted
from .text import quoted

FIRST_YEAR, LAST_YEAR = 1990, 2100

_RANGE = re.compile(TO)
# Words after a day that make it the first of a time without end
_FROM = re.compile(r"起(?![草吊重诉飞])|开始|以来|[-~至到](?=长期|永久|今)")
_AFTER = re.compile(r"[之以]?后(?![期续勤评面半])")
_SINCE = re.compile(
    r"(?:[自从]|不早于|(?<![a-z])(?:from|since|starting|after)(?: the)? ?)$", re.IGNORECASE
)
_MOVED = re.compile(r"调整|延|推迟|改[为到至]|变更")
# A day in such words comes before the one that was named first, not a year later.
_ASIDE = re.compile(r"[(原]|力争|争取|最迟|确保")
_LUNAR = ("农历", "阴历", "旧历")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day that a text names: where in the text, how exactly, with a warning to the reader.

    `begins` says that the day is the first of a time without end ("6月起"); `others` are the days
    that the words may also mean.
    """

    start: int
    end: int
    day: date
    has_year: bool
    to_the_day: bool
    begins: bool = False
    warning: str = ""
    others: tuple[date, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The days that the words may mean, the likely one first; none where it is plain."""
        if not self.others:
            return ()
        return tuple(day.isoformat() for day in (self.day, *self.others))


def parse_date(value: object, year: int) -> date | Noted | None:
    """Parse the cell of a plain date column: exactly one day; None for a blank cell.

    `year` is the one meant where the cell names none. Words that are no day are set aside, with
    a note; raise BadCell for a day that doesn't exist or may be two.
    """
    text = fold_date_text(value)
    if not text.words:
        return _not_one_day(text) if text.is_prose else None
    mentions = find_dates(text.words, year)
    if len(mentions) != 1 or not mentions[0].to_the_day or mentions[0].begins:
        return _not_one_day(text)
    (mention,) = mentions
    sentence = " ".join(filter(None, [mention.warning, slip_sentence(text, mention.day)]))
    return Noted(mention.day, sentence, choices=mention.choices) if sentence else mention.day


def _not_one_day(text: DateText) -> Noted:
    sentence = _(
        "“%(words)s” is not one day. It is kept in the remark. For a day, write it as 2021-09-22."
    )
    return Noted(None, sentence % {"words": quoted(text.typed)}, kept=text.typed)


def find_dates(words: str, year: int) -> tuple[DateMention, ...]:
    """Find the days in folded `words`, in order; a range counts as its end."""
    return _find_dates(words, year, get_language())


@lru_cache(maxsize=2_000)  # a sheet of thousands of rows has few deadlines that differ
def _find_dates(words: str, year: int, _language: str) -> tuple[DateMention, ...]:
    mentions: list[DateMention] = []
    for match, reader in _matches(words):
        before = mentions[-1] if mentions else None
        in_range = bool(before and _RANGE.fullmatch(words, before.end, match.start()))
        cut_off = reader is month_and_day and words[max(0, match.start() - 1)] in "./-"
        if cut_off and not in_range:  # what stands before it belongs to it: 206-06-30
            raise BadCell(_not_in_the_calendar(words))
        mention = _read_mention(match, reader, year, before, in_range=in_range)
        if mention is None:
            continue
        if in_range:
            mentions.pop()
        mentions.append(mention)
    return tuple(mentions)


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
    for match, reader in sorted(taken, key=lambda pair: pair[0].start()):
        if not words.startswith(_LUNAR, max(0, match.start() - 2)) or match.start() < 2:
            yield match, reader


def _read_mention(
    match: re.Match[str],
    reader: DateReader,
    year: int,
    before: DateMention | None,
    *,
    in_range: bool,
) -> DateMention | None:
    """Read one match; a year named before goes on, and a range ends after its start."""
    groups = match.groupdict()
    has_year = any(groups.get(name) for name in ("y", "short", "which"))
    year_goes_on = before is not None and before.has_year and not has_year
    if before and year_goes_on:
        year = before.day.year
    reading = _read(reader, match, year)
    is_after = in_range or year_goes_on
    if is_after and before and _ASIDE.search(match.string, before.end, match.start()):
        is_after = False
    if reading and before and is_after and not has_year and reading.last < before.day:
        reading = _read(reader, match, year + 1)
    if reading is None:
        return None
    begins, day = (False, reading.last) if in_range else _beginning(match, reading)
    warning = _warning_about_beginning(match, day) if begins else _warning(match, reader, reading)
    return DateMention(
        start=before.start if before and in_range else match.start(),
        end=match.end(),
        day=day,
        has_year=has_year or year_goes_on,
        to_the_day=reader in TO_THE_DAY and reading.first == reading.last,
        begins=begins,
        warning=warning,
        others=reading.others,
    )


def _beginning(match: re.Match[str], reading: Reading) -> tuple[bool, date]:
    """Tell whether a time without end begins there (6月起, 6月30日以后), and on which day."""
    words = match.string
    if _AFTER.match(words, match.end()):
        return True, reading.last
    is_since = _SINCE.search(words, 0, match.start()) and not _MOVED.search(words)
    if _FROM.match(words, match.end()) or is_since:
        return True, reading.first
    return False, reading.last


def _read(reader: DateReader, match: re.Match[str], year: int) -> Reading | None:
    try:
        reading = reader(match, year)
    except NoDay:
        return None
    except ValueError:
        choices = tuple(day.isoformat() for day in ends_of_month(match, year))
        raise BadCell(_not_in_the_calendar(match[0]), choices=choices) from None
    except AmbiguousDate as ambiguous:
        raise BadCell(ambiguous_date(match[0]), choices=ambiguous.choices) from None
    if not FIRST_YEAR <= reading.last.year <= LAST_YEAR:
        raise BadCell(
            _("The year in “%(words)s” cannot be right. Write four digits, such as 2021.")
            % {"words": quoted(match[0])}
        )
    return reading


def _not_in_the_calendar(words: str) -> str:
    return _("“%(words)s” is not in the calendar. Write a day that exists, such as 2021-11-30.") % {
        "words": quoted(words)
    }


def ambiguous_date(words: str) -> str:
    """Return the sentence that two days may be meant, and how to write one."""
    return _("“%(words)s” can be read in two ways. Write the whole day, such as 2021-11-03.") % {
        "words": quoted(words)
    }


def slip_sentence(text: DateText, day: date | None) -> str:
    """Return the sentence that a letter was read as a digit, or ""."""
    if not text.has_slip or day is None:
        return ""
    return _("A letter in “%(words)s” was read as a digit: %(day)s.") % {
        "words": quoted(text.typed),
        "day": day.isoformat(),
    }


def _warning(match: re.Match[str], reader: DateReader, reading: Reading) -> str:
    """Return what has to be said of a day that isn't plainly there, or ""."""
    groups = match.groupdict()
    words = {"words": quoted(match[0]), "day": reading.last.isoformat()}
    if reading.others:
        words["others"] = ", ".join(other.isoformat() for other in reading.others)
        return _("“%(words)s” was read as %(day)s. It may also mean %(others)s.") % words
    if groups.get("serial"):
        return _("Excel’s number for a day was read as %(day)s.") % words
    if reading.is_computed:
        return _("“%(words)s” was read as %(day)s.") % words
    if groups.get("before") and not groups.get("part") and reader not in TO_THE_DAY:
        return _("“%(words)s” was read as %(day)s. If the end of it is meant, write 底前.") % words
    return ""


def _warning_about_beginning(match: re.Match[str], day: date) -> str:
    words = match.string
    mark = _AFTER.match(words, match.end()) or _FROM.match(words, match.end())
    phrase = words[match.start() : mark.end() if mark else match.end()]
    return _("“%(words)s” was read as a beginning, on %(day)s.") % {
        "words": quoted(phrase),
        "day": day.isoformat(),
    }
