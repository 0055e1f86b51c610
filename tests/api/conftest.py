"""What the tests of open data need: a committee, and a clock that stands on the tests' day."""

import pytest
import time_machine

from tests import factories
from tests.factories import NOW


@pytest.fixture
def committee(db):
    """Return a committee whose lists are read."""
    return factories.Committee(slug="plant", name="炼铁厂党委", name_en="Plant committee")


@pytest.fixture(autouse=True)
def clock():
    """Let it be the tests' own day."""
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock
