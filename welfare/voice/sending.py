"""Take a suggestion in: once however often it is sent, and whatever comes in masses apart."""

from django.db import transaction

from items import actions
from items.codes import code_for, hashed
from items.models import Suggestion
from items.photos import picture
from welfare.http.client_address import client_address, network_of
from welfare.voice import tallies
from welfare.voice.forms import SuggestForm
from welfare.voice.tokens import Nonce, browser_of


def send(request, form: SuggestForm, nonce: Nonce) -> tuple[Suggestion, str]:
    """Return what was taken in, or what is there already, and its receipt code.

    Raises `tallies.Full` when the browser has sent its share of the hour, and `Refused` when a
    photo or the text isn't taken. The pictures are decoded before the transaction begins.
    """
    code = code_for(nonce.bits, *form.typed(), *map(whole, form.cleaned_data["photos"]))
    there = taken_in(code)
    if there:
        return there, code
    browser = browser_of(request)
    tallies.refuse_if_full(browser)
    pictures = tuple(picture.read(file) for file in form.cleaned_data["photos"])
    tallies.forget_earlier()
    said = form.said() | {"code": code, "pictures": pictures}
    strange = nonce.too_fast or not browser or bool(form.cleaned_data["more"])
    with transaction.atomic():
        return take(said, browser, network_of(client_address(request)), strange=strange), code


def take(said: dict, browser: str, place: str, *, strange: bool) -> Suggestion:
    """Take in what was said and count it, unless the same has come in at the same moment."""
    who = [("place", place), *([("browser", browser)] if browser else [])]
    of_place, *of_browser = tallies.locked(*who)
    there = taken_in(said["code"])
    if there:  # a repeat doesn't count
        return there
    for tally in of_browser:
        tallies.count_browser(tally)
    crowded = tallies.count_place(of_place)
    return actions.suggest(**said, moderated=strange or crowded)


def taken_in(code: str) -> Suggestion | None:
    return Suggestion.objects.filter(code_hash=hashed(code)).first()


def whole(file) -> bytes:
    """Return a file's bytes, of which welfare/http/uploads.py has let in only so many."""
    file.seek(0)
    return file.read()
