"""The forms of a suggestion, of its receipt code and of a reply: little, most of it optional."""

from django import forms
from django.core.validators import slug_re
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from items import queries
from items.actions.attached_photos import MOST_AT_ONCE
from items.actions.entered_suggestion import too_many
from items.actions.step import LONGEST
from items.actions.suggestion import NOT_UP_ANY_MORE
from items.models import Committee
from items.models.organisation import at_address
from items.states import SAID_OF_ITEM
from items.suggestion_states import Kind
from welfare.forms import PhotosField, Plain
from welfare.suggestions.keeping import keeper_of


class Honeypot(forms.TextInput):
    """A field that nobody sees; what fills it in is a program."""

    is_hidden = True


class NameField(forms.ModelChoiceField):
    """A choice by its name in the reader's language."""

    def label_from_instance(self, row):
        return row.words.in_language(get_language() or "")[0]


class WrittenField(forms.CharField):
    """What somebody says in their own words, on so many lines."""

    def __init__(self, *, rows=1, **how):
        widget = forms.Textarea({"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(widget=widget, **how)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted, unsaid
        self.error_messages["max_length"] = _(
            "That is too long: %(limit_value)d letters are the most."
            " Say it shorter, or send it in two."
        )


class SuggestForm(Plain, forms.Form):
    """A suggestion; `to` is asked where there are several committees."""

    keeper_of = staticmethod(keeper_of)  # of photos that come back with a page that was stopped

    to = NameField(
        Committee.objects.none(),
        to_field_name="slug",
        label=_("To which committee"),
        empty_label=_("Choose"),
    )
    words = WrittenField(
        rows=5,
        label=_("What is it about?"),
        max_length=LONGEST,
        error_messages={"required": _("Write what it is about.")},
    )
    location = WrittenField(
        label=pgettext_lazy("suggestion", "Where"), max_length=100, required=False
    )
    photos = PhotosField(
        label=_("Photos, up to three"),
        required=False,
        help_text=_("They aren’t published; where and when they were taken is cut out of them."),
    )
    kind = forms.ChoiceField(
        label=_("It is"), choices=Kind, widget=forms.RadioSelect, required=False
    )
    name = WrittenField(label=_("Your name, or what to call you"), max_length=50, required=False)
    contact = WrittenField(label=_("How to reach you"), max_length=100, required=False)
    more = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=Honeypot({"tabindex": "-1", "autocomplete": "off"}),
    )
    nonce = forms.CharField(widget=forms.HiddenInput, required=False)
    # The item that it is about, as in "plant-2026/17"; the page shows it as a tick.
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    # What was said of that item just before; one that doesn't fit is none.
    grade = forms.CharField(widget=forms.HiddenInput, required=False)
    # That it objects to what of the item, or of the draft list, is up for objections.
    objection = forms.CharField(widget=forms.HiddenInput, required=False)
    # That similar ones were shown already: nobody is held up twice.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    sought = forms.CharField(widget=forms.HiddenInput, required=False)  # in vain, on a board

    MORE = ("name", "contact", "kind")  # what stands folded

    def __init__(self, *args, committees, to=None, **kwargs):
        super().__init__(*args, **kwargs)
        sent = self.data if self.is_bound else self.initial
        named = sent.get("about") or ""
        about = queries.public_item(named) if named else None
        # A draft list that is up, and the item on it; the list alone where it is meant as a whole
        self.proposal, self.proposed = None, None
        if named and sent.get("objection") and not about:
            self.proposal, self.proposed = queries.proposal_at(named, localdate()) or (None, None)
        to = (self.data.get("to") if self.is_bound else to) or ""
        of = about.list if about else self.proposal.list if self.proposal else None
        to = to or (of.committee.slug if of else "")
        self.chosen = committees.filter(at_address(to)).first() if slug_re.match(to) else None
        if self.chosen:
            self._choose(self.chosen.slug)
        is_named = self.is_bound and self.chosen
        # So many as tell whether there is a choice: a company has a thousand.
        self.committees = [self.chosen] if is_named else list(committees[:2])
        self.fields["to"].queryset = committees
        if len(self.committees) == 1 and not is_named:
            self.chosen = self.committees[0]
            del self.fields["to"]
        # Of another committee, or not public (any more): it is about none.
        self.about = about if about and about.list.committee == self.chosen else None
        said = sent.get("grade") or ""
        self.grade = said if self.about and said in dict(SAID_OF_ITEM) else ""
        self.objects_to = None
        if self.about and sent.get("objection"):
            self.objects_to = queries.open_announcement(self.about, localdate())
        elif self.proposal and self.proposal.list.committee == self.chosen:
            self.objects_to = self.proposal
        else:
            self.proposal = self.proposed = None
        for field in ("name", "contact"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def _choose(self, slug):
        """Choose a committee by its present address, also where it was called by a former one."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["to"] = slug
        else:
            self.initial["to"] = slug

    def clean(self):
        said = self.cleaned_data
        if said.get("objection") and said.get("about") and not self.objects_to:
            raise forms.ValidationError(NOT_UP_ANY_MORE)
        return super().clean()

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_AT_ONCE:
            raise forms.ValidationError(too_many())
        return photos

    @property
    def said(self) -> str:
        """Return in words what was said of the item; "" where nothing was."""
        return str(dict(SAID_OF_ITEM).get(self.grade, ""))

    @property
    def shows_more(self) -> bool:
        """Tell whether a field that stands folded holds something, or an error."""
        fields = [name for name in self.MORE if name in self.fields]
        return any(self[name].value() or self.has_error(name) for name in fields)

    def typed(self) -> list[str]:
        """Return what was typed, as it was typed: the same again is no second suggestion."""
        names = ("words", "location", "kind", "name", "contact")
        about = [f"about {self.about.pk}"] if self.about else []
        about += [f"grade {self.grade}"] if self.grade else []
        about += [f"objects to {self.objects_to.pk}"] if self.objects_to else []
        about += [f"number {self.proposed.number}"] if self.proposed else []
        return [str(self.chosen.pk), *(self.data.get(name, "") for name in names), *about]

    def action_fields(self) -> dict:
        """Return the arguments of `actions.suggest` that the form asks for."""
        names = ("words", "location", "kind", "name", "contact")
        fields = {name: self.cleaned_data[name] for name in names if name in self.fields}
        kept = {"about": self.about, "grade": self.grade, "sought": self.cleaned_data["sought"]}
        kept |= {"objects_to": self.objects_to}
        kept |= {"objects_to_number": self.proposed and self.proposed.number}
        return {"committee": self.chosen} | kept | fields


class CodeForm(Plain, forms.Form):
    """The receipt code, typed or pasted."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=100,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Four groups of four, such as 7KQ2-M9XD-01AB-CDEF. Small letters will do."),
        error_messages={"required": _("Type your receipt code.")},
    )


