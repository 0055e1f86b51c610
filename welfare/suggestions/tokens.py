"""Signed tokens: a nonce for each form, so that it is taken once, and a cookie for each browser.

Neither is stored. The nonce of a form also says when the form was made; it comes back with it.
The salts keep their old names: others would refuse every form and cookie that is out there.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing

KEPT = timedelta(days=7)  # so long a page may lie open, and a browser is known
TOO_FAST = timedelta(seconds=3)  # nobody types a sentence so quickly

_nonces = signing.TimestampSigner(salt="welfare.voice.nonce")
_browsers = signing.Signer(salt="welfare.voice.browser")


@dataclass(frozen=True)
class Nonce:
    """What makes one form differ from all others, and whether it came back too fast."""

    bits: str
    too_fast: bool


def new_nonce() -> str:
    """Return what a new form carries in a hidden field."""
    return _nonces.sign(secrets.token_urlsafe(16))


def read_nonce(sent: str, too_fast: timedelta | None = None) -> Nonce | None:
    """Return the nonce of a form; None when we never made it, or too long ago.

    What comes back within `too_fast` was filled in by no person; by default within `TOO_FAST`.
    """
    try:
        bits = _nonces.unsign(sent, max_age=KEPT)
    except signing.BadSignature:
        return None
    try:
        _nonces.unsign(sent, max_age=TOO_FAST if too_fast is None else too_fast)
    except signing.SignatureExpired:
        return Nonce(bits, too_fast=False)
    return Nonce(bits, too_fast=True)


def browser_of(request) -> str:
    """Return the random bits of a browser that we have seen before; "" for any other."""
    try:
        return _browsers.unsign(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""))
    except signing.BadSignature:
        return ""


def make_known(request, response, *, kept=KEPT, again=False):
    """Give a browser its random bits, unless it has them already; `again` keeps those for longer.

    Whoever has answered in a round stays known until the round is over.
    """
    known = browser_of(request)
    if again or not known:
        response.set_cookie(
            settings.BROWSER_COOKIE_NAME,
            _browsers.sign(known or secrets.token_urlsafe(16)),
            max_age=kept,
            secure=settings.CSRF_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
