"""Cell parsers: an item number, a percent or count, a status, yes or no, lists of units.

A parser takes the value of a cell; a blank one means nothing, and a value that can't be read
raises BadCell with the remedy.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from items.numerals import NUMERAL, read_numeral

from .errors import BadCell
from .text import clean, normalised, one_line, quoted

MAX_NUMBER = 99_999
MAX_COUNT = 2_000_000_000

TERMS = {
    "short": ("短期", "近期", "立行立改", "short", "shortterm"),
    "mid_long": ("中长期", "中期", "中远期", "mid_long", "midlong", "mediumterm", "longterm"),
    "standing": ("长期坚持", "长期", "常态化", "持续推进", "standing", "ongoing"),
}
STATUSES = {
    "": ("拟列", "草稿", "draft"),
    "not_started": (
        "未启动", "未开始", "未开工", "未动工", "待启动", "待开工", "筹备中", "前期准备",
        "not_started", "notstarted", "todo",
    ),
    # Also where the owner's side says it is done; only a sign-off makes it so.
    "in_progress": (
        "正在推进", "推进中", "有序推进", "进行中", "正在进行", "办理中", "正在办理", "实施中",
        "正在实施", "施工中", "正在施工", "整改中", "正在整改", "在建", "建设中", "已启动",
        "已开工", "未完成", "未完工", "部分完成", "基本完成", "滞后", "逾期", "超期", "完成",
        "已完成", "完工", "已完工", "竣工", "已竣工", "已办结", "办结", "已整改", "整改完成",
        "已交付", "已投入使用", "in_progress", "inprogress", "ongoing", "done", "completed",
    ),
    "pending_check": (
        "待核查", "待验收", "待销号", "申请销号", "已申请销号", "待确认", "pending_check",
        "pendingcheck",
    ),
    "resolved": ("已解决", "已销号", "销号", "resolved", "closed", "signedoff"),
    "on_hold": ("暂缓", "暂停", "缓办", "on_hold", "onhold"),
    "withdrawn": ("调出清单", "已调出", "调出", "已撤销", "撤销", "取消", "已取消", "withdrawn"),
}  # fmt: skip
YES = ("是", "有", "对", "√", "✓", "✔", "☑", "yes", "y", "true", "1")
NO = ("", "否", "无", "不", "×", "✗", "✘", "x", "-", "—", "/", "no", "n", "false", "0")

_LABEL_BEFORE = re.compile(r"^(?:第|no\.?|#|编号|序号)+", re.IGNORECASE)
_MARKS, _COUNTERS = ".、,:。", ("项", "件", "条", "号")
_PART = rf"\d{{1,4}}(?:[-.]\d{{1,4}})*|[a-z]|{NUMERAL}"
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,9}}|{NUMERAL})(?:[-.](?P<part>{_PART})|\((?P<inner>{_PART})\))?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![\d.-])(\d{1,9}(?:\.\d{1,9})?)%")
_COUNT = re.compile(
    r"(?P<done>\d{1,10})(?P<unit>\D{0,4}?)/(?P<target>\d{1,10})(?P<unit_after>[^\d/]{0,10})"
)
_DONE_OF_ALL = re.compile(
    r"(?:已?完成|已)(?P<done>\d{1,10})(?P<unit>[^\d,;。、]{1,4})[,;。、]?"
    r"(?:共|总共|计划|总计)(?P<target>\d{1,10})(?P<unit_after>(?P=unit)?)"
)
_FIGURE = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")

UNIT_MARKS = ";；、,，/\n"
MEASURE_MARKS = ";；\n"
NO_UNIT = {"无", "-", "—", "——", "\\"}

# "统计数量,选型采购,整批更换" is a list; longer pieces are sentences that happen to have commas.
SHORT_CHINESE, SHORT_LATIN = 14, 60  # characters

_ORDINAL = re.compile(
    r"(?:[(（]\s?(?P<in_brackets>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）]"
    r"|(?P<figure>\d{1,2})\s?[.．、)）](?!\d)"
    r"|(?P<numeral>[一二三四五六七八九十]{1,3})(?:、|是)"
    r"|(?P<circled>[①-⑳]))\s?"
)
_BEFORE_FIRST = ("", *"\n;；。:：")


@dataclass(frozen=True, slots=True)
class Number:
    """An item's number, and the mark of a part under it ("1.2" is number 1, part "2")."""

    number: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: a percent, or a count (90 of 120 间), or only words."""

    percent: Decimal | None = None
    done: int | None = None
    target: int | None = None
    count_unit: str = ""
    words: str = ""


def parse_number(value: object) -> Number | None:
    """Parse a 序号: 1, "1、", "(一)", "第3项", "1.2"; a blank cell means None."""
    if isinstance(value, date):
        raise BadCell(
            _("Excel made a day of this number. Format the cell as text and write it again.")
        )
    words = normalised(_figure_as_text(value))
    if not words:
        return None
    match = _NUMBER.fullmatch(_bare_number(words))
    number = _read_figure(match["number"]) if match else None
    if not match or not number or number > MAX_NUMBER:
        raise BadCell(
            _("“%(words)s” is not a number. Write a whole number from 1.")
            % {"words": quoted(value)}
        )
    return Number(number, _part_mark(match["part"] or match["inner"] or ""))


def _bare_number(words: str) -> str:
    """Take "第3项", "3、", "(3)" and "3)" down to the 3."""
    bare = _LABEL_BEFORE.sub("", words).rstrip(_MARKS)
    if bare.endswith(_COUNTERS):
        bare = bare[:-1].rstrip(_MARKS)
    if bare.startswith("(") and bare.count("(") == 1:
        bare = bare.removeprefix("(").replace(")", "", 1)
    return bare if "(" in bare else bare.removesuffix(")")


def _part_mark(mark: str) -> str:
    if mark == "0":  # "1.0" is a number that went through a program, not a part
        return ""
    numeral = read_numeral(mark)
    return mark if numeral is None else str(numeral)


def parse_percent(value: object, percent_format: bool = False) -> Progress | None:
    """Parse a 完成进度: a percent, a count such as 90/120间, or words; a blank cell means None.

    `percent_format` says that the cell shows its number as a percent: 0.984 is then 98.4 %.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _percent_of_number(value, percent_format)
    words = normalised(_figure_as_text(value))
    if not words:
        return None
    if match := _COUNT.fullmatch(words) or _DONE_OF_ALL.fullmatch(words):
        return _count(match)
    if len(percents := _PERCENT.findall(words)) == 1:
        return Progress(percent=_within_100(Decimal(percents[0]), value))
    if _FIGURE.fullmatch(words):
        return _percent_of_number(Decimal(words), percent_format=False)
    return Progress(words=clean(str(value)))


