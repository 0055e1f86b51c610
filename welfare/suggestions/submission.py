"""Submission of a suggestion: idempotent, rate limited, moderated where it looks like a flood."""

from django.db import transaction

from items import actions
from items.models import Suggestion
from items.photos import picture
from items.privacy.receipt_codes import code_for, hashed
from welfare.http.client_address import client_address, network_of
from welfare.suggestions import hourly_limit
from welfare.suggestions.forms import SuggestForm
from welfare.suggestions.tokens import Nonce, browser_of


def submit(request, form: SuggestForm, nonce: Nonce) -> tuple[Suggestion, str]:
    """Return the suggestion that was taken in, now or before, and its receipt code.

    Raises `hourly_limit.Reached` when the browser has sent its share of the hour, and `Refused`
    when a photo or the text isn't taken. The pictures are decoded before the transaction begins.
    """
    code = code_for(nonce.bits, *form.typed(), *map(content, form.cleaned_data["photos"]))
    existing = suggestion_with(code)
    if existing:
        return existing, code
    browser = browser_of(request)
    hourly_limit.check_browser(browser)
    pictures = tuple(picture.read(file) for file in form.cleaned_data["photos"])
    hourly_limit.forget_earlier()
    fields = form.action_fields() | {"code": code, "pictures": pictures}
    suspicious = nonce.too_fast or not browser or bool(form.cleaned_data["more"])
    network = network_of(client_address(request))
    with transaction.atomic():
        return save_and_count(fields, browser, network, suspicious=suspicious), code


def save_and_count(fields: dict, browser: str, network: str, *, suspicious: bool) -> Suggestion:
    """Save a suggestion and count it, unless the same has come in at the same moment."""
    senders = [("place", network), *([("browser", browser)] if browser else [])]
    of_network, *of_browser = hourly_limit.locked(*senders)
    existing = suggestion_with(fields["code"])
    if existing:  # a repeat doesn't count
        return existing
    for tally in of_browser:
        hourly_limit.count_browser(tally)
    crowded = hourly_limit.count_network(of_network)
    return actions.suggest(**fields, moderated=suspicious or crowded)


def suggestion_with(code: str) -> Suggestion | None:
    """Return the suggestion that has this receipt code."""
    return Suggestion.objects.filter(code_hash=hashed(code)).first()


def content(file) -> bytes:
    """Return a file's bytes, of which welfare/http/uploads.py has let in only so many."""
    file.seek(0)
    return file.read()
