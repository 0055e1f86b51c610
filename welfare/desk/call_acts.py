"""What is done to a call for suggestions once it is drawn up."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from items import actions
from welfare.desk import call_forms


@dataclass(frozen=True)
class CallAct:
    """A verb of a call as a page: `…/<path>/` shows `form` and calls `do(call, by=…, **said)`."""

    verb: str  # of items.outcomes.CALL_MOVES; also the name of the action and the address
    path: str
    label: Promise
    form: type[call_forms.SeenCallForm]
    do: Callable
    hint: Promise  # what it leads to
    done: Promise  # what is said afterwards


ALL = [
    CallAct(
        "issue_call",
        "issue",
        _("Issue the call"),
        call_forms.IssueForm,
        actions.issue_call,
        _("Everyone can read it from then on, and its words and days stay as they are."),
        _("The call is issued. Everyone can read it."),
    ),
    CallAct(
        "end_call",
        "end",
        _("End it early"),
        call_forms.EndForm,
        actions.end_call,
        _("It stays public, with your reason. What has come is answered all the same."),
        _("The call has ended. Your reason stands on its page."),
    ),
]
