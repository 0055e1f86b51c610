"""Deadlines as people write them: a day, a month, or words that only mean one."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .dates import Moment, find_moments, fold, two_readings
from .errors import BadCell
from .text import clean, quoted

STARTING = ("动工", "开工", "启动", "开建", "进场")
FINISHING = ("完工", "竣工", "投入使用", "建成", "完成", "交付", "投用")
STANDING = ("长期", "常态", "常年", "持续", "永久")
REPEATING = re.compile("每(?:[年月周季日天班]|半年)")

FAR_YEARS = 5

_CLAUSE_END = re.compile(r"[,;。、!?()]")
_TWO_FIGURES = re.compile(r"(?<![\d.])\d{1,2}[./-]\d{1,2}(?![\d.])")
_ONLY_A_NUMBER = re.compile(r"[+-]?[\d.,]+(?:e[+-]?\d+)?|[+-]?inf|nan")
_ONLY_A_DAY = re.compile(
    r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{5}|\d{8}"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a deadline cell says; `words` is empty where they say no more than the day."""

    due: date | None = None
    start_by: date | None = None
    words: str = ""
    warning: str = ""
    term: str = ""


def parse_deadline(value: object, year: int) -> Deadline:
    """Read a deadline cell of a list of `year`; raise BadCell for what must be written anew.

    Days are inclusive: "9月25日前" is due on the 25th. A range is due at its end and says nothing
    about when the start is due. Words about beginning work fill `start_by`, not `due`.
    """
    words = fold(value) if value is not None else ""
    if not words:
        return Deadline()
    moments = [one for one in find_moments(words, year) if not _repeats(one, words)]
    typed = "" if _ONLY_A_DAY.fullmatch(words) else clean(str(value))
    if not moments:
        return _without_a_day(words, typed)
    return _dated(words, typed, moments, year)


def parse_planned(value: object, year: int) -> date | None:
    """Read a planned day (启动时间, 首次时限) in any words that a deadline may have; else None."""
    deadline = parse_deadline(value, year)
    return deadline.due or deadline.start_by


def _without_a_day(words: str, typed: str) -> Deadline:
    if any(word in words for word in STANDING):
        return Deadline(words=typed, term="standing")
    if _TWO_FIGURES.search(words):
        raise BadCell(two_readings(typed))
    if _ONLY_A_NUMBER.fullmatch(words):
        raise BadCell(
            _("“%(words)s” is a number, not a day. Write it as 2021-11-30.")
            % {"words": quoted(typed)}
        )
    return Deadline(
        words=typed,
        warning=_("“%(words)s” names no day. Add one before the list is published.")
        % {"words": quoted(typed)},
    )


def _dated(words: str, typed: str, moments: list[Moment], year: int) -> Deadline:
    starts = [one.day for one in moments if _is_about_starting(one, words, moments)]
    ends = [one.day for one in moments if not _is_about_starting(one, words, moments)]
    start_by = min(starts, default=None)
    due = max(ends, default=None)
    return Deadline(
        due=due,
        start_by=start_by,
        words=typed,
        warning=_warning(moments, start_by, due, year),
        term="standing" if any(word in words for word in STANDING) else "",
    )


def _is_about_starting(moment: Moment, words: str, moments: list[Moment]) -> bool:
    said = _said_about(moment, words, moments)
    if any(verb in said for verb in FINISHING):
        return False
    return any(verb in said for verb in STARTING)


def _said_about(moment: Moment, words: str, moments: list[Moment]) -> str:
    """Cut out the words that belong to a moment: its clause, or what follows it in a shared one."""
    left, right = _clause(moment, words)
    shared = [one.start for one in moments if one is not moment and left <= one.start < right]
    if not shared:
        return words[left:right]
    return words[moment.end : min([start for start in shared if start > moment.start] + [right])]


def _repeats(moment: Moment, words: str) -> bool:
    left, right = _clause(moment, words)
    return bool(REPEATING.search(words, left, right))


def _clause(moment: Moment, words: str) -> tuple[int, int]:
    left = max((found.end() for found in _CLAUSE_END.finditer(words, 0, moment.start)), default=0)
    end = _CLAUSE_END.search(words, moment.end)
    return left, end.start() if end else len(words)


def _warning(moments: list[Moment], start_by: date | None, due: date | None, year: int) -> str:
    for moment in moments:
        if moment.warning:
            return moment.warning
    if start_by and due and due < start_by:
        return _("It ends before it starts. Check both days.")
    for day in (start_by, due):
        if day and abs(day.year - year) > FAR_YEARS:
            return _("%(day)s lies far from %(year)s. Check the year.") % {
                "day": day.isoformat(),
                "year": year,
            }
    return ""
