"""What the domain's tests share."""

from copy import deepcopy

import pytest

from tests.items.world import World


@pytest.fixture(scope="module")
def world_of_the_file(kept_rows):
    return World()


@pytest.fixture
def world(world_of_the_file, db):
    """Return people in every role."""
    return deepcopy(world_of_the_file)
