"""What the domain's tests share."""

import pytest

from tests.items.world import World


@pytest.fixture
def world():
    """Return people in every role."""
    return World()