def parse_term(text: object) -> str:
    """Parse a 期限类型 as short, mid_long or standing; a blank cell means ""."""
    return _key_of(text, TERMS, _("“%(words)s” is not a term. Write 短期, 中长期 or 长期坚持."))


def parse_status(text: object) -> str:
    """Parse a 状态 as a status key; a blank cell or a draft means ""."""
    return _key_of(text, STATUSES, _("“%(words)s” is not a status. Write one such as 正在推进."))


def parse_yes(value: object) -> bool:
    """Parse a yes or no; a blank cell means no."""
    word = normalised(_figure_as_text(value)).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell(
        _("“%(words)s” is neither yes nor no. Write 是 or 否.") % {"words": quoted(value)}
    )


def _key_of(text: object, words_of: dict[str, tuple[str, ...]], sentence: str) -> str:
    word = normalised(_figure_as_text(text))
    if word.endswith(")"):
        word = word.partition("(")[0] if "(" in word else word
    word = word.lower().rstrip("。.;")
    if not word:
        return ""
    for key, words in words_of.items():
        if word in words:
            return key
    raise BadCell(sentence % {"words": quoted(text)})


def _figure_as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read_figure(text: str) -> int | None:
    return int(text) if text.isdecimal() else read_numeral(text)


def _percent_of_number(value: float | Decimal, percent_format: bool) -> Progress:
    if not -1e9 < value < 1e9:
        raise BadCell(_not_a_percent(value))
    percent = Decimal(str(value)) * (100 if percent_format else 1)
    if not percent_format and 0 < percent <= 1:
        raise BadCell(
            _("“%(words)s” can be read in two ways. Write it with %%, such as 60%%.")
            % {"words": quoted(value)}
        )
    return Progress(percent=_within_100(percent, value))


