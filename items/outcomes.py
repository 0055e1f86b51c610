"""How a worker's suggestion stands and ends, and SUGGESTION_MOVES: the table of its verbs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.states import UNCHANGED


class SuggestionStatus(TextChoices):
    """Where a suggestion stands. Each of them ends with an answer."""

    RECEIVED = "received", pgettext_lazy("suggestion", "Waiting for an answer")
    ASKED = "asked", pgettext_lazy("suggestion", "Asked back")
    ADOPTED = "adopted", pgettext_lazy("suggestion", "Became an item")
    SETTLED = "settled", pgettext_lazy("suggestion", "Done at once")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("suggestion", "Not adopted")
    MERGED = "merged", pgettext_lazy("suggestion", "Put together with another one")


class Kind(TextChoices):
    """What a worker says it is."""

    OPINION = "opinion", _("An opinion")
    SUGGESTION = "suggestion", _("A suggestion")


S = SuggestionStatus
WAITING = frozenset({S.RECEIVED, S.ASKED})
ANSWERED = frozenset({S.ADOPTED, S.SETTLED, S.NOT_ADOPTED})
ENDED = ANSWERED | {S.MERGED}

# verb: (from these, to this)
SUGGESTION_MOVES = {
    "let_in": (WAITING, UNCHANGED),
    "sort": (WAITING, UNCHANGED),
    "ask_back": ({S.RECEIVED}, S.ASKED),
    "reply": ({S.ASKED}, S.RECEIVED),
    "merge": (WAITING, S.MERGED),
    "adopt": (WAITING | {S.ADOPTED}, S.ADOPTED),
    "settle": (WAITING, S.SETTLED),
    "decline": (WAITING, S.NOT_ADOPTED),
    "take_up_again": (ENDED, S.RECEIVED),
    "show_answer": (ANSWERED, UNCHANGED),
    "hide_answer": (frozenset(S), UNCHANGED),
    "erase": (frozenset(S), UNCHANGED),
    "see_contact": (frozenset(S), UNCHANGED),
}


class CallStatus(TextChoices):
    """Where a call for suggestions stands; whether it is open on a day follows from its dates."""

    DRAFT = "draft", pgettext_lazy("call", "Draft")
    ISSUED = "issued", pgettext_lazy("call", "Issued")
    ENDED = "ended", pgettext_lazy("call", "Ended early")


CALL_MOVES = {
    "write_call": ({CallStatus.DRAFT}, UNCHANGED),
    "issue_call": ({CallStatus.DRAFT}, CallStatus.ISSUED),
    "end_call": ({CallStatus.ISSUED}, CallStatus.ENDED),
}


class SuggestionVerb(TextChoices):
    """What was done with a suggestion, in words for its history."""

    LET_IN = "let_in", _("Taken out of moderation")
    SORT = "sort", _("Sorted")
    ASK_BACK = "ask_back", _("Asked back")
    REPLY = "reply", _("The suggester answered")
    MERGE = "merge", _("Put together with another one")
    ADOPT = "adopt", _("Became an item")
    SETTLE = "settle", _("Done at once")
    DECLINE = "decline", _("Not adopted")
    TAKE_UP_AGAIN = "take_up_again", _("Taken up again")
    SHOW_ANSWER = "show_answer", _("Shown to everyone")
    HIDE_ANSWER = "hide_answer", _("No longer shown to everyone")
    ERASE = "erase", _("Words erased")
