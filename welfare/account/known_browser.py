"""The device cookie: a browser in which a login worked has a counter of wrong tries of its own.

It holds a digest of the login and random bits for each of the last people who logged in there,
signed; it opens nothing. (OWASP calls this device cookies.)
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

KEPT = timedelta(days=365)
PEOPLE = 10  # at a shared computer
SALT = "welfare.account.known_browser"


def bits_of(request, login: str) -> str:
    """Return the random bits of a browser in which this login has worked; "" in any other."""
    return _known(request).get(_digest(login), "")


def remember(request, response, login: str) -> None:
    """Let the browser be known from now on as one in which this login has worked."""
    known, digest = _known(request), _digest(login)
    bits = known.pop(digest, "") or secrets.token_hex(8)
    newest = [(digest, bits), *known.items()][:PEOPLE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(newest, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request) -> dict[str, str]:
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        return dict(signing.loads(cookie, salt=SALT, max_age=KEPT))
    except signing.BadSignature:
        return {}


def _digest(login: str) -> str:
    return salted_hmac(SALT, login.casefold()).hexdigest()[:16]
