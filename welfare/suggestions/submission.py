"""Submission of a suggestion: idempotent, rate limited, moderated where it looks like a flood."""

from django.db import transaction

from items import actions
from items.actions.kept_upload import Keeper
from items.models import Suggestion
from items.photos import picture
from items.privacy.receipt_codes import code_for, hashed
from welfare import tallies
from welfare.http.client_address import client_address, network_of
from welfare.http.kept_uploads import content
from welfare.suggestions import hourly_limit
from welfare.suggestions.forms import SuggestForm
from welfare.suggestions.tokens import Nonce, browser_of


def submit(request, form: SuggestForm, nonce: Nonce) -> tuple[Suggestion, str]:
    """Return the suggestion that was taken in, now or before, and its receipt code.

    Raises `hourly_limit.Reached` when the browser has sent its share of the hour, and `Refused`
    when a photo or the text isn't taken. The pictures are decoded before the transaction begins.
    """
    code = code_of(form, nonce)
    browser = browser_of(request)
    hourly_limit.check_browser(browser)
    pictures = tuple(picture.read(file) for file in form.cleaned_data["photos"])
    tallies.forget_earlier()
    fields = form.action_fields() | {"code": code, "pictures": pictures}
    suspicious = nonce.too_fast or not browser or bool(form.cleaned_data["more"])
    network = network_of(client_address(request))
    with transaction.atomic():
        return save_and_count(fields, browser, network, suspicious=suspicious), code


def sent_before(form: SuggestForm, nonce: Nonce | None) -> tuple[Suggestion, str] | None:
    """Return the suggestion that the same form was taken in as, and its receipt code.

    It is asked before the form is: the photos that were kept for it have gone with the first.
    """
    if nonce is None or form.chosen is None:
        return None
    code = code_of(form, nonce)
    existing = suggestion_with(code)
    return (existing, code) if existing else None


def code_of(form: SuggestForm, nonce: Nonce) -> str:
    """Return the receipt code of a form with what is typed in it and which photos are chosen."""
    keeper = Keeper(form=nonce.bits)
    photos = [key_of(file, keeper) for file in form.files.getlist("photos")]
    return code_for(nonce.bits, *form.typed(), *photos)


def key_of(file, keeper: Keeper) -> str:
    """Return what stands for a photo: the same, whether it is sent again or was kept."""
    return str(file.key if hasattr(file, "key") else keeper.key_of(content(file)))


def save_and_count(fields: dict, browser: str, network: str, *, suspicious: bool) -> Suggestion:
    """Save a suggestion and count it, unless the same has come in at the same moment."""
    senders = [("place", network), *([("browser", browser)] if browser else [])]
    of_network, *of_browser = tallies.locked(*senders)
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
