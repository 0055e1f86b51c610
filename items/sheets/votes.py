"""An assessment's votes out of a sheet: by item's number, as one would type them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from items.models import Item

from .archive import Source, is_workbook, read_source
from .csv_reader import read_csv
from .errors import BadCell, BadTable
from .grid import Cell, Grid
from .headings import column_of
from .numbers import Number, parse_number
from .text import is_placeholder, normalised, quoted
from .traditional import simplified
from .xlsx_reader import Workbook

# Column: the headings that mean it, without what may stand after them (票, 人数 …)
HEADINGS = {
    "satisfied": ("满意", "satisfied"),
    "basically": ("基本满意", "较满意", "比较满意", "basicallysatisfied"),
    "unsatisfied": ("不满意", "notsatisfied", "unsatisfied"),
    "abstained": ("弃权", "abstained", "abstain"),
    "valid": ("有效", "valid"),
    "invalid": ("无效", "废", "invalid"),
    "returned": ("收回", "回收", "returned"),
    "given": ("发出", "发放", "givenout", "given"),
    "present": ("实到", "到会", "出席", "参会", "present"),
    "members": ("应到", "应到会", "全体", "全体成员", "members"),
    "grade": ("评定", "等级", "评定等级", "测评等级", "测评结果", "评价结果", "结果", "grade"),
}
MEANS = {heading: column for column, headings in HEADINGS.items() for heading in headings}
AFTER = re.compile(r"(?:\(.*?\)|选?票数?|张数|人数|代表|数)+$")
TOTAL = re.compile(r"(?:合计|总计|小计|共计|平均|total).*", re.IGNORECASE)
GRADES = {"满意": "satisfied", "基本满意": "basically", "不满意": "unsatisfied"}
GRADES |= {"satisfied": "satisfied", "basicallysatisfied": "basically"}
GRADES |= {"notsatisfied": "unsatisfied", "unsatisfied": "unsatisfied"}
FIGURE = re.compile(r"(\d{1,6})(?:\.0+)?(?:票|人|张)?")
TITLES = 30  # rows above the headings, at most


@dataclass
class Votes:
    """What a sheet says of the items of a list."""

    rows: dict[int, dict[str, str]] = field(default_factory=dict)  # by number, by column
    wrong: list[str] = field(default_factory=list)  # what couldn't be read, each with its row
    columns: list[str] = field(default_factory=list)  # those that the sheet has


def read_votes(source: Source, items: Iterable[Item]) -> Votes:
    """Read an .xlsx or CSV file with a row for each item; raise `BadTable` when it has none.

    An item is known by its number, else by its title; where the sheet has both, both must fit.
    """
    content = read_source(source)
    for grid in _grids(content):
        if found := _headings(grid):
            row, columns = found
            return _read(grid, row, columns, list(items))
    raise BadTable(
        _(
            "No row of headings was found. The sheet needs the columns “序号” or “项目”, and"
            " “满意”, “基本满意”, “不满意”, or “评定”."
        )
    )


def _grids(content: bytes) -> Iterator[Grid]:
    if not is_workbook(content):
        yield read_csv(content)
        return
    book = Workbook(content)
    yield from (book.grid(sheet) for sheet in book.worksheets if not sheet.is_hidden)


def _headings(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings, and each column's place; None where there is none."""
    for row in sorted(grid.rows)[:TITLES]:
        columns: dict[str, int] = {}
        for place, cell in sorted(grid.rows[row].items()):
            if meaning := _meaning(cell.text):
                columns.setdefault(meaning, place)
        judged = {"satisfied", "basically", "unsatisfied"} <= columns.keys() or "grade" in columns
        if judged and columns.keys() & {"number", "title"}:
            return row, columns
    return None


def _meaning(heading: str) -> str | None:
    words = simplified(normalised(heading)).lower()
    if meaning := MEANS.get(words) or MEANS.get(AFTER.sub("", words)):
        return meaning
    column = column_of(heading)
    return column if column in ("number", "title") else None


def _read(grid: Grid, heading: int, columns: dict[str, int], items: list[Item]) -> Votes:
    votes = Votes(columns=[name for name in HEADINGS if name in columns])
    for row in sorted(each for each in grid.rows if each > heading):
        cells = {name: c for name, at in columns.items() if (c := grid.rows[row].get(at))}
        try:
            if (item := _item(cells, items)) is None:
                continue
            if item.number in votes.rows:
                raise BadCell(_("No. %s stands there twice.") % item.number)
            figures = {name: _figure(name, cells.get(name)) for name in votes.columns}
        except BadCell as refused:
            votes.wrong += [
                _("Row %(row)s: %(gap)s") % {"row": row, "gap": each} for each in refused.sentences
            ]
        else:
            votes.rows[item.number] = figures
    if not votes.rows and not votes.wrong:
        raise BadTable(_("Under the headings there is no row of an item of this list."))
    return votes


def _item(cells: dict[str, Cell], items: list[Item]) -> Item | None:
    """Return the item that a row is about; None of a total, or a row without an item."""
    title = cells["title"].text if "title" in cells else ""
    first = cells["number"].text if "number" in cells else ""
    if TOTAL.fullmatch(normalised(title)) or TOTAL.fullmatch(normalised(first)):
        return None
    if not title and not first:
        return None
    said = parse_number(cells["number"].value) if "number" in cells else None
    named = [item for item in items if title and _same(item.title, title)]
    if isinstance(said, Number):
        item = next((each for each in items if each.number == said.number), None)
        if item is None:
            raise BadCell(_("no item of this list that is judged has no. %s.") % said.number)
        if title and item not in named:
            differ = {"number": item.number, "title": item.title, "words": quoted(title)}
            raise BadCell(
                _("no. %(number)s is called “%(title)s” here, and “%(words)s” in the sheet.")
                % differ
            )
        return item
    if len(named) != 1:
        raise BadCell(_("no item of this list is called “%s”.") % quoted(title or first))
    return named[0]


def _same(one: str, other: str) -> bool:
    return simplified(normalised(one)).lower() == simplified(normalised(other)).lower()


def _figure(name: str, cell: Cell | None) -> str:
    """Return what a cell says, as one types it; "" where it says nothing."""
    if cell is None or is_placeholder(cell.value):
        return ""
    if cell.error:
        raise BadCell(cell.error)
    words = simplified(normalised(cell.text)).lower()
    if name == "grade":
        if words in GRADES:
            return GRADES[words]
        raise BadCell(
            _("“%s” is no grade. Write: satisfied, basically satisfied, not satisfied.")
            % quoted(cell.text)
        )
    if found := FIGURE.fullmatch(words):
        return found[1]
    raise BadCell(
        _("%(address)s: “%(words)s” is no whole number.")
        % {"address": cell.address, "words": quoted(cell.text)}
    )


def missing_columns(votes: Votes) -> list[str]:
    """Return which columns of votes and ballots a sheet lacks; nothing is computed for them."""
    return [name for name in HEADINGS if name not in votes.columns and name != "grade"]
