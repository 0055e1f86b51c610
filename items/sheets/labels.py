"""What a preview calls the columns of a sheet and the rows it would make, for its reader."""

from collections.abc import Callable

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from items.columns import COLUMNS
from items.models import (
    Category,
    Criterion,
    Item,
    Measure,
    Part,
    Person,
    Place,
    Post,
    Theme,
    Unit,
    UnitShare,
)


def label(column: str) -> str:
    """Return what a column of sheets is called in the reader's language."""
    name = column.removesuffix("_en")
    words = _LABELS[name]() if name in _LABELS else _verbose(_MODEL_NAMES.get(name, name))
    return capfirst(_("%s in English") % words if column.endswith("_en") else words)


def _verbose(name: str) -> str:
    return str(next(f for f in _FIELDS if f.name == name).verbose_name)


_FIELDS = [*Item._meta.fields, *Item._meta.many_to_many]
_MODEL_NAMES = {column.in_sheets: column.name for column in COLUMNS}
# The columns that aren't the item's own
_LABELS: dict[str, Callable[[], str]] = {
    "part": lambda: str(Part._meta.verbose_name_plural),
    "measures": lambda: str(Measure._meta.verbose_name_plural),
    "criteria": lambda: str(Criterion._meta.verbose_name_plural),
    "lead_unit": lambda: str(UnitShare.Role.LEAD.label),
    "units": lambda: str(UnitShare._meta.verbose_name_plural),
    "part_unit": lambda: _("unit"),
    "support_units": lambda: str(UnitShare.Role.SUPPORT.label),
    "progress": lambda: _("progress"),
    "done_on": lambda: _("done on"),
    "signed_off_on": lambda: _("signed off on"),
    "signed_off_by": lambda: _("signed off by"),
    "hold_review_on": lambda: _("to be looked at again on"),
    "withdrawn_on": lambda: _("withdrawn on"),
}


KINDS: dict[type[Model], str] = {
    Post: "post",
    Person: "person",
    Unit: "unit",
    Place: "place",
    Category: "category",
    Theme: "theme",
}


def kind_label(kind: str) -> str:
    """Return what the rows of a kind are called."""
    model = next(model for model, name in KINDS.items() if name == kind)
    return capfirst(str(model._meta.verbose_name_plural))
