"""Progress parser: a percent, a count, or words; the owner's own words are always kept.

Counts are whole numbers. One with decimals is counted in a smaller unit (7.7/11.2公里 is
7700/11200米) or, where there is none, becomes a percent, and its words stand beside it.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from items.numerals import read_numeral

from .errors import BadCell
from .notes import Noted
from .text import clean, figure_as_text, normalised, quoted

MAX_COUNT = 2_000_000_000
LONGEST_FIGURE = 200  # characters; what is longer is prose

# A count in one unit is so many of a smaller one.
SMALLER = {
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "km": ("m", 1000),
    "米": ("厘米", 100),
    "吨": ("公斤", 1000),
    "公顷": ("平方米", 10_000),
    "元": ("分", 100),
    "小时": ("分钟", 60),
}
MULTIPLES = {"千": 1000, "万": 10_000, "亿": 100_000_000}

_FIGURE = r"\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,10}(?:\.\d{1,6})?"
_UNIT = r"[^\d/%,;。:()]{0,8}?"
_END = r"(?=[。;,]|$)"
_OF_ALL = r"(?:共|合计|总共|总计|总数|计划|目标|任务|应完成|需|拟|全部)[^\d,;。%/未剩]{0,8}"
_DONE = r"(?:其中|目前|截至目前|现|实际|累计|已|完成|建成){1,4}[^\d,;。%/未剩]{0,8}"
_CLAIM = r"(?P<claim>均?已?(?:全部)?(?:完成|完工|办结|投用))?"
_ALL = rf"(?P<target>{_FIGURE})(?P<unit_after>{_UNIT})"
_SOME = rf"(?P<done>{_FIGURE})(?P<unit>{_UNIT})"
_COUNTS = [
    re.compile(rf"(?:{_DONE})?{_SOME}/{_ALL}{_CLAIM}{_END}"),
    re.compile(rf"(?:{_DONE})?{_SOME}[,;。、(]?{_OF_ALL}{_ALL}\)?{_CLAIM}{_END}"),
    re.compile(rf"(?:{_OF_ALL})?{_ALL}[中内]?[,;。、(]?{_DONE}{_SOME}\)?{_CLAIM}{_END}"),
]
_LEFT = re.compile(
    rf"{_DONE}{_SOME}[,;。、](?:还|尚|仍)?(?:剩余|剩下|剩|余)(?P<left>{_FIGURE})(?P<unit_after>{_UNIT})"
    rf"{_CLAIM}{_END}"
)
# What a counted thing is never called: a count with such a word behind it is a day or a house.
_NO_UNIT = re.compile("[已完成未月日号年前后正在季栋楼期]")

_PERCENT = re.compile(r"(?<![\d.-])(\d{1,9}(?:\.\d{1,9})?)%")
_JUST_PERCENT = re.compile(
    r"(?:已经?|累计|总体|完成率?|工程|总?进度|达到?|为|:){0,5}\d{1,9}(?:\.\d{1,9})?%(?:完成)?[。;]?"
)
# A percent in a clause with one of these says something else than how much is done.
_OTHER_SHARE = re.compile("[未不没剩余差欠降增占低少超]|满意|缺口")
_OUT_OF_100 = re.compile(r"百分之(\d{1,3}(?:\.\d{1,4})?|[零一二三四五六七八九十百]{1,5})")
_CLAUSE_END = re.compile("[,;。]")
_PLAIN_FIGURE = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: a percent, or a count (90 of 120 间); `words` are those to be kept."""

    percent: Decimal | None = None
    done: int | None = None
    target: int | None = None
    count_unit: str = ""
    words: str = ""

    @property
    def figure(self) -> str:
        """The percent or the count as people read it; "" for neither."""
        if self.target is not None:
            return f"{self.done}/{self.target}{self.count_unit}"
        return "" if self.percent is None else f"{self.percent.normalize():f}%"


