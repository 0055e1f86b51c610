"""What the desk's tests share: the day on which they happen, and who is logged in."""

import pytest
import time_machine
from django.test import Client

from tests.desk.logged_in import log_in
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
    return lambda person: log_in(Client(), person)


@pytest.fixture(autouse=True)
def _no_live_rows():
    """Let no template get rows in place of shapes."""
    with no_live_rows():
        yield
