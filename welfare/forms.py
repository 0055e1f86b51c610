"""The mixin of all our forms, and fields that several faces share."""

from django import forms
from django.forms.utils import pretty_name
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from items.errors import FIELD_ERRORS
from items.photos.uploads import CleanUpload, LostUpload, choose_again
from items.privacy.personal_data import PersonalData
from items.words import one_line, visible

REQUIRED = forms.Field.default_error_messages["required"]
# Django says what is wrong, but neither where nor what to do about it.
INVALID = {
    forms.IntegerField: _("Write a number in digits: {field}"),
    forms.DateField: _("Write a day such as 2026-09-27: {field}"),
}

LIMITS = {"max_length", "min_value", "max_value", "max_digits", "max_decimal_places"}
LIMITS |= {"max_whole_digits"}  # what validators say; no field has a sentence of its own for it
FILE = {"invalid", "missing", "empty", "max_length", "contradiction"}

KEPT = "_kept"  # after a field's name: the keys of photos that were kept when the form came back
PICTURES = {"accept": "image/*,.heic,.heif", "data-shrink": "2048"}  # js/shrink.js


class Plain:
    """A form as templates/components/form.html shows it: the server checks, and says which field.

    Put it before Django's form class: `class ClaimForm(Plain, forms.Form)`.
    """

    asks_yes = False  # whether a refusal waits for a second yes (items.privacy.personal_data)
    use_required_attribute = False  # else the browser stops the sending in words of its own

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, field in self.fields.items():
            explain(field, field.label or pretty_name(name))

    @property
    def yes(self) -> bool:
        """Tell whether the yes to publishing data about a person was ticked."""
        return self.is_bound and "_yes" in self.data

    def lost_photos(self) -> bool:
        """Tell whether a photo that was kept is gone: it was filed, or its hour is over."""
        return any(self.has_error(name, "lost") for name in self.fields)

    def say_refused(self, refused):
        """Show a refusal above the fields, with the second yes where that would do."""
        self.asks_yes = isinstance(refused, PersonalData)
        lines = [line for sentence in refused.sentences for line in sentence.splitlines()]
        self.add_error(None, lines)


class Files(forms.FileInput):
    allow_multiple_selected = True


class BoundPhotos(forms.BoundField):
    """A field of photos in its form: it knows those that are kept since the form came back."""

    @property
    def kept(self) -> list[CleanUpload]:
        chosen = self.form.files.getlist(self.html_name) if self.form.is_bound else []
        return [file for file in chosen if isinstance(file, CleanUpload)]

    @property
    def kept_name(self) -> str:
        return f"{self.html_name}{KEPT}"


class OfPhotos:
    """A field whose uploads are kept when the form comes back (welfare/http/kept_uploads.py)."""

    many = False

    def get_bound_field(self, form, field_name):
        return BoundPhotos(form, self, field_name)


def keeps_photos(field) -> bool:
    return isinstance(field, OfPhotos)


def refuse_lost(files):
    """Refuse a photo that was kept and is gone: nobody signs without it unawares."""
    if lost := sum(isinstance(file, LostUpload) for file in files):
        raise forms.ValidationError(choose_again(lost), code="lost")


class PhotoField(OfPhotos, forms.FileField):
    """A field for one photo."""

    widget = forms.FileInput(attrs=dict(PICTURES))

    def clean(self, value, initial=None):
        refuse_lost([value])
        return super().clean(value, initial)


class PhotosField(OfPhotos, forms.FileField):
    """A field for a few photos; its value is a list of them."""

    many = True
    widget = Files(attrs=dict(PICTURES))

    def clean(self, value, initial=None):
        files = list(value or [])
        refuse_lost(files)
        return files


def explain(field, label):
    """Give a field the sentences that say which one lacks what; it may have better ones.

    What is typed into it loses the signs that nobody sees.
    """
    for code, sentence in sentences(field):
        if field.error_messages.get(code) in (None, framework(field).get(code)):
            field.error_messages[code] = format_lazy(sentence, field=label)
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        make_visible(field)


def framework(field) -> dict:
    """Return Django's own sentences of a field, by their codes."""
    told = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            told |= getattr(kind, "default_error_messages", {})
    return told


def make_visible(field):
    """Let a field of words take only what can be seen of them."""
    seen = visible if isinstance(field.widget, forms.Textarea) else one_line
    read = field.to_python
    field.to_python = lambda value: read(seen(value) if isinstance(value, str) else value)


def sentences(field):
    """Yield the sentences that say which field lacks what; a form may have better ones."""
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    yield "required", _("Choose: {field}") if chosen else _("Fill in: {field}")
    for kind, sentence in INVALID.items():
        if isinstance(field, kind):
            yield "invalid", sentence
    for code, what in told(field):
        yield code, format_lazy(_("{field}: {what}"), field="{field}", what=what)


def told(field):
    """Yield what is wrong by its code, where Django would say it in words of its own."""
    if isinstance(field, forms.FileField):
        yield from ((code, FIELD_ERRORS["file"]) for code in framework(field) if code in FILE)
        return
    if isinstance(field, forms.SlugField):
        yield "invalid", FIELD_ERRORS["invalid_slug"]
    known = framework(field)
    yield from (
        (code, what) for code, what in FIELD_ERRORS.items() if code in LIMITS or code in known
    )
