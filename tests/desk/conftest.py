"""What the desk's tests share: the day on which they happen, and who is logged in."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW
from tests.live_rows import no_live_rows


@pytest.fixture(autouse=True)
def on_the_day():
    """Let it be the day that the factories count from."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_(db):
    """Return a client that is logged in as a person; 500s raise."""

    def logged_in(person):
        client = Client()
        client.force_login(person)
        return client

    return logged_in


@pytest.fixture(autouse=True)
def _no_live_rows():
    """Let no template get rows in place of shapes."""
    with no_live_rows():
        yield