class AskAgainForm(Plain, forms.Form):
    """What an answer left unclear."""

    code = forms.CharField(widget=forms.HiddenInput)
    question = WrittenField(
        rows=3,
        label=_("What isn’t clear yet?"),
        max_length=LONGEST,
        error_messages={"required": _("Write what isn’t clear yet.")},
    )


REOPEN, APPEAL = "reopen", "appeal"
WAYS = {
    REOPEN: _("It isn’t done: back to the office, which reads what you write"),
    APPEAL: _("I don’t accept the answer: others look, and the office doesn’t read what you write"),
}


class DisagreeForm(Plain, forms.Form):
    """Why an answer isn't the end of it; where it goes is a choice, if there are two ways."""

    code = forms.CharField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("Where does it go?"),
        choices=list(WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it goes.")},
    )
    why = WrittenField(
        rows=4,
        label=_("What isn’t right?"),
        max_length=LONGEST,
        error_messages={"required": _("Write what isn’t right.")},
    )

    def __init__(self, *args, ways, **kwargs):
        super().__init__(*args, **kwargs)
        if len(ways) < 2:  # nothing to choose; the same sent twice says its way
            self.fields["way"].required = False
            self.fields["way"].widget = forms.HiddenInput()
            self.initial["way"] = self.only = ways[0] if ways else APPEAL

    def chosen(self) -> str:
        return self.cleaned_data["way"] or self.only


class ReplyForm(Plain, forms.Form):
    """An answer to what the office asked back."""

    code = forms.CharField(widget=forms.HiddenInput)
    words = WrittenField(
        rows=4,
        label=_("Your answer"),
        max_length=LONGEST,
        error_messages={"required": _("Write your answer.")},
    )
