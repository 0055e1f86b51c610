"""The column of a name or a title: one line, without signs that nobody sees."""

from typing import Any

from django import forms
from django.db import models

from items.errors import FIELD_ERRORS
from items.words import one_line


class LineFormField(forms.CharField):
    """A form's field for a `Line`."""

    default_error_messages = {"max_length": FIELD_ERRORS["max_length"]}

    def to_python(self, value: Any) -> Any:
        return super().to_python(one_line(value) if isinstance(value, str) else value)


class Line(models.CharField):
    """A text of one line, cleaned as it is checked and as its row is first saved.

    A row that is there already isn't touched by saving it: its name may stand on published lists,
    where only an entry changes it.
    """

    default_error_messages = {name: FIELD_ERRORS[name] for name in ("max_length", "blank")}

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value = super().pre_save(row, add)
        if add and isinstance(value, str):
            value = one_line(value)
            setattr(row, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs  # the column is the same
