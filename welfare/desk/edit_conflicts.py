"""Optimistic lock at the desk: the version that a form was shown in, and edit conflicts.

What is sent for a version that others have changed meanwhile is refused by the action; the form
comes back with what was typed, beside what stands there now.
"""

from dataclasses import dataclass

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from items.models import Item
from welfare.desk.choices import Chosen
from welfare.forms import Plain

VERSION_FIELDS = ("version", "last_seq", "photo_version")


class VersionedForm(Plain, forms.Form):
    """A form about what others may change meanwhile; it knows which state its reader saw."""

    method = "post"
    version = forms.IntegerField(widget=forms.HiddenInput)
    last_seq = forms.IntegerField(widget=forms.HiddenInput)  # its history's end, as it was shown

    def __init__(self, *args, of, about=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.of, self.about = of, about  # the entry of it that is meant, when there is one
        self.initial = self.version_of(of) | self.initial
        self.fit(of)

    @staticmethod
    def version_of(of) -> dict:
        """Return the hidden fields that say which version is shown."""
        return {"version": of.version, "last_seq": of.last_seq}

    def fit(self, of):
        """Fit the fields to what the form is about."""

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action, without the version."""
        return {k: v for k, v in self.cleaned_data.items() if k not in VERSION_FIELDS}

    def as_seen(self):
        """Return what the form is about, at the version that the reader saw."""
        self.of.version = self.cleaned_data["version"]
        return self.of

    def at_current_version(self, of):
        """Return the form with the same words, bound to the current version."""
        typed = self.data.copy()
        for name, value in self.version_of(of).items():
            typed[name] = value
        return type(self)(typed, self.files, of=of, about=self.about)


def display_value(bound) -> str:
    """Return the value of a form's field in words."""
    value, field = bound.value(), bound.field
    if isinstance(field, Chosen):
        return field.label_of(value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value and value not in ("False", "false") else _("no")
    if isinstance(field, forms.ChoiceField):  # also those of many
        keys = {str(getattr(row, "pk", row)) for row in _many(value)}
        return ", ".join(str(label) for key, label in field.choices if str(key) in keys and key)
    return "\n".join(str("" if value is None else value).split("\r\n")).strip()


def _many(value):
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def differing(mine: forms.Form, theirs: forms.Form) -> dict[str, str]:
    """Return the conflicts: by field what stands there now, where it isn't what was sent."""
    current = {bound.name: display_value(bound) for bound in theirs.visible_fields()}
    return {
        name: text or "—"
        for name, text in current.items()
        if name in mine.fields and display_value(mine[name]) != text
    }


@dataclass
class Change:
    """Who changed an item last, and when."""

    name: str
    at: str


def last_change(item: Item) -> Change:
    record = item.history.select_related("history_user").order_by("-history_date", "-pk").first()
    if record is None:
        return Change(_("Somebody"), "")
    name = record.history_user.name if record.history_user else _("Somebody")
    return Change(name, localtime(record.history_date).strftime("%H:%M"))
