"""The headings that lists use, and the columns of the ledger that they mean."""

import re

from items.columns import COLUMNS

from .text import plain

# Column: the headings that mean it. Spaces, line breaks, width, case and brackets don't matter.
HEADINGS = {column.in_sheets: column.headings for column in COLUMNS if column.headings}
HEADINGS |= {
    f"{column.in_sheets}_en": column.headings_en for column in COLUMNS if column.headings_en
}

# Read and set aside: the system computes them.
COMPUTED = tuple(column.in_sheets for column in COLUMNS if column.guard == "computed")
NEEDED = ("number", "title")

# A lower heading that means something only under its upper one: (upper column, lower): column.
UNDER = {
    ("due", "首次"): "first_due",
    ("due", "原定"): "first_due",
    ("due", "原"): "first_due",
    ("due", "最初"): "first_due",
    ("due", "当前"): "due",
    ("due", "现行"): "due",
    ("due", "现"): "due",
    ("due", "调整后"): "due",
    ("due", "变更后"): "due",
    ("due", "计划"): "due",
    ("due", "实际"): "done_on",
    ("done_on", "计划"): "due",
    ("done_on", "实际"): "done_on",
    ("owner", "职务"): "owner",
    ("owner", "岗位"): "owner",
    ("supervisor", "职务"): "supervisor",
    ("supervisor", "岗位"): "supervisor",
    ("units", "牵头"): "lead_unit",
    ("units", "主办"): "units",
    ("units", "配合"): "support_units",
    ("units", "协办"): "support_units",
}

# Where a list has none of these columns, these headings mean that column.
STAND_INS = [
    (("due",), ("完成时间", "完成日期", "办结时间", "办结日期", "完工时间", "竣工时间"), "due"),
    (("units", "lead_unit"), HEADINGS["part_unit"], "units"),
    (("title",), HEADINGS["problem"], "title"),
    (("title",), ("主要内容", "工作内容", "具体内容", "实施内容", "建设内容", "内容"), "title"),
]

_IGNORED = re.compile(r"[\s_.:：*'’\-、]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
LONGEST = 60


def field_of(heading: str) -> str | None:
    """Name the column that a heading means, or None."""
    if len(heading) > LONGEST:
        return None
    for words in _spellings(heading):
        if column := _COLUMN_OF.get(_bare(words)) or _column_of_choices(words):
            return column
    return None


def is_heading(heading: str, known: str) -> bool:
    """Tell whether a heading is a known one, but for spaces, width, case or what is in brackets."""
    return _bare(plain(known).lower()) in map(_bare, _spellings(heading))


def _spellings(heading: str) -> tuple[str, str]:
    """Fold a heading, whole and without "(盖章)" or the like."""
    words = plain(heading).lower()
    return words, _BRACKETS.sub("", words)


def _column_of_choices(words: str) -> str | None:
    """Read "责任领导/牵头领导": every part that is known must mean the same."""
    columns = {_COLUMN_OF.get(_bare(choice)) for choice in re.split(r"[/及和与或、]", words)}
    return columns.pop() if len(columns) == 1 else None


def _bare(words: str) -> str:
    return _IGNORED.sub("", words)


_COLUMN_OF = {
    _bare(plain(heading).lower()): column
    for column, headings in HEADINGS.items()
    for heading in headings
}
