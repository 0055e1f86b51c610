"""Suggestions at the desk: those that wait, one with all that was done, and the acts on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from items.models import ResultPhoto
from welfare.desk import rights
from welfare.desk.suggestions import adding, batch
from welfare.desk.suggestions.acts import ALL, SEE_CONTACT, TRIAGE
from welfare.desk.suggestions.fetching import get_suggestion
from welfare.desk.suggestions.triage import BY_VERB, TriageForm
from welfare.http import kept_uploads
from welfare.http.form_recovery import recovers


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request):
    """Show the suggestions that this person may read; to others there are none.

    What is sent is one thing to be done with each that was ticked.
    """
    if not queries.reads_committees(request.user):
        raise Http404
    return batch.do(request) if request.method == "POST" else batch.list_page(request)


@recovers(TriageForm)
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request, pk):
    """Show a suggestion with all that was done and what this person may do, and triage it."""
    suggestion = get_suggestion(request, pk)
    if request.method == "POST":
        return triage(request, suggestion)
    return suggestion_page(request, suggestion)


def suggestion_page(request, suggestion, form=None, status=200, since=()):
    page = queries.suggestion_desk(suggestion, request.user, localdate())
    if form is None and not page.acts["sort"]:
        form = TriageForm(of=suggestion)
    context = {"at": "suggestions", "page": page, "suggestion": page.suggestion, "form": form}
    context |= {"acts": acts_of(suggestion, page, form), "since": since, "today": localdate()}
    return render(request, "desk/suggestion.html", context, status=status)


def acts_of(suggestion, page, form):
    """Return each verb that fits as an act, with why this person may not; the form's apart."""
    apart = TRIAGE if form else ()
    there = [act for act in ALL if act.verb not in apart and act.fits(suggestion)]
    acts = [(act, page.acts[act.verb]) for act in there]
    return [*acts, (SEE_CONTACT, "")] if page.has_contact else acts


def triage(request, suggestion):
    """Do what one button of the form says, with the marks; what was typed is kept."""
    rights.ask("sort", request, suggestion)
    keeper = kept_uploads.keeper_of(request)
    form = TriageForm(
        request.POST, kept_uploads.files_of(request, TriageForm, keeper), of=suggestion
    )
    if "add" in request.POST:
        return adding.begin(request, suggestion, form)
    if "look" in request.POST or "take" in request.POST:
        form = form.with_ready_answer() if "take" in request.POST else form.unchecked()
        kept_uploads.come_back(form, keeper)
        return suggestion_page(request, suggestion, form)
    act = BY_VERB.get(form.verb)
    if not form.is_valid():
        if sent_twice(request, act, form, suggestion):
            return redirect_onward(request, act, suggestion)
        rights.ask_now("sort", request, suggestion)
        kept_uploads.come_back(form, keeper)
        return suggestion_page(request, suggestion, form, 422)
    try:
        actions.triage(form.as_seen(), by=request.user, **form.triage_fields())
    except Refused as refused:
        return not_done(request, act, form, refused, suggestion_page)
    messages.success(request, act.done if act else _("Category and place are kept."))
    return redirect_onward(request, act, suggestion)


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
    initial = {}
    if request.GET.get("for") == "call":
        initial["why"] = _("To tell them the answer by telephone")
    return act_page(request, act, act.form(of=suggestion, initial=initial))


def act_page(request, act, form, status=200, **extra):
    context = {"at": "suggestions", "act": act, "form": form, "today": localdate()}
    suggestion = extra.pop("suggestion", None) or form.of
    context |= {"suggestion": staff.suggestion(suggestion), **extra}
    return render(request, "desk/suggestion_act.html", context, status=status)


def redirect_onward(request, act, suggestion):
    """Lead to the next one that waits, when this one is done with; else back to its page."""
    if act and not act.goes_on:
        return redirect("desk:suggestion", suggestion.pk)
    after = queries.next_to_answer(suggestion)
    if after is None:
        messages.success(request, nothing_waits(suggestion))
        return redirect("desk:suggestions")
    messages.success(request, _("This is the next one."))
    return redirect("desk:suggestion", after.pk)


def nothing_waits(suggestion):
    """Say that none waits for an answer, and how many wait to be let in."""
    moderated = queries.moderated(suggestion.committee)
    if not moderated:
        return _("No other suggestion waits for an answer.")
    said = ngettext(
        "No other suggestion waits for an answer; %(n)d waits to be let in.",
        "No other suggestion waits for an answer; %(n)d wait to be let in.",
        moderated,
    )
    return said % {"n": moderated}


def not_done(request, act, form, refused, page=None):
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
    if page:
        return page(request, suggestion, again, status, steps)
    return act_page(request, act, again, status, since=steps)


def sent_twice(request, act, form, suggestion):
    """Tell whether a button was pressed twice: what was sent is there, its photos with it."""
    seen = form.cleaned_data.get("last_seq")
    if seen is None:
        return False
    verb = act.verb if act else "sort"
    own = suggestion.entries.filter(seq__gt=seen, verb=verb, by=request.user)
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
    context["to_call"] = queries.waits_for_call(suggestion)
    return render(request, "desk/contact.html", context)
