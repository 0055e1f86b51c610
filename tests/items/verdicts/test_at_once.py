"""Sixty-four phones at one moment: no answer is lost, doubled, or put to a day that is counted."""

import pytest
from django.db import IntegrityError

from items import actions
from items.actions import verdict as verdict_actions
from items.errors import Refused
from items.models import Answered, Verdict, VerdictCount
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.racing import together

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]
PHONES = 64


@pytest.fixture
def item():
    return factories.item_at("pending_check")


def give(item, browser, now=NOW):
    return lambda: actions.give_verdict(item, grade="good", browser=browser, now=now)


def test_sixty_four_phones_are_sixty_four_answers(item):
    done = together(*(give(item, str(number)) for number in range(PHONES)))

    assert set(done) == {TODAY}
    assert Verdict.objects.count() == Answered.objects.count() == PHONES


def test_one_phone_sixteen_times_is_one_answer(item):
    done = together(*(give(item, "one") for _ in range(16)))

    assert sorted(type(each).__name__ for each in done) == sorted(["date"] + ["Refused"] * 15)
    assert Verdict.objects.count() == 1


def test_without_its_hash_one_phone_would_count_sixteen_times(item, monkeypatch):
    numbers = iter(range(99))  # the negative control
    monkeypatch.setattr(verdict_actions, "_digest", lambda *who: str(next(numbers)))

    together(*(give(item, "one") for _ in range(16)))

    assert Verdict.objects.count() == 16


def test_what_comes_while_a_day_is_counted_is_in_the_count_or_refused(item):
    counting = [lambda: actions.count_verdicts(TODAY + days(1))] * 2
    done = together(*(give(item, str(number)) for number in range(16)), *counting)
    actions.count_verdicts(TODAY + days(1))

    kept = [each for each in done[:16] if each == TODAY]
    late = [each for each in done[:16] if isinstance(each, IntegrityError | Refused)]
    assert len(kept) + len(late) == 16
    assert sum(VerdictCount.objects.values_list("number", flat=True)) == len(kept)
    assert Verdict.objects.count() == len(kept)


def test_counting_twice_at_once_counts_once(item):
    give(item, "one")()

    done = together(*[lambda: actions.count_verdicts(TODAY + days(1))] * 4)

    assert sorted(done) == [0, 0, 0, 1]
    assert VerdictCount.objects.get().number == 1