def _within_100(percent: Decimal, value: object) -> Decimal:
    if not 0 <= percent <= 100:
        raise BadCell(_not_a_percent(value))
    return round(percent, 2).normalize() + 0  # + 0 writes 1E+2 as 100


def _not_a_percent(value: object) -> str:
    return _("“%(words)s” is not between 0 and 100 %%. Write 60%% or 90/120.") % {
        "words": quoted(value)
    }


def _count(match: re.Match[str]) -> Progress:
    done, target = int(match["done"]), int(match["target"])
    if not 0 < target <= MAX_COUNT or done > MAX_COUNT:
        raise BadCell(
            _("“%(words)s” counts to nothing. Write done/target, such as 90/120.")
            % {"words": quoted(match[0])}
        )
    return Progress(done=done, target=target, count_unit=match["unit"] or match["unit_after"])


def split_units(text: str) -> list[str]:
    """Split a 责任单位 cell; brackets stay whole, nobody is named twice, order is kept."""
    units = [one_line(piece).rstrip("。") for piece in _cut(clean(text), UNIT_MARKS)]
    return list(dict.fromkeys(unit for unit in units if unit and unit not in NO_UNIT))


def split_measures(text: str) -> list[str]:
    """Split a 具体措施 cell at line ends, semicolons, 1. ① (一); at commas for want of these."""
    pieces = [
        _trimmed(piece) for part in _at_ordinals(clean(text)) for piece in _cut(part, MEASURE_MARKS)
    ]
    pieces = [piece for piece in pieces if piece and not piece.endswith((":", "："))]
    return _at_commas(pieces[0]) if len(pieces) == 1 else pieces


def split_lines(text: str) -> list[str]:
    """Split a 怎样算办好 cell at line ends, semicolons, 1. ① (一); sentences stay whole."""
    pieces = (_trimmed(p) for part in _at_ordinals(clean(text)) for p in _cut(part, MEASURE_MARKS))
    return [piece for piece in pieces if piece]


def _at_ordinals(text: str) -> list[str]:
    """Cut at ordinals that count up from one: "3.5米" and "2、3号机" are none."""
    parts, begin = [], 0
    expected: dict[str, int] = {}  # the next ordinal by its kind of mark
    for match in _ORDINAL.finditer(text):
        kind = match.lastgroup or ""
        ordinal = _ordinal(match[kind])
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" ")  # spaces are single
        is_first = ordinal == 1 and before[-1:] in _BEFORE_FIRST
        if ordinal and (is_first or ordinal == expected.get(kind)):
            parts.append(text[begin : match.start()])
            begin, expected[kind] = match.end(), ordinal + 1
    return [*parts, text[begin:]]


@lru_cache(maxsize=256)
def _ordinal(mark: str) -> int | None:
    figure = normalised(mark)
    return int(figure) if figure.isdecimal() else read_numeral(figure)


def _at_commas(text: str) -> list[str]:
    pieces = [_trimmed(piece) for piece in _cut(text, ",，")]
    is_list = "。" not in text and all(piece and _is_short(piece) for piece in pieces)
    return pieces if is_list else [text]


def _is_short(piece: str) -> bool:
    return len(piece) <= (SHORT_LATIN if piece.isascii() else SHORT_CHINESE)


def _trimmed(piece: str) -> str:
    return piece.strip().rstrip(";；。,，、").rstrip()


def _cut(text: str, marks: str) -> list[str]:
    """Cut at any of `marks` outside brackets, and never inside a figure such as 1,000."""
    if sum(map(text.count, "(（[【")) != sum(map(text.count, ")）]】")):
        return re.split(f"[{re.escape(marks)}]", text)
    pieces, begin, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "(（[【") - (char in ")）]】")
        if char in marks and depth == 0 and not _is_inside_figure(text, at):
            pieces.append(text[begin:at])
            begin = at + 1
    return [*pieces, text[begin:]]


def _is_inside_figure(text: str, at: int) -> bool:
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
