"""The form of a committee's synonyms: one group of words a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from items import queries
from items.errors import Refused
from items.models import Synonyms
from items.search import groups_of
from welfare.desk.edit_conflicts import differing
from welfare.forms import Plain


class SynonymsForm(Plain, forms.Form):
    """A form about a committee's synonyms; it knows which version its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    lines = forms.CharField(
        label=_("Words that mean the same"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        required=False,
        help_text=_(
            "One group a line, a space between the words: fridge refrigerator. Join the words"
            " of one thing with _: hot_water. What stands after # is a note."
        ),
    )

    dismissed = forms.MultipleChoiceField(
        label=_("Looked for, and not found"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Write them beside the word that an item says; tick those of which you needn’t hear"
            " again."
        ),
    )

    def __init__(self, *args, synonyms: Synonyms, **kwargs):
        super().__init__(*args, **kwargs)
        sought = queries.sought_of(synonyms.committee)
        self.fields["dismissed"].choices = [(row.words, row.words) for row in sought]
        if not sought:
            del self.fields["dismissed"]
        self.initial = {"version": synonyms.version, "lines": synonyms.lines} | self.initial

    def clean_lines(self):
        lines = self.cleaned_data["lines"]
        try:
            groups_of(lines)
        except Refused as refused:
            raise forms.ValidationError(list(refused.sentences)) from refused
        return lines

    def refuse(self, refused, now: Synonyms):
        """Show a refusal; sent again, the form is about what stands there now."""
        self.data = self.data.copy()
        if now.version != self.cleaned_data["version"]:
            self.data["version"] = now.version
            self.theirs = differing(self, type(self)(synonyms=now))
        self.say_refused(refused)
