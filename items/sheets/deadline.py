"""Deadline parser: a day, a month, or words that only mean one."""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from .date_text import DateText, fold_date_text
from .dates import DateMention, find_dates, slip_sentence
from .errors import BadCell
from .notes import Noted
from .text import quoted

STARTING = (
    "动工", "开工", "启动", "开建", "进场", "破土", "奠基", "开始", "着手", "起步", "start",
    "begin", "commence", "launch", "kick",
)  # fmt: skip
FINISHING = (
    "完工", "竣工", "投入使用", "建成", "完成", "交付", "投用", "见成效", "销号", "finish",
    "complet", "deliver",
)  # fmt: skip
STANDING = re.compile(
    r"长期|常态|常年|永久|经常性|常抓|持续(?![到至])|一直"
    r"|ongoing|long-? ?term|continuous|permanent|standing",
    re.IGNORECASE,
)
REPEATING = re.compile(r"每[个半两二三四六\d]{0,3}[年月周季日天班]|逐月|按月|按季")

FAR_YEARS = 5  # between a deadline and its list's year, from which on a warning is given

_CLAUSE_END = re.compile(r"[,;。、!?()]")
_ONLY_A_NUMBER = re.compile(r"[+-]?\d[\d.,/-]*(?:e[+-]?\d+)?|[+-]?inf|nan")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_ONLY_A_DAY = re.compile(
    r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{5}|\d{8}"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a deadline cell says; `words` is empty where it says no more than the day.

    `term` is "standing" for what goes on for ever, else ""; `warning` is a sentence or "".
    `choices` are the days that an ambiguous cell may mean, the one that was taken first.
    """

    due: date | None = None
    start_by: date | None = None
    words: str = ""
    warning: str = ""
    term: str = ""
    choices: tuple[str, ...] = ()


def parse_deadline(value: object, year: int) -> Deadline:
    """Parse a deadline cell of a list of `year`; raise BadCell for what must be written anew.

    Days are inclusive: "9月25日前" is due on the 25th. A range is due at its end and says nothing
    about when the start is due. Words about beginning fill `start_by`, not `due`.
    """
    text = fold_date_text(value)
    if text.is_prose:
        raise BadCell(_("This is too long for a day. Is it in the wrong column?"))
    if not text.words:
        return Deadline()
    mentions = [
        mention
        for mention in find_dates(text.words, year)
        if mention.begins or not _is_repeating(mention, text.words)
    ]
    deadline = _with_dates(text, mentions, year) if mentions else _without_date(text)
    if deadline.term and not deadline.due:
        return _until_the_years_end(deadline, text.typed, year)
    return deadline


def parse_planned(value: object, year: int) -> date | Noted | None:
    """Parse a planned day (启动时间, 首次时限), written like a deadline; words are set aside."""
    text = fold_date_text(value)
    deadline = Deadline(words=text.typed) if text.is_prose else parse_deadline(value, year)
    day = deadline.due or deadline.start_by
    if day is None and deadline.words:
        sentence = _("“%(words)s” names no day. It is kept in the remark.")
        return Noted(None, sentence % {"words": quoted(text.typed)}, kept=text.typed)
    if deadline.warning:
        return Noted(day, deadline.warning, choices=deadline.choices)
    return day


def _until_the_years_end(deadline: Deadline, typed: str, year: int) -> Deadline:
    """Offer the year's end as the deadline of what goes on for ever; nobody takes it unasked."""
    return replace(
        deadline,
        warning=deadline.warning
        or _(
            "It goes on for ever and has no deadline. Choose the year’s end, or write a day before"
            " the list is published."
        ),
        choices=deadline.choices or (typed, f"{typed}，{year}年12月31日前"),
    )


def _term(text: DateText) -> str:
    return "standing" if STANDING.search(text.words) else ""


def _without_date(text: DateText) -> Deadline:
    if term := _term(text):
        return Deadline(words=text.typed, term=term)
    if _ONLY_A_NUMBER.fullmatch(text.words):
        raise BadCell(
            _("“%(words)s” is a number, not a day. Write it as 2021-11-30.")
            % {"words": quoted(text.typed)},
            choices=(f"{text.words}月底",) if _MONTH.fullmatch(text.words) else (),
        )
    return Deadline(
        words=text.typed,
        warning=_("“%(words)s” names no day. Add one before the list is published.")
        % {"words": quoted(text.typed)},
    )


def _with_dates(text: DateText, mentions: list[DateMention], year: int) -> Deadline:
    starts: list[date] = []
    ends: list[date] = []
    for mention in mentions:
        is_start = mention.begins or _is_about_starting(mention, text.words, mentions)
        (starts if is_start else ends).append(mention.day)
    start_by = min(starts, default=None)
    due = max(ends, default=None)
    return Deadline(
        due=due,
        start_by=start_by,
        words="" if _ONLY_A_DAY.fullmatch(text.words) else text.typed,
        warning=_warning(text, mentions, start_by, due, year),
        term=_term(text),
        choices=mentions[0].choices if len(mentions) == 1 else (),
    )


def _is_about_starting(mention: DateMention, words: str, mentions: list[DateMention]) -> bool:
    context = _words_about(mention, words, mentions).lower()
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
    text: DateText,
    mentions: list[DateMention],
    start_by: date | None,
    due: date | None,
    year: int,
) -> str:
    sentences = [mention.warning for mention in mentions]
    sentences.append(slip_sentence(text, due or start_by))
    if start_by and due and due < start_by:
        sentences.append(_("It ends before it starts. Check both days."))
    for day in (start_by, due):
        if day and abs(day.year - year) > FAR_YEARS:
            words = {"day": day.isoformat(), "year": year}
            sentences.append(_("%(day)s lies far from %(year)s. Check the year.") % words)
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))
