"""How long a login lasts: two hours without a sign of life, twelve hours in all."""

import time

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY, get_user
from django.utils import timezone

LONGEST = 12 * 60 * 60  # seconds from the login, however busy one is
SIGN_OF_LIFE = 5 * 60  # seconds; the session is written no more often than that


def begin(session) -> None:
    """Write down that the login is of this moment."""
    session["began"] = session["seen"] = int(time.time())


def person_of(request):
    """Return who asks; a login that has lasted long enough ends here.

    What is older than SESSION_COOKIE_AGE the database no longer gives out: each sign of life
    that is written here moves that moment.
    """
    session = request.session
    if SESSION_KEY in session:
        now = int(time.time())
        if now - session.get("began", now) > LONGEST:
            session.flush()
        elif "began" not in session:
            begin(session)
    person = get_user(request)
    if person.is_authenticated:
        _write_down(session)
    return person


def _write_down(session):
    now = int(time.time())
    if now - session.get("seen", 0) >= SIGN_OF_LIFE:
        session["seen"] = now
        mine = UserSession.objects.filter(session_key=session.session_key)
        mine.update(last_seen_at=timezone.now())
