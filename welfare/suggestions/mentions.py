"""The page on which somebody says that a released suggestion is theirs, too: one button."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from items import actions, public, queries
from welfare import tallies
from welfare.front.compression import light
from welfare.http.client_address import client_address, network_of
from welfare.suggestions.tokens import browser_of, make_known


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mention(request, suggestion):
    """Show a released suggestion with the button; count a press, once for each browser."""
    row = queries.released_suggestion(suggestion)
    if row is None:
        raise Http404
    browser, taken = browser_of(request), ""
    if request.method == "POST" and browser:
        taken = "counted" if count(request, row, browser) else "before"
    elif request.method == "POST":
        taken = "unknown"
    context = {
        "addressee": public.addressee(row.committee),
        "words": row.shown_words,
        "answer": row.shown_answer,
        "page_of": row.committee.slug,
        "taken": taken,
    }
    status = 422 if taken == "unknown" else 200
    page = render(request, "suggestions/mention.html", context, status=status)
    return make_known(request, page if request.method == "POST" else light(page))


@transaction.atomic
def count(request, row, browser) -> bool:
    """Count a press, unless too many came from its address in this hour; tell whether it's new."""
    (tally,) = tallies.locked(("mention", network_of(client_address(request))))
    usual = tally.count < settings.MENTIONS_PER_ADDRESS
    is_new = actions.mention_suggestion(row, browser=browser, counts=usual)
    if is_new:
        tally.count += 1
        tally.save()
    return is_new
