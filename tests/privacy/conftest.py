"""What the tests of privacy share."""

from copy import deepcopy

import pytest
import time_machine
from django.test import Client

from items.models import Committee
from tests.factories import NOW
from tests.privacy.told import Told


@pytest.fixture(autouse=True)
def _one_day():
    """Stop the clock: two answers that are compared may not lie on two days."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def told_of_the_file(kept_rows):
    with time_machine.travel(NOW, tick=False):
        return Told()


@pytest.fixture
def told(told_of_the_file, db):
    """Return the committee to which everything has happened."""
    return deepcopy(told_of_the_file)


@pytest.fixture
def naming(told):
    """Return it with its board showing names."""
    show_names(told.committee)
    return told


def show_names(committee):
    """Let a committee's board show names, past every rule."""
    committee.show_names = True
    Committee.objects.filter(pk=committee.pk).update(show_names=True)


@pytest.fixture
def visitor():
    """Return a client without an account, which gets a 500 as a browser does, as a page."""
    return Client(raise_request_exception=False)
