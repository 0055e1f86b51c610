"""What the tests of the desk share: busy lists, made once for all tests of a file."""

from copy import deepcopy

import pytest

from tests.items.desk.making import busy


@pytest.fixture(scope="module")
def few_of_the_file(kept_rows):
    return busy(1)


@pytest.fixture(scope="module")
def many_of_the_file(kept_rows):
    return busy(2)


@pytest.fixture
def few(few_of_the_file, db):
    """Return the items of a list on which one waits in every queue."""
    return deepcopy(few_of_the_file)


@pytest.fixture
def many(many_of_the_file, db):
    """Return the items of another such list, on which two wait in every queue."""
    return deepcopy(many_of_the_file)
