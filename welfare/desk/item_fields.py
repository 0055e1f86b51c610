"""Form fields for the columns of an item: for drafts, and for open corrections."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from items.columns import STORED
from items.models import Item, Unit, UnitShare
from items.models.tie import people_of
from items.words import Words

SLASH = " / "  # between a text and its English wording
ROLES = {role.value: role.label for role in UnitShare.Role}


class LinesField(forms.CharField):
    """Measures, or what done looks like: one a line, as a list of `Words`."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(SLASH.join(filter(None, [words.zh, words.en])) for words in value)

    def to_python(self, value):
        lines = (line.strip() for line in super().to_python(value).splitlines())
        parts = (line.partition(SLASH) for line in lines if line)
        return [Words(zh.strip(), en.strip()) for zh, _slash, en in parts]


class OneLineField(forms.CharField):
    """A text of one line that may be too long for the width of its field."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


def of_committee(model, committee):
    """Return the rows of a committee by their names."""
    return model.objects.filter(committee=committee).order_by("name")


def active_people(committee):
    """Return the people who can handle an item of the committee, by their names."""
    people = people_of([committee]).filter(is_active=True)
    return people.order_by("name", "username")


def field_for(name: str, committee) -> forms.Field:
    """Return the form's field for a column of the item."""
    column = Item._meta.get_field(name)
    label = str(column.verbose_name)
    if name in CHOSEN:
        rows = of_committee(CHOSEN[name], committee)
        return forms.ModelChoiceField(rows, label=label, required=False)
    if name == "handlers":
        return forms.ModelMultipleChoiceField(
            active_people(committee),
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return field_of(column)


def field_of(column) -> forms.Field:
    """Return the form's field for what is typed into a model's column."""
    label, kind = str(column.verbose_name), column.get_internal_type()
    if kind == "DateField":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return column.formfield(label=label, widget=widget)
    if kind == "TextField":
        return column.formfield(label=label, widget=forms.Textarea(attrs={"rows": 2}))
    return column.formfield(label=label)


CHOSEN = {
    column.name: Item._meta.get_field(column.name).related_model
    for column in STORED
    if column.kind in ("row", "post")
}


WORDED = {
    "measures": (_("Measures"), _("One a line. The English wording, if any, after “ / ”.")),
    "criteria": (
        _("What done looks like"),
        _(
            "One to three lines: what a worker sees when it is done, and how that is checked, such"
            " as “Each of the 16 chairs can be sat in; every shift has tried them”."
        ),
    ),
}


def lines_field(name: str, required=True) -> LinesField:
    """Return the field for lines in two languages."""
    label, help_text = WORDED[name]
    return LinesField(label=label, required=required, help_text=help_text)


def lines_initial(item: Item, columns: Iterable[str] = tuple(WORDED)) -> dict[str, list[Words]]:
    """Return the initial value of each such field."""
    return {name: [row.words for row in getattr(item, name).all()] for name in columns}


def share_fields(committee) -> dict[str, forms.Field]:
    """Return a field for each role that units can have in an item."""
    return {
        role: forms.ModelMultipleChoiceField(
            of_committee(Unit, committee),
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for role, label in ROLES.items()
    }


def shares_from(cleaned: dict) -> list[tuple[Unit, str]]:
    """Take the units' shares out of a form's cleaned fields, the leading ones first."""
    return [(unit, role) for role in ROLES for unit in cleaned.pop(role)]


def shares_initial(item: Item) -> dict[str, list[int]]:
    """Return the initial value of each role's field: the keys of the units that have it."""
    shares = list(item.unit_shares.all())
    return {role: [share.unit_id for share in shares if share.role == role] for role in ROLES}
