"""What the tests of suggestions share: a committee that can be written to, and a clock."""

import pytest
import time_machine
from django.core.cache import cache

from tests import factories
from tests.factories import NOW
from tests.live_rows import no_live_rows


@pytest.fixture(autouse=True)
def clock():
    """Return a clock that stands still until it is told to move on."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


@pytest.fixture
def committee():
    """Return the only committee: it has called for suggestions."""
    committee = factories.Committee(slug="plant")
    factories.call(committee)
    return committee


@pytest.fixture(autouse=True)
def _no_live_rows():
    """Let no template get rows in place of shapes."""
    with no_live_rows():
        yield
