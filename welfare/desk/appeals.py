"""Appeals against answers to suggestions: the pages of whoever holds a post for reviews."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from items import actions, queries, rules
from items.errors import Conflict, Refused
from items.suggestion_states import AppealOutcome
from welfare.desk import rights
from welfare.desk.fields import words
from welfare.desk.suggestions.forms import SuggestionForm
from welfare.http.form_recovery import recovers

VERB = "answer_appeal"


class AnswerAppealForm(SuggestionForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=AppealOutcome,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy(
                "Say whether the answer stands, or the office has to answer anew."
            )
        },
    )
    text = words(gettext_lazy("Your reason; the suggester reads it"))


@require_safe
def appeals(request):
    """Show those that wait to whoever answers them; to others there is no such page."""
    today = localdate()
    if not queries.reviews_at_all(request.user, today):
        raise Http404
    waiting = queries.appeals(request.user, today)
    return render(request, "desk/appeals.html", {"at": "desk", "appeals": waiting})


@recovers(AnswerAppealForm)
def answer_appeal(request, pk):
    """Show an appeal beside what was suggested and answered; take its answer in."""
    suggestion = get_appealed(request, pk)
    if request.method != "POST":
        why_not = rules.why_not(VERB, request.user, suggestion)
        form = None if why_not else AnswerAppealForm(of=suggestion)
        return appeal_page(request, pk, form, 403 if why_not else 200, why_not=why_not)
    form = AnswerAppealForm(request.POST, of=suggestion)
    if not form.is_valid():
        rights.ask_now(VERB, request, suggestion)
        return appeal_page(request, pk, form, 422)
    try:
        actions.answer_appeal(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        return not_answered(request, pk, form, refused)
    messages.success(request, _("Answered. The suggester reads it with the code."))
    return redirect("desk:appeals")


def get_appealed(request, pk):
    suggestion = queries.appealed(request.user, pk, localdate())
    if suggestion is None:
        raise Http404
    return suggestion


def not_answered(request, pk, form, refused):
    """Show the form again with what was typed; a button pressed twice leads on."""
    suggestion = get_appealed(request, pk)
    own = suggestion.entries.filter(verb=VERB, by=request.user)
    if any(form.repeats(step) for step in own):
        return redirect("desk:appeals")
    again = form.at_current_version(suggestion)
    again.full_clean()
    again.say_refused(refused)
    return appeal_page(request, pk, again, 409 if isinstance(refused, Conflict) else 403)


def appeal_page(request, pk, form, status, why_not=""):
    shown = queries.appeals(request.user, localdate(), pk)
    context = {"at": "desk", "appeal": shown[0] if shown else None, "form": form}
    return render(request, "desk/appeal.html", context | {"why_not": why_not}, status=status)
