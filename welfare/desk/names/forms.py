"""The form of a renaming: the new name in both languages, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from items.words import Words
from welfare.desk.fields import words
from welfare.forms import Plain


class RenameForm(Plain, forms.Form):
    """A form about a name; it knows which one its reader saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_en = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("New name"), max_length=200)
    name_en = forms.CharField(label=_("New name in English"), max_length=200, required=False)
    reason = words(_("Why it is renamed"), rows=2, help_text=_("Everyone will read it."))

    def __init__(self, *args, kind="", **kwargs):
        super().__init__(*args, **kwargs)
        if kind == "person":  # whose name is the same in every language
            del self.fields["name_en"]

    @property
    def new(self) -> Words:
        return Words(self.cleaned_data["name"], self.cleaned_data.get("name_en", ""))

    @property
    def shown(self) -> Words:
        return Words(self.cleaned_data["seen"], self.cleaned_data["seen_en"])

    def refuse(self, refused, now: Words):
        """Show a refusal; sent again, the form is about the name that there is now."""
        self.data = self.data.copy()
        self.data["seen"], self.data["seen_en"] = now.zh, now.en
        self.say_refused(refused)
