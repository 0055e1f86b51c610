"""The forms of a second yes and of a refusal; each knows the card and how its reader saw it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from welfare.desk.fields import words
from welfare.forms import Plain


class ReleaseBatchForm(Plain, forms.Form):
    answer = forms.ChoiceField(choices=[("release", ""), ("refuse", "")], widget=forms.HiddenInput)
    card = forms.CharField(widget=forms.HiddenInput, max_length=20)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=10_000)


class RefuseBatchForm(ReleaseBatchForm):
    reason = words(_("Why it is refused"))


class TickedCardsForm(Plain, forms.Form):
    """The cards that are ticked, answered together; each says how it looked, after a colon."""

    answer = forms.ChoiceField(choices=[("release", ""), ("refuse", "")], widget=forms.HiddenInput)
    cards = forms.MultipleChoiceField(
        choices=[], error_messages={"required": _("Tick what is to be answered.")}
    )
    reason = words(_("Why it is refused"), rows=2, required=False)

    def __init__(self, sent=None):
        super().__init__(sent, auto_id="ticked-%s")
        self.why_not: dict[str, str] = {}  # by card: what stands against it
        if sent is not None:  # what somebody saw may be gone by now: the action says so
            self.fields["cards"].choices = [(value, "") for value in sent.getlist("cards")]

    def clean_cards(self):
        pairs = [value.partition(":") for value in self.cleaned_data["cards"]]
        return [(card[:20], seen[:10_000]) for card, _colon, seen in pairs]

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if self.data.get("answer") == "refuse" and not reason:
            raise forms.ValidationError(gettext("Write why they are refused."))
        return reason
