"""What the tests of printing need: a committee, and a clock that stands still."""

import pytest
import time_machine

from tests import factories
from tests.factories import NOW


@pytest.fixture
def committee(db):
    """Return a committee whose lists are printed."""
    return factories.Committee(slug="plant")


@pytest.fixture(autouse=True)
def clock():
    """Let it be the tests' own day."""
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock
