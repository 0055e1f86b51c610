"""Find the heading row under the title rows of a sheet, and what each column means."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .errors import BadTable
from .grid import Grid
from .headings import COMPUTED, NEEDED, STAND_INS, UNDER, field_of, is_heading
from .text import one_line, quoted

LOOKED_AT = 30  # filled rows from the top


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading, its upper heading where it has two levels, and the column it means."""

    index: int
    upper: str
    lower: str
    column: str | None = None

    @property
    def letter(self) -> str:
        return get_column_letter(self.index)

    @property
    def words(self) -> str:
        return f"{self.upper} / {self.lower}" if self.upper else self.lower

    def __str__(self):
        return f"{self.letter} “{quoted(self.words)}”"


@dataclass
class HeadingRow:
    """The heading of a list, in one row or two, with its known columns."""

    first_row: int
    last_row: int
    headings: list[Heading]
    warnings: list[str] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, Heading]:
        """The headings by the column that they mean; of two, the first."""
        columns: dict[str, Heading] = {}
        for one in self.headings:
            if one.column:
                columns.setdefault(one.column, one)
        return columns

    @property
    def lacking(self) -> list[str]:
        return [column for column in NEEDED if column not in self.columns]


def find_heading_row(grid: Grid) -> HeadingRow:
    """Choose the row, or pair of rows, with the most known headings; refuse when none will do."""
    candidates = list(_candidates(grid))
    best = max(candidates, key=_worth, default=None)
    if best is None or len(best.columns) < 2:
        raise BadTable(
            _("No heading row was found. The list needs one with the headings 序号 and 实事项目.")
        )
    if best.lacking:
        raise BadTable(_what_is_lacking(best))
    _refuse_doubles(best)
    best.warnings += _about(best)
    return best


def _worth(found: HeadingRow) -> tuple:
    return not found.lacking, len(found.columns), found.last_row > found.first_row


def _candidates(grid: Grid) -> Iterator[HeadingRow]:
    """Try each row alone, and each with the row below it as the lower level of two."""
    for row in sorted(grid.rows)[:LOOKED_AT]:
        upper = _texts(grid, row)
        yield _understood(row, row, [Heading(index, "", text) for index, text in upper.items()])
        pair = _understood(row, row + 1, _two_levels(upper, _texts(grid, row + 1)))
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


def _understood(first_row: int, last_row: int, headings: list[Heading]) -> HeadingRow:
    headings = [replace(one, column=_column_of(one)) for one in headings]
    headings = [_only_one_under(one, headings) for one in headings]
    headings = _without_weak_doubles(headings)
    found = HeadingRow(first_row, last_row, headings)
    for lacking, words, column in STAND_INS:
        if not any(one in found.columns for one in lacking):
            _stand_in(found, words, column)
    return found


def _column_of(heading: Heading) -> str | None:
    if not heading.upper:
        return field_of(heading.lower)
    return (
        UNDER.get((field_of(heading.upper), heading.lower))
        or field_of(heading.lower + heading.upper)
        or field_of(heading.lower)
    )


def _only_one_under(heading: Heading, headings: list[Heading]) -> Heading:
    """Give the only unknown heading under a known one, such as "(2021年)", the meaning of that."""
    if heading.column or not heading.upper:
        return heading
    under = [one for one in headings if one.upper == heading.upper and not one.column]
    column = field_of(heading.upper)
    taken = any(one.column == column for one in headings)
    return heading if taken or len(under) > 1 else replace(heading, column=column)


def _without_weak_doubles(headings: list[Heading]) -> list[Heading]:
    """Let a heading of its own win over the part of a group that means the same."""
    own = {one.column for one in headings if not one.upper}
    return [
        replace(one, column=None) if one.upper and one.column in own else one for one in headings
    ]


def _stand_in(found: HeadingRow, words: tuple[str, ...], column: str) -> None:
    for at, one in enumerate(found.headings):
        if not one.upper and any(is_heading(one.lower, word) for word in words):
            found.headings[at] = replace(one, column=column)
            found.warnings.append(_stands_in(one, column))
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


def _what_is_lacking(found: HeadingRow) -> str:
    names = {"number": "序号", "title": "实事项目"}
    return _(
        "The heading row (row %(row)s) lacks %(lacking)s. It has: %(found)s."
        " Add the heading, or write it in the usual words."
    ) % {
        "row": found.last_row,
        "lacking": "、".join(names[column] for column in found.lacking),
        "found": "、".join(quoted(one.words) for one in found.headings[:20]),
    }


def _refuse_doubles(found: HeadingRow) -> None:
    sentences = [
        _("Columns %(one)s and %(other)s mean the same. Rename or delete one.")
        % {"one": found.columns[one.column], "other": one}
        for one in found.headings
        if one.column and one.column not in COMPUTED and found.columns[one.column] is not one
    ]
    if sentences:
        raise BadTable(*sentences)


def _about(found: HeadingRow) -> Iterator[str]:
    for one in found.headings:
        if one.column is None:
            yield _("Column %(heading)s is not known. It was not read.") % {"heading": one}
        elif one.column in COMPUTED:
            yield _("Column %(heading)s is computed here. It was not read.") % {"heading": one}
