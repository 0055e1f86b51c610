"""The rate limit itself: one count, whoever else counts at the same moment."""

import pytest
from django.core.cache import cache
from welfare.patience import Patience, count, key, uncount

from welfare import patience

pytestmark = pytest.mark.django_db
NAME = key("a test")
ONE = Patience(free=1, first=60, longest=60)
MANY = Patience(free=9, first=60, longest=60)


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


def test_wait_doubles_up_to_the_longest():
    waits = [Patience(free=2, first=10, longest=35).after(failures) for failures in range(6)]

    assert waits == [0, 0, 10, 20, 35, 35]


def test_count_that_somebody_else_holds_is_not_touched(monkeypatch):
    monkeypatch.setattr(patience, "BUSY", 0.05)  # seconds
    cache.set(f"{NAME}:held", "theirs")

    assert count(NAME, ONE) == 1

    assert cache.get(NAME) is None
    assert cache.get(f"{NAME}:held") == "theirs"


def test_count_is_let_go_though_the_try_fails():
    with pytest.raises(ZeroDivisionError), patience.held(NAME):
        raise ZeroDivisionError

    assert cache.get(f"{NAME}:held") is None


def test_one_of_several_is_taken_back():
    counted = [count(NAME, MANY) for _failure in range(3)]

    uncount(NAME, MANY)

    assert counted == [0, 0, 0]
    assert cache.get(NAME)[0] == 2


def test_of_the_only_one_nothing_stays():
    count(NAME, ONE)

    uncount(NAME, ONE)

    assert cache.get(NAME) is None
    assert count(NAME, ONE) == 0
