"""The columns of the table of drafts: which there are, which are shown, and their fields."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import pgettext

from items import queries, staff
from items.actions.names import Names
from items.actions.table import LAST_NUMBER
from items.columns import STORED, placed
from items.models import Item, ItemList, Person, Unit
from items.sheets.headings import HEADINGS, as_remembered
from items.states import Term
from welfare.desk.choices import Choices, SharedSelect, options
from welfare.desk.drafts import cells
from welfare.desk.drafts.cells import CellTextarea, DayField, NamesField, NumberField, TargetField
from welfare.desk.drafts.deadline_field import DeadlineField
from welfare.desk.item_fields import (
    CHOSEN,
    WORDED,
    LinesField,
    OneLineField,
    active_people,
)
from welfare.forms import explain

COLUMNS = [column.name for column in placed("table")]
ALWAYS = ("number", "title")
NAMED = {"shares": Unit, "support_units": Unit, "handlers": Person}  # names in a text
DAYS = ("start_by", "recheck_on")
# Until somebody chooses: the first eleven, and of these what the office's own sheet has
FIRST = COLUMNS[:11]
WHERE_THE_SHEET_HAS_IT = ("problem", "shares", "support_units")
# The item's own columns, each in a cell of its own
OWN = [
    column.name
    for column in placed("table", STORED)
    if column.drafted and column.name not in ("due", "target_count")
]
LABELS = {column.name: column.label for column in staff.LEDGER} | {
    "effect": Item._meta.get_field("effect").verbose_name
}
# Wide columns
LONG = ("title", "measures", "criteria", "problem", "effect", "source", "remark", "internal_note")
TARGETS = ("目标", "目标数", "目标数量", "target")  # headings that no import knows


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the table, as the form asks which are shown."""

    name: str
    label: str | Promise

    @property
    def long(self) -> bool:
        """Tell whether its cells hold sentences."""
        return self.name in LONG


def known() -> list[TableColumn]:
    """Return all columns of the table, in its order."""
    return [TableColumn(name, label_of(name)) for name in COLUMNS]


def label_of(name: str) -> str | Promise:
    """Return what a column is called on the page."""
    return pgettext("how many are to be done", "target") if name == "target_count" else LABELS[name]


def shown(item_list: ItemList, chosen: list[str]) -> list[str]:
    """Return the columns that are shown: those that were chosen, else those that come first."""
    asked = [name for name in dict.fromkeys(chosen) if name in COLUMNS]
    if not asked:
        of_sheet = queries.sheet_layout(item_list).headings
        asked = FIRST + [name for name in WHERE_THE_SHEET_HAS_IT if name in of_sheet]
    return [*(name for name in ALWAYS if name not in asked), *asked]


def name_in_form(column: str) -> str:
    """Return what a column's field is called: a deadline may be words, and isn't only `due`."""
    return "deadline" if column == "due" else column


def fields_for(item_list: ItemList, names: Names, columns: list[str]) -> dict[str, forms.Field]:
    """Return the fields that all rows share, in the order of their columns."""
    choices = Choices(item_list.committee)
    fields = {}
    for column in columns:
        field = _field(column, item_list, names, choices)
        if isinstance(field.widget, forms.Textarea):
            field.widget = CellTextarea(attrs={"rows": 2})
        field.label = label_of(column)
        explain(field, field.label)
        fields[name_in_form(column)] = field
    return fields


def _field(column, item_list, names, choices):
    if column in CHOSEN:
        return choices.field(column)
    if column in NAMED:
        return _names_field(column, names, choices)
    if column in WORDED:
        return LinesField(required=False)
    if column in DAYS:
        return DayField(item_list.year)
    if column == "number":
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        return NumberField(required=False, min_value=1, max_value=LAST_NUMBER, widget=widget)
    if column == "title":
        return OneLineField(max_length=200)
    if column == "due":
        return DeadlineField(item_list.year)
    if column == "target_count":
        return TargetField(required=False)
    if column == "term":
        widget = SharedSelect(options(Term.choices))
        return forms.ChoiceField(choices=[("", ""), *Term.choices], required=False, widget=widget)
    return Item._meta.get_field(column).formfield(widget=forms.Textarea)


def _names_field(column, names, choices):
    if NAMED[column] is Person:
        people = [person.name for person in active_people(choices.committee)]
        return NamesField(cells.people, names.known_person, people)
    units = {unit.name: unit for unit, _label in choices.units[0].values()}
    parse = cells.responsible if column == "shares" else cells.supporting
    return NamesField(parse, units.get, list(units))


def by_heading(columns: list[str]) -> dict[str, str]:
    """Return the field for each heading of a sheet, "" for what the table doesn't show."""
    in_table = {each.in_sheets: each.name for each in placed("table")} | {"lead_unit": "shares"}
    of_sheets = {in_sheets: in_table.get(in_sheets, "") for in_sheets in HEADINGS}
    words = {as_remembered(w): of_sheets[c] for c, all_words in HEADINGS.items() for w in all_words}
    words |= dict.fromkeys(TARGETS, "target_count")
    return {w: name_in_form(column) if column in columns else "" for w, column in words.items()}
