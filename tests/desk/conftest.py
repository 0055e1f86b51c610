"""What the desk's tests share: the day on which they happen, and who is logged in."""

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from tests.factories import NOW
from tests.live_rows import no_live_rows
from welfare.account.sessions import SessionStore


@pytest.fixture(autouse=True)
def on_the_day():
    """Let it be the day that the factories count from."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_(db):
    """Return a client that is logged in as a person; 500s raise.

    It has a session as a login leaves it. Django's own `force_login` begins three, one after the
    other; that a login works is tested in tests/account/.
    """

    def logged_in(person):
        client, session = Client(), SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return logged_in


@pytest.fixture(autouse=True)
def _no_live_rows():
    """Let no template get rows in place of shapes."""
    with no_live_rows():
        yield
