"""What the cells of an exported ledger that comes back mean, and how the ledger would say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from items.actions.correction import held
from items.errors import Refused
from items.exports.ledger import CHINESE
from items.exports.workbook import CUT
from items.models import Committee, Item, Unit, UnitShare
from items.models.item import tenths
from items.sheets.cells import cut, parse_term
from items.sheets.dates import parse_date
from items.sheets.notes import Noted
from items.sheets.progress import Progress, parse_percent
from items.sheets.text import clean, one_line
from items.sheets.three_way import plain
from items.staff.ledger_table import numbered
from items.states import Term
from items.words import Words, fold

ROWS = ("category", "theme", "place")
LINES = ("measures", "criteria")
DAYS = ("start_by", "recheck_on")
OF_UNITS = {
    "shares": (UnitShare.Role.LEAD, UnitShare.Role.JOINT),
    "support_units": (UnitShare.Role.SUPPORT,),
}
UNIT_MARKS = ("、\n", "；;，,", "/")  # our own first: a unit's name may have the others
_ORDINAL = re.compile(r"(\d{1,2})\s*[.、．)）]\s*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell means: the value that an action takes, and how the ledger will show it."""

    value: Any
    shown: str


class Meanings:
    """Reads cells that people changed, with the names that a committee has."""

    def __init__(self, committee: Committee) -> None:
        self.committee = committee
        self._known: dict[type[Model], dict[str, Any]] = {}

    def of(self, item: Item, column: str, text: str) -> Meaning:
        """Return what a cell of an item means; raise `Refused` with the remedy if that is unclear.

        The value is as the actions take it: of units all, in lines with their English wording.
        """
        text = clean(text)
        if CUT in text:
            raise Refused(
                _("The export cut this text, as it is too long for a cell. Change it at the desk.")
            )
        if column == "percent":
            return _figure(item, text)
        if column in ROWS:
            row = self._row(Item._meta.get_field(column).related_model, text) if text else None
            return Meaning(row, row.name if row else "")
        if column in LINES:
            words = _lines(held(item, column), text)
            return Meaning(words, numbered([each.zh for each in words]))
        if column in OF_UNITS:
            return self._shares(item, column, text)
        if column in DAYS:
            day = _day(item, text)
            return Meaning(day, day.isoformat() if day else "")
        if column == "term":
            return _term(text)
        return Meaning(one_line(text) if column in ("title", "budget") else text, text)

    def _row(self, model: Any, text: str) -> Any:
        if row := self._names(model).get(_compared(text)):
            return row
        raise Refused(
            _(
                "“%(name)s” is no %(kind)s of the committee. Write it as it is called there, or add"
                " it to the names first."
            )
            % {"name": one_line(text), "kind": model._meta.verbose_name}
        )

    def _names(self, model: Any) -> dict[str, Any]:
        if model not in self._known:
            rows = model.objects.filter(committee=self.committee)
            self._known[model] = {_compared(row.name): row for row in rows}
        return self._known[model]

    def _shares(self, item: Item, column: str, text: str) -> Meaning:
        """Return the units of one column, each with its role: whoever had one keeps it."""
        roles = OF_UNITS[column]
        known = dict(held(item, "shares"))
        units = list(dict.fromkeys(self._units(text)))
        own = {unit: known[unit] for unit in units if known.get(unit) in roles}
        leads = roles[0] in own.values()
        shares = []
        for unit in units:
            shares.append((unit, own.get(unit) or roles[-1 if leads else 0]))
            leads = True
        return Meaning(shares, "、".join(unit.name for unit in units))

    def _units(self, text: str) -> list[Unit]:
        """Return the units that a cell names, each with the marks that its own name has."""
        names, pieces = self._names(Unit), [text]
        for marks in UNIT_MARKS:
            apart = (
                [piece] if _compared(piece) in names else cut(piece, marks) for piece in pieces
            )
            pieces = [piece.strip() for some in apart for piece in some if piece.strip()]
        return [self._row(Unit, piece) for piece in pieces]


def all_shares(item: Item, said: Mapping[str, list[Any]]) -> list[Any]:
    """Return the units of an item when some columns of units say that; one has one role."""
    shares = held(item, "shares")
    every = [
        share
        for column, roles in OF_UNITS.items()
        for share in said.get(column, [share for share in shares if share[1] in roles])
    ]
    units = [unit for unit, _role in every]
    if twice := [unit.name for unit in units if units.count(unit) > 1]:
        raise Refused(
            _("“%s” stands among the responsible and the supporting units. Leave it in one.")
            % twice[0]
        )
    return every


def _compared(name: str) -> str:
    return fold(one_line(name))


def _lines(now: list[Words], text: str) -> list[Words]:
    """Return the lines of a cell; one that an item has already keeps its English wording."""
    known = {plain(words.zh): words for words in now}
    return [known.get(plain(line), Words(line)) for line in split_numbered(text)]


def split_numbered(text: str) -> list[str]:
    """Return the lines of a cell as the ledger writes them: "1. …" and so on, or each by itself.

    What follows the number of a line and isn't numbered itself belongs to it.
    """
    lines = [line for line in clean(text).split("\n") if line]
    if len(lines) < 2 or not _starts_with(lines[0], 1):
        return lines
    found: list[str] = []
    for line in lines:
        if rest := _starts_with(line, len(found) + 1):
            found.append(rest)
        else:
            found[-1] = one_line(f"{found[-1]}\n{line}")
    return found


def _starts_with(line: str, number: int) -> str:
    match = _ORDINAL.match(line)
    return line[match.end() :] if match and int(match[1]) == number else ""


def _day(item: Item, text: str) -> date | None:
    day = parse_date(plain(text), item.list.year) if text else None
    if isinstance(day, Noted):
        raise Refused(_("“%s” is not one day. Write it as 2026-06-30.") % one_line(text)[:40])
    return day


def _term(text: str) -> Meaning:
    term = parse_term(text)
    if isinstance(term, Noted):
        raise Refused(_("“%s” is no term (短期, 中长期, 长期坚持).") % one_line(text)[:40])
    with translation.override(CHINESE):
        return Meaning(term, str(Term(term).label) if term else "")


def _figure(item: Item, text: str) -> Meaning:
    """Return a percent or a count of what an item counts."""
    found = parse_percent(plain(text))
    progress = Progress() if isinstance(found, Noted) or found is None else found
    counts = item.target_count is not None
    if progress.target is not None and progress.target == item.target_count:
        shown = f"{progress.done}/{item.target_count}{item.count_unit}"
        return Meaning({"done_count": progress.done}, shown)
    if progress.percent is None or counts:
        like = f"90/{item.target_count}{item.count_unit}" if counts else "60%"
        raise Refused(
            _("“%(words)s” doesn’t say how far it is. Write it like %(like)s.")
            % {"words": one_line(text)[:40], "like": like}
        )
    percent = tenths(progress.percent)
    return Meaning({"percent": percent}, shown_figure(item, percent, None))


def shown_figure(item: Item, percent: Decimal | None, done_count: int | None) -> str:
    """Return a percent or a count as the ledger writes it."""
    if done_count is not None and item.target_count is not None:
        return f"{done_count}/{item.target_count}{item.count_unit}"
    return "" if percent is None else f"{percent.normalize():f}%"
