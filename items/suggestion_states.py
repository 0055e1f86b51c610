"""State machine of a worker's suggestion and of a call: statuses, and the tables of their verbs."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.states import (
    APPEAL_REVIEWER,
    CHECKER_OF_SUGGESTION,
    OF_OFFICE,
    OFFICE,
    UNCHANGED,
    Move,
)


class SuggestionStatus(TextChoices):
    """Where a suggestion stands. Each ends with an answer, unless its suggester takes it back."""

    RECEIVED = "received", pgettext_lazy("suggestion", "Waiting for an answer")
    ASKED = "asked", pgettext_lazy("suggestion", "Asked back")
    TO_CONFIRM = "to_confirm", pgettext_lazy("suggestion", "Said to be done, not yet confirmed")
    ADOPTED = "adopted", pgettext_lazy("suggestion", "Became an item")
    SETTLED = "settled", pgettext_lazy("suggestion", "Done at once")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("suggestion", "Not adopted")
    MERGED = "merged", pgettext_lazy("suggestion", "Put together with another one")
    TAKEN_BACK = "taken_back", pgettext_lazy("suggestion", "Taken back by the suggester")


class Kind(TextChoices):
    """What a worker says it is."""

    OPINION = "opinion", _("An opinion")
    SUGGESTION = "suggestion", _("A suggestion")


class Channel(TextChoices):
    """How a suggestion came."""

    FORM = "form", pgettext_lazy("channel", "on this site")
    PAPER = "paper", pgettext_lazy("channel", "on paper")
    TELEPHONE = "telephone", pgettext_lazy("channel", "by telephone")
    MEETING = "meeting", pgettext_lazy("channel", "at a meeting")
    VISIT = "visit", pgettext_lazy("channel", "on a leader’s visit")


class Reason(TextChoices):
    """For which kind of reason a suggestion isn't adopted; the words beside it say the rest."""

    NOT_OURS = "not_ours", pgettext_lazy("reason", "Not ours to decide")
    UNDER_WAY = "under_way", pgettext_lazy("reason", "Already under way")
    NO_MONEY = "no_money", pgettext_lazy("reason", "No money for it this year")
    RULES = "rules", pgettext_lazy("reason", "Not allowed by the rules")
    WEIGHED = "weighed", pgettext_lazy("reason", "Others would be worse off by it")
    UNCLEAR = "unclear", pgettext_lazy("reason", "Not understood, and no answer when asked back")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class Found(TextChoices):
    """What a supervisor found of what the office says is done."""

    DONE = "done", pgettext_lazy("suggestion", "It is done")
    NOT_DONE = "not_done", pgettext_lazy("suggestion", "Not done, back to the office")


class AppealOutcome(TextChoices):
    """How an appeal against an answer ends."""

    STANDS = "stands", pgettext_lazy("appeal", "The answer stands")
    ANEW = "anew", pgettext_lazy("appeal", "To be answered anew")


ENTERED = (Channel.PAPER, Channel.TELEPHONE, Channel.MEETING)  # by the office

S = SuggestionStatus
UNANSWERED = frozenset({S.RECEIVED, S.ASKED})
WAITING = UNANSWERED | {S.TO_CONFIRM}  # what is only said to be done has not ended
ANSWERED = frozenset({S.ADOPTED, S.SETTLED, S.NOT_ADOPTED})
ENDED = ANSWERED | {S.MERGED}
APPEALABLE = frozenset({S.SETTLED, S.NOT_ADOPTED})

