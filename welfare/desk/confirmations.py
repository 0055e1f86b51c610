"""What the office says is done at once: the pages of the supervisors who confirm it."""

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
from items.suggestion_states import Found
from welfare.desk import rights
from welfare.desk.fields import words
from welfare.desk.suggestions.forms import SuggestionForm
from welfare.http.form_recovery import recovers

VERB = "check_settled"


class CheckSettledForm(SuggestionForm):
    found = forms.ChoiceField(
        label=gettext_lazy("Is it done?"),
        choices=Found,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it is done.")},
    )
    text = words(gettext_lazy("What you found; the suggester reads it"))


@require_safe
def to_confirm(request):
    """Show what waits to whoever confirms it; to others there is no such page."""
    today = localdate()
    if not queries.supervises_at_all(request.user, today):
        raise Http404
    waiting = queries.to_confirm(request.user, today)
    return render(request, "desk/to_confirm.html", {"at": "desk", "waiting": waiting})


@recovers(CheckSettledForm)
def check_settled(request, pk):
    """Show what the office says was done; take in what the supervisor found."""
    suggestion = get_said_done(request, pk)
    if request.method != "POST":
        why_not = rules.why_not(VERB, request.user, suggestion)
        form = None if why_not else CheckSettledForm(of=suggestion)
        return check_page(request, pk, form, 403 if why_not else 200, why_not=why_not)
    form = CheckSettledForm(request.POST, of=suggestion)
    if not form.is_valid():
        rights.ask_now(VERB, request, suggestion)
        return check_page(request, pk, form, 422)
    try:
        actions.check_settled(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        return not_checked(request, pk, form, refused)
    messages.success(request, _("Written down. The suggester reads it with the code."))
    return redirect("desk:to_confirm")


def get_said_done(request, pk):
    suggestion = queries.said_done(request.user, pk, localdate())
    if suggestion is None:
        raise Http404
    return suggestion


def not_checked(request, pk, form, refused):
    """Show the form again with what was typed; a button pressed twice leads on."""
    suggestion = get_said_done(request, pk)
    seen = form.cleaned_data["last_seq"]
    own = suggestion.entries.filter(verb=VERB, by=request.user, seq__gt=seen)
    if any(form.repeats(step) for step in own):
        return redirect("desk:to_confirm")
    again = form.at_current_version(suggestion)
    again.full_clean()
    again.say_refused(refused)
    return check_page(request, pk, again, 409 if isinstance(refused, Conflict) else 403)


def check_page(request, pk, form, status, why_not=""):
    shown = queries.to_confirm(request.user, localdate(), pk)
    context = {"at": "desk", "said": shown[0] if shown else None, "form": form}
    return render(request, "desk/check_settled.html", context | {"why_not": why_not}, status=status)
