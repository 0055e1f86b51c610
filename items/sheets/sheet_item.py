"""A sheet item: what the parsed lines under one item number come to, with its parts and dates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .deadline import Deadline
from .groups import Group
from .headings import LONG
from .numbers import Number
from .progress import Progress


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that can't be imported, with the remedy."""

    row: int
    address: str  # "H7", or "" when it is about the whole row
    sentence: str
    column: str = ""  # the column's name in sheets, such as "due"
    choices: tuple[str, ...] = ()  # what the cell may mean, written so that it can be read

    @property
    def place(self) -> str:
        """Where a preview shows it."""
        return f"cell-{self.address}" if self.address else f"row-{self.row}"

    def __str__(self) -> str:
        words = {"row": self.row, "cell": self.address, "sentence": self.sentence}
        if self.address:
            return _("Row %(row)s, cell %(cell)s: %(sentence)s") % words
        return _("Row %(row)s: %(sentence)s") % words


@dataclass
class ParsedLine:
    """A line with its cells parsed; a column that the sheet doesn't have is missing in `values`."""

    row: int
    number: Number | None
    values: dict[str, Any] = field(default_factory=dict)
    has_bad_number: bool = False  # it can't be read, so nobody knows where the line belongs
    continues_above: bool = False  # its matter is that of the row above: merged cells, or blank
    group: Group | None = None  # the heading within the list under which it stands
    is_inner: bool = False  # numbered as parts are: （1） under 1
    is_outer: bool = False  # numbered as headings within the list are: 一 over 1
    kept: list[str] = field(default_factory=list)  # words that go into the remark

    def get(self, column: str, default: Any = "") -> Any:
        """Return the value of a column, or `default` where the cell is blank or missing."""
        return self.values.get(column) or default

    def words_of_progress(self, *, with_status: bool = True) -> str:
        """Return all that the owner says of the progress: of the status, the figure, in words."""
        progress = self.get("percent", Progress())
        said = [self.get("status_words") if with_status else "", progress.words]
        text = self.get("progress")
        said = [words for words in dict.fromkeys(said) if words and words not in text]
        return "\n".join([*said, text] if text else said)

    def merge(self, line: "ParsedLine") -> list[Problem]:
        """Add the values of a line that continues this one; return a problem where they differ."""
        differs = False
        self.kept += [words for words in line.kept if words not in self.kept]
        for column, value in line.values.items():
            own = self.values.get(column)
            if isinstance(value, list):
                self.values[column] = list(dict.fromkeys([*(own or []), *value]))
            elif isinstance(value, str) and column in LONG and own and value not in own:
                self.values[column] = f"{own}\n{value}"
            elif not own:
                self.values[column] = value
            elif value and value != own:
                differs = True
        if not differs:
            return []
        sentence = _(
            "It says something else than the row above,"
            " though the matter is the same. Name the part in a column 子项目."
        )
        return [Problem(line.row, "", sentence)]


@dataclass(frozen=True, slots=True)
class ItemDates:
    """An item's deadline, made of those of its lines."""

    start_by: date | None
    due: date | None
    due_words: str


