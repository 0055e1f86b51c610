"""Triage: the one form of a suggestion that waits, with its marks, similar ones, answer and verb.

Each verb checks what it needs by its own form (`welfare.desk.suggestions.acts`); here they stand
together, and the button that is pressed says which of them counts.
"""

from copy import copy
from functools import cached_property, partial

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import actions
from items.actions import Shown
from items.models import Category, ItemList, Place
from items.states import ListStatus
from items.suggestion_states import ANSWERED, SUGGESTION_MOVES, SuggestionStatus
from welfare.desk.edit_conflicts import VERSION_FIELDS
from welfare.desk.fields import words
from welfare.desk.suggestions.acts import ALL, TRIAGE
from welfare.desk.suggestions.forms import SuggestionForm

BY_VERB = {act.verb: act for act in ALL}
CHIPS = 12  # categories that stand side by side; more are a list that opens
# Verbs after which everyone may read the answer
ANSWERS = [
    verb
    for verb in TRIAGE
    if SUGGESTION_MOVES[verb].target in ANSWERED | {SuggestionStatus.TO_CONFIRM}
]


class TriageForm(SuggestionForm):
    """All that the office does with a suggestion that waits."""

    category = forms.ModelChoiceField(
        None, label=gettext_lazy("Category"), required=False, empty_label=gettext_lazy("none")
    )
    place = forms.ModelChoiceField(
        None, label=gettext_lazy("Place"), required=False, empty_label=gettext_lazy("none")
    )
    ready = forms.ChoiceField(label=gettext_lazy("Ready-made answer"), required=False)
    text = words(
        gettext_lazy("The answer"),
        rows=5,
        required=False,
        help_text=gettext_lazy(
            "What the suggester reads: the answer, or what you want to know. For putting together,"
            " a note that stays inside."
        ),
    )
    show = forms.BooleanField(label=gettext_lazy("Show everyone the answer, too"), required=False)
    shown_words = words(
        gettext_lazy("What was suggested, as everyone reads it"),
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Take out names, numbers and whatever tells who wrote it. Everyone reads the answer as"
            " it stands above."
        ),
    )

    def fit(self, of):
        self.verb = self.data.get("verb", "") if self.is_bound else ""
        self.ready_answers = dict(actions.ready_answers_of(of.committee).answers)
        names = [(name, name) for name in self.ready_answers]
        self.fields["ready"].choices = [("", _("Choose one")), *names]
        self.fields["text"].widget.attrs |= {"data-key": "w", "data-does": _("write the answer")}
        self._fit_marks(of)
        known = {"category": of.category_id, "place": of.place_id, "shown_words": of.words}
        self.initial = known | self.initial
        self.parts = {verb: self._part(BY_VERB[verb]) for verb in TRIAGE if BY_VERB[verb].fits(of)}
        there = {name: part.fields[name] for part in self.parts.values() for name in part.fields}
        for name in OF_PARTS:
            if name in there:
                self.fields[name] = copy(there[name])
                self.fields[name].required = False
            else:
                del self.fields[name]

    def _fit_marks(self, of):
        for name, model in [("category", Category), ("place", Place)]:
            known = model.objects.filter(committee=of.committee_id)
            rows, field = list(known.order_by("name")), self.fields[name]
            if not rows:
                del self.fields[name]
                continue
            if name == "category" and len(rows) <= CHIPS:
                field.widget = forms.RadioSelect()
            field.queryset = known
            field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in rows)]

    def _part(self, act):
        if self.is_bound:
            return act.form(self.data, self.files, of=self.of)
        return act.form(of=self.of, initial=self.initial)

    def clean(self):
        cleaned = super().clean()
        part = self.parts.get(self.verb)
        if part and not part.is_valid():
            for name, errors in part.errors.as_data().items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, errors)
        if cleaned.get("show"):
            if self.verb not in ANSWERS:
                self.add_error("show", _("Everyone can read an answer alone. Take the tick away."))
            elif not cleaned.get("shown_words"):
                self.add_error(
                    "shown_words", _("Write what was suggested, as everyone may read it.")
                )
        return cleaned

    def triage_fields(self) -> dict:
        """Return the arguments of `actions.triage`."""
        fields = {name: self.cleaned_data.get(name) for name in ("category", "place")}
        if part := self.parts.get(self.verb):
            told = part.action_fields()
            fields["photos"] = told.pop("photos", ())
            fields["other"] = told["into"].root.pk if "into" in told else None
            fields["act"] = partial(BY_VERB[self.verb].do, **told)
        if self.cleaned_data["show"]:
            said = self.cleaned_data["shown_words"], self.cleaned_data["text"]
            fields["shown"] = Shown(*said, yes=self.yes)
        return fields

    def repeats(self, step) -> bool:
        part = self.parts.get(self.verb)
        return part.repeats(step) if part and part.is_valid() else self.verb == "sort"

    def unchecked(self, **typed):
        """Return the form with all that was typed, and `typed` besides, unchecked as yet."""
        data = self.data.copy()
        for name, value in typed.items():
            data[name] = value
        again = type(self)(data, self.files, of=self.of)
        again._errors, again.cleaned_data = ErrorDict(), {}
        return again

    def with_ready_answer(self):
        """Return the form with the chosen answer after what is written already."""
        chosen = self.ready_answers.get(self.data.get("ready", ""), "")
        text = filter(None, [self.data.get("text", "").rstrip(), chosen])
        return self.unchecked(text="\n".join(text), ready="")

    # How it is shown

    @property
    def buttons(self):
        return [BY_VERB[verb] for verb in TRIAGE if verb in self.parts]

    @cached_property
    def lists(self):
        """Return the published lists to which an item can be added on account of it."""
        lists = ItemList.objects.filter(committee=self.of.committee_id)
        lists = lists.filter(status=ListStatus.PUBLISHED).order_by("-year", "pk")
        return [(item_list.slug, item_list.words) for item_list in lists]

    @property
    def draws_up(self) -> bool:
        """Tell whether something is typed of a new draft, or wrong with it."""
        names = [name for name in ("item_list", "title") if name in self.fields]
        return any(self[name].value() or self[name].errors for name in names)


OF_PARTS = dict.fromkeys(
    name
    for verb in TRIAGE
    for name in BY_VERB[verb].form.base_fields
    if name not in (*VERSION_FIELDS, "text")
)
for _verb in TRIAGE:  # so that a page that was stopped knows them by their labels
    for _name, _field in BY_VERB[_verb].form.base_fields.items():
        TriageForm.base_fields.setdefault(_name, _field)
