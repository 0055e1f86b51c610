"""Header row detection: find the row of headings in a sheet, and the column that each one means.

The words come from `items.columns`; a heading may stand in one row, or in two where an upper
heading spans several lower ones.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from items.columns import COLUMNS

from .errors import BadTable
from .grid import Grid
from .text import normalised, one_line, quoted

# Column: the headings that mean it. Spaces, line breaks, width, case and brackets don't matter.
HEADINGS = {column.in_sheets: column.headings for column in COLUMNS if column.headings}
HEADINGS |= {
    f"{column.in_sheets}_en": column.headings_en for column in COLUMNS if column.headings_en
}

# Columns that are set aside with a warning: the system computes them.
COMPUTED = tuple(column.in_sheets for column in COLUMNS if column.guard == "computed")
NEEDED = ("number", "title")
NOTHING: Mapping[str, str] = {}

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
MAX_HEADING = 60  # characters; what is longer is no heading
HEADING_SEARCH_ROWS = 30  # filled rows from the top, among which the heading is looked for


def column_of(heading: str) -> str | None:
    """Return the column that a heading means, or None."""
    if len(heading) > MAX_HEADING:
        return None
    for words in _spellings(heading):
        if column := _COLUMN_OF.get(_letters(words)) or _column_of_choices(words):
            return column
    return None


def is_heading(heading: str, known: str) -> bool:
    """Tell whether two headings differ only in spaces, width, case or what is in brackets."""
    return _letters(normalised(known).lower()) in map(_letters, _spellings(heading))


def _spellings(heading: str) -> tuple[str, str]:
    """Return a heading normalised, with and without brackets such as "(盖章)"."""
    words = normalised(heading).lower()
    return words, _BRACKETS.sub("", words)


def _column_of_choices(words: str) -> str | None:
    """Read "责任领导/牵头领导": every part that is known must mean the same."""
    columns = {_COLUMN_OF.get(_letters(choice)) for choice in re.split(r"[/及和与或、]", words)}
    return columns.pop() if len(columns) == 1 else None


def _letters(words: str) -> str:
    """Drop spaces, line breaks and punctuation."""
    return _IGNORED.sub("", words)


_COLUMN_OF = {
    _letters(normalised(heading).lower()): column
    for column, headings in HEADINGS.items()
    for heading in headings
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a sheet, with the upper heading over it where there are two levels.

    `index` is the sheet's column, counted from 1; `column` is the item's column that it means.
    """

    index: int
    upper: str
    lower: str
    column: str | None = None

    @property
    def letter(self) -> str:
        """The sheet's column as Excel names it."""
        return get_column_letter(self.index)

    @property
    def words(self) -> str:
        """The heading as people read it, with its upper level."""
        return f"{self.upper} / {self.lower}" if self.upper else self.lower

    def __str__(self) -> str:
        return f"{self.letter} “{quoted(self.words)}”"


@dataclass
class HeadingRow:
    """The header of a list, one row or two of them, with warnings about its headings."""

    first_row: int
    last_row: int
    headings: list[Heading]
    warnings: list[str] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, Heading]:
        """The headings by the column that they mean; where two mean the same, the first."""
        columns: dict[str, Heading] = {}
        for heading in self.headings:
            if heading.column:
                columns.setdefault(heading.column, heading)
        return columns

    @property
    def missing(self) -> list[str]:
        """The needed columns that no heading means."""
        return [column for column in NEEDED if column not in self.columns]


class UnknownHeadings(BadTable):
    """A list whose headings are found, but none of them is known to mean a needed column."""

    def __init__(self, row: HeadingRow) -> None:
        self.row = row
        super().__init__(_missing_columns(row))


def as_remembered(heading: str) -> str:
    """Return a heading as it is compared with one that was mapped by hand."""
    return _letters(normalised(heading).lower())


def find_heading_row(grid: Grid, mapped: Mapping[str, str] = NOTHING) -> HeadingRow:
    """Return the row, or pair of rows, with the most known headings; raise BadTable without one.

    `mapped` gives the column of headings, `as_remembered`, that somebody mapped by hand.
    """
    candidates = list(_candidates(grid, mapped))
    best = max(candidates, key=_score, default=None)
    if best is None or len(best.columns) < 2:
        raise BadTable(
            _("No heading row was found. The list needs one with the headings 序号 and 实事项目.")
        )
    if best.missing:
        raise UnknownHeadings(best)
    _refuse_duplicates(best)
    best.warnings += _ignored_columns(best)
    return best


def _score(row: HeadingRow) -> tuple[bool, int, bool]:
    """Rank a candidate: it has what is needed, then more columns, then two levels."""
    return not row.missing, len(row.columns), row.last_row > row.first_row


