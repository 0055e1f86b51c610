"""A worker says that somebody told them what to press; only who reviews reads it."""

import hashlib

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
from items.actions.step import LONGEST
from items.errors import Refused
from welfare import tallies
from welfare.forms import Plain
from welfare.front.compression import light
from welfare.http.client_address import client_address, network_of
from welfare.http.form_recovery import recovers
from welfare.suggestions.forms import Honeypot, WrittenField
from welfare.suggestions.tokens import new_nonce, read_nonce


class CoachingForm(Plain, forms.Form):
    words = WrittenField(
        label=gettext_lazy("Who told you what to answer, and when"),
        rows=4,
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Write who told you what to answer, and when."),
        },
    )
    more = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=Honeypot({"tabindex": "-1", "autocomplete": "off"}),
    )
    nonce = forms.CharField(widget=forms.HiddenInput, required=False)


@login_not_required
@recovers(CoachingForm)
@require_http_methods(["GET", "HEAD", "POST"])
def coaching(request, slug, number):
    """Take in what a worker writes of coached answers, and say who reads it."""
    found = queries.verdict_page(slug, number, localdate())
    if found is None:
        raise Http404
    item, page = found
    refusal = actions.why_not_told(item)
    if request.method != "POST":
        form = CoachingForm(initial={"nonce": new_nonce()})
        return light(coaching_page(request, page, form, refusal))
    sent, nonce = request.POST.copy(), read_nonce(request.POST.get("nonce", ""))
    if nonce is None:
        sent["nonce"] = new_nonce()
    form = CoachingForm(sent)
    if form.is_valid() and (nonce is None or nonce.too_fast or form.cleaned_data["more"]):
        form.add_error(None, _("The page was open for too long. Nothing is lost: send it again."))
    if form.is_valid():
        try:
            keep(request, item, form.cleaned_data["words"], nonce)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return coaching_page(request, page, None, "", status=201)
    return coaching_page(request, page, form, refusal, status=422)


def keep(request, item, words, nonce):
    """Keep the words, unless far more than is usual come from one network within the hour."""
    network = network_of(client_address(request))
    tallies.forget_earlier()
    with transaction.atomic():
        (tally,) = tallies.locked(("coachings of place", network))
        tally.count += 1
        tally.save()
        if tally.count > settings.SUGGESTIONS_PER_ADDRESS:
            raise Refused(_("Too many came from this network within the hour. Send it later."))
        actions.tell_coaching(item, words=words, key=key_of(nonce))


def key_of(nonce) -> int:
    """Return the row's key: the form's own random bits, so that it is kept once."""
    digest = hashlib.sha256(f"coaching\0{nonce.bits}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1 or 1


def coaching_page(request, page, form, refusal, status=200):
    context = {"page": page, "addressee": page.addressee, "form": form, "refusal": refusal}
    return render(request, "suggestions/coaching.html", context, status=status)
