"""The forms with which the office answers a suggestion. They check shape; the actions meaning."""

from django import forms
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries
from items.models import ItemList, Suggestion
from items.outcomes import SuggestionStatus
from items.states import ListStatus
from items.words import day, fold
from welfare.desk.forms import words
from welfare.desk.seen import SeenForm

MOST_FOUND = 20  # choices for the words that were looked for
AT_FIRST = 12  # choices before anything was looked for


class TriageForm(SeenForm):
    """A form about a suggestion; the first field is ready to be typed in."""

    def __init__(self, *args, of, **kwargs):
        super().__init__(*args, of=of, **kwargs)
        first = next(iter(self.visible_fields()), None)
        if first and not self.is_bound and isinstance(first.field.widget, forms.Textarea):
            first.field.widget.attrs["autofocus"] = True

    def repeats(self, step) -> bool:
        """Tell whether a step says what this form says."""
        return step.text in self.cleaned_data.values()

    def looked(self):
        """Return the form for what its words look for; what was typed and chosen stays."""
        return type(self)(initial={bound.name: bound.data for bound in self}, of=self.of)


class LetInForm(TriageForm):
    pass


class SortForm(TriageForm):
    category = forms.ModelChoiceField(None, label=gettext_lazy("Category"), required=False)
    place = forms.ModelChoiceField(None, label=gettext_lazy("Place"), required=False)

    def fit(self, of):
        self.fields["category"].queryset = of.committee.categories.order_by("name")
        self.fields["place"].queryset = of.committee.places.order_by("name")
        self.initial |= {"category": of.category_id, "place": of.place_id}


class AskBackForm(TriageForm):
    text = words(gettext_lazy("What you want to know"))


class SettleForm(TriageForm):
    text = words(gettext_lazy("What was done"))


class DeclineForm(TriageForm):
    text = words(gettext_lazy("Why it isn’t adopted"))


class TakeUpAgainForm(TriageForm):
    text = words(gettext_lazy("Why it is taken up again"))


class HideAnswerForm(TriageForm):
    text = words(gettext_lazy("Why it is no longer shown"), rows=2)


class EraseForm(TriageForm):
    text = words(
        gettext_lazy("Why they are erased"),
        rows=2,
        help_text=gettext_lazy("Don’t repeat them here."),
    )


class ShowAnswerForm(TriageForm):
    answer = words(gettext_lazy("The answer, as everyone reads it"), rows=5)
    words = words(gettext_lazy("What was suggested, as everyone reads it"), rows=5)
    field_order = ["words", "answer"]

    def fit(self, of):
        said = of.entries.filter(verb__in=["adopt", "settle", "decline"]).last()
        self.initial |= {
            "words": of.shown_words or of.words,
            "answer": of.shown_answer or (said.text if said else ""),
        }

    def said(self) -> dict:
        return super().said() | {"yes": self.yes}

    def repeats(self, step):
        return step.text == "{words}\n{answer}".format(**self.cleaned_data)


class SeeContactForm(TriageForm):
    why = forms.CharField(
        label=gettext_lazy("What you need the contact for"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def sought():
    """Return the field with whose words one looks for more to choose from."""
    widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    return forms.CharField(
        label=gettext_lazy("Not there? Look for words"),
        required=False,
        max_length=100,
        widget=widget,
    )


class MergeForm(TriageForm):
    into = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Put together with"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    q = sought()
    text = words(gettext_lazy("A note for the history"), rows=2, required=False)

    def fit(self, of):
        others = Suggestion.objects.counted().roots().filter(committee=of.committee_id)
        others = others.exclude(pk=of.pk).exclude(words="")
        into = self.fields["into"]
        into.queryset = others
        shown = queries.alike(of) + _found(others, self["q"].value(), ["words", "location"])
        shown += _chosen(others, [self["into"].value()])
        into.choices = [(row.pk, named(row)) for row in dict.fromkeys(shown)]
        if not shown:
            into.help_text = _("None is much the same. Look for words that another one says.")

    def said(self):
        return {name: value for name, value in super().said().items() if name != "q"}


class AdoptForm(TriageForm):
    items = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("It becomes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One or several; the most similar come first."),
    )
    q = sought()
    item_list = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Or draw up a new draft, in"),
        required=False,
        empty_label=gettext_lazy("no new draft"),
    )
    title = forms.CharField(
        label=gettext_lazy("What the new matter is called"), required=False, max_length=200
    )
    text = words(gettext_lazy("The answer that the suggester reads"))

    def fit(self, of):
        current = queries.current_items(of)
        items, field = list(current), self.fields["items"]
        field.queryset = current
        shown = queries.alike_items(of, items, AT_FIRST)
        shown += _found(current, self["q"].value(), ["title", "problem", "place__name"])
        shown += _chosen(current, self["items"].value() or [])
        shown += items[: max(0, AT_FIRST - len(set(shown)))]
        field.choices = [(item.pk, f"{item} · {item.list}") for item in dict.fromkeys(shown)]
        drafts = ItemList.objects.filter(committee=of.committee_id, status=ListStatus.DRAFT)
        self.fields["item_list"].queryset = drafts
        if not drafts.exists():
            del self.fields["item_list"], self.fields["title"]

    def clean(self):
        said = super().clean()
        items, item_list = said.get("items"), said.get("item_list")
        if items and item_list:
            self.add_error("item_list", _("Choose items, or draw up a new one: not both at once."))
        elif not items and not item_list and "items" not in self.errors:
            self.add_error("items", _("Choose the item that it becomes, or draw up a new one."))
        elif item_list and not said.get("title"):
            self.add_error("title", _("Write what the matter is called."))
        return said

    def said(self):
        said = super().said()
        if said.get("item_list"):
            return {name: said[name] for name in ("item_list", "title", "text")}
        return {"items": list(said["items"]), "text": said["text"]}


def named(suggestion: Suggestion) -> str:
    """Return a suggestion as one line to choose."""
    return " · ".join(
        [
            Truncator(" ".join(suggestion.words.split())).chars(60),
            day(suggestion.received_on),
            str(SuggestionStatus(suggestion.status).label),
        ]
    )


def _found(rows, q, columns):
    """Return the rows that say every word that is looked for; none where nothing is."""
    said = fold(str(q or "")[:100].replace("\0", "")).split()
    for word in said:
        says = Q()
        for column in columns:
            says |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(says)
    return list(rows[:MOST_FOUND]) if said else []


def _chosen(rows, keys):
    keys = [int(key) for key in keys if str(key).isascii() and str(key).isdigit()]
    return list(rows.filter(pk__in=[key for key in keys if key < 2**63]))
