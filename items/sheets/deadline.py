"""Deadline parser: a day, a month, or words that only mean one."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .dates import DateMention, ambiguous_date, find_dates, fold_date_text
from .errors import BadCell
from .text import clean, quoted

STARTING = ("动工", "开工", "启动", "开建", "进场")
FINISHING = ("完工", "竣工", "投入使用", "建成", "完成", "交付", "投用")
STANDING = ("长期", "常态", "常年", "持续", "永久")
REPEATING = re.compile("每(?:[年月周季日天班]|半年)")

FAR_YEARS = 5  # between a deadline and its list's year, from which on a warning is given

_CLAUSE_END = re.compile(r"[,;。、!?()]")
_TWO_FIGURES = re.compile(r"(?<![\d.])\d{1,2}[./-]\d{1,2}(?![\d.])")
_ONLY_A_NUMBER = re.compile(r"[+-]?[\d.,]+(?:e[+-]?\d+)?|[+-]?inf|nan")
_ONLY_A_DAY = re.compile(
    r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{5}|\d{8}"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a deadline cell says; `words` is empty where it says no more than the day.

    `term` is "standing" for what goes on for ever, else ""; `warning` is a sentence or "".
    """

    due: date | None = None
    start_by: date | None = None
    words: str = ""
    warning: str = ""
    term: str = ""


def parse_deadline(value: object, year: int) -> Deadline:
    """Parse a deadline cell of a list of `year`; raise BadCell for what must be written anew.

    Days are inclusive: "9月25日前" is due on the 25th. A range is due at its end and says nothing
    about when the start is due. Words about beginning work fill `start_by`, not `due`.
    """
    words = fold_date_text(value) if value is not None else ""
    if not words:
        return Deadline()
    mentions = [mention for mention in find_dates(words, year) if not _is_repeating(mention, words)]
    typed = "" if _ONLY_A_DAY.fullmatch(words) else clean(str(value))
    if not mentions:
        return _without_date(words, typed)
    return _with_dates(words, typed, mentions, year)


def parse_planned(value: object, year: int) -> date | None:
    """Parse a planned day (启动时间, 首次时限), written like a deadline; else None."""
    deadline = parse_deadline(value, year)
    return deadline.due or deadline.start_by


def _without_date(words: str, typed: str) -> Deadline:
    if any(word in words for word in STANDING):
        return Deadline(words=typed, term="standing")
    if _TWO_FIGURES.search(words):
        raise BadCell(ambiguous_date(typed))
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


def _with_dates(words: str, typed: str, mentions: list[DateMention], year: int) -> Deadline:
    starts: list[date] = []
    ends: list[date] = []
    for mention in mentions:
        is_start = _is_about_starting(mention, words, mentions)
        (starts if is_start else ends).append(mention.day)
    start_by = min(starts, default=None)
    due = max(ends, default=None)
    return Deadline(
        due=due,
        start_by=start_by,
        words=typed,
        warning=_warning(mentions, start_by, due, year),
        term="standing" if any(word in words for word in STANDING) else "",
    )


def _is_about_starting(mention: DateMention, words: str, mentions: list[DateMention]) -> bool:
    context = _words_about(mention, words, mentions)
    if any(verb in context for verb in FINISHING):
        return False
    return any(verb in context for verb in STARTING)


def _words_about(mention: DateMention, words: str, mentions: list[DateMention]) -> str:
    """Return the words about a mention: its clause, or what follows it in a shared one."""
    left, right = _clause(mention, words)
    shared = [
        other.start for other in mentions if other is not mention and left <= other.start < right
    ]
    if not shared:
        return words[left:right]
    return words[mention.end : min([start for start in shared if start > mention.start] + [right])]


def _is_repeating(mention: DateMention, words: str) -> bool:
    left, right = _clause(mention, words)
    return bool(REPEATING.search(words, left, right))


def _clause(mention: DateMention, words: str) -> tuple[int, int]:
    left = max((match.end() for match in _CLAUSE_END.finditer(words, 0, mention.start)), default=0)
    end = _CLAUSE_END.search(words, mention.end)
    return left, end.start() if end else len(words)


def _warning(
    mentions: list[DateMention], start_by: date | None, due: date | None, year: int
) -> str:
    for mention in mentions:
        if mention.warning:
            return mention.warning
    if start_by and due and due < start_by:
        return _("It ends before it starts. Check both days.")
    for day in (start_by, due):
        if day and abs(day.year - year) > FAR_YEARS:
            return _("%(day)s lies far from %(year)s. Check the year.") % {
                "day": day.isoformat(),
                "year": year,
            }
    return ""
