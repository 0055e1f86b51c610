"""What our forms have in common, whichever face they belong to."""

from django import forms
from django.forms.utils import pretty_name
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

ASKED = forms.Field.default_error_messages["required"]


class Plain:
    """A form as templates/components/form.html shows it: the server checks, and says which field.

    Put it before Django's form class: `class ClaimForm(Plain, forms.Form)`.
    """

    use_required_attribute = False  # else the browser stops the sending in words of its own

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, field in self.fields.items():
            if field.error_messages.get("required") == ASKED:
                field.error_messages["required"] = asked(field, field.label or pretty_name(name))


def asked(field, label):
    """Return the sentence that asks for what a field lacks."""
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    return format_lazy(_("Choose: {field}") if chosen else _("Fill in: {field}"), field=label)
