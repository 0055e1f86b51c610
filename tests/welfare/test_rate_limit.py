"""The rate limit itself: one count, whoever else counts at the same moment."""

import pytest
from django.core.cache import cache

from welfare import rate_limit
from welfare.rate_limit import RateLimit, count_failure, key, uncount_failure

pytestmark = pytest.mark.django_db
NAME = key("a test")
ONE = RateLimit(free=1, first=60, longest=60)
MANY = RateLimit(free=9, first=60, longest=60)


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


def test_wait_doubles_up_to_the_longest():
    waits = [RateLimit(free=2, first=10, longest=35).wait_after(failures) for failures in range(6)]

    assert waits == [0, 0, 10, 20, 35, 35]


def test_count_that_somebody_else_holds_is_not_touched(monkeypatch):
    monkeypatch.setattr(rate_limit, "LOCK_SECONDS", 0.05)  # seconds
    cache.set(f"{NAME}:lock", "theirs")

    assert count_failure(NAME, ONE) == 1

    assert cache.get(NAME) is None
    assert cache.get(f"{NAME}:lock") == "theirs"


def test_count_is_let_go_though_the_try_fails():
    with pytest.raises(ZeroDivisionError), rate_limit.locked(NAME):
        raise ZeroDivisionError

    assert cache.get(f"{NAME}:lock") is None


def test_one_of_several_is_taken_back():
    counted = [count_failure(NAME, MANY) for _failure in range(3)]

    uncount_failure(NAME, MANY)

    assert counted == [0, 0, 0]
    assert cache.get(NAME)[0] == 2


def test_of_the_only_one_nothing_stays():
    count_failure(NAME, ONE)

    uncount_failure(NAME, ONE)

    assert cache.get(NAME) is None
    assert count_failure(NAME, ONE) == 0