# The verbs of a suggestion: from, to, who may. Those of `BY_SUGGESTER` are done with the code.
BY_SUGGESTER = frozenset(
    {"reply", "ask_again", "reopen_suggestion", "appeal", "take_words_back", "ask_erasing"}
)
BY_REVIEWER = frozenset({"answer_appeal"})  # by the post for reviews, never by the office
BY_SUPERVISOR = frozenset({"check_settled"})  # nor this
BEGINS = frozenset({"enter_suggestion"})  # a suggestion that wasn't there before
SUGGESTION_MOVES = {
    "enter_suggestion": Move({S.RECEIVED}, UNCHANGED, OFFICE),
    "let_in": Move(UNANSWERED, UNCHANGED, OFFICE),
    "sort": Move(UNANSWERED, UNCHANGED, OFFICE),
    "ask_back": Move({S.RECEIVED}, S.ASKED, OFFICE),
    "reply": Move({S.ASKED}, S.RECEIVED, OFFICE),
    "merge": Move(UNANSWERED, S.MERGED, OFFICE),
    "adopt": Move(UNANSWERED | {S.ADOPTED}, S.ADOPTED, OFFICE),
    # With a photo it has ended; without one a supervisor looks first.
    "settle": Move(WAITING, S.TO_CONFIRM, OFFICE),
    "check_settled": Move({S.TO_CONFIRM}, UNCHANGED, CHECKER_OF_SUGGESTION, (OF_OFFICE,)),
    "decline": Move(UNANSWERED, S.NOT_ADOPTED, OFFICE),
    "ask_again": Move(ANSWERED | {S.MERGED}, UNCHANGED, OFFICE),
    "answer_again": Move(ANSWERED | {S.MERGED}, UNCHANGED, OFFICE),
    "reopen_suggestion": Move({S.SETTLED, S.MERGED}, UNCHANGED, OFFICE),
    "appeal": Move(APPEALABLE | {S.MERGED}, UNCHANGED, OFFICE),
    "answer_appeal": Move(APPEALABLE | {S.MERGED}, UNCHANGED, APPEAL_REVIEWER, (OF_OFFICE,)),
    "take_up_again": Move(ENDED | {S.TO_CONFIRM}, S.RECEIVED, OFFICE),
    "show_answer": Move(ANSWERED, UNCHANGED, OFFICE),
    "hide_answer": Move(frozenset(S), UNCHANGED, OFFICE),
    "erase": Move(frozenset(S), UNCHANGED, OFFICE),
    "take_words_back": Move(UNANSWERED | {S.MERGED}, S.TAKEN_BACK, OFFICE),
    "ask_erasing": Move(frozenset(S), UNCHANGED, OFFICE),
    "see_contact": Move(frozenset(S), UNCHANGED, OFFICE),
    "tell_by_phone": Move(ENDED, UNCHANGED, OFFICE),
}


class CallStatus(TextChoices):
    """Where a call for suggestions stands; whether it is open on a day follows from its dates."""

    DRAFT = "draft", pgettext_lazy("call", "Draft")
    ISSUED = "issued", pgettext_lazy("call", "Issued")
    ENDED = "ended", pgettext_lazy("call", "Ended early")


CALL_MOVES = {
    "write_call": Move({CallStatus.DRAFT}, UNCHANGED, OFFICE),
    "issue_call": Move({CallStatus.DRAFT}, CallStatus.ISSUED, OFFICE),
    "end_call": Move({CallStatus.ISSUED}, CallStatus.ENDED, OFFICE),
}


class SuggestionVerb(TextChoices):
    """What was done with a suggestion, in words for its history."""

    ENTER_SUGGESTION = "enter_suggestion", _("Entered by the office")
    LET_IN = "let_in", _("Taken out of moderation")
    SORT = "sort", _("Sorted")
    ASK_BACK = "ask_back", _("Asked back")
    REPLY = "reply", _("The suggester answered")
    MERGE = "merge", _("Put together with another one")
    ADOPT = "adopt", _("Became an item")
    SETTLE = "settle", _("Done at once")
    CHECK_SETTLED = "check_settled", _("A supervisor looked")
    DECLINE = "decline", _("Not adopted")
    ASK_AGAIN = "ask_again", _("The suggester asks about the answer")
    ANSWER_AGAIN = "answer_again", _("Answered once more")
    REOPEN_SUGGESTION = "reopen_suggestion", _("The suggester says that it isn’t done")
    APPEAL = "appeal", _("The suggester appeals against the answer")
    ANSWER_APPEAL = "answer_appeal", _("The appeal was answered")
    TAKE_UP_AGAIN = "take_up_again", _("Taken up again")
    SHOW_ANSWER = "show_answer", _("Shown to everyone")
    HIDE_ANSWER = "hide_answer", _("No longer shown to everyone")
    TELL_BY_PHONE = "tell_by_phone", _("Told by telephone")
    ERASE = "erase", _("Words erased")
    TAKE_WORDS_BACK = "take_words_back", _("The suggester took the words back")
    ASK_ERASING = "ask_erasing", _("The suggester asks for the words to be erased")


# What a suggester asks about an answer waits until one of these follows in its history.
SETTLES_QUESTION = frozenset(
    {
        SuggestionVerb.ANSWER_AGAIN,
        SuggestionVerb.TAKE_UP_AGAIN,
        SuggestionVerb.ADOPT,
        SuggestionVerb.SETTLE,
        SuggestionVerb.DECLINE,
    }
)
FINAL = frozenset({SuggestionVerb.ADOPT, SuggestionVerb.SETTLE, SuggestionVerb.DECLINE})


def suggestion_verbs() -> Sequence[tuple[str, str | Promise]]:
    """Return the choices of the history's column, which calls this: a new verb is no migration."""
    return SuggestionVerb.choices
