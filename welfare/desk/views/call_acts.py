"""The verbs of a call: issue it, end it early."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from items import rules
from items.errors import Conflict, Refused
from welfare.desk.views.calls import get_call


def do(request, pk, act):
    """Do a verb to a call, or say why not; what was typed is kept."""
    call = get_call(request, pk)
    if request.method != "POST":
        why_not = rules.why_not(act.verb, request.user, call)
        return act_page(request, act, act.form(call=call), 403 if why_not else 200, why_not)
    form = act.form(request.POST, call=call)
    if not form.is_valid():
        return act_page(request, act, form, 422)
    try:
        act.do(form.as_seen(), by=request.user, **form.said())
    except Refused as refused:
        again = form.shown_anew(get_call(request, pk), refused)
        return act_page(request, act, again, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, act.done)
    return redirect("desk:call", pk)


def act_page(request, act, form, status, why_not=""):
    context = {"at": "suggestions", "act": act, "form": form, "call": form.call}
    context |= {"why_not": why_not, "today": localdate()}
    return render(request, "desk/call_act.html", context, status=status)
