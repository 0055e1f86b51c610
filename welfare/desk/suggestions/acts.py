"""The acts on a suggestion: each verb with its label, its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from items import actions, queries
from welfare.desk.suggestions import forms


@dataclass(frozen=True)
class SuggestionAct:
    """A verb as a page: `…/<verb>/` shows `form` and calls `do(suggestion, by=…, **fields)`."""

    verb: str  # of SUGGESTION_MOVES; also the name of the action and the address
    label: Promise  # what the button says
    form: type[forms.SuggestionForm]
    do: Callable
    hint: Promise  # what it leads to
    done: Promise  # the message afterwards
    key: str = ""  # on the keyboard
    goes_on: bool = False  # the next suggestion comes afterwards
    fits: Callable = lambda suggestion: True  # else it isn't even named


def adopt(suggestion, **fields):
    """Adopt into items that there are, or into a new draft."""
    draws_up = "item_list" in fields
    return (actions.adopt_as_draft if draws_up else actions.adopt)(suggestion, **fields)


ALL = [
    SuggestionAct(
        "let_in",
        _("Let in"),
        forms.LetInForm,
        actions.let_in,
        _("It counts from then on, and is answered like any other."),
        _("It is out of moderation. Now answer it."),
        key="6",
        fits=lambda suggestion: suggestion.in_moderation,
    ),
    SuggestionAct(
        "adopt",
        _("Adopt into the list"),
        forms.AdoptForm,
        adopt,
        _("It becomes one or several items, and the suggester reads your answer with the code."),
        _("Adopted. The suggester reads the answer with the code."),
        key="1",
        goes_on=True,
    ),
    SuggestionAct(
        "settle",
        _("Done at once"),
        forms.SettleForm,
        actions.settle,
        _("It ends with a photo of the result, or when a supervisor has looked."),
        _("Written down. The suggester reads the answer with the code."),
        key="2",
        goes_on=True,
    ),
    SuggestionAct(
        "decline",
        _("Not adopt"),
        forms.DeclineForm,
        actions.decline,
        _("The suggester reads the reason with the code."),
        _("Not adopted. The suggester reads the reason with the code."),
        key="3",
        goes_on=True,
    ),
    SuggestionAct(
        "answer_again",
        _("Answer the question"),
        forms.AnswerAgainForm,
        actions.answer_again,
        _("The suggester reads it with the code. What was decided stays as it is."),
        _("Answered. The suggester reads it with the code."),
        key="q",
        fits=lambda row: not row.is_waiting and row.entries.open_questions().exists(),
    ),
    SuggestionAct(
        "merge",
        _("Put together with another one"),
        forms.MergeForm,
        actions.merge,
        _("It ends as that one ends; its code stays open, and the supporters add up."),
        _("Put together. Both codes lead to the same answer."),
        key="4",
        goes_on=True,
    ),
    SuggestionAct(
        "ask_back",
        _("Ask back"),
        forms.AskBackForm,
        actions.ask_back,
        _("The suggester reads the question with the code, and can answer there."),
        _("Asked. It comes back here with the suggester’s answer."),
        key="5",
        goes_on=True,
        fits=lambda suggestion: suggestion.code_hash,
    ),
    SuggestionAct(
        "show_answer",
        _("Show everyone the answer"),
        forms.ShowAnswerForm,
        actions.show_answer,
        _(
            "Everyone reads both. Take out names, numbers and whatever tells who wrote it;"
            " the suggester’s own words stay inside."
        ),
        _("Everyone can read it now."),
        key="e",
    ),
    SuggestionAct(
        "hide_answer",
        _("Show it no longer"),
        forms.HideAnswerForm,
        actions.hide_answer,
        _("The suggester still reads the answer with the code."),
        _("It is no longer shown to everyone."),
        fits=lambda suggestion: suggestion.shown_on,
    ),
    SuggestionAct(
        "tell_by_phone",
        _("Told by telephone"),
        forms.TellByPhoneForm,
        actions.tell_by_phone,
        _("The contact has been looked at, and the suggester was called and knows the answer."),
        _("Written down. Nobody else needs to call."),
        key="c",
        fits=queries.waits_for_call,
    ),
    SuggestionAct(
        "take_up_again",
        _("Take up again"),
        forms.TakeUpAgainForm,
        actions.take_up_again,
        _("It waits for an answer again. The answer before stays in its history."),
        _("It waits for an answer again."),
        key="r",
    ),
    SuggestionAct(
        "erase",
        _("Erase the words"),
        forms.EraseForm,
        actions.erase,
        _(
            "For privacy only. What the suggester wrote, the photos and the contact are gone for"
            " good; that it came, how it ended and what the office answered stays."
        ),
        _("The words are erased for good."),
    ),
]
# What is done in the one form of a suggestion that waits, in the order of its buttons
TRIAGE = ("adopt", "settle", "decline", "merge", "ask_back", "let_in")
SEE_CONTACT = SuggestionAct(
    "see_contact",
    _("See the contact"),
    forms.SeeContactForm,
    actions.see_contact,
    _("That you looked, when and what for stays on record for the auditors."),
    done="",
)
