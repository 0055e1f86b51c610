"""The session backend and its limits: two hours without a sign of life, twelve hours in all."""

import time
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone

from items.compiled_queries import compiled_query

MAX_AGE = 12 * 60 * 60  # seconds from the login, however busy one is
WRITE_EVERY = 5 * 60  # seconds; the session is written no more often than that


class SessionStore(db.SessionStore):
    """Sessions as Django keeps them in the database; every request of staff begins with one."""

    def _get_session_from_db(self):
        row = _alive.one(self.session_key, timezone.now())
        if row is None:
            self._session_key = None
        return row

    def save(self, must_create=False):
        """Save the session; raises UpdateError when it was ended meanwhile.

        Django says that of every fault of the database, too, and the page would be that of a
        request that made no sense.
        """
        try:
            super().save(must_create)
        except db.UpdateError as error:
            fault = error.__context__
            if type(fault) is not DatabaseError:  # that of an UPDATE which found no row
                raise fault from None
            raise


@compiled_query
def _alive(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


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
        if over(session):
            session.flush()
        elif "began" not in session:
            begin(session)
    person = get_user(request)
    if person.is_authenticated:
        _write_down(session)
    return person


def _write_down(session):
    now = int(time.time())
    if now - session.get("seen", 0) >= WRITE_EVERY:
        session["seen"] = now
        rows = UserSession.objects.filter(session_key=session.session_key)
        rows.update(last_seen_at=timezone.now())


def over(session) -> bool:
    """Tell whether the login is so long ago that it has to be repeated."""
    now = int(time.time())
    return now - session.get("began", now) > MAX_AGE


def open_for(person) -> list[UserSession]:
    """Return the sessions in which the person is logged in, the latest first; forget the others.

    A session that a change of password ended still lies in the database until its browser asks.
    """
    rows = list(UserSession.objects.filter(user=person).order_by("-last_seen_at"))
    stored = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
    )
    decoded = {row.session_key: row.get_decoded() for row in stored}
    auth_hash = person.get_session_auth_hash()
    alive = {
        key
        for key, session in decoded.items()
        if session.get(HASH_SESSION_KEY) == auth_hash and not over(session)
    }
    UserSession.objects.filter(pk__in=[r.pk for r in rows if r.session_key not in alive]).delete()
    return [row for row in rows if row.session_key in alive]


def clear_expired(now: datetime) -> int:
    """Delete the sessions whose time is over, and what was noted of them; return how many."""
    deleted, _kinds = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return deleted
