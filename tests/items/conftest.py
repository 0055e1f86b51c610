"""What the domain's tests share."""

import pytest
from django.db import connection

from items import triggers
from tests.items.world import World


@pytest.fixture
def world():
    """Return people in every role."""
    return World()


@pytest.fixture
def tables_emptied_after(transactional_db):
    """Let the tables be emptied after the test, which the guards would refuse.

    The emptying is a `flush`, which ends with the signal that makes the guards again.
    """
    assert triggers.missing(connection) == []
    yield
    triggers.remove(connection)
