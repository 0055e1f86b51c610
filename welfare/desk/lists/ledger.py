"""The ledger of a list at the desk, and the erasing of an entry's words for privacy."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import actions, queries, rules, staff
from items.actions.erasure import why_kept
from items.errors import Conflict, Refused
from welfare.desk import rights
from welfare.desk.lists.forms import EraseListWordsForm
from welfare.desk.lists.views import get_list
from welfare.http.form_recovery import recovers

VERB = "erase_words"


@require_safe
def list_ledger(request, slug):
    """Show what was written of a list itself; what is written of its items stands with them."""
    item_list = get_list(request, slug)
    context = {"at": "lists", "list": staff.list_head(item_list)}
    context["entries"] = queries.list_ledger(item_list, request.user)
    context["may_erase"] = not rules.why_not(VERB, request.user, item_list, today=localdate())
    return render(request, "desk/list_ledger.html", context)


@recovers(EraseListWordsForm)
def erase_list_words(request, slug, seq):
    """Erase the words of an entry of a list itself, or say why not; what was typed is kept."""
    item_list = get_list(request, slug)
    entry = get_object_or_404(item_list.entries.filter(item=None), seq=seq)
    if request.method != "POST":
        why_not = rules.why_not(VERB, request.user, item_list) or why_kept(entry)
        status = 403 if why_not else 200
        return _page(request, item_list, entry, EraseListWordsForm(), status, why_not=why_not)
    rights.ask(VERB, request, item_list)
    form = EraseListWordsForm(request.POST)
    if not form.is_valid():
        rights.ask_now(VERB, request, item_list)
        return _page(request, item_list, entry, form, 422)
    try:
        actions.erase_words(entry, by=request.user, **form.action_fields())
    except Refused as refused:
        if not _sent_twice(request, entry, form):
            form.say_refused(refused)
            status = 409 if isinstance(refused, Conflict) else 403
            return _page(request, item_list, entry, form, status)
    else:
        messages.success(request, _("Written into the ledger."))
    return redirect("desk:list_ledger", slug)


def _sent_twice(request, entry, form):
    """Tell whether the same person just erased the same words: a button pressed twice."""
    own = entry.answers.filter(verb="correct", by=request.user)
    return own.filter(words__text=form.cleaned_data["reason"]).exists()


def _page(request, item_list, entry, form, status, why_not=""):
    """Show the form with the words that it is about, or why there is none."""
    context = {"at": "lists", "form": form, "why_not": why_not, "list": staff.list_head(item_list)}
    context["entry"] = queries.list_entry(entry, request.user)
    return render(request, "desk/erase_list_words.html", context, status=status)
