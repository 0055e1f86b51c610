"""The forms of an item's verbs. They check shape; the actions check meaning.

A form's fields are the parameters of its action, so that what was said goes over as it is.
"""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries
from items.actions.progress import MOST
from items.models import Post
from items.states import How
from welfare.desk.seen import SeenForm


def words(label, *, rows=3, help_text="", required=True):
    """Return a field for a few lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, widget=widget, help_text=help_text, required=required, max_length=2000
    )


def day(label, *, help_text="", required=True):
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text, required=required)


def happened_on(label):
    """Return a field for the day of an act: today, unless it is written down afterwards."""
    field = day(label)
    field.initial = timezone.localdate
    return field


class ActForm(SeenForm):
    """A form about an item."""

    @property
    def item(self):
        return self.of

    @staticmethod
    def seen(of) -> dict:
        return {"version": of.version, "last_seq": of.last_entry.seq}

    def said(self) -> dict:
        return super().said() | {"yes": self.yes}

    def as_seen(self, entry=None):
        """Return the item in the state that the reader saw, or an entry of that item."""
        item = super().as_seen()
        if entry is None:
            return item
        entry.item = item
        return entry

    def repeats(self, entry) -> bool:
        """Tell whether an entry of the same verb says what this form says."""
        return entry.words.text in self.cleaned_data.values()


class StartForm(ActForm):
    note = words(gettext_lazy("What has begun"), required=False)
    happened_on = happened_on(gettext_lazy("Begun on"))


class Progress(ActForm):
    """How far it is: a count where the item has a target, else a percent."""

    text = words(gettext_lazy("Work done"), help_text=gettext_lazy("A line is enough."))
    done_count = forms.IntegerField(required=False, min_value=0, max_value=MOST)
    percent = forms.DecimalField(
        label=gettext_lazy("Percent done"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
    )
    happened_on = happened_on(gettext_lazy("When"))

    def fit(self, item):
        if item.target_count is None:
            del self.fields["done_count"]
            self.fields["percent"].initial = item.percent
            return
        del self.fields["percent"]
        said = {"target": item.target_count, "unit": item.count_unit}
        self.fields["done_count"].label = _("Done so far, of %(target)d %(unit)s") % said
        self.fields["done_count"].initial = item.done_count


class ReportProgressForm(Progress):
    part = forms.ModelChoiceField(
        None,
        label=gettext_lazy("About the part"),
        required=False,
        empty_label=gettext_lazy("the whole item"),
    )
    part_done_on = day(
        gettext_lazy("The part was done on"),
        required=False,
        help_text=gettext_lazy("Only when the part is done."),
    )
    field_order = ["text", "done_count", "percent", "part", "part_done_on", "happened_on"]

    def fit(self, item):
        super().fit(item)
        if queries.parts_of(item):
            self.fields["part"].queryset = item.parts.all()
        else:
            del self.fields["part"], self.fields["part_done_on"]

    def clean(self):
        said = super().clean()
        if said.get("part_done_on") and not said.get("part"):
            self.add_error("part", _("Choose the part that is done."))
        return said


class EnterForOwnerForm(Progress):
    pass


class ReleaseForm(ActForm):
    pass


class ClaimForm(ActForm):
    note = words(gettext_lazy("Work done"))
    done_on = happened_on(gettext_lazy("Done on"))
    evidence = words(
        gettext_lazy("Evidence"),
        rows=2,
        required=False,
        help_text=gettext_lazy(
            "What shows it: acceptance sheet, count, where it lies. Not needed beside photos."
        ),
    )
    no_evidence = words(gettext_lazy("Or why there is no evidence"), rows=2, required=False)

    def clean(self):
        said = super().clean()
        if not said.get("evidence") and not said.get("no_evidence") and not self.files:
            self.add_error("evidence", _("Name the evidence, or say below why there is none."))
        return said


class SignOffForm(ActForm):
    found = words(gettext_lazy("What you found"))
    how = forms.ChoiceField(
        label=gettext_lazy("How you checked"), choices=How, widget=forms.RadioSelect
    )
    done_on = day(
        gettext_lazy("The work was done on"),
        help_text=gettext_lazy("The day you confirm. Lateness is counted from it."),
    )
    happened_on = happened_on(gettext_lazy("Checked on"))

    def fit(self, item):
        self.fields["done_on"].initial = item.done_on


class SendBackForm(ActForm):
    reason = words(gettext_lazy("What is still missing"))
    happened_on = happened_on(gettext_lazy("Checked on"))


class LogVisitForm(ActForm):
    seen = words(gettext_lazy("What you saw"))
    how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=How, widget=forms.RadioSelect, initial=How.ON_SITE
    )
    happened_on = happened_on(gettext_lazy("When"))
    next_visit_on = day(gettext_lazy("Next visit"), required=False)


class PutOnHoldForm(ActForm):
    reason = words(gettext_lazy("Why it has to wait"))
    review_on = day(gettext_lazy("Look at it again on"))


class ResumeForm(ActForm):
    reason = words(gettext_lazy("Why it goes on"))


class WithdrawForm(ActForm):
    reason = words(gettext_lazy("Why it is withdrawn"))


class ReopenForm(ActForm):
    reason = words(gettext_lazy("Why it is opened again"))


class AskExtensionForm(ActForm):
    new_due = day(gettext_lazy("New deadline"))
    reason = words(gettext_lazy("Why more time is needed"))


class DecideExtensionForm(ActForm):
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Agree")), ("no", gettext_lazy("Don’t agree"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    reason = words(gettext_lazy("Why"))


class HandOverForm(ActForm):
    duty = forms.ChoiceField(
        label=gettext_lazy("Which duty"),
        choices=[
            ("owner", gettext_lazy("Owner")),
            ("supervisor", gettext_lazy("Supervisor")),
        ],
        widget=forms.RadioSelect,
    )
    to = forms.ModelChoiceField(Post.objects.none(), label=gettext_lazy("To which post"))
    reason = words(gettext_lazy("Why it is handed over"))

    def fit(self, item):
        posts = Post.objects.filter(committee=item.list.committee).order_by("name")
        self.fields["to"].queryset = posts


class SetTaskForm(ActForm):
    text = words(gettext_lazy("What was decided"))
    who = forms.ChoiceField(
        label=gettext_lazy("Who does it"),
        choices=[
            ("owner", gettext_lazy("The owner")),
            ("supervisor", gettext_lazy("The supervisor")),
            ("office", gettext_lazy("The office")),
        ],
        widget=forms.RadioSelect,
    )
    by_when = day(gettext_lazy("By when"))


class FinishTaskForm(ActForm):
    text = words(gettext_lazy("What came of it"))


class EraseWordsForm(ActForm):
    reason = words(
        gettext_lazy("Why they are erased"), help_text=gettext_lazy("Don’t repeat them here.")
    )


# What an address or a button says


def page_number(said) -> int:
    """Return which page is asked for; the first, when that can't be understood."""
    asked = said.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def keys(said, name: str) -> list[int]:
    """Return the keys of rows that were sent under a name."""
    sent = said.getlist(name)
    return [int(key) for key in sent if key.isascii() and key.isdigit() and len(key) < 19]
