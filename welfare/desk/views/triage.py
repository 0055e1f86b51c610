"""The verbs of a suggestion: sorted, put together, adopted, settled, declined; asked and shown."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from items import queries, rules
from items.errors import Conflict, Refused
from welfare.desk.triage import SEE_CONTACT
from welfare.desk.views.suggestions import get_suggestion


def do(request, pk, act):
    """Do a verb to a suggestion, or say why not; what was typed is kept."""
    suggestion = get_suggestion(request, pk)
    if request.method != "POST":
        return asked(request, suggestion, act)
    form = act.form(request.POST, of=suggestion)
    if "look" in request.POST:
        return act_page(request, act, form.looked())
    if not form.is_valid():
        return act_page(request, act, form, 422)
    try:
        act.do(form.as_seen(), by=request.user, **form.said())
    except Refused as refused:
        return not_done(request, act, form, refused)
    messages.success(request, act.done)
    return onward(request, act, suggestion)


def asked(request, suggestion, act):
    """Show a verb's form, or why there is none."""
    why_not = rules.why_not(act.verb, request.user, suggestion)
    if why_not:
        return act_page(request, act, None, 403, suggestion=suggestion, why_not=why_not)
    chosen = {"items": request.GET.getlist("items")}  # from the page of the suggestion
    return act_page(request, act, act.form(of=suggestion, initial=chosen))


def act_page(request, act, form, status=200, **said):
    context = {"at": "suggestions", "act": act, "form": form, "today": localdate()}
    suggestion = said.pop("suggestion", None) or form.of
    return render(
        request, "desk/triage.html", context | {"suggestion": suggestion, **said}, status=status
    )


def onward(request, act, suggestion):
    """Lead to the next one that waits, when this one is done with; else back to its page."""
    if not act.goes_on:
        return redirect("desk:suggestion", suggestion.pk)
    after = queries.next_to_answer(suggestion)
    if after is None:
        messages.success(request, _("No other suggestion waits for an answer."))
        return redirect("desk:suggestions")
    messages.success(request, _("This is the next one."))
    return redirect("desk:suggestion", after.pk)


def not_done(request, act, form, refused):
    """Show the form again: the words are kept, and what others did meanwhile stands above."""
    suggestion = get_suggestion(request, form.of.pk)
    since = list(suggestion.entries.filter(seq__gt=form.cleaned_data["last_seq"]))
    mine = [step for step in since if (step.verb, step.by_id) == (act.verb, request.user.pk)]
    if any(form.repeats(step) for step in mine):  # a button pressed twice
        return onward(request, act, suggestion)
    again = form.shown_anew(suggestion)
    again.full_clean()
    again.say_refused(refused)
    status = 409 if isinstance(refused, Conflict) else 403
    return act_page(request, act, again, status, since=since)


def see_contact(request, pk):
    """Ask what for, write it down, then show the name and the contact in this answer alone."""
    suggestion, act = get_suggestion(request, pk), SEE_CONTACT
    if request.method != "POST":
        return asked(request, suggestion, act)
    form = act.form(request.POST, of=suggestion)
    if not form.is_valid():
        return act_page(request, act, form, 422)
    try:
        contact = act.do(suggestion, by=request.user, **form.said())
    except Refused as refused:
        return not_done(request, act, form, refused)
    context = {"at": "suggestions", "suggestion": suggestion, "contact": contact}
    return render(request, "desk/contact.html", context)
