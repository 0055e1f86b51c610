"""The acts on a call for suggestions: each verb with its label, its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from items import actions
from welfare.desk.calls import forms


@dataclass(frozen=True)
class CallAct:
    """A verb of a call as a page: `…/<path>/` shows `form` and calls `do(call, by=…, **fields)`."""

    verb: str  # of CALL_MOVES; also the name of the action and the address
    path: str
    label: Promise
    form: type[forms.CallActForm]
    do: Callable
    hint: Promise  # what it leads to
    done: Promise  # the message afterwards


ALL = [
    CallAct(
        "issue_call",
        "issue",
        _("Issue the call"),
        forms.IssueForm,
        actions.issue_call,
        _("Everyone can read it from then on, and its words and days stay as they are."),
        _("The call is issued. Everyone can read it."),
    ),
    CallAct(
        "end_call",
        "end",
        _("End it early"),
        forms.EndForm,
        actions.end_call,
        _("It stays public, with your reason. What has come is answered all the same."),
        _("The call has ended. Your reason stands on its page."),
    ),
]
