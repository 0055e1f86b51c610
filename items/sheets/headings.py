"""Header row detection: find the row of headings in a sheet, and the column that each one means.

The words come from `items.columns`; a heading may stand in one row, or in two where an upper
heading spans several lower ones.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from items.columns import COLUMNS

from .errors import BadTable
from .grid import Grid
from .heading_rules import FIRST_RULES, LONGEST, column_by_rule, spelt, stripped
from .text import normalised, one_line, quoted
from .traditional import simplified

# Column: the headings that mean it. Spaces, line breaks, width, case and brackets don't matter.
HEADINGS = {column.in_sheets: column.headings for column in COLUMNS if column.headings}
HEADINGS |= {
    f"{column.in_sheets}_en": column.headings_en for column in COLUMNS if column.headings_en
}

# Columns that are set aside with a warning: the system computes them.
COMPUTED = tuple(column.in_sheets for column in COLUMNS if column.guard == "computed")
NEEDED = ("number", "title")
# Two columns of one long text, or of people, are both read.
LONG = {column.in_sheets for column in COLUMNS if column.kind == "long"}
JOINED = LONG | {"handlers"}
# Beside another title these say what is done: 项目名称, 项目内容.
CONTENTS = ("项目内容", "实事内容", "事项内容", "清单内容", "任务内容", "实事项目内容")
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
    (("due",), ("实施时间", "建设时间", "办理时间", "实施年限", "建设年限", "推进时间"), "due"),
    (
        ("due",),
        ("整改完成时间", "整改完成日期", "项目完成时间", "任务完成时间", "工作完成时间"),
        "due",
    ),
    (("units", "lead_unit"), HEADINGS["part_unit"], "units"),
    (("title",), HEADINGS["problem"], "title"),
    (("title",), ("主要内容", "工作内容", "具体内容", "实施内容", "建设内容", "内容"), "title"),
    # The only column of what came of it tells how it goes: done in it is the owner's claim.
    (("progress",), ("完成情况", "办结情况"), "progress"),
]

# Where a list has one of these, it beats other headings of the deadline, which may say 30天.
EXACT_DUE = ("到期日", "到期时间", "截止时间", "截止日期")

# So do headings that rules read as these columns.
STAND_IN_COLUMNS = {"title": "problem", "units": "part_unit"}

_IGNORED = re.compile(r"[\s_.:：*'’‘“”\"「」《》\-、]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
MAX_HEADING = 60  # characters; what is longer is no heading
HEADING_SEARCH_ROWS = 30  # filled rows from the top, among which the heading is looked for


@dataclass(frozen=True, slots=True)
class Meaning:
    """The column that a heading means; not surely where only rules say so."""

    column: str
    is_sure: bool = True


@lru_cache(maxsize=2000)  # headings are compared with each row, for the pages that repeat them
def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading means by the tables, else by rules; None for what nobody knows."""
    if len(heading) > MAX_HEADING:
        return None
    spellings = _spellings(heading)
    for words in spellings:
        if column := _COLUMN_OF.get(_letters(words)) or _column_of_choices(words):
            return Meaning(column)
    for words in spellings:
        if column := _column_by_rules(words):
            return Meaning(column, is_sure=False)
    return None


def column_of(heading: str) -> str | None:
    """Return the column that a heading means, or None."""
    meaning = meaning_of(heading)
    return meaning.column if meaning else None


def is_heading(heading: str, known: str) -> bool:
    """Tell whether two headings differ only in spaces, width, case or what is in brackets."""
    return _letters(normalised(known).lower()) in map(_letters, _spellings(heading))


def _spellings(heading: str) -> tuple[str, str]:
    """Return a heading normalised, with and without brackets such as "(盖章)"."""
    words = simplified(normalised(heading)).lower()
    return words, _BRACKETS.sub("", words)


def _column_of_choices(words: str) -> str | None:
    """Read "责任领导/牵头领导": every part that is known must mean the same."""
    columns = {_COLUMN_OF.get(_letters(choice)) for choice in _CHOICES.split(words)}
    return columns.pop() if len(columns) == 1 else None


