"""The forms of a second yes and of a refusal; each knows the card and how its reader saw it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from welfare.desk.fields import words
from welfare.forms import Plain


class ReleaseBatchForm(Plain, forms.Form):
    answer = forms.ChoiceField(choices=[("release", ""), ("refuse", "")], widget=forms.HiddenInput)
    card = forms.CharField(widget=forms.HiddenInput, max_length=20)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=10_000)


class RefuseBatchForm(ReleaseBatchForm):
    reason = words(_("Why it is refused"))
