"""Workers' suggestions at the desk: what waits, and one of them with all that was done."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from items import queries
from items.models import Suggestion
from welfare.desk import forms
from welfare.desk.suggestion_forms import SoughtForm, sought
from welfare.desk.triage import ALL, SEE_CONTACT


@require_safe
def suggestions(request):
    """Show the suggestions that this person may read; to others there are none."""
    if not queries.reads_committees(request.user):
        raise Http404
    wanted, today = sought(request.GET), localdate()
    page = forms.page_number(request.GET)
    shown = queries.suggestions(request.user, today, wanted, page=page)
    form = SoughtForm(choices=queries.choices_of(request.user), wanted=wanted)
    context = {"at": "suggestions", "shown": shown, "sought": wanted, "form": form}
    return render(request, "desk/suggestions.html", context | {"today": today})


def get_suggestion(request, pk):
    """Return a suggestion that this person may read; to others it doesn't exist."""
    rows = Suggestion.objects.visible_to(request.user, localdate())
    rows = rows.select_related("committee", "category", "place", "call", "merged_into")
    suggestion = rows.filter(pk=pk).first()
    if suggestion is None:
        raise Http404
    return suggestion


@require_safe
def suggestion(request, pk):
    """Show a suggestion with all that was done, what is like it, and what this person may do."""
    found, today = get_suggestion(request, pk), localdate()
    page = queries.suggestion_desk(found, request.user, today)
    context = {"at": "suggestions", "page": page, "suggestion": found, "today": today}
    context["acts"] = acts_of(page)
    return render(request, "desk/suggestion.html", context)


def acts_of(page):
    """Return each verb that fits as an act, with why this person may not."""
    acts = [(act, page.acts[act.verb]) for act in ALL if act.fits(page.suggestion)]
    return [*acts, (SEE_CONTACT, "")] if page.has_contact else acts


@require_safe
def photo(request, pk, number, small=False):
    """Show a photo that came with a suggestion, to those who may read it."""
    size = "small" if small else "large"
    photos = get_suggestion(request, pk).photos.only(size)
    content = getattr(get_object_or_404(photos, order=number - 1), size)
    # No answer of the desk is kept anywhere: welfare/front/middleware.py.
    shown = {"Content-Disposition": "inline"}
    return HttpResponse(bytes(content), content_type="image/jpeg", headers=shown)