def _candidates(grid: Grid, mapped: Mapping[str, str]) -> Iterator[HeadingRow]:
    """Try each row alone, and each with the row below it as the lower level of two."""
    for row in sorted(grid.rows)[:HEADING_SEARCH_ROWS]:
        upper = _texts(grid, row)
        alone = [Heading(index, "", text) for index, text in upper.items()]
        yield _with_columns(row, row, alone, mapped)
        pair = _with_columns(row, row + 1, _two_levels(upper, _texts(grid, row + 1)), mapped)
        if _is_pair(pair, _texts(grid, row + 1)):
            yield pair


def _texts(grid: Grid, row: int) -> dict[int, str]:
    texts = {index: one_line(cell.text) for index, cell in grid.rows.get(row, {}).items()}
    return dict(sorted(texts.items()))


def _two_levels(upper: dict[int, str], lower: dict[int, str]) -> list[Heading]:
    """Join two rows: an upper heading stands over every lower one up to the next upper one."""
    headings, over = [], ""
    for index in sorted(upper.keys() | lower.keys()):
        over = upper.get(index, over)
        if index in lower:
            headings.append(Heading(index, over, lower[index]))
        else:
            headings.append(Heading(index, "", over))
    return headings


def _is_pair(pair: HeadingRow, lower: dict[int, str]) -> bool:
    """Tell a second heading row from the first row of data and from the heading under a title."""
    number = pair.columns.get("number")
    return bool(lower) and number is not None and number.index not in lower


def _with_columns(
    first_row: int, last_row: int, headings: list[Heading], mapped: Mapping[str, str]
) -> HeadingRow:
    """Work out which column each heading means."""
    found = [mapped.get(as_remembered(h.words)) or _column_of_heading(h) for h in headings]
    headings = [replace(h, column=column) for h, column in zip(headings, found, strict=True)]
    headings = [_only_one_under(heading, headings) for heading in headings]
    headings = _without_weak_duplicates(headings)
    row = HeadingRow(first_row, last_row, headings)
    for absent, words, column in STAND_INS:
        if not any(name in row.columns for name in absent):
            _stand_in(row, words, column)
    return row


def _column_of_heading(heading: Heading) -> str | None:
    if not heading.upper:
        return column_of(heading.lower)
    return (
        UNDER.get((column_of(heading.upper) or "", heading.lower))
        or column_of(heading.lower + heading.upper)
        or column_of(heading.lower)
    )


def _only_one_under(heading: Heading, headings: list[Heading]) -> Heading:
    """Give the only unknown heading under a known one, such as "(2021年)", the meaning of that."""
    if heading.column or not heading.upper:
        return heading
    under = [other for other in headings if other.upper == heading.upper and not other.column]
    column = column_of(heading.upper)
    taken = any(other.column == column for other in headings)
    return heading if taken or len(under) > 1 else replace(heading, column=column)


def _without_weak_duplicates(headings: list[Heading]) -> list[Heading]:
    """Let a heading of its own win over the part of a group that means the same."""
    own = {heading.column for heading in headings if not heading.upper}
    return [
        replace(heading, column=None) if heading.upper and heading.column in own else heading
        for heading in headings
    ]


def _stand_in(row: HeadingRow, words: tuple[str, ...], column: str) -> None:
    """Let the first heading of these words mean a column that the list has nowhere else."""
    for position, heading in enumerate(row.headings):
        if not heading.upper and any(is_heading(heading.lower, word) for word in words):
            row.headings[position] = replace(heading, column=column)
            row.warnings.append(_stands_in(heading, column))
            return


def _stands_in(heading: Heading, column: str) -> str:
    meaning = {
        "due": _("the deadline"),
        "units": _("the responsible units"),
        "title": _("the matter"),
    }
    return _("Column %(heading)s was read as %(meaning)s, since no other column gives it.") % {
        "heading": heading,
        "meaning": meaning[column],
    }


def _missing_columns(row: HeadingRow) -> str:
    names = {"number": "序号", "title": "实事项目"}
    return _(
        "The heading row (row %(row)s) lacks %(lacking)s. It has: %(found)s."
        " Add the heading, or write it in the usual words."
    ) % {
        "row": row.last_row,
        "lacking": "、".join(names[column] for column in row.missing),
        "found": "、".join(quoted(heading.words) for heading in row.headings[:20]),
    }


def _refuse_duplicates(row: HeadingRow) -> None:
    sentences = [
        _("Columns %(one)s and %(other)s mean the same. Rename or delete one.")
        % {"one": row.columns[heading.column], "other": heading}
        for heading in row.headings
        if heading.column
        and heading.column not in COMPUTED
        and row.columns[heading.column] is not heading
    ]
    if sentences:
        raise BadTable(*sentences)


def _ignored_columns(row: HeadingRow) -> Iterator[str]:
    for heading in row.headings:
        if heading.column is None:
            yield _("Column %(heading)s is not known. It was not read.") % {"heading": heading}
        elif heading.column in COMPUTED:
            yield _("Column %(heading)s is computed here. It was not read.") % {"heading": heading}
