"""Items on which each act can be done."""

from copy import deepcopy

import pytest

from tests.items.actions.acts import ACTS


@pytest.fixture(scope="module")
def items_of_the_file(kept_rows):
    return {verb: act.ready() for verb, act in ACTS.items()}


@pytest.fixture
def ready(items_of_the_file, db):
    """Return a function: by a verb, an item on which it can be done."""
    return lambda verb: deepcopy(items_of_the_file[verb])
