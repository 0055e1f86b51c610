"""The forms about suggestions: the search, and one for each act. They check shape alone."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries, staff
from items.actions.attached_photos import MOST_AT_ONCE
from items.actions.response import most_photos
from items.models import ItemList, Suggestion
from items.models.folded import saying
from items.search import split
from items.states import ListStatus
from items.suggestion_states import Reason, SuggestionStatus
from items.words import day
from welfare.desk.edit_conflicts import VersionedForm
from welfare.desk.fields import words
from welfare.forms import PhotosField, Plain

MOST_MATCHES = 20  # choices for a search
AT_FIRST = 12  # choices before anything is searched


class SuggestionForm(VersionedForm):
    """A form about a suggestion; the first field is ready to be typed in."""

    def __init__(self, *args, of, **kwargs):
        super().__init__(*args, of=of, **kwargs)
        first = next(iter(self.visible_fields()), None)
        if first and not self.is_bound and isinstance(first.field.widget, forms.Textarea):
            first.field.widget.attrs["autofocus"] = True

    def repeats(self, step) -> bool:
        """Tell whether a step has this form's text: a form that was sent twice."""
        return step.text in self.cleaned_data.values()

    def searched(self):
        """Return the form with the choices that its search finds; what was typed stays."""
        return type(self)(initial={bound.name: bound.data for bound in self}, of=self.of)


class LetInForm(SuggestionForm):
    pass


class TellByPhoneForm(SuggestionForm):
    pass


class AskBackForm(SuggestionForm):
    text = words(gettext_lazy("What you want to know"))


class SettleForm(SuggestionForm):
    text = words(
        gettext_lazy("What was done, and where"),
        help_text=gettext_lazy(
            "The suggester reads it. Without a photo a supervisor reads it, too, and not what was"
            " suggested: say nothing of who wrote."
        ),
    )
    photos = PhotosField(
        label=gettext_lazy("Photos of the result, up to three"),
        required=False,
        help_text=gettext_lazy(
            "Only the suggester sees them, with the code, and the office. With a photo it has ended"
            " at once; without one a supervisor looks first."
        ),
    )

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_AT_ONCE:
            raise forms.ValidationError(most_photos())
        return photos


class DeclineForm(SuggestionForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("For which kind of reason"),
        choices=Reason,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Everyone reads it in the line of this suggestion."),
        error_messages={
            "required": gettext_lazy("Choose for which kind of reason it isn’t adopted.")
        },
    )
    under_way = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Where it is under way already: as which item"),
        required=False,
        empty_label=gettext_lazy("for another kind of reason"),
    )
    text = words(
        gettext_lazy("Why it isn’t adopted"),
        help_text=gettext_lazy("In your own words; the suggester reads them."),
    )

    def fit(self, of):
        items = queries.current_items(of).filter(hardship=False).published()
        self.fields["under_way"].queryset = items

    def clean(self):
        cleaned = super().clean()
        named = bool(cleaned.get("under_way"))
        if cleaned.get("reason") and named != (cleaned["reason"] == Reason.UNDER_WAY):
            self.add_error(
                "under_way",
                _("Choose the item as which it is under way, for that kind of reason alone."),
            )
        return cleaned


class AnswerAgainForm(SuggestionForm):
    text = words(gettext_lazy("The answer that the suggester reads"))


class TakeUpAgainForm(SuggestionForm):
    text = words(gettext_lazy("Why it is taken up again"))


class HideAnswerForm(SuggestionForm):
    text = words(gettext_lazy("Why it is no longer shown"), rows=2)


class EraseForm(SuggestionForm):
    text = words(
        gettext_lazy("Why they are erased"),
        rows=2,
        help_text=gettext_lazy("Don’t repeat them here."),
    )
    answers = forms.BooleanField(
        label=gettext_lazy("Erase the office’s own words as well: they tell about a person"),
        required=False,
    )


class ShowAnswerForm(SuggestionForm):
    answer = words(gettext_lazy("The answer, as everyone reads it"), rows=5)
    words = words(gettext_lazy("What was suggested, as everyone reads it"), rows=5)
    field_order = ["words", "answer"]

    def fit(self, of):
        answer = of.entries.filter(verb__in=["adopt", "settle", "decline"]).last()
        self.initial |= {
            "words": of.shown_words or of.words,
            "answer": of.shown_answer or (answer.text if answer else ""),
        }

    def action_fields(self) -> dict:
        return super().action_fields() | {"yes": self.yes}

    def repeats(self, step):
        return step.text == "{words}\n{answer}".format(**self.cleaned_data)


