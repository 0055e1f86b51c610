"""A worker suggests something, and reads the answer later: no account, no session, no trace."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from items import actions, public, queries
from items.actions.kept_upload import Keeper
from items.errors import Refused
from items.models import Call, Suggestion
from items.privacy.receipt_codes import hashed
from items.suggestion_states import SuggestionVerb
from items.words import tidy
from welfare.front.compression import light
from welfare.http import kept_uploads
from welfare.http.form_recovery import recovers
from welfare.suggestions import hourly_limit, submission
from welfare.suggestions.code_limit import CodeAttempt
from welfare.suggestions.forms import (
    APPEAL,
    REOPEN,
    AskAgainForm,
    CodeForm,
    DisagreeForm,
    ReplyForm,
    SuggestForm,
)
from welfare.suggestions.receipt_picture import receipt_picture
from welfare.suggestions.tokens import make_known, new_nonce, read_nonce

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@recovers(SuggestForm)
@read_or_post
def suggest(request):
    """Show the form for a suggestion; take one in and show its receipt."""
    committees = queries.addressees()
    if request.method == "POST":
        return submit(request, committees)
    to = request.GET.get("to", "")
    initial = {"nonce": new_nonce(), "to": to, "location": request.GET.get("where", "")[:100]}
    initial["about"] = request.GET.get("about", "")
    initial["grade"] = request.GET.get("grade", "")
    initial["objection"] = request.GET.get("objection", "")
    initial["words"] = initial["sought"] = tidy(request.GET.get("sought", "")[:60])
    return light(form_page(request, SuggestForm(initial=initial, committees=committees, to=to)))


def submit(request, committees):
    """Submit a suggestion, or give the form back with everything that was typed."""
    sent = request.POST.copy()
    nonce = read_nonce(sent.get("nonce", ""))
    if nonce is None:
        sent["nonce"] = new_nonce()
    keeper = Keeper(form=read_nonce(sent["nonce"]).bits)
    files = kept_uploads.files_of(request, SuggestForm, keeper)
    form = SuggestForm(sent, files, committees=committees)
    if not form.committees:
        return form_page(request, form)
    if before := submission.sent_before(form, nonce):
        return receipt(request, *before)
    if form.is_valid() and nonce is None:
        form.add_error(None, _("The page was open for too long. Nothing is lost: send it again."))
    if form.is_valid() and (similar := similar_to(form)):
        return form_page(request, form, similar=similar)
    if form.is_valid():
        try:
            return receipt(request, *submission.submit(request, form, nonce))
        except hourly_limit.Reached:
            return come_back(request, form, keeper, status=429)
        except Refused as refused:
            form.add_error("photos" if files else None, str(refused))
    return come_back(request, form, keeper, status=422)


def similar_to(form):
    """Return released answers to what says much the same, once for each form.

    Nothing is stored by showing them: where photos were chosen, which a page can't give back
    without keeping them, nobody is held up.
    """
    if form.cleaned_data["seen"] or form.cleaned_data["photos"]:
        return ()
    return queries.similar_released(form.chosen, form.cleaned_data["words"])


def come_back(request, form, keeper, status):
    """Show the form again, with its photos: they are kept until it is sent, or for the day."""
    new = request.FILES and kept_uploads.may_keep(request, SuggestForm, keeper)
    kept_uploads.come_back(form, keeper if new or not request.FILES else None)
    return form_page(request, form, status=status)


def form_page(request, form, status=200, similar=()):
    """Show the form, with what is `similar` to what was typed."""
    today = localdate()
    call = form.chosen and Call.objects.open(today).filter(committee=form.chosen).first()
    context = {
        "form": form,
        "addressee": form.chosen and public.addressee(form.chosen),
        "about": form.about and public.item_links([form.about])[0][0],
        "objects_to": form.objects_to and public.announced_as(form.objects_to),
        "proposed": form.proposal and public.proposed(form.proposal.list, form.proposed),
        "similar": similar,
        "answer_by": call and call.answer_by,
        "answer_days": form.chosen and form.chosen.answer_within_days,
        "call": call and public.call_line(call, today),
        "contact_days": settings.CONTACT_DAYS,
        "full_minutes": hourly_limit.minutes_left() if status == 429 else 0,
    }
    page = render(request, "suggestions/suggest.html", context, status=status)
    return make_known(request, page)


def receipt(request, suggestion, code):
    """Show the receipt code; the same sent again shows the same."""
    address = reverse("suggestions:answer", current_app=request.resolver_match.namespace)
    context = {
        "addressee": public.addressee(suggestion.committee),
        "code": code,
        "answer_by": suggestion.answer_by,
        "received_on": suggestion.received_on,
        "answer_address": settings.SITE_URL + address,
        "picture": receipt_picture(code, suggestion.received_on, suggestion.answer_by),
    }
    return render(request, "suggestions/receipt.html", context, status=201)


@login_not_required
@recovers(ReplyForm)
@read_or_post
def answer(request):
    """Show what became of a suggestion to the one who has its code, and take a reply in."""
    if request.method != "POST":
        return light(code_page(request, CodeForm(), 200))
    form, attempt = CodeForm(request.POST), CodeAttempt(request)
    if form.is_valid():
        wait = attempt.wait()
        if wait:
            return code_page(request, form, 429, wait=wait)
        suggestion = suggestion_with(form.cleaned_data["code"])
        if suggestion:
            attempt.succeeded()
            return answer_page(request, suggestion)
        form.add_error(
            "code", _("No suggestion has this code. Look at each sign again: 0 and O are the same.")
        )
    return code_page(request, form, 422)


def code_page(request, form, status, wait=0):
    context = {"form": form, "wait": wait}
    return make_known(request, render(request, "suggestions/code.html", context, status=status))


def suggestion_with(code):
    rows = Suggestion.objects.select_related("committee__organisation", "merged_into")
    code_hash = hashed(code)
    return rows.filter(code_hash=code_hash).first() if code_hash else None


def answer_page(request, suggestion):
    """Show the answer; where words come along, take them as the reply or the question first."""
    if "photo" in request.POST:
        return result_photo(request, suggestion)
    own = {"code": request.POST["code"]}
    form, ask_form, taken = ReplyForm(initial=own), AskAgainForm(initial=own), False
    disagreed = ""
    if "words" in request.POST:
        form = ReplyForm(request.POST)
        taken = form.is_valid() and reply(suggestion, form)
    elif "question" in request.POST:
        ask_form = AskAgainForm(request.POST)
        taken = ask_form.is_valid() and ask_again(suggestion, ask_form)
    ways = queries.ways_to_disagree(suggestion, localdate())
    disagree_form = DisagreeForm(initial=own, ways=ways)
    if "why" in request.POST:
        disagree_form = DisagreeForm(request.POST, ways=ways)
        if disagree_form.is_valid() and disagree(suggestion, disagree_form):
            disagreed = disagree_form.chosen()
            disagree_form = DisagreeForm(initial=own, ways=())
    refusal = ask_for_own_words(request, suggestion)
    wrong = form.errors or ask_form.errors or disagree_form.errors
    status = 422 if wrong else 403 if refusal else 200
    context = {"page": queries.receipt_page(suggestion), "form": form, "taken": taken}
    context |= {"ask_form": ask_form, "disagree_form": disagree_form, "disagreed": disagreed}
    context |= {"refusal": refusal, "confirms": request.POST.get("take_back") == "ask"}
    return render(request, "suggestions/answer.html", context, status=status)


def result_photo(request, suggestion):
    """Show a photo of what was done in full; no address holds the code, so it is sent along."""
    key = request.POST["photo"]
    found = key.isascii() and key.isdigit() and len(key) < 19
    content = queries.result_photo(suggestion, int(key)) if found else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


def ask_for_own_words(request, suggestion):
    """Take the words back, or ask for their erasing, where that was sent; return why not."""
    try:
        if request.POST.get("take_back") == "yes" and suggestion.words:
            actions.take_words_back(suggestion)
        elif "erasing" in request.POST and suggestion.words:
            actions.ask_erasing(suggestion)
    except Refused as refused:
        return str(refused)
    return ""


def reply(suggestion, form):
    """Take a reply in, once however often it is sent; tell whether it is there."""
    return say(suggestion, form, SuggestionVerb.REPLY, actions.reply, form.cleaned_data["words"])


def ask_again(suggestion, form):
    """Take a question about the answer in, once however often it is sent; tell whether it is."""
    words = form.cleaned_data["question"]
    return say(suggestion, form, SuggestionVerb.ASK_AGAIN, actions.ask_again, words)


def disagree(suggestion, form):
    """Take in why an answer isn't the end, once however often it is sent; tell whether it is."""
    verb, act = {
        REOPEN: (SuggestionVerb.REOPEN_SUGGESTION, actions.reopen_suggestion),
        APPEAL: (SuggestionVerb.APPEAL, actions.appeal),
    }[form.chosen()]
    return say(suggestion, form, verb, act, form.cleaned_data["why"])


def say(suggestion, form, verb, act, words):
    """Let the suggester say something by an act; what was said last isn't said twice."""
    last = suggestion.entries.filter(to_suggester=True).last()
    if last and (last.verb, last.text) == (verb, words):
        return True
    try:
        act(suggestion, words=words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