def parse_percent(value: object, percent_format: bool = False) -> Progress | Noted | None:
    """Parse a 完成进度: a percent, a count such as 90/120间, or words; a blank cell means None.

    `percent_format` says that the cell shows its number as a percent: 0.984 is then 98.4 %.
    """
    if isinstance(value, date):
        return _count_that_became_a_day(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _percent_of_number(value, percent_format)
    typed = clean(figure_as_text(value))
    if not typed:
        return None
    if len(typed) > LONGEST_FIGURE:
        return _only_words(typed)
    words = normalised(typed)
    if _PLAIN_FIGURE.fullmatch(words):
        return _percent_of_number(Decimal(words), percent_format=False)
    return _count(words, typed) or _percent_in_words(words, typed) or _only_words(typed)


def shown_percent(value: float) -> str:
    """Write a number as the percent that its cell shows: 0.984 is 98.4%."""
    return f"{round(Decimal(str(value)) * 100, 2).normalize():f}%"


def _only_words(typed: str) -> Noted:
    sentence = _("“%(words)s” is no figure. It is kept as words of the progress.")
    return Noted(Progress(words=typed), sentence % {"words": quoted(typed)})


def _count_that_became_a_day(day: date) -> Noted:
    """Take a day back to the 3/4 from which Excel made it."""
    words = f"{day.month}/{day.day}"
    known = Progress(done=day.month, target=day.day) if day.month <= day.day else Progress()
    sentence = _(
        "Excel made a day of this, most likely out of “%(words)s”. Is that what was meant?"
    )
    return Noted(
        Progress(done=known.done, target=known.target, words=words), sentence % {"words": words}
    )


def _percent_of_number(value: float | Decimal, percent_format: bool) -> Progress | Noted:
    if not -1e9 < value < 1e9 or value < 0:
        raise BadCell(_not_a_percent(value))
    percent = Decimal(str(value)) * (100 if percent_format else 1)
    if not percent_format and 0 < percent <= 1:
        raise BadCell(
            _("“%(words)s” can be read in two ways. Write it with %%, such as 60%%.")
            % {"words": quoted(value)},
            choices=tuple(f"{(percent * of).normalize():f}%" for of in (100, 1)),
        )
    if percent > 100 and not percent_format:
        return _only_words(f"{percent.normalize():f}")
    return _within_100(percent, shown_percent(float(value)) if percent_format else str(value))


def _not_a_percent(value: object) -> str:
    return _("“%(words)s” is not between 0 and 100 %%. Write 60%% or 90/120.") % {
        "words": quoted(value)
    }


def _within_100(percent: Decimal, typed: str, words: str = "") -> Progress | Noted:
    """Keep a percent; what is over 100 is shown as 100, and its words are kept."""
    if percent > 100:
        sentence = _("“%(words)s” is more than all: shown as 100 %%, and kept in words.")
        return Noted(Progress(percent=Decimal(100), words=typed), sentence % {"words": typed})
    return Progress(percent=round(percent, 2).normalize() + 0, words=words)  # + 0: 1E+2 is 100


def _percent_in_words(words: str, typed: str) -> Progress | Noted | None:
    words = _OUT_OF_100.sub(_written_with_sign, words)
    percents = list(_PERCENT.finditer(words))
    if len(percents) != 1 or _is_other_share(words, percents[0]):
        return None
    if _JUST_PERCENT.fullmatch(words):
        return _within_100(Decimal(percents[0][1]), typed)
    progress = _within_100(Decimal(percents[0][1]), typed, words=typed)
    if isinstance(progress, Noted):
        return progress
    sentence = _("%(percent)s %% was taken out of these words; they are kept too.")
    return Noted(progress, sentence % {"percent": f"{progress.percent:f}"})


def _written_with_sign(match: re.Match[str]) -> str:
    number = match[1] if match[1][0].isdecimal() else read_numeral(match[1])
    return match[0] if number is None else f"{number}%"


def _is_other_share(words: str, percent: re.Match[str]) -> bool:
    """Tell whether the clause around a percent says what is left, lacking, grown …"""
    before = [match.end() for match in _CLAUSE_END.finditer(words, 0, percent.start())]
    end = _CLAUSE_END.search(words, percent.end())
    clause = words[before[-1] if before else 0 : end.start() if end else len(words)]
    return bool(_OTHER_SHARE.search(clause))


def _count(words: str, typed: str) -> Progress | Noted | None:
    """Read a count with which the words begin; further words are kept."""
    for pattern in _COUNTS:
        if match := pattern.match(words):
            return _made_count(match, _figure(match["target"]), words, typed)
    if match := _LEFT.match(words):
        target = _figure(match["done"]) + _figure(match["left"])
        return _made_count(match, target, words, typed, is_sum=True)
    return None


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _made_count(
    match: re.Match[str], target: Decimal, words: str, typed: str, *, is_sum: bool = False
) -> Progress | Noted | None:
    """Return a count; None where its two sides count two things, or no things."""
    (unit, times), (unit_after, times_after) = map(_unit, (match["unit"], match["unit_after"]))
    if unit and unit_after and unit != unit_after:
        return None
    done = _figure(match["done"]) * (times if match["unit"] else times_after)
    target *= times_after if match["unit_after"] else times
    unit = unit or unit_after
    if _NO_UNIT.search(unit) or not target or max(done, target) > MAX_COUNT:
        return None
    is_all_said = len(match[0]) == len(words.rstrip("。;")) and not match["claim"]
    return _whole_count(done, target, unit, typed, must_keep=is_sum or not is_all_said)


def _unit(text: str) -> tuple[str, int]:
    """Split 万人 into 人 and ten thousand; 千米 is a unit."""
    times = 1 if text.startswith("千米") else MULTIPLES.get(text[:1], 1)
    return (text[1:] if times > 1 else text), times


def _whole_count(
    done: Decimal, target: Decimal, unit: str, typed: str, *, must_keep: bool
) -> Progress | Noted:
    words = typed if must_keep else ""
    if not _are_whole(done, target):
        smaller, times = SMALLER.get(unit, ("", 1))
        done, target, unit, words = done * times, target * times, smaller or unit, typed
    if not _are_whole(done, target) or target > MAX_COUNT:
        percent = (100 * done / target).quantize(Decimal("0.01"), ROUND_DOWN)
        percent = min(percent, Decimal(100)).normalize() + 0
        sentence = _("Counts are whole numbers: %(percent)s %% was computed, the words are kept.")
        return Noted(Progress(percent=percent, words=typed), sentence % {"percent": f"{percent:f}"})
    count = Progress(done=int(done), target=int(target), count_unit=unit, words=words)
    if not words:
        return count
    sentence = _("%(count)s was taken out of these words; they are kept too.")
    return Noted(count, sentence % {"count": f"{count.done}/{count.target}{unit}"})


def _are_whole(*figures: Decimal) -> bool:
    return all(figure == figure.to_integral_value() for figure in figures)