class SeeContactForm(SuggestionForm):
    why = forms.CharField(
        label=gettext_lazy("What you need the contact for"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def search_field():
    """Return the field with whose words one searches for more to choose from."""
    widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    return forms.CharField(
        label=gettext_lazy("Not there? Look for words"),
        required=False,
        max_length=100,
        widget=widget,
    )


class MergeForm(SuggestionForm):
    into = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Put together with"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    q = search_field()
    text = words(gettext_lazy("A note for the history"), rows=2, required=False)

    def fit(self, of):
        others = Suggestion.objects.counted().roots().filter(committee=of.committee_id)
        others = others.exclude(pk=of.pk).exclude(words="")
        into = self.fields["into"]
        into.queryset = others
        rows = queries.alike(of) + _matching(others, self["q"].value(), ["words", "location"])
        rows += _chosen(others, [self["into"].value()])
        into.choices = [(row.pk, one_line(row)) for row in dict.fromkeys(rows)]
        if not rows:
            into.help_text = _("None is much the same. Look for words that another one says.")

    def action_fields(self):
        return {name: value for name, value in super().action_fields().items() if name != "q"}


class AdoptForm(SuggestionForm):
    items = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("It becomes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One or several; the most similar come first."),
    )
    q = search_field()
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
        choices = queries.alike_items(of, items, AT_FIRST)
        choices += _matching(current, self["q"].value(), ["title", "problem", "place__name"])
        choices += _chosen(current, self["items"].value() or [])
        choices += items[: max(0, AT_FIRST - len(set(choices)))]
        field.choices = [(item.pk, f"{item} · {item.list}") for item in dict.fromkeys(choices)]
        drafts = ItemList.objects.filter(committee=of.committee_id, status=ListStatus.DRAFT)
        self.fields["item_list"].queryset = drafts
        if not drafts.exists():
            del self.fields["item_list"], self.fields["title"]

    def clean(self):
        cleaned = super().clean()
        items, item_list = cleaned.get("items"), cleaned.get("item_list")
        if items and item_list:
            self.add_error("item_list", _("Choose items, or draw up a new one: not both at once."))
        elif not items and not item_list and "items" not in self.errors:
            self.add_error("items", _("Choose the item that it becomes, or draw up a new one."))
        elif item_list and not cleaned.get("title"):
            self.add_error("title", _("Write what the matter is called."))
        return cleaned

    def action_fields(self):
        fields = super().action_fields()
        if fields.get("item_list"):
            return {name: fields[name] for name in ("item_list", "title", "text")}
        return {"items": list(fields["items"]), "text": fields["text"]}


def one_line(suggestion: Suggestion) -> str:
    """Return a suggestion as one line to choose."""
    return " · ".join(
        [
            Truncator(" ".join(suggestion.words.split())).chars(60),
            day(suggestion.received_on),
            str(SuggestionStatus(suggestion.status).label),
        ]
    )


def _matching(rows, q, columns):
    """Return the rows that contain every word of a search; none where nothing is searched."""
    q = str(q or "")[:100]
    return list(saying(rows, q, *columns)[:MOST_MATCHES]) if split(q) else []


def _chosen(rows, keys):
    keys = [int(key) for key in keys if str(key).isascii() and str(key).isdigit()]
    return list(rows.filter(pk__in=[key for key in keys if key < 2**63]))


class SearchForm(Plain, forms.Form):
    """The search among suggestions; what can't be understood is left out."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    group = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    committee = forms.ChoiceField(label=gettext_lazy("Committee"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    call = forms.ChoiceField(label=gettext_lazy("Call"), required=False)
    by = forms.CharField(required=False, widget=forms.HiddenInput)  # chosen by a link

    def __init__(self, *, choices, search):
        initial = {name: getattr(search, name) for name in self.base_fields}
        super().__init__(initial=initial, auto_id="%s")
        choices = choices | {"group": list(queries.SUGGESTION_GROUPS.items())}
        for name, known in choices.items():
            self.fields[name].choices = [("", _("All")), *known]
            if len(known) < (2 if name == "committee" else 1):
                del self.fields[name]


def parse_search(query) -> staff.SuggestionSearch:
    """Return what a query string searches for; what it can't search for is everything."""
    keys = {name: query.get(name, "") for name in ("committee", "category", "place", "call")}
    group = query.get("group", "")
    return staff.SuggestionSearch(
        q=query.get("q", "")[:100].replace("\0", ""),
        by=query.get("by", "") if query.get("by") in queries.SUGGESTION_ORDERS else "",
        group=group if group in queries.SUGGESTION_GROUPS else "",
        **{name: key if is_key(key) else "" for name, key in keys.items()},
    )


def is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
