"""What the tests of privacy share."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW


@pytest.fixture(autouse=True)
def _one_day():
    """Stop the clock: two answers that are compared may not lie on two days."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor():
    """Return a client without an account, which gets a 500 as a browser does, as a page."""
    return Client(raise_request_exception=False)
