"""Logging a test's client in."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from welfare.account.sessions import SessionStore


def log_in(client, person):
    """Give the client a session as a login leaves it; return the client.

    Django's own `force_login` begins three, one after the other. That a login works is tested in
    tests/account/.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