def _column_by_rules(words: str) -> str | None:
    """Read a heading that isn't listed: by what surrounds a listed one, by its parts, by rules."""
    letters = _letters(words)
    if not letters or len(letters) > LONGEST:
        return None
    if (column := column_by_rule(letters, FIRST_RULES)) is not None:
        return column
    for shorter in stripped(letters):
        if column := _COLUMN_OF.get(shorter) or _COLUMN_SPELT.get(shorter):
            return column
    choices = [choice for choice in _CHOICES.split(words) if choice]
    if len(choices) > 1 and (columns := [column_of(choice) for choice in choices]):
        return _column_of_first(columns) or (None if any(columns) else column_by_rule(letters))
    return column_by_rule(letters)


def _column_of_first(columns: list[str | None]) -> str | None:
    """Read "进展情况、存在问题及下一步打算": the first known part, unless parts mean two people."""
    known = [column for column in columns if column]
    people = {column for column in known if column in _PEOPLE}
    if len(people) > 1 and people <= {"units", "lead_unit", "handlers"}:
        return "units"
    return known[0] if known and len(people) < 2 else None


def _letters(words: str) -> str:
    """Drop spaces, line breaks and punctuation."""
    return _IGNORED.sub("", words)


_COLUMN_OF = {
    _letters(normalised(heading).lower()): column
    for column, headings in HEADINGS.items()
    for heading in headings
}
_COLUMN_SPELT = {spelt(heading): column for heading, column in _COLUMN_OF.items()}
_CHOICES = re.compile("[/及和与或、]")
_PEOPLE = {"owner", "supervisor", "units", "lead_unit", "support_units", "handlers"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a sheet, with the upper heading over it where there are two levels.

    `index` is the sheet's column, counted from 1; `column` is the item's column that it means,
    surely or by rules alone.
    """

    index: int
    upper: str
    lower: str
    column: str | None = None
    is_sure: bool = True

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
    stand_ins: int = 0

    @property
    def columns(self) -> dict[str, Heading]:
        """The headings by the column that they mean: the surest, and of these the first."""
        columns: dict[str, Heading] = {}
        for heading in sorted(self.headings, key=_order):
            if heading.column:
                columns.setdefault(heading.column, heading)
        return dict(sorted(columns.items(), key=lambda pair: pair[1].index))

    @property
    def beside(self) -> list[Heading]:
        """The headings that mean the same as another, where both are read as one."""
        chosen = self.columns
        return [
            heading
            for heading in self.headings
            if heading.column in JOINED and chosen[heading.column] is not heading
        ]

    @property
    def missing(self) -> list[str]:
        """The needed columns that no heading means."""
        return [column for column in NEEDED if column not in self.columns]


def _is_exact_due(heading: Heading) -> bool:
    return heading.column == "due" and any(is_heading(heading.lower, day) for day in EXACT_DUE)


def _order(heading: Heading) -> tuple[bool, bool]:
    """Order headings by how sure their meaning is; an exact day beats a duration."""
    return not heading.is_sure, not _is_exact_due(heading)


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
    best.warnings += [*_read_by_rules(best), *_set_aside(best), *_ignored_columns(best)]
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
    if not lower or number is None or number.index in lower:
        return False
    below = [heading for heading in pair.headings if heading.index in lower]
    known = [meaning for meaning in map(_meaning, below) if meaning]
    # A heading within the list (生活设施) is no second row of headings, “（2021年）” is one.
    if all(text.startswith(("(", "（")) for text in lower.values()):
        return True
    return any(meaning.is_sure for meaning in known) or len(known) > 1


def _with_columns(
    first_row: int, last_row: int, headings: list[Heading], mapped: Mapping[str, str]
) -> HeadingRow:
    """Work out which column each heading means."""
    headings = [_with_meaning(heading, mapped) for heading in headings]
    headings = [_only_one_under(heading, headings) for heading in headings]
    headings = _contents_as_measures(_without_weak_duplicates(headings))
    row = HeadingRow(first_row, last_row, headings)
    for absent, words, column in STAND_INS:
        if not any(name in row.columns for name in absent):
            _stand_in(row, words, column)
    return row


def _with_meaning(heading: Heading, mapped: Mapping[str, str]) -> Heading:
    if column := mapped.get(as_remembered(heading.words)):
        return replace(heading, column=column)
    meaning = _meaning(heading)
    if meaning is None:
        return heading
    return replace(heading, column=meaning.column, is_sure=meaning.is_sure)


def _meaning(heading: Heading) -> Meaning | None:
    lower = meaning_of(heading.lower)
    if not heading.upper:
        return lower
    under = UNDER.get((column_of(heading.upper) or "", heading.lower))
    both = meaning_of(heading.lower + heading.upper)
    if under or (both and both.is_sure):
        return Meaning(under) if under else both
    return lower or both


def _only_one_under(heading: Heading, headings: list[Heading]) -> Heading:
    """Give the only unknown heading under a known one, such as "(2021年)", the meaning of that."""
    if heading.column or not heading.upper:
        return heading
    under = [other for other in headings if other.upper == heading.upper and not other.column]
    column = column_of(heading.upper)
    taken = any(other.column == column and other.is_sure for other in headings)
    return heading if taken or len(under) > 1 else replace(heading, column=column)


def _without_weak_duplicates(headings: list[Heading]) -> list[Heading]:
    """Let a heading of its own win over the part of a group that means the same."""
    own = {heading.column for heading in headings if not heading.upper}
    return [
        replace(heading, column=None) if heading.upper and heading.column in own else heading
        for heading in headings
    ]


def _contents_as_measures(headings: list[Heading]) -> list[Heading]:
    """Let 项目内容 beside 项目名称 say what is done."""
    titles = [heading for heading in headings if heading.column == "title"]
    contents = [h for h in titles if any(is_heading(h.lower, words) for words in CONTENTS)]
    if not contents or len(contents) == len(titles):
        return headings
    return [
        replace(heading, column="measures", is_sure=False) if heading in contents else heading
        for heading in headings
    ]


def _stand_in(row: HeadingRow, words: tuple[str, ...], column: str) -> None:
    """Let the first heading of these words mean a column that the list has nowhere else."""
    for position, heading in enumerate(row.headings):
        is_meant = heading.column == STAND_IN_COLUMNS.get(column) and not heading.is_sure
        if not heading.upper and (is_meant or any(is_heading(heading.lower, w) for w in words)):
            row.headings[position] = replace(heading, column=column, is_sure=True)
            row.stand_ins += 1
            row.warnings.append(_stands_in(heading, column))
            return


def _stands_in(heading: Heading, column: str) -> str:
    meaning = {
        "due": _("the deadline"),
        "units": _("the responsible units"),
        "title": _("the matter"),
        "progress": _("the progress"),
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


def _doubles(row: HeadingRow) -> Iterator[tuple[Heading, Heading]]:
    """Yield each heading that means the same as one that is read, and the latter."""
    chosen = row.columns
    for heading in row.headings:
        column = heading.column
        if column and column not in {*COMPUTED, *JOINED} and chosen[column] is not heading:
            yield heading, chosen[column]


def _refuse_duplicates(row: HeadingRow) -> None:
    sentences = [
        _("Columns %(one)s and %(other)s mean the same. Rename or delete one.")
        % {"one": one, "other": other}
        for other, one in _doubles(row)
        if other.is_sure and one.is_sure and not _is_exact_due(one)
    ]
    if sentences:
        raise BadTable(*sentences)


def _read_by_rules(row: HeadingRow) -> Iterator[str]:
    """Say how the headings were understood that no table lists."""
    read = [*row.columns.values(), *row.beside]
    unsure = [
        f"{heading} → {HEADINGS[heading.column][0]}"
        for heading in sorted(read, key=lambda heading: heading.index)
        if heading.column and heading.column not in COMPUTED and not heading.is_sure
    ]
    if unsure:
        yield _("Read by what their headings say: %(columns)s. Rename one that means another.") % {
            "columns": "; ".join(unsure)
        }


def _set_aside(row: HeadingRow) -> Iterator[str]:
    for heading, chosen in _doubles(row):
        yield _("Column %(heading)s means the same as %(chosen)s, which was read. It was not.") % {
            "heading": heading,
            "chosen": chosen,
        }


def _ignored_columns(row: HeadingRow) -> Iterator[str]:
    for heading in row.headings:
        if heading.column is None:
            yield _("Column %(heading)s is not known. It was not read.") % {"heading": heading}
        elif heading.column in COMPUTED:
            yield _("Column %(heading)s is computed here. It was not read.") % {"heading": heading}
