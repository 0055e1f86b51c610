"""What the tests of reporting links share: a clock that stands still, and counters at nothing."""

import pytest
import time_machine
from django.core.cache import cache

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


@pytest.fixture(autouse=True)
def _no_live_rows():
    """Let no template get rows in place of shapes."""
    with no_live_rows():
        yield
