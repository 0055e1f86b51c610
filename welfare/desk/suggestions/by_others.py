"""What others than the office do with a suggestion: a list of what waits for them, and one form.

Who may, and what they read of it, is the domain's to say (`items.rules`, `items.queries`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate

from items import rules
from items.errors import Conflict, Refused
from items.models import Person, Suggestion
from welfare.desk import rights
from welfare.desk.suggestions.forms import SuggestionForm


@dataclass(frozen=True)
class ByOthers:
    """One verb of that kind, with its form and its pages."""

    verb: str
    form: type[SuggestionForm]
    act: Callable[..., Any]
    is_theirs: Callable[[Person, date], bool]  # whether anything of it can ever be this person's
    find: Callable[[Person, int, date], Suggestion | None]
    waiting: Callable[..., tuple]  # what waits for a person, or the one of a key
    name: str  # of the one in the page's context
    names: str  # of all of them, and the address at which they stand
    page: str
    list_page: str
    done: Promise | str

    def show_all(self, request):
        """Show what waits; to those whose it never is there is no such page."""
        today = localdate()
        if not self.is_theirs(request.user, today):
            raise Http404
        waiting = self.waiting(request.user, today)
        return render(request, self.list_page, {"at": "desk", self.names: waiting})

    def do(self, request, pk):
        """Show one with its form; do it, or say why not, with what was typed."""
        suggestion = self._get(request, pk)
        if request.method != "POST":
            why_not = rules.why_not(self.verb, request.user, suggestion)
            form = None if why_not else self.form(of=suggestion)
            return self._show(request, pk, form, 403 if why_not else 200, why_not=why_not)
        form = self.form(request.POST, of=suggestion)
        if not form.is_valid():
            rights.ask_now(self.verb, request, suggestion)
            return self._show(request, pk, form, 422)
        try:
            self.act(form.as_seen(), by=request.user, **form.action_fields())
        except Refused as refused:
            return self._refused(request, pk, form, refused)
        messages.success(request, self.done)
        return redirect(f"desk:{self.names}")

    def _get(self, request, pk):
        suggestion = self.find(request.user, pk, localdate())
        if suggestion is None:
            raise Http404
        return suggestion

    def _refused(self, request, pk, form, refused):
        """Show the form again with what was typed; a button pressed twice leads on."""
        suggestion = self._get(request, pk)
        seen = form.cleaned_data["last_seq"]
        own = suggestion.entries.filter(verb=self.verb, by=request.user, seq__gt=seen)
        if any(form.repeats(step) for step in own):
            return redirect(f"desk:{self.names}")
        again = form.at_current_version(suggestion)
        again.full_clean()
        again.say_refused(refused)
        return self._show(request, pk, again, 409 if isinstance(refused, Conflict) else 403)

    def _show(self, request, pk, form, status, why_not=""):
        shown = self.waiting(request.user, localdate(), pk)
        context = {"at": "desk", self.name: shown[0] if shown else None, "form": form}
        return render(request, self.page, context | {"why_not": why_not}, status=status)
