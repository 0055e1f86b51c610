"""The forms of a list's verbs, and of opening one. They check shape; the actions check meaning."""

from dataclasses import fields
from itertools import count

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries, staff
from items.models import Committee, ItemList, Post, Role
from items.queries.desk_lists import STATUSES_BY_KEY
from items.states import Group, Status, Term
from items.words import Words
from welfare.desk.fields import day, words
from welfare.desk.lists.publishing import PublishingFields
from welfare.forms import Plain

LATE = {
    "overdue": gettext_lazy("overdue now"),
    "part": gettext_lazy("a part is late"),
    "done": gettext_lazy("done late"),
    "silent": gettext_lazy("without news for long"),
    "extended": gettext_lazy("given more time"),
}
RESERVED = ["new"]  # slugs that are no list's: desk:new_list


class NewListForm(Plain, forms.ModelForm):
    class Meta:
        model = ItemList
        fields = ["committee", "year", "name", "name_en", "slug", "programme", "programme_en"]

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        committees = offices(person)
        self.fields["committee"].queryset = committees
        if len(committees) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.initial["committee"] = committees[0].pk
        self.initial |= defaults(committees[0]) if committees else {}
        self.fields["slug"].help_text = _(
            "The last part of the list’s permanent address: letters, figures and hyphens."
        )

    def clean_slug(self):
        if self.cleaned_data["slug"] in RESERVED:
            raise forms.ValidationError(_("This address is taken. Choose another."))
        return self.cleaned_data["slug"]

    def _post_clean(self):
        """Leave it to the action to ask what the list means."""


def defaults(committee) -> dict:
    """Return the first year from this one on without a list of the committee, and an address."""
    years = set(ItemList.objects.filter(committee=committee).values_list("year", flat=True))
    year = next(year for year in count(localdate().year) if year not in years)
    slug = f"{committee.slug}-{year}"
    taken = ItemList.objects.filter(slug=slug).exists()
    return {"year": year, "slug": "" if taken else slug}


def offices(person):
    """Return the committees of whose office `person` is, by their names."""
    roles = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    committees = Committee.objects.without_tree_fields().filter(pk__in=roles)
    return committees.order_by("name", "pk")


def long_text(label, **kwargs):
    """Return a field for a text of some pages."""
    widget = forms.Textarea(attrs={"rows": 14})
    return forms.CharField(label=label, widget=widget, max_length=20_000, **kwargs)


class ListForm(Plain, forms.Form):
    """A form about a list; it knows which version its reader saw (optimistic lock)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, item_list, **kwargs):
        super().__init__(*args, **kwargs)
        self.item_list = item_list
        self.initial["version"] = item_list.version
        self.fit(item_list)

    def fit(self, item_list):
        """Fit the fields to the list."""

    @property
    def preview(self):
        """Return what is to be looked at before it is done; None when nobody asks for it."""

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action, without the version."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return fields | {"yes": self.yes}

    def as_seen(self) -> ItemList:
        """Return the list at the version that the reader saw."""
        self.item_list.version = self.cleaned_data["version"]
        return self.item_list

    def at_current_version(self, item_list, refused):
        """Return the form with the same words, bound to the current version, with the refusal."""
        typed = self.data.copy()
        typed["version"] = item_list.version
        again = type(self)(typed, item_list=item_list)
        again.say_refused(refused)
        return again


class PublishForm(PublishingFields, ListForm):
    """The form with which a list is published on its own."""

    field_order = ["leaders", "name"]

    def fit(self, item_list):
        self.fit_publishing(item_list)

    def action_fields(self) -> dict:
        return {"yes": self.yes, "leaders": self.chosen_leaders}


class TakeDownForm(ListForm):
    """Why a draft that is up for objections is taken down."""

    reason = words(
        gettext_lazy("Why it is taken down"),
        help_text=gettext_lazy("Everyone reads it on the list’s page, also later."),
    )


class PlanForm(ListForm):
    plan = long_text(
        gettext_lazy("The plan"),
        help_text=gettext_lazy(
            "A blank line parts paragraphs; “- ” or “1. ” at its beginning makes a line part of a"
            " list, “# ” a heading."
        ),
    )
    plan_en = long_text(gettext_lazy("The plan in English"), required=False)
    reason = words(gettext_lazy("Why it is replaced"))

    def fit(self, item_list):
        self.initial |= {"plan": item_list.plan, "plan_en": item_list.plan_en}
        if item_list.is_draft or not item_list.plan:
            del self.fields["reason"]

    @property
    def preview(self):
        if not (self.is_bound and "preview" in self.data and self.is_valid()):
            return None
        return Words(self.cleaned_data["plan"], self.cleaned_data["plan_en"])


class OpenLookBackForm(ListForm):
    """Which resolved items are looked at again, by whom and until when."""

    numbers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Items to look at again"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ticked are those for which something speaks, and what it is."),
    )
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label=gettext_lazy("Who looks"),
        empty_label=gettext_lazy("Choose a post"),
        help_text=gettext_lazy(
            "Not who signed it off, nobody on its owner’s side or of the office."
        ),
    )
    by_when = day(gettext_lazy("Look by"))
    note = words(
        gettext_lazy("What to look at"),
        rows=2,
        required=False,
        help_text=gettext_lazy("It is public, with the post and the day."),
    )

    def fit(self, item_list):
        posts = Post.objects.filter(committee=item_list.committee_id).order_by("name", "pk")
        self.fields["post"].queryset = posts
        proposals = queries.look_back_proposals(item_list, localdate())
        self.fields["numbers"].choices = [(row.number, row.label) for row in proposals]
        self.initial["numbers"] = [row.number for row in proposals if row.why]


class EraseListWordsForm(Plain, forms.Form):
    """Why the words of an entry are erased; once they are, it can't be done again."""

    reason = words(
        gettext_lazy("Why they are erased"), help_text=gettext_lazy("Don’t repeat them here.")
    )

    def action_fields(self) -> dict:
        """Return the cleaned fields as arguments of the action."""
        return self.cleaned_data | {"yes": self.yes}


class CopyForm(ListForm):
    source = forms.ModelChoiceField(None, label=gettext_lazy("From which list"), empty_label=None)

    def fit(self, item_list):
        self.fields["source"].queryset = others(item_list).public()


def others(item_list):
    """Return the other lists of the same committee, the newest first."""
    lists = ItemList.objects.filter(committee=item_list.committee_id).exclude(pk=item_list.pk)
    return lists.order_by("-year", "-pk")


class SearchForm(Plain, forms.Form):
    """The search in a list; what can't be understood is left out."""

    q = forms.CharField(label=gettext_lazy("Words or number"), required=False, max_length=100)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    late = forms.ChoiceField(label=gettext_lazy("Late"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Owner’s post"), required=False)

    def __init__(self, *args, owners=(), **kwargs):
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        waiting = (Status.PENDING_CHECK.value, Status.PENDING_CHECK.label)
        self.fields["status"].choices = [every, *Group.choices, waiting]
        self.fields["late"].choices = [every, *LATE.items()]
        self.fields["owner"].choices = [every, *owners]


def parse_search(query) -> staff.ItemSearch:
    """Return what a query string searches for; what it can't search for is everything."""
    said = {field.name: query.get(field.name, "") for field in fields(staff.ItemSearch)}
    words = said.pop("q")[:100].replace("\0", "")
    known = {"status": STATUSES_BY_KEY, "late": LATE, "term": Term.values}
    return staff.ItemSearch(
        q=words,
        **{
            name: value if (value in known[name] if name in known else is_key(value)) else ""
            for name, value in said.items()
        },
    )


def is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 19
