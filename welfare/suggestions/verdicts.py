"""A worker says whether an item is done: four buttons, no account, nothing that leads back."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from items import actions, queries
from items.errors import Refused
from items.privacy.wall_codes import is_wall_code
from items.states import Grade
from welfare import tallies
from welfare.forms import Plain
from welfare.front.compression import light
from welfare.http.client_address import client_address, network_of
from welfare.http.form_recovery import recovers
from welfare.suggestions.forms import Honeypot
from welfare.suggestions.tokens import browser_of, make_known, new_nonce, read_nonce

LONGEST_CODE = 40  # letters; what is longer is none
TOO_FAST = timedelta(seconds=1)  # nobody reads four buttons so quickly
KNOWN = timedelta(days=400)  # so long a browser that answered stays known: no round is as long


class VerdictForm(Plain, forms.Form):
    """One of four answers; each is a button of its own."""

    grade = forms.ChoiceField(
        label=gettext_lazy("What you say"),
        choices=Grade,
        error_messages={
            "required": gettext_lazy("Choose one of the four answers."),
            "invalid_choice": gettext_lazy("Choose one of the four answers."),
        },
    )
    more = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=Honeypot({"tabindex": "-1", "autocomplete": "off"}),
    )
    nonce = forms.CharField(widget=forms.HiddenInput, required=False)
    # From the sheet on the wall. It marks the answer; a wrong one is no reason to refuse it.
    wall = forms.CharField(widget=forms.HiddenInput, required=False)


@login_not_required
@recovers(VerdictForm)
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request, slug, number):
    """Ask whether an item is done, and keep what is answered."""
    found = queries.verdict_page(slug, number, localdate())
    if found is None:
        raise Http404
    item, page = found
    if request.method != "POST":
        wall = request.GET.get("wall", "")[:LONGEST_CODE]
        form = VerdictForm(initial={"nonce": new_nonce(), "wall": wall})
        response = form_page(request, item, page, form)
        return response if wall else light(response)
    return keep(request, item, page)


def keep(request, item, page):
    """Keep an answer and say so, or say why not."""
    sent, nonce = request.POST.copy(), read_nonce(request.POST.get("nonce", ""), TOO_FAST)
    if nonce is None:
        sent["nonce"] = new_nonce()
    form = VerdictForm(sent)
    if form.is_valid() and nonce is None:
        form.add_error(None, _("The page was open for too long. Press your answer again."))
    elif form.is_valid() and nonce.too_fast:
        form.add_error(None, _("That was very quick. Read the four answers, and press yours."))
    if form.is_valid():
        try:
            give(request, item, form, nonce)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return kept_page(request, page, Grade(form.cleaned_data["grade"]))
    return form_page(request, item, page, form, status=422)


def give(request, item, form, nonce):
    """Give the answer, counted apart where it isn't sure that it comes from one phone of many."""
    browser, network = browser_of(request), network_of(client_address(request))
    with transaction.atomic():
        (tally,) = tallies.locked(("verdicts of place", network))
        tally.count += 1
        tally.save()
        usual = tally.count <= settings.VERDICTS_PER_ADDRESS
        actions.give_verdict(
            item,
            grade=form.cleaned_data["grade"],
            browser=browser or nonce.bits,
            verified=bool(browser) and usual and not form.cleaned_data["more"],
            from_wall=is_from_wall(form.cleaned_data["wall"], item),
        )


def is_from_wall(typed, item):
    """Tell whether the code was typed that stands on the sheet of the item's list on the wall."""
    return bool(typed) and is_wall_code(typed, item.list_id, localdate())


def form_page(request, item, page, form, status=200):
    context = {"page": page, "addressee": page.addressee, "form": form}
    context["wall"] = wall = form["wall"].value() or ""
    context["from_wall"] = is_from_wall(wall, item)
    response = render(request, "suggestions/verdict.html", context, status=status)
    return make_known(request, response)


def kept_page(request, page, grade):
    """Say what was answered, when it is counted, and how words are added."""
    context = {"page": page, "addressee": page.addressee, "grade": grade}
    context["asks_words"] = grade in (Grade.NEARLY, Grade.NOT_DONE)
    response = render(request, "suggestions/verdict_kept.html", context, status=201)
    return make_known(request, response, kept=KNOWN, again=True)
