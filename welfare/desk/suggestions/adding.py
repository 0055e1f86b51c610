"""A suggestion becomes a new item of a published list, in one form and one transaction."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import actions, rules, staff
from items.errors import Conflict, Refused
from items.models import Suggestion
from items.words import one_line
from welfare.desk import rights
from welfare.desk.drafts.forms import AddForm
from welfare.desk.fields import words
from welfare.desk.lists.views import get_list
from welfare.desk.suggestions.fetching import get_suggestion
from welfare.http.form_recovery import recovers


class AddFromSuggestionForm(AddForm):
    """An item that joins a published list on account of a suggestion, and what its sender reads."""

    text = words(gettext_lazy("The answer that the suggester reads"))
    suggestion_version = forms.IntegerField(widget=forms.HiddenInput)

    def as_seen(self, suggestion: Suggestion) -> Suggestion:
        """Return the suggestion at the version that the reader saw."""
        suggestion.version = self.cleaned_data["suggestion_version"]
        return suggestion


def begin(request, suggestion, triaged):
    """Show the form of the new item with the suggestion's words, and what was typed so far."""
    item_list = get_list_of(request, request.POST["add"], suggestion)
    return _begun(request, suggestion, item_list, triaged.data)


@recovers(AddFromSuggestionForm)
def add_from_suggestion(request, pk, slug):
    """Add an item to a published list and let a suggestion become it; what was typed is kept."""
    suggestion = get_suggestion(request, pk)
    item_list = get_list_of(request, slug, suggestion)
    if request.method != "POST":
        return _begun(request, suggestion, item_list)
    rights.ask("adopt", request, suggestion)
    rights.ask("add_item", request, item_list)
    form = AddFromSuggestionForm(request.POST, item_list=item_list)
    if not form.is_valid():
        rights.ask_now("adopt", request, suggestion)
        rights.ask_now("add_item", request, item_list)
        return add_page(request, suggestion, form, 422)
    said = {name: form.cleaned_data[name] for name in ("reason", "text")}
    said |= {"item_list": item_list, "draft": form.draft(), "yes": form.yes}
    try:
        item = actions.adopt_as_added(form.as_seen(suggestion), by=request.user, **said)
    except Refused as refused:
        status = 409 if isinstance(refused, Conflict) else 403
        suggestion = get_suggestion(request, pk)
        form.data = form.data.copy()
        form.data["suggestion_version"] = suggestion.version
        return add_page(request, suggestion, form.at_current_version(None, refused), status)
    said = _("No. %d stands on the public list now, and the suggester reads your answer.")
    messages.success(request, said % item.number)
    return redirect("desk:item", slug, item.number)


def get_list_of(request, slug, suggestion):
    """Return a list of the suggestion's committee; another's is none for it."""
    item_list = get_list(request, slug)
    if item_list.committee_id != suggestion.committee_id:
        raise Http404
    return item_list


def _begun(request, suggestion, item_list, typed=None):
    typed = typed or {}
    said = " ".join(suggestion.words.split())
    initial = {
        "title": Truncator(one_line(said)).chars(40, truncate="…"),
        "problem": suggestion.words,
        "source": _("Workers’ suggestion"),
        "category": typed.get("category") or suggestion.category_id,
        "place": typed.get("place") or suggestion.place_id,
        "text": typed.get("text", ""),
        "suggestion_version": suggestion.version,
    }
    form = AddFromSuggestionForm(item_list=item_list, initial=initial)
    return add_page(request, suggestion, form)


def add_page(request, suggestion, form, status=200):
    """Show the form of the new item under the suggestion, or why there is none."""
    person, item_list = request.user, form.item_list
    why_not = rules.why_not("adopt", person, suggestion)
    why_not = why_not or rules.why_not("add_item", person, item_list)
    context = {"at": "suggestions", "form": form, "why_not": why_not}
    context |= {"list": staff.list_head(item_list), "suggestion": staff.suggestion(suggestion)}
    context["today"] = localdate()
    if why_not and request.method != "POST":
        status = 403
    return render(request, "desk/add_from_suggestion.html", context, status=status)
