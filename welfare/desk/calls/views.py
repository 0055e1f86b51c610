"""Calls for suggestions at the desk: drawn up, issued to everyone, ended early if need be."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from items.models import Call
from items.suggestion_states import CALL_MOVES
from welfare.desk import rights
from welfare.desk.calls.acts import ALL
from welfare.desk.calls.forms import CallForm, NewCallForm
from welfare.desk.lists.forms import offices
from welfare.http.form_recovery import recovers


def readable(request):
    """Return the calls that this person may read, with how many suggestions came to each."""
    rows = Call.objects.visible_to(request.user, localdate()).select_related("committee")
    came = Count("suggestions", filter=Q(suggestions__in_moderation=False))
    return rows.annotate(came=came)


@require_safe
def calls(request):
    """Show the calls that this person may read; to others there are none."""
    if not queries.reads_committees(request.user):
        raise Http404
    today = localdate()
    calls = [staff.call(row, today) for row in readable(request)]
    context = {"at": "suggestions", "calls": calls, "today": today}
    context["may_write"] = offices(request.user).exists()
    return render(request, "desk/calls.html", context)


def get_call(request, pk):
    """Return a call that this person may read; to others it doesn't exist."""
    call = readable(request).filter(pk=pk).first()
    if call is None:
        raise Http404
    return call


@require_safe
def call(request, pk):
    """Show a call with its public address, and what can be done with it."""
    call = get_call(request, pk)
    why_not = {verb: rules.why_not(verb, request.user, call) for verb in CALL_MOVES}
    today = localdate()
    context = {"at": "suggestions", "call": staff.call(call, today), "today": today}
    context["address"] = f"{settings.SITE_URL}/calls/{pk}/"
    context["why_not_write"] = why_not["write_call"]
    context["acts"] = [(act, why_not[act.verb]) for act in ALL]
    context["reads_only"] = rules.barred(request.user, call.committee)
    return render(request, "desk/call.html", context)


@recovers(NewCallForm)
def write_call(request, pk=None):
    """Draw up a call, or change a draft; what was typed is kept."""
    draft = get_call(request, pk) if pk else None
    committees = offices(request.user)
    why_not = may_not_write(request, draft, committees)
    if why_not:
        return form_page(request, None, draft, 403, why_not=why_not)
    post = request.POST if request.method == "POST" else None
    form = CallForm(post, call=draft) if draft else NewCallForm(post, offices=committees)
    if not form.is_valid():
        return form_page(request, form, draft, 422 if form.is_bound else 200)
    fields = form.action_fields()
    committee = draft.committee if draft else fields.pop("committee")
    try:
        written = actions.write_call(
            committee, by=request.user, call=form.as_seen() if draft else None, **fields
        )
    except Refused as refused:
        return refused_page(request, form, draft, refused)
    messages.success(request, _("The draft is saved. Nobody outside sees it until you issue it."))
    return redirect("desk:call", written.pk)


def may_not_write(request, draft, committees):
    """Return why this person draws up no call here; "" when they may."""
    if draft:
        return rules.why_not("write_call", request.user, draft)
    return "" if committees else _("Only the office of a committee draws up a call.")


def form_page(request, form, draft, status=200, why_not=""):
    call = draft and staff.call(draft, localdate())
    context = {"at": "suggestions", "form": form, "call": call, "why_not": why_not}
    return render(request, "desk/write_call.html", context, status=status)


def refused_page(request, form, draft, refused):
    """Show the form again with the same words, and why they were not taken."""
    status = 409 if isinstance(refused, Conflict) else 403
    if draft is None:
        form.say_refused(refused)
        return form_page(request, form, None, status)
    current = get_call(request, draft.pk)
    return form_page(request, form.at_current_version(current, refused), current, status)


def do(request, pk, act):
    """Do a verb to a call, or say why not; what was typed is kept."""
    call = get_call(request, pk)
    if request.method != "POST":
        why_not = rules.why_not(act.verb, request.user, call)
        return act_page(request, act, act.form(call=call), 403 if why_not else 200, why_not)
    rights.ask(act.verb, request, call)
    form = act.form(request.POST, call=call)
    if not form.is_valid():
        rights.ask_now(act.verb, request, call)
        return act_page(request, act, form, 422)
    try:
        act.do(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        again = form.at_current_version(get_call(request, pk), refused)
        return act_page(request, act, again, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, act.done)
    return redirect("desk:call", pk)


def act_page(request, act, form, status, why_not=""):
    today = localdate()
    context = {"at": "suggestions", "act": act, "form": form, "why_not": why_not}
    context |= {"call": staff.call(form.call, today), "today": today}
    return render(request, "desk/call_act.html", context, status=status)
