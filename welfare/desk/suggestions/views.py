"""Suggestions at the desk: those that wait, one with all that was done, and the acts on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import queries, rules, staff
from items.errors import Conflict, Refused
from items.models import ResultPhoto, Suggestion
from welfare.desk import rights
from welfare.desk.lists.forms import offices
from welfare.desk.parameters import page_number
from welfare.desk.suggestions.acts import ALL, SEE_CONTACT
from welfare.desk.suggestions.forms import SearchForm, parse_search
from welfare.http import kept_uploads


@require_safe
def suggestions(request):
    """Show the suggestions that this person may read; to others there are none."""
    if not queries.reads_committees(request.user):
        raise Http404
    search, today = parse_search(request.GET), localdate()
    page = page_number(request.GET)
    shown = queries.desk_suggestions(request.user, today, search, page=page)
    form = SearchForm(choices=queries.choices_of(request.user), search=search)
    context = {"at": "suggestions", "shown": shown, "search": search, "form": form}
    context["may_enter"] = offices(request.user).exists()
    if not search and page == 1:
        context["sought"] = queries.sought_words(request.user)
    return render(request, "desk/suggestions.html", context | {"today": today})


def get_suggestion(request, pk):
    """Return a suggestion that this person may read; to others it doesn't exist."""
    rows = Suggestion.objects.visible_to(request.user, localdate())
    rows = rows.select_related(
        "committee",
        "category",
        "place",
        "call",
        "merged_into",
        "about__list",
        "under_way__list",
    )
    suggestion = rows.filter(pk=pk).first()
    if suggestion is None:
        raise Http404
    return suggestion


@require_safe
def suggestion(request, pk):
    """Show a suggestion with all that was done, what is like it, and what this person may do."""
    suggestion, today = get_suggestion(request, pk), localdate()
    page = queries.suggestion_desk(suggestion, request.user, today)
    context = {"at": "suggestions", "page": page, "suggestion": page.suggestion, "today": today}
    context["acts"] = acts_of(suggestion, page)
    return render(request, "desk/suggestion.html", context)


def acts_of(suggestion, page):
    """Return each verb that fits as an act, with why this person may not."""
    acts = [(act, page.acts[act.verb]) for act in ALL if act.fits(suggestion)]
    return [*acts, (SEE_CONTACT, "")] if page.has_contact else acts


@require_safe
def photo(request, pk, number, small=False):
    """Show a photo that came with a suggestion, to those who may read it."""
    size = "small" if small else "large"
    photos = get_suggestion(request, pk).photos.only(size)
    content = getattr(get_object_or_404(photos, order=number - 1), size)
    # No answer of the desk is kept anywhere: welfare/front/middleware.py.
    headers = {"Content-Disposition": "inline"}
    return HttpResponse(bytes(content), content_type="image/jpeg", headers=headers)


@require_safe
def result_photo(request, pk, number):
    """Show a photo of a result in full, to those who may read the suggestion."""
    photos = ResultPhoto.objects.filter(entry__suggestion=get_suggestion(request, pk))
    content = get_object_or_404(photos.only("large"), pk=number).large
    headers = {"Content-Disposition": "inline"}
    return HttpResponse(bytes(content), content_type="image/jpeg", headers=headers)


def do(request, pk, act):
    """Do a verb to a suggestion, or say why not; what was typed is kept."""
    suggestion = get_suggestion(request, pk)
    if request.method != "POST":
        return form_page(request, suggestion, act)
    rights.ask(act.verb, request, suggestion)
    keeper = kept_uploads.keeper_of(request)
    files = kept_uploads.files_of(request, act.form, keeper)
    form = act.form(request.POST, files, of=suggestion)
    if "look" in request.POST:
        return act_page(request, act, form.searched())
    if not form.is_valid():
        if sent_twice(request, act, form, suggestion):
            return redirect_onward(request, act, suggestion)
        rights.ask_now(act.verb, request, suggestion)
        kept_uploads.come_back(form, keeper)
        return act_page(request, act, form, 422)
    try:
        act.do(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        return not_done(request, act, form, refused)
    messages.success(request, act.done)
    return redirect_onward(request, act, suggestion)


def form_page(request, suggestion, act):
    """Show a verb's form, or why there is none."""
    why_not = rules.why_not(act.verb, request.user, suggestion)
    if why_not:
        return act_page(request, act, None, 403, suggestion=suggestion, why_not=why_not)
    initial = {"items": request.GET.getlist("items")}  # from the page of the suggestion
    return act_page(request, act, act.form(of=suggestion, initial=initial))


def act_page(request, act, form, status=200, **extra):
    context = {"at": "suggestions", "act": act, "form": form, "today": localdate()}
    suggestion = extra.pop("suggestion", None) or form.of
    context |= {"suggestion": staff.suggestion(suggestion), **extra}
    return render(request, "desk/suggestion_act.html", context, status=status)


def redirect_onward(request, act, suggestion):
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
    if sent_twice(request, act, form, suggestion):
        return redirect_onward(request, act, suggestion)
    since = suggestion.entries.filter(seq__gt=form.cleaned_data["last_seq"])
    again = form.at_current_version(suggestion)
    again.full_clean()
    again.say_refused(refused)
    kept_uploads.come_back(again, kept_uploads.keeper_of(request), refused.sentences)
    status = 409 if isinstance(refused, Conflict) else 403
    steps = [staff.suggestion_step(step) for step in since]
    return act_page(request, act, again, status, since=steps)


def sent_twice(request, act, form, suggestion):
    """Tell whether a button was pressed twice: what was sent is there, its photos with it."""
    seen = form.cleaned_data.get("last_seq")
    if seen is None:
        return False
    own = suggestion.entries.filter(seq__gt=seen, verb=act.verb, by=request.user)
    return any(form.repeats(step) for step in own)


def see_contact(request, pk):
    """Ask what for, write it down, then show the name and the contact in this answer alone."""
    suggestion, act = get_suggestion(request, pk), SEE_CONTACT
    if request.method != "POST":
        return form_page(request, suggestion, act)
    rights.ask(act.verb, request, suggestion)
    form = act.form(request.POST, of=suggestion)
    if not form.is_valid():
        return act_page(request, act, form, 422)
    try:
        contact = act.do(suggestion, by=request.user, **form.action_fields())
    except Refused as refused:
        return not_done(request, act, form, refused)
    context = {"at": "suggestions", "suggestion": staff.suggestion(suggestion)}
    context["contact"] = staff.contact(contact)
    return render(request, "desk/contact.html", context)
