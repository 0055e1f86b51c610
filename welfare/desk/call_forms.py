"""The forms of a call for suggestions. They check shape; the actions check meaning."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from items.models import Call, Committee
from welfare.desk.beside import differing
from welfare.desk.forms import day, words
from welfare.forms import Plain

OPEN_FOR, ANSWERED_AFTER = timedelta(days=14), timedelta(days=30)


class SeenCallForm(Plain, forms.Form):
    """A form about a call; it knows which state of it its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.call = call
        self.initial["version"] = call.version

    def as_seen(self) -> Call:
        """Return the call in the state that the reader saw."""
        self.call.version = self.cleaned_data["version"]
        return self.call

    def said(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def shown_anew(self, call, refused):
        """Return the same form for the state that the call is in now, with the refusal."""
        said = self.data.copy()
        said["version"] = call.version
        again = type(self)(said, call=call)
        again.say_refused(refused)
        again.theirs = differing(again, type(self)(call=call))
        return again


class IssueForm(SeenCallForm):
    def said(self) -> dict:
        return super().said() | {"yes": self.yes}


class EndForm(IssueForm):
    reason = words(gettext_lazy("Why it ends early"), help_text=gettext_lazy("Everyone reads it."))


class CallForm(SeenCallForm):
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

    def __init__(self, *args, mine, call=None, **kwargs):
        super().__init__(*args, call=call or proposed(mine[0]), **kwargs)
        self.fields["committee"].queryset = mine
        self.initial["committee"] = mine[0].pk
        if len(mine) == 1:
            self.fields["committee"].widget = forms.HiddenInput()


def proposed(committee) -> Call:
    """Return a call as it is mostly drawn up: two weeks to suggest, a month to answer."""
    today = localdate()
    title, title_en = (said_in(code) for code in (settings.LANGUAGE_CODE, "en"))
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


def said_in(language):
    with override(language):
        return _("Call for suggestions")
