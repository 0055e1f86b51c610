"""The ledger of a list at the desk, and the erasing of words in it for privacy."""

from functools import partial

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
    context["closing_names"] = queries.closing_names(item_list)
    context["may_erase"] = not rules.why_not(VERB, request.user, item_list, today=localdate())
    return render(request, "desk/list_ledger.html", context)


@recovers(EraseListWordsForm)
def erase_list_words(request, slug, seq):
    """Erase the words of an entry of a list itself, or say why not; what was typed is kept."""
    item_list = get_list(request, slug)
    entry = get_object_or_404(item_list.entries.filter(item=None), seq=seq)
    shown = {"entry": queries.list_entry(entry, request.user)}
    erase = partial(actions.erase_words, entry)
    return _erase(request, item_list, erase, entry.answers, shown, entry)


@recovers(EraseListWordsForm)
def erase_closing_name(request, slug, pk):
    """Erase a name that a closed list goes on showing, or say why not; what was typed is kept."""
    item_list = get_list(request, slug)
    name = get_object_or_404(item_list.closing_names, pk=pk)
    erase = partial(actions.erase_closing_name, name)
    erased = item_list.entries.filter(facts__erased_name=name.thing)
    return _erase(request, item_list, erase, erased, {"closing_name": queries.closing_name(name)})


def _erase(request, item_list, erase, erased, shown, entry=None):
    """Show the form, or call `erase`; `erased` are the entries that say it was done already."""
    if request.method != "POST":
        why_not = rules.why_not(VERB, request.user, item_list) or (why_kept(entry) if entry else "")
        shown |= {"form": EraseListWordsForm(), "why_not": why_not}
        return _page(request, item_list, 403 if why_not else 200, shown)
    rights.ask(VERB, request, item_list)
    form = EraseListWordsForm(request.POST)
    shown |= {"form": form}
    if not form.is_valid():
        rights.ask_now(VERB, request, item_list)
        return _page(request, item_list, 422, shown)
    try:
        erase(by=request.user, **form.action_fields())
    except Refused as refused:
        own = erased.filter(verb="correct", by=request.user)
        if not own.filter(words__text=form.cleaned_data["reason"]).exists():  # else pressed twice
            form.say_refused(refused)
            return _page(request, item_list, 409 if isinstance(refused, Conflict) else 403, shown)
    else:
        messages.success(request, _("Written into the ledger."))
    return redirect("desk:list_ledger", item_list.slug)


def _page(request, item_list, status, shown):
    """Show the form with the words that it is about, or why there is none."""
    context = {"at": "lists", "list": staff.list_head(item_list), "address": request.path} | shown
    return render(request, "desk/erase_list_words.html", context, status=status)
