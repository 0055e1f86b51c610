"""Form fields of the table of drafts: cells as offices write them, parsed as the import does."""

import re
import unicodedata
from collections.abc import Callable

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Item, Person, UnitShare
from items.sheets.deadline import parse_planned
from items.sheets.names import parse_people, parse_units, parse_units_by_role
from items.sheets.notes import Noted
from items.sheets.numbers import parse_number

Role = UnitShare.Role
RESPONSIBLE = (Role.LEAD, Role.JOINT)
_COUNT = re.compile(r"(?P<target>\d{1,9})\s*(?P<unit>\D{0,20})")
_PHONE = re.compile(r"\d{5}")  # as long as no unit's or person's name is


class NumberField(forms.IntegerField):
    """A number as sheets write it, too: 3., 第3项, ③."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            try:
                number = parse_number(value)
            except Refused as refused:
                raise forms.ValidationError(refused.sentences) from refused
            if isinstance(number, Noted):  # words stand beside it, which no field here takes
                raise
            return number and number.number


class DayField(forms.CharField):
    """A day as sheets write it: 2026-11-30, 2026年11月30日, 11月底."""

    def __init__(self, year: int, **kwargs):
        self.year = year
        super().__init__(required=False, max_length=200, **kwargs)

    def to_python(self, value):
        words = super().to_python(value)
        try:
            day = parse_planned(words, self.year)
        except Refused as refused:
            raise forms.ValidationError(refused.sentences) from refused
        if isinstance(day, Noted):
            day = day.value
        if words and day is None:
            raise forms.ValidationError(_("This is no day. Write it as 2026-09-27."))
        return day

    def run_validators(self, value):
        """A day is what was parsed: only its words could be too long."""


class TargetField(forms.CharField):
    """What is counted, and how many of it: 120间."""

    def to_python(self, value):
        words = unicodedata.normalize("NFKC", super().to_python(value))
        if not words:
            return None, ""
        if found := _COUNT.fullmatch(words):
            return int(found["target"]), found["unit"].strip()
        raise forms.ValidationError(_("Write how many, and of what, such as 120间."))

    def run_validators(self, value):
        """The model checks number and unit."""


def target_text(item: Item) -> str:
    """Return the target as it stands in one cell."""
    return "" if item.target_count is None else f"{item.target_count}{item.count_unit}"


class NamesField(forms.CharField):
    """Names in one cell: each is found among the committee's own, or is new.

    `parse` reads a text into pairs of a name and what it is there (a unit's role). A new name is
    made where `make` is set and its writer was told of it (`offered`). `known` are for scripts.
    """

    def __init__(self, parse: Callable, find: Callable, known: list[str], **kwargs):
        self.parse, self.find, self.known = parse, find, known
        self.make, self.offered = None, set()
        super().__init__(required=False, max_length=2000, widget=forms.Textarea, **kwargs)

    def to_python(self, value):
        pairs = [(self._row(name), role) for name, role in self._names(super().to_python(value))]
        once = {row.name: (row, role) for row, role in reversed(pairs)}
        return list(reversed(once.values()))

    def run_validators(self, value):
        """Each name was checked as it was found."""

    def said(self, text: str) -> list[str]:
        """Return the names in a text, none where it can't be read."""
        try:
            return [name for name, _role in self._names(text)]
        except forms.ValidationError:
            return []

    def new(self, text: str) -> list[str]:
        """Return the names in a text that the committee doesn't have."""
        return [name for name in self.said(text) if not self._is_known(name)]

    def _is_known(self, name):
        try:
            return self.find(name) is not None
        except Refused:  # several go by it
            return True

    def _names(self, text):
        try:
            return self.parse(text)
        except Refused as refused:
            raise forms.ValidationError(refused.sentences) from refused

    def _row(self, name):
        try:
            if row := self.find(name):
                return row
            if self.make is None:
                sentence = _(
                    "“%s” isn’t among the choices. Tick that it is added, or choose another."
                )
                raise forms.ValidationError(sentence % name)
            if name not in self.offered:
                sentence = _("“%s” is new. Look below whether it is to be added, then save again.")
                raise forms.ValidationError(sentence % name)
            return self.make(name)
        except Refused as refused:
            raise forms.ValidationError(refused.sentences) from refused


def responsible(text: str) -> list[tuple[str, str]]:
    """Return the units of a cell 责任单位 with their roles: the first leads, the others join in."""
    said = parse_units_by_role(text, has_people=False)
    units = _plain(said, text, lambda units: [*units.units, *units.supports])
    roles = [Role.LEAD, *[Role.JOINT] * len(units.units)]
    pairs = list(zip(units.units, roles, strict=False))
    return pairs + [(name, Role.SUPPORT) for name in units.supports]


def supporting(text: str) -> list[tuple[str, str]]:
    """Return the units of a cell 配合单位."""
    return [(name, Role.SUPPORT) for name in _plain(parse_units(text), text, list)]


def people(text: str) -> list[tuple[str, str]]:
    """Return the persons of a cell 承办人."""
    return [(name, "") for name in _plain(parse_people(text), text, list)]


def _plain(said, text, names_of):
    """Return the names that were read, where nothing stands beside them that would be lost."""
    if not isinstance(said, Noted):
        return said
    if said.kept or _PHONE.search(text):
        sentence = _("Only names stand here. Write: %s. The rest may go into the remark.")
        raise forms.ValidationError(sentence % "、".join(names_of(said.value)))
    return said.value


def shares_text(item: Item, *roles: str) -> str:
    """Return the units that have these roles as they stand in one cell, leading ones first."""
    shares = [share for share in item.unit_shares.all() if share.role in roles]
    shares.sort(key=lambda share: roles.index(share.role))
    return "、".join(share.unit.name for share in shares)


def people_text(handlers: list[Person]) -> str:
    """Return persons as they stand in one cell."""
    return "、".join(person.name for person in handlers)


class CellTextarea(forms.Textarea):
    """A text area that is written without a template: a page has hundreds of them."""

    def value_from_datadict(self, data, files, name):
        """Return the text with the ends of line that the database has, not those of browsers."""
        value = super().value_from_datadict(data, files, name)
        return value and value.replace("\r\n", "\n")

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<textarea{}>\n{}</textarea>", flatatt(attrs), value or "")
