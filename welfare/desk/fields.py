"""Form fields that many forms of the desk have: a few lines of text, a day."""

from django import forms
from django.utils import timezone


def words(label, *, rows=3, help_text="", required=True, max_length=2000):
    """Return a field for a few lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    said = {"help_text": help_text, "required": required, "max_length": max_length}
    return forms.CharField(label=label, widget=widget, **said)


def day(label, *, help_text="", required=True):
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text, required=required)


def happened_on(label):
    """Return a field for the day of an act: today, unless it is written down afterwards."""
    field = day(label)
    field.initial = timezone.localdate
    return field
