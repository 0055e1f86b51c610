"""Optimistic lock of the admin's forms: what others changed since a form was shown stays.

A form carries a digest of the row that it shows. So rows need no column for it, and a change
that went round the admin, by an action or a command, counts as well.
"""

from django.db.models import Model
from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    HiddenInput,
    ModelChoiceField,
    ModelForm,
    ModelMultipleChoiceField,
)
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from items.models.versioned import changed_meanwhile

SEEN = "seen"  # the field's name
NOT_SHOWN = {"last_login"}  # a login changes nothing that a form could take back


def digest_of(row: Model) -> str:
    """Return a digest of what a row says, with the rows that it is tied to by a list of them."""
    columns = [f.attname for f in row._meta.concrete_fields if f.name not in NOT_SHOWN]
    said = [(name, getattr(row, name)) for name in columns]
    for field in row._meta.many_to_many:
        keys = getattr(row, field.name).order_by().values_list("pk", flat=True)
        said.append((field.name, sorted(keys)))
    return salted_hmac("items.admin.seen", repr(said)).hexdigest()[:32]


def refuse_stale(row: Model, sent) -> None:
    """Raise `Conflict` unless the row is still as the page showed it that was `sent`."""
    if sent.get(SEEN) != digest_of(row):
        raise changed_meanwhile(row)


class SeenForm(ModelForm):
    """A form that takes back nothing which others saved since it was shown."""

    seen = CharField(widget=HiddenInput, required=False)
    is_stale = False
    # Whether a second sending is taken, once the page has said what stands there now. It can't
    # say that of the lines under a row.
    second_sending = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = digest_of(self.instance) if self.instance.pk else ""
        self.fields[SEEN].initial = self.now

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get(SEEN) != self.now:
            self._say_what_stands_there()
        return cleaned

    def _say_what_stands_there(self):
        self.is_stale = True
        self.add_error(None, changed_meanwhile(self.instance).sentences)
        for name in set(self.changed_data) - {SEEN, *self.errors}:
            now = shown(self.fields[name], self.get_initial_for_field(self.fields[name], name))
            self.add_error(name, _("Now it says: %s") % now)
        if self.second_sending:
            self.data = self.data.copy()
            self.data[self.add_prefix(SEEN)] = self.now


def shown(field, value) -> str:
    """Return a field's value in words."""
    if isinstance(field, ModelMultipleChoiceField):
        text = _(", ").join(str(row) for row in value or [])
    elif isinstance(field, ModelChoiceField):
        text = str(field.queryset.filter(pk=value).first() or value or "")
    elif isinstance(field, BooleanField):
        text = _("yes") if value else _("no")
    elif isinstance(field, ChoiceField):
        text = str(dict(field.choices).get(value, value or ""))
    else:
        text = "" if value is None else str(value)
    return text or "—"
