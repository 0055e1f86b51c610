"""Group rows: headings within a list (一、生活设施), which are no matters but name a category."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .grid import Cell, Grid
from .numbers import is_outside, style_of
from .text import normalised, one_line

MAX_NAME = 60  # characters; what is longer is a note

_ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:大?部分|大?类|章|篇|批|方面|板块)?[、.．:：\s]"
    r"|第[一二三四五六七八九十]{1,3}(?:大?部分|大?类|章|篇|批|方面|板块)"
    r"|[（(][一二三四五六七八九十]{1,3}[)）][、.．]?|[Ⅰ-Ⅻ][、.．\s]?|[A-Z甲乙丙丁戊][、.．])\s?"
)
_COUNTED = re.compile(r"\s?[（(](?:共|计|合计)?\s?\d{1,4}\s?[项件条个][)）]$")
_NO_GROUP = re.compile(
    r"续表|接上页|[(（]?续[)）]?|第\d{1,3}页.*|共\d{1,3}页.*|以下空白|单位[:：].*"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading within a list: its row, its cell, and its name without number and count."""

    row: int
    cell: Cell
    name: str


class Groups:
    """Tells the headings within a list from its matters, by what all its rows look like."""

    def __init__(
        self, grid: Grid, rows: dict[int, dict[str, Cell]], columns: Iterable[int], first: int
    ) -> None:
        """Look through the rows under the headings; `columns` are the sheet's known ones."""
        self._rows = rows
        self.style = _style_of_items(rows)
        self._across = _merged_across(grid, sorted(columns), first)
        self._title_only = False  # the list began with a heading in the title's column
        self._any_line = False

    def is_across(self, row: int) -> bool:
        """Tell whether the row is merged across, which may begin in a column that isn't known."""
        return row in self._across

    def group(self, row: int) -> Group | None:
        """Return the row's heading; None for a matter. Rows are asked for from the top."""
        cells = self._rows[row]
        cell = self._across.get(row) or self._heading(cells)
        if cell is None or not (name := name_of(cell.text)) or len(name) > MAX_NAME:
            self._any_line = True
            return None
        self._title_only |= list(cells) == ["title"] and not self._any_line
        return Group(row, cell, name)

    def is_inner(self, cell: Cell | None) -> bool:
        """Tell whether a number is written as those of parts are, such as （1） under 1."""
        return cell is not None and is_outside(self.style, style_of(cell.value))

    def is_outer(self, cell: Cell | None) -> bool:
        """Tell whether a number is written as those of headings are, such as 一 over 1."""
        return cell is not None and is_outside(style_of(cell.value), self.style)

    def _heading(self, cells: dict[str, Cell]) -> Cell | None:
        filled = set(cells)
        if filled == {"number"}:
            return cells["number"]
        if filled == {"number", "title"} and is_outside(
            style_of(cells["number"].value), self.style
        ):
            return cells["title"]
        if filled == {"title"} and self._names_a_group(cells["title"].text):
            return cells["title"]
        return None

    def _names_a_group(self, text: str) -> bool:
        """Tell a heading in the title's column from a further line of the matter above."""
        is_first = not self._any_line
        return is_first or self._title_only or bool(_ORDINAL.match(text) or _COUNTED.search(text))


def _style_of_items(rows: dict[int, dict[str, Cell]]) -> str:
    """Return the style of most numbers of rows that say more than number and title.

    Where no row does, figures are the matters' numbers, else what there is most of.
    """
    numbered = [cells for cells in rows.values() if "number" in cells and len(cells) > 1]
    fuller = [cells for cells in numbered if cells.keys() - {"number", "title"}]
    styles = Counter(style_of(cells["number"].value) for cells in fuller or numbered)
    styles.pop("", None)
    if not fuller and "figure" in styles:
        return "figure"
    return max(styles, key=lambda style: styles[style], default="")


def _merged_across(grid: Grid, columns: list[int], first: int) -> dict[int, Cell]:
    """Return the only cell of each row that is merged across most of the known columns."""
    across = {}
    for area in grid.merged_areas:
        if area.top != area.bottom or area.top < first:
            continue
        covered = sum(area.left <= index <= area.right for index in columns)
        cells = grid.rows.get(area.top, {})
        if covered > 1 and 2 * covered >= len(columns) and list(cells) == [area.left]:
            across[area.top] = cells[area.left]
    return across


def name_of(text: str) -> str:
    """Return a heading's name: “一、生活设施(2项)：” is 生活设施; "" where it names nothing."""
    name = one_line(text)
    if _NO_GROUP.fullmatch(normalised(name)):
        return ""
    name = _COUNTED.sub("", name.rstrip(":：。")).rstrip(":：。 ")
    return _ORDINAL.sub("", name, count=1).strip() or name
