"""The forms of a call for suggestions. They check shape; the actions check meaning."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from items.models import Call, Committee
from welfare.desk.edit_conflicts import differing
from welfare.desk.fields import day, words
from welfare.forms import Plain

OPEN_FOR, ANSWERED_AFTER = timedelta(days=14), timedelta(days=30)


class CallActForm(Plain, forms.Form):
    """A form about a call; it knows which version its reader saw (optimistic lock)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.call = call
        self.initial["version"] = call.version

    def as_seen(self) -> Call:
        """Return the call at the version that the reader saw."""
        self.call.version = self.cleaned_data["version"]
        return self.call

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def at_current_version(self, call, refused):
        """Return the form with the same words, bound to the current version, with the refusal."""
        typed = self.data.copy()
        typed["version"] = call.version
        again = type(self)(typed, call=call)
        again.say_refused(refused)
        again.theirs = differing(again, type(self)(call=call))
        return again


class IssueForm(CallActForm):
    def action_fields(self) -> dict:
        return super().action_fields() | {"yes": self.yes}


class EndForm(IssueForm):
    reason = words(gettext_lazy("Why it ends early"), help_text=gettext_lazy("Everyone reads it."))


class CallForm(CallActForm):
    title = forms.CharField(label=gettext_lazy("Heading"), max_length=100)
    purpose = words(gettext_lazy("What it is about"), rows=6)
    issuer = forms.CharField(label=gettext_lazy("Issued by"), max_length=100)
    opens_on = day(gettext_lazy("From"))
    closes_on = day(gettext_lazy("Until"), help_text=gettext_lazy("This day is still open."))
    answer_by = day(
        gettext_lazy("Answers until"),
        help_text=gettext_lazy("Everyone who suggests something is told this day."),
    )
    title_en = forms.CharField(
        label=gettext_lazy("Heading in English"), max_length=200, required=False
    )
    purpose_en = words(gettext_lazy("What it is about, in English"), required=False)
    issuer_en = forms.CharField(
        label=gettext_lazy("Issued by, in English"), max_length=200, required=False
    )

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, call=call, **kwargs)
        names = [name for name in self.fields if name != "version"]
        self.initial = {name: getattr(call, name) for name in names} | self.initial


class NewCallForm(CallForm):
    """The form of a new call; who is of several offices says for which committee."""

    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=gettext_lazy("Committee"), empty_label=None
    )
    field_order = ["committee"]

    def __init__(self, *args, offices, call=None, **kwargs):
        super().__init__(*args, call=call or default_call(offices[0]), **kwargs)
        self.fields["committee"].queryset = offices
        self.initial["committee"] = offices[0].pk
        if len(offices) == 1:
            self.fields["committee"].widget = forms.HiddenInput()


def default_call(committee) -> Call:
    """Return a call as it is mostly drawn up: two weeks to suggest, a month to answer."""
    today = localdate()
    title, title_en = (heading_in(code) for code in (settings.LANGUAGE_CODE, "en"))
    return Call(
        committee=committee,
        title=title,
        title_en=title_en,
        issuer=committee.name,
        issuer_en=committee.name_en,
        opens_on=today,
        closes_on=today + OPEN_FOR,
        answer_by=today + ANSWERED_AFTER,
    )


def heading_in(language):
    with override(language):
        return _("Call for suggestions")
