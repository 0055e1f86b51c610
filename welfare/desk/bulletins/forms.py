"""The forms of a bulletin: what the office writes in it, an erratum, and the yes that issues it."""

from django import forms
from django.utils.translation import gettext_lazy

from items.models import Bulletin
from items.models.bulletin import WRITTEN, Kind, Section
from welfare.desk.fields import day, words
from welfare.forms import Plain

COLUMNS = ["kind", *WRITTEN, "signed_post", "signed_name", "signed_on"]


class BulletinForm(Plain, forms.Form):
    """What the office writes in a bulletin; all else the program prepares."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it tells of"),
        choices=Kind.choices,
        initial=Kind.PROGRESS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "The year’s report tells results, months, years side by side and pictures, in place of"
            " what moved since the last bulletin."
        ),
    )
    foreword = words(
        gettext_lazy("Foreword"),
        rows=4,
        required=False,
        max_length=1000,
        help_text=gettext_lazy("One paragraph before all else; it may stay empty."),
    )
    closing = words(
        gettext_lazy("Closing words"),
        rows=4,
        required=False,
        max_length=1000,
        help_text=gettext_lazy("One paragraph at the end; it may stay empty."),
    )
    foreword_en = words(gettext_lazy("Foreword in English"), rows=2, required=False)
    closing_en = words(gettext_lazy("Closing words in English"), rows=2, required=False)
    signed_post = forms.ModelChoiceField(
        label=gettext_lazy("Post that approved it on paper"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Not on paper"),
        help_text=gettext_lazy(
            "Leave it out where whoever holds the post for releases approves and issues it here."
        ),
    )
    signed_name = forms.CharField(
        label=gettext_lazy("Name of who approved it"), max_length=50, required=False
    )
    signed_on = day(gettext_lazy("Approved on"), required=False)

    def __init__(self, *args, item_list, **kwargs):
        super().__init__(*args, **kwargs)
        posts = item_list.committee.posts.order_by("name")
        self.fields["signed_post"].queryset = posts

    @property
    def paragraphs(self):
        """Return the bound fields of the two paragraphs."""
        return [self[name] for name in WRITTEN]

    @property
    def approval(self):
        """Return the bound fields of who approved it on paper."""
        return [self[name] for name in ("signed_post", "signed_name", "signed_on")]

    def columns(self) -> dict:
        return {name: self.cleaned_data[name] for name in COLUMNS}


class SentBulletin(BulletinForm):
    """What the recovery page knows of the form."""


def wanted(query) -> dict:
    """Return what an address asks a new draft to be."""
    kind = query.get("kind")
    return {"kind": kind} if kind in Kind.values else {}


def initial_of(draft: Bulletin) -> dict:
    return {name: getattr(draft, name) for name in COLUMNS} | {"version": draft.version}


class BulletinActForm(Plain, forms.Form):
    """A form about a bulletin; it knows which version its reader saw (optimistic lock)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, bulletin, **kwargs):
        super().__init__(*args, **kwargs)
        self.bulletin = bulletin
        self.initial["version"] = bulletin.version

    def as_seen(self) -> Bulletin:
        """Return the bulletin at the version that the reader saw."""
        self.bulletin.version = self.cleaned_data["version"]
        return self.bulletin

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def at_current_version(self, bulletin, refused, **now):
        """Return the form with the same words, bound to the current version, with the refusal.

        `now` are hidden fields that say what is shown beside it this time.
        """
        typed = self.data.copy()
        typed["version"] = bulletin.version
        for name, value in now.items():
            typed[name] = value
        again = type(self)(typed, bulletin=bulletin)
        again.say_refused(refused)
        return again


class IssueForm(BulletinActForm):
    """The second yes, to the article that is shown with it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def action_fields(self) -> dict:
        return super().action_fields() | {"yes": self.yes}


class CorrectionForm(BulletinActForm):
    """What an earlier bulletin has wrong."""

    of = forms.ModelChoiceField(
        label=gettext_lazy("Bulletin that has it wrong"), queryset=None, empty_label=None
    )
    section = forms.ChoiceField(
        label=gettext_lazy("Paragraph"), choices=Section.choices, initial=Section.FOREWORD
    )
    text = words(
        gettext_lazy("What is wrong, and what is right"),
        max_length=1000,
        help_text=gettext_lazy(
            "It stands in this bulletin for ever; the earlier one stays as it is, and leads here."
        ),
    )

    def __init__(self, *args, bulletin, **kwargs):
        super().__init__(*args, bulletin=bulletin, **kwargs)
        issued = bulletin.list.bulletins.issued().exclude(pk=bulletin.pk).order_by("-number")
        self.fields["of"].queryset = issued.defer("article", "article_en", "content")
        self.fields["of"].initial = issued.values_list("pk", flat=True).first()
