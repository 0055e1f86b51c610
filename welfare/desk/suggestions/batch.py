"""The list of suggestions at the desk, and one thing done with each of those that were ticked."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items import actions, queries
from items.models import Suggestion
from welfare.desk import rights
from welfare.desk.fields import words
from welfare.desk.lists.forms import offices
from welfare.desk.parameters import page_number
from welfare.desk.suggestions.forms import SearchForm, one_line, parse_search
from welfare.forms import Plain

MOST = 50  # as many as stand on a page


class MergeManyForm(Plain, forms.Form):
    """Which one of the ticked ones stays, and why the others say the same."""

    into = forms.ModelChoiceField(
        Suggestion.objects.none(),
        label=gettext_lazy("All become one with"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    text = words(gettext_lazy("A note for the history"), rows=2, required=False)

    def __init__(self, *args, ticked, **kwargs):
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        into.queryset = Suggestion.objects.filter(pk__in=[row.pk for row in ticked])
        into.choices = [(row.pk, one_line(row)) for row in ticked]


def list_page(request, status=200, ticked=(), not_done=()):
    """Show the suggestions that this person may read, some of them ticked, or refused and why."""
    search, today = parse_search(request.GET), localdate()
    page = page_number(request.GET)
    shown = queries.desk_suggestions(request.user, today, search, page=page)
    form = SearchForm(choices=queries.choices_of(request.user), search=search)
    context = {"at": "suggestions", "shown": shown, "search": search, "form": form}
    context["of_office"] = [(row.slug, row.words) for row in offices(request.user)]
    context["orders"] = queries.SUGGESTION_ORDERS
    context |= {"ticked": ticked, "not_done": not_done, "today": today}
    if not search and page == 1:
        context["sought"] = queries.sought_words(request.user)
    return render(request, "desk/suggestions.html", context, status=status)


def do(request):
    """Do one thing with each that was ticked; those that are refused keep their ticks."""
    rights.refuse("" if offices(request.user).exists() else _("The office does that."))
    ticked = _ticked(request)
    if not ticked:
        messages.error(request, _("Nothing is ticked. Tick the suggestions first."))
        return list_page(request, 422)
    if "let_in" in request.POST:
        return _told(request, ticked, actions.let_in_many(ticked, by=request.user))
    form = MergeManyForm(request.POST if "merge_into" in request.POST else None, ticked=ticked)
    if len(ticked) < 2:
        messages.error(request, _("Tick at least two that say the same."))
        return list_page(request, 422, _keys(ticked))
    if not form.is_valid():
        ticks = [f"{row.pk}.{row.version}" for row in ticked]
        context = {"at": "suggestions", "form": form, "ticks": ticks}
        status = 422 if form.is_bound else 200
        return render(request, "desk/merge_suggestions.html", context, status=status)
    into, text = form.cleaned_data["into"], form.cleaned_data["text"]
    refused = actions.merge_many(ticked, into=into, by=request.user, text=text)
    return _told(request, ticked, refused, but=1)


def _ticked(request) -> list[Suggestion]:
    """Return those that were ticked, each at the version that its reader saw."""
    seen = {}
    for tick in request.POST.getlist("tick")[:MOST]:
        key, _dot, version = tick.partition(".")
        if all(part.isascii() and part.isdigit() and len(part) < 20 for part in (key, version)):
            seen[int(key)] = int(version)
    rows = Suggestion.objects.visible_to(request.user, localdate()).filter(
        pk__in=[key for key in seen if key < 2**63]
    )
    ticked = list(rows.select_related("committee", "merged_into"))
    for row in ticked:
        row.version = seen[row.pk]
    return ticked


def _told(request, ticked, refused, but=0):
    done = len(ticked) - len(refused) - but
    if done > 0:
        said = ngettext("Done with %(n)d suggestion.", "Done with %(n)d suggestions.", done)
        messages.success(request, said % {"n": done})
    if not refused:
        return redirect(request.get_full_path())
    words_of = {row.pk: row.words for row in ticked}
    not_done = [(words_of[row.pk], row.pk, row.sentences) for row in refused]
    return list_page(request, 409, frozenset(row.pk for row in refused), not_done)


def _keys(rows):
    return frozenset(row.pk for row in rows)
