"""The verbs of a list: publish it, fill it from another, close it, carry over what is left."""

from django.contrib import messages
from django.shortcuts import redirect, render

from items import queries, rules
from items.errors import Conflict, Refused
from welfare.desk.views.lists import get_list


def do(request, slug, act):
    """Do a verb to a list, or say every reason why not; what was typed is kept."""
    item_list = get_list(request, slug)
    if request.method != "POST":
        why_not = rules.why_not(act.verb, request.user, item_list)
        form = act.form(item_list=item_list)
        return act_page(request, act, form, 403 if why_not else 200, why_not=why_not)
    form = act.form(request.POST, item_list=item_list)
    if not form.is_valid():
        return act_page(request, act, form, 422)
    if form.preview:
        return act_page(request, act, form, 200)
    try:
        act.do(form.as_seen(), by=request.user, **form.said())
    except Refused as refused:
        again = form.shown_anew(get_list(request, slug), refused)
        return act_page(request, act, again, 409 if isinstance(refused, Conflict) else 403)
    into = form.said().get("into", item_list)
    messages.success(request, act.done % into)
    return redirect("desk:list", into.slug)


def act_page(request, act, form, status, why_not=""):
    """Show a verb's form, or what stands in the way."""
    reasons = [] if why_not else act.reasons(form.item_list)
    again = [error for error in form.non_field_errors() if error not in reasons]
    context = {"at": "lists", "act": act, "form": form, "list": form.item_list}
    context |= {"why_not": why_not, "reasons": reasons, "sentences": again}
    context["arithmetic"] = None if form.item_list.is_draft else queries.figures(form.item_list)
    return render(request, "desk/list_act.html", context, status=status)