@dataclass
class SheetItem:
    """All that the sheet says of one item number; several lines make parts of the item."""

    number: int
    lines: list[ParsedLine]

    @property
    def row(self) -> int:
        """The sheet's row in which the item begins."""
        return self.lines[0].row

    def first(self, column: str, default: Any = "") -> Any:
        """Return the first value that the lines give for a column, or `default`."""
        values = (line.values.get(column) for line in self.lines)
        return next((value for value in values if value), default)

    def all_of(self, column: str) -> tuple:
        """Return the values of all lines in a column of lists, without duplicates."""
        return tuple(dict.fromkeys(v for line in self.lines for v in line.get(column, [])))

    @property
    def kept(self) -> list[str]:
        """The words that no other column takes; they go into the remark."""
        return list(dict.fromkeys(words for line in self.lines for words in line.kept))

    def words_of_progress(self, *, with_status: bool) -> str:
        """Return what the lines say of the progress, each thing once."""
        texts = [line.words_of_progress(with_status=with_status) for line in self.lines]
        return "\n".join(dict.fromkeys(text for text in texts if text))

    def figure(self) -> Progress:
        """Return the percent or count; of parts that differ in it, each says its own in words."""
        found = dict.fromkeys(line.get("percent", Progress()) for line in self.lines)
        figures = [progress for progress in found if progress.figure]
        figure = figures[0] if len(figures) == 1 else Progress()
        return Progress(figure.percent, figure.done, figure.target, figure.count_unit)

    @property
    def has_begun(self) -> bool:
        """Tell whether a percent or count says that something is done."""
        figures = [line.get("percent", Progress()) for line in self.lines]
        return any(progress.percent or progress.done for progress in figures)

    @property
    def title(self) -> str:
        """The item's matter; where its lines name several, all of them."""
        _part_lines = self._part_lines()
        lines = [line for line in self.lines if line not in _part_lines] or self.lines
        titles = [line.get("title") or line.get("part") for line in lines]
        return "；".join(dict.fromkeys(title for title in titles if title))

    def _part_lines(self) -> list[ParsedLine]:
        """Return the lines that are parts: those with a part's name, or all of several."""
        marked = [line for line in self.lines if line.number and line.number.part]
        if marked:
            return marked
        if len(self.lines) > 1:
            return self.lines
        return [line for line in self.lines if line.get("part")]

    def part_line(self, at: int) -> ParsedLine:
        """Return the line that a part is made of, by the part's place."""
        return self._part_lines()[at]

    def parts(self) -> list[dict[str, Any]]:
        """Return the parts, each as the columns of the model Part; a unit by its name."""
        lines = self._part_lines()
        has_one_title = len({line.get("title") for line in lines if line.get("title")}) <= 1
        has_figure = bool(self.figure().figure)
        return [
            _part(line, _part_title(line, has_one_title), has_figure=has_figure) for line in lines
        ]

    def dates(self) -> ItemDates:
        """Return the dates: the item is done when its last line is, so all must name a day."""
        start_is_the_matter = bool(self.first("start_is_the_matter", False))
        all_deadlines: list[Deadline] = [line.get("due", Deadline()) for line in self.lines]
        deadlines = [deadline for deadline in all_deadlines if deadline != Deadline()]
        planned: list[date | None] = [line.get("start_by", None) for line in self.lines]
        planned += [deadline.start_by for deadline in all_deadlines]
        start_bys = [day for day in planned if day]
        dues = [d.due or (d.start_by if start_is_the_matter else None) for d in deadlines]
        if not deadlines and self.first("first_due", None):
            dues = [self.first("first_due")]  # 原定 without 调整后: it hasn't been moved
        if start_is_the_matter and not dues:
            dues = [max(start_bys)] if start_bys else []
        due_days = [day for day in dues if day]
        return ItemDates(
            start_by=min(start_bys, default=None),
            due=max(due_days) if dues and len(due_days) == len(dues) else None,
            due_words="；".join(dict.fromkeys(d.words for d in deadlines if d.words)),
        )

    def problems(self) -> list[Problem]:
        """Return what can't be right within one number."""
        problems = []
        for line in self.lines:
            if not line.get("title") and not line.get("part") and line is self.lines[0]:
                sentence = _("The matter is missing. Write what is done.")
                problems.append(Problem(line.row, "", sentence))
            problems += _sign_off_problems(line, self.first("supervisor"))
        titles = [part["title"] for part in self.parts()]
        for line, title in zip(self._part_lines(), titles, strict=True):
            if titles.count(title) > 1:
                sentence = _(
                    "“%s” stands twice under this number. Delete a row or tell them apart."
                )
                problems.append(Problem(line.row, "", sentence % title))
        return problems


def _sign_off_problems(line: ParsedLine, supervisor: list[str] | str) -> Iterator[Problem]:
    """Only a 销号 column makes a row resolved; it then needs the supervisor's post and the day."""
    day, signer = line.get("signed_off_on", None), line.get("signed_off_by")
    if signer and not day:
        yield Problem(line.row, "", _("It is signed off, but the day is missing. Write 销号时间."))
    if day and not supervisor:
        sentence = _("It is signed off, but nobody supervises it. Write 联系督导责任人.")
        yield Problem(line.row, "", sentence)
    if line.get("withdrawn_on", None) and line.get("status") not in ("", None, "withdrawn"):
        sentence = _("It has a day of withdrawal, but another status. Make one agree.")
        yield Problem(line.row, "", sentence)
    if day and line.get("status", "resolved") != "resolved":
        sentence = _("It has a day of sign-off, but another status. Make one agree with the other.")
        yield Problem(line.row, "", sentence)


def _part_title(line: ParsedLine, has_one_title: bool) -> str:
    """Name a part: by itself under a title that all share, else behind its own title."""
    title, part = line.get("title"), line.get("part")
    if has_one_title or not title:
        return part or title
    return f"{title}：{part}" if part else title


def _part(line: ParsedLine, title: str, *, has_figure: bool) -> dict[str, Any]:
    """Return a part's columns; `has_figure` says that the item itself has its percent or count."""
    deadline = line.get("due", Deadline())
    progress = line.words_of_progress()
    figure = "" if has_figure else line.get("percent", Progress()).figure
    units = line.get("part_unit") or line.get("units") or line.get("lead_unit")
    return {
        "title": title,
        "unit": "；".join(units) if units else "",
        "start_by": line.get("start_by", None) or deadline.start_by,
        "due": deadline.due,
        "due_words": deadline.words,
        "progress": "\n".join(filter(None, [figure if figure not in progress else "", progress])),
        "done_on": line.get("done_on", None),
    }
