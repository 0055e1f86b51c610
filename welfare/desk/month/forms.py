"""The forms of a month's progress: what holds for the whole page, and one for each item."""

from copy import copy
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.attached_photos import MOST_AT_ONCE, too_many
from items.actions.progress import MOST
from welfare.desk.fields import happened_on
from welfare.forms import PhotosField, Plain


class MonthForm(Plain, forms.Form):
    """What holds for all items: the day."""

    happened_on = happened_on(gettext_lazy("When"))


class ChoiceOfItems(Plain, forms.Form):
    """Whose items the page shows; what there is to choose from is known with the page."""

    owner = forms.ChoiceField(label=gettext_lazy("Owner’s post"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        for name, known in (("owner", page.owners), ("unit", page.units)):
            self.fields[name].choices = [("", _("All")), *known]
            if len(known) < 2:
                del self.fields[name]


class RowForm(Plain, forms.Form):
    """What is said of one item: nothing, that nothing changed, or words with a number.

    `was_version` is the number that its reader saw: one that only repeats it isn't said.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    was_version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    text = forms.CharField(
        label=gettext_lazy("Work done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    done_count = forms.IntegerField(
        label=gettext_lazy("Done so far"), required=False, min_value=0, max_value=MOST
    )
    percent = forms.DecimalField(
        label=gettext_lazy("Percent done"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
    )
    same = forms.BooleanField(label=gettext_lazy("No change"), required=False)
    photos = PhotosField(label=gettext_lazy("Photos, up to three"), required=False)

    def __init__(self, data=None, files=None, *, row):
        self.row = row
        self.name = "percent" if row.target is None else "done_count"
        super().__init__(data, files, prefix=str(row.row.number), initial=shown(row, self.name))
        del self.fields["done_count" if self.name == "percent" else "percent"]

    @property
    def number(self):
        """Return the bound field of the number."""
        return self[self.name]

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_AT_ONCE:
            raise forms.ValidationError(too_many())
        return photos

    def clean(self):
        cleaned = super().clean()
        number = cleaned.get(self.name)
        shows = bool(cleaned.get("photos")) or self.has_error("photos")
        says = bool(cleaned.get("text")) or self.changed_number() is not None or shows
        if cleaned.get("same") and says:
            self.add_error("same", _("Either nothing changed, or say what. Leave one of the two."))
        elif says and not cleaned.get("text") and (shows or number is not None):
            self.add_error("text", _("Write in a line what was done."))
        return cleaned

    def changed_number(self):
        """Return the number that was typed, if it isn't the one that stood there; else None."""
        number = self.cleaned_data.get(self.name)
        return (
            None
            if number is None or in_field(number) == self.cleaned_data["was_version"]
            else number
        )

    def says_something(self) -> bool:
        return bool(self.cleaned_data.get("text"))


def shown(row, name) -> dict:
    """Return what a row's form shows before anybody types."""
    number = in_field(row.number)
    return {"seen_version": row.seen, "was_version": number, name: number}


def in_field(number) -> str:
    """Return a number as a field shows it: 40, not 40.0."""
    if number is None:
        return ""
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def at_current(data, rows):
    """Return what was sent, about the items as they are now: typed numbers stay, others follow."""
    data = data.copy()
    for row in rows:
        name = "percent" if row.target is None else "done_count"
        prefix, number = f"{row.row.number}-", in_field(row.number)
        if data.get(prefix + name, "") == data.get(prefix + "was_version", ""):
            data[prefix + name] = number
        data[prefix + "was_version"], data[prefix + "seen_version"] = number, str(row.seen)
    return data


class FieldsOfRows(dict):
    """The fields of the page by their names: those of rows, which begin with its number, too."""

    def get(self, name, default=None):
        number, _dash, field = name.partition("-")
        if field not in RowForm.base_fields:
            return super().get(name, default)
        field = copy(RowForm.base_fields[field])
        field.label = f"{number} {field.label or ''}"
        return field


class SentMonth(MonthForm):
    """What the recovery page knows of the whole page."""


SentMonth.base_fields = FieldsOfRows(MonthForm.base_fields)
