"""The forms of an assessment: what holds for all of it, and one for each item."""

from copy import copy

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.assessment import LONGEST
from items.models import Assessment, AssessmentRow
from items.models.assessment import VOTES
from items.public.assessments import PRINTED
from items.sheets.votes import Votes
from items.states import Basis, Majority, Satisfaction
from welfare.desk.fields import day, words
from welfare.desk.sheets.forms import SheetForm
from welfare.forms import Plain

MOST = 999_999


def figure(name):
    """Return a field for a column of votes or ballots."""
    label = AssessmentRow._meta.get_field(name).verbose_name
    widget = forms.TextInput({"inputmode": "numeric", "size": 5, "autocomplete": "off"})
    bounds = {"min_value": 0, "max_value": MOST}
    return forms.IntegerField(label=label, required=False, widget=widget, **bounds)


class Ballots(Plain, forms.Form):
    """The columns of the ballots: for all items, or of one."""

    members = figure("members")
    present = figure("present")
    given = figure("given")
    returned = figure("returned")
    valid = figure("valid")
    invalid = figure("invalid")

    @property
    def ballots(self):
        """Return the bound fields of the ballots, in the order in which they are printed."""
        return [self[name] for name in PRINTED]


class AssessmentForm(Ballots):
    """What holds for all items: when, who, how many, and the rule of the grades."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_on = day(gettext_lazy("Held on"))
    body = forms.CharField(
        label=gettext_lazy("Held by"),
        max_length=100,
        help_text=gettext_lazy("Such as the workers’ congress, or the committee."),
    )
    scrutineers = forms.CharField(
        label=gettext_lazy("Scrutineers"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Names or posts; everyone reads them."),
    )
    tellers = forms.CharField(
        label=gettext_lazy("Tellers"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Names or posts; everyone reads them."),
    )
    majority = forms.ChoiceField(
        label=gettext_lazy("“Satisfied” when its votes are"),
        choices=Majority.choices,
        widget=forms.RadioSelect,
        initial=Majority.HALF,
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("counted of"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
        initial=Basis.MEMBERS,
    )
    put_right_days = forms.IntegerField(
        label=gettext_lazy("Days to put right what isn’t satisfied"),
        min_value=1,
        max_value=LONGEST,
        initial=30,
    )

    def columns(self) -> dict:
        """Return what the action takes as the assessment's columns."""
        return {name: self.cleaned_data[name] for name in COLUMNS}

    @property
    def about(self):
        return [self[name] for name in COLUMNS[:4]]

    @property
    def rule(self):
        return [self[name] for name in COLUMNS[4:]]


COLUMNS = ["held_on", "body", "scrutineers", "tellers", "majority", "basis", "put_right_days"]


class VotesForm(Ballots):
    """How was voted on one item; its ballots where they aren't those of all."""

    satisfied = figure("satisfied")
    basically = figure("basically")
    unsatisfied = figure("unsatisfied")
    abstained = figure("abstained")
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade as the source gives it"),
        required=False,
        choices=[("", gettext_lazy("by the rule")), *Satisfaction.choices],
    )

    def __init__(self, data=None, *, item, initial=None):
        self.number, self.title, self.key = item.number, item.title_words, item.pk
        self.found = None  # how it is judged, once that was tried
        super().__init__(data, prefix=str(item.number), initial=initial)

    @property
    def votes(self):
        return [self[name] for name in VOTES]

    @property
    def says_more(self) -> bool:
        """Tell whether a field that is folded away says something, or is wrong."""
        return any(self[name].value() or self[name].errors for name in (*PRINTED, "grade"))

    def says_something(self) -> bool:
        return any(self.cleaned_data[name] not in (None, "") for name in (*VOTES, "grade"))

    def clean(self):
        cleaned = super().clean()
        own = any(cleaned.get(name) is not None for name in PRINTED)
        if not self.errors and own and not self.says_something():
            self.add_error("satisfied", _("Write the votes, too."))
        return cleaned

    def figures(self, whole: dict) -> dict:
        """Return its figures: its own ballots, else those of all."""
        own = {n: v for n in (*VOTES, *PRINTED) if (v := self.cleaned_data[n]) is not None}
        return {name: whole[name] for name in PRINTED} | own | {"grade": self.cleaned_data["grade"]}


def initial_of(draft: Assessment) -> tuple[dict, dict[int, dict]]:
    """Return what the forms of a draft show: of the whole, and by item's number."""
    rows = list(draft.rows.select_related("item"))
    common = {name: next(iter(each)) for name in PRINTED if len(each := _all(rows, name)) == 1}
    whole = {name: getattr(draft, name) for name in COLUMNS} | common
    return whole | {"version": draft.version}, {row.item.number: _own(row, common) for row in rows}


def _all(rows, name) -> set:
    return {getattr(row, name) for row in rows}


def _own(row, common) -> dict:
    said = {name: getattr(row, name) for name in VOTES}
    said |= {name: getattr(row, name) for name in PRINTED if name not in common}
    return said | {"grade": row.grade if row.as_in_source else ""}


def with_votes(sent, votes: Votes):
    """Return what was sent, with what a sheet says in the fields of its items."""
    sent = sent.copy()
    for number, figures in votes.rows.items():
        for name, value in figures.items():
            sent[f"{number}-{name}"] = value
    return sent


class FieldsOfRows(dict):
    """The fields of the page by their names: those of items, which begin with a number, too."""

    def get(self, name, default=None):
        number, _dash, field = name.partition("-")
        if field not in VotesForm.base_fields:
            return super().get(name, default)
        field = copy(VotesForm.base_fields[field])
        field.label = f"{number} {field.label}"
        return field


class SentAssessment(AssessmentForm):
    """What the recovery page knows of the whole page."""


SentAssessment.base_fields = FieldsOfRows(AssessmentForm.base_fields)


class VotesSheet(SheetForm):
    """A sheet that fills in the table."""

    sheet = None


class AssessmentActForm(Plain, forms.Form):
    """A form about an assessment; it knows which version its reader saw (optimistic lock)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        self.initial["version"] = assessment.version

    def as_seen(self) -> Assessment:
        """Return the assessment at the version that the reader saw."""
        self.assessment.version = self.cleaned_data["version"]
        return self.assessment

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action, without the version."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return said | {"yes": self.yes}

    def at_current_version(self, assessment, refused):
        """Return the form with the same words, bound to the current version, with the refusal."""
        typed = self.data.copy()
        typed["version"] = assessment.version
        again = type(self)(typed, assessment=assessment)
        again.say_refused(refused)
        return again


class ErratumForm(AssessmentActForm):
    text = words(
        gettext_lazy("What is wrong, and what is right"),
        help_text=gettext_lazy("Everyone reads it beside the assessment, which stays as it is."),
    )
