"""What the lines under one number come to: an item, its parts, its dates."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from items.columns import COLUMNS

from .cells import Number
from .deadline import Deadline


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that can't be imported, with the remedy."""

    row: int
    address: str  # "H7", or "" when it is about the whole row
    sentence: str

    def __str__(self):
        words = {"row": self.row, "cell": self.address, "sentence": self.sentence}
        if self.address:
            return _("Row %(row)s, cell %(cell)s: %(sentence)s") % words
        return _("Row %(row)s: %(sentence)s") % words


@dataclass
class ReadLine:
    """A line with its cells read; a column that the sheet doesn't have is missing."""

    row: int
    number: Number | None
    values: dict = field(default_factory=dict)
    misnumbered: bool = False  # its number can't be read, so nobody knows where it belongs
    continues: bool = False  # its matter is that of the row above: merged cells, or blank

    def get(self, column, nothing=""):
        return self.values.get(column) or nothing

    def take_in(self, line: "ReadLine") -> list[Problem]:
        """Add a line that continues this one; complain of what can't be two things at once."""
        found = []
        for column, value in line.values.items():
            mine = self.values.get(column)
            if isinstance(value, list):
                self.values[column] = list(dict.fromkeys([*(mine or []), *value]))
            elif isinstance(value, str) and column in LONG and mine and value not in mine:
                self.values[column] = f"{mine}\n{value}"
            elif not mine:
                self.values[column] = value
            elif value and value != mine:
                found.append(
                    Problem(
                        line.row,
                        "",
                        _(
                            "It says something else than the row above,"
                            " though the matter is the same. Name the part in a column 子项目."
                        ),
                    )
                )
        return found[:1]


LONG = {column.in_sheets for column in COLUMNS if column.kind == "long"}


@dataclass
class Wanted:
    """What the sheet says of one number: its lines, of which several make parts."""

    number: int
    lines: list[ReadLine]

    @property
    def row(self) -> int:
        return self.lines[0].row


def complaints(wanted: Wanted) -> list[Problem]:
    """Return what can't be right within one number."""
    found = []
    for line in wanted.lines:
        if not line.get("title") and not line.get("part") and line is wanted.lines[0]:
            found.append(Problem(line.row, "", _("The matter is missing. Write what is done.")))
        found += _sign_off_complaints(line, first(wanted, "supervisor"))
    titles = [part["title"] for part in parts(wanted)]
    for line, title in zip(_part_lines(wanted), titles, strict=True):
        if titles.count(title) > 1:
            sentence = _("“%s” stands twice under this number. Delete a row or tell them apart.")
            found.append(Problem(line.row, "", sentence % title))
    return found


def _sign_off_complaints(line, supervisor):
    """Only a 销号 column makes a row resolved; it then needs the supervisor's post and the day."""
    day, who = line.get("signed_off_on", None), line.get("signed_off_by")
    if who and not day:
        yield Problem(line.row, "", _("It is signed off, but the day is missing. Write 销号时间."))
    if day and not supervisor:
        sentence = _("It is signed off, but nobody supervises it. Write 联系督导责任人.")
        yield Problem(line.row, "", sentence)
    if day and line.get("status", "resolved") != "resolved":
        sentence = _("It has a day of sign-off, but another status. Make one agree with the other.")
        yield Problem(line.row, "", sentence)


# What a number's lines come to


def _part_lines(wanted: Wanted) -> list[ReadLine]:
    """Return the lines that are parts: those with a part's name, or all of several."""
    marked = [line for line in wanted.lines if line.number and line.number.part]
    if marked:
        return marked
    if len(wanted.lines) > 1:
        return wanted.lines
    return [line for line in wanted.lines if line.get("part")]


def first(wanted: Wanted, column: str, nothing=""):
    """Return the first value that the number's lines give for a column."""
    given = (line.values.get(column) for line in wanted.lines)
    return next((value for value in given if value), nothing)


def title(wanted: Wanted) -> str:
    """Return the item's matter; where its lines name several, all of them."""
    heads = [line for line in wanted.lines if line not in _part_lines(wanted)]
    lines = heads or wanted.lines
    named = [line.get("title") or line.get("part") for line in lines]
    return "；".join(dict.fromkeys(name for name in named if name))


def parts(wanted: Wanted) -> list[dict]:
    """Return the parts of a number, each as Part's columns; a unit by its name."""
    lines = _part_lines(wanted)
    shared = len({line.get("title") for line in lines if line.get("title")}) <= 1
    return [_part(line, _part_title(line, shared)) for line in lines]


def _part_title(line, shared):
    matter, part = line.get("title"), line.get("part")
    if shared or not matter:
        return part or matter
    return f"{matter}：{part}" if part else matter


def _part(line, part_title):
    deadline = line.get("due", Deadline())
    units = line.get("part_unit") or line.get("units") or line.get("lead_unit")
    return {
        "title": part_title,
        "unit": "；".join(units) if units else "",
        "start_by": line.get("start_by", None) or deadline.start_by,
        "due": deadline.due,
        "due_words": deadline.words,
        "progress": line.get("progress"),
        "done_on": line.get("done_on", None),
    }


@dataclass(frozen=True, slots=True)
class Dates:
    """An item's deadline, made of those of its lines."""

    start_by: date | None
    due: date | None
    due_words: str


def dates(wanted: Wanted) -> Dates:
    """Return the number's dates: it is done when its last line is, so all must name a day."""
    starting = bool(first(wanted, "start_is_the_matter", False))
    given = [line.get("due", Deadline()) for line in wanted.lines]
    known = [deadline for deadline in given if deadline != Deadline()]
    start_bys = [line.get("start_by", None) for line in wanted.lines]
    start_bys += [deadline.start_by for deadline in given]
    start_bys = [day for day in start_bys if day]
    dues = [d.due or (d.start_by if starting else None) for d in known]
    if not known and first(wanted, "first_due", None):
        dues = [first(wanted, "first_due")]  # 原定 without 调整后: it hasn't been moved
    if starting and not dues:
        dues = [max(start_bys)] if start_bys else []
    return Dates(
        start_by=min(start_bys, default=None),
        due=max(dues) if dues and all(dues) else None,
        due_words="；".join(dict.fromkeys(d.words for d in known if d.words)),
    )
