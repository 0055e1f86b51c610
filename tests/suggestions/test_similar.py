"""Similar released suggestions are shown before one is sent: once, and nothing is stored by it."""

import pytest

from items import actions
from items.models import KeptUpload, Suggestion
from tests import factories
from tests.suggestions.phone import Phone, photo, text

pytestmark = pytest.mark.django_db
WORDS = "主控室的操作椅靠背塌了，坐着腰疼"
RELEASED = "主控室操作椅靠背塌了，希望换新的。"


@pytest.fixture
def phone(committee, clock):
    return Phone(clock)


def answered(committee, words=RELEASED, **said):
    suggestion = factories.suggestion(committee, **said)
    by = factories.office(committee)
    factories.settled(suggestion, by=by, text="已换新")
    if words:
        actions.show_answer(suggestion, by=by, words=words, answer="已换新，请去坐坐看")
    return suggestion


def test_they_are_shown_once_and_nothing_is_stored(phone, committee):
    answered(committee)

    first = phone.send(WORDS)

    assert first.status_code == 200
    assert "这些意见已经有了" in text(first)
    assert RELEASED in text(first)
    assert "已换新，请去坐坐看" in text(first)
    assert f"{WORDS}</textarea>" in text(first)
    assert "还是要提交" in text(first)
    assert Suggestion.objects.count() == 1

    assert phone.send(WORDS, seen="yes").status_code == 201


def test_nobody_is_held_up_twice(phone, committee):
    answered(committee)

    stopped = phone.send("", seen="yes")

    assert 'name="seen" value="yes"' in text(stopped)


@pytest.mark.parametrize("words", ["食堂的菜太咸", "好"])
def test_other_words_go_through_at_once(phone, committee, words):
    answered(committee)

    assert phone.send(words).status_code == 201


def test_only_words_that_everyone_reads_are_compared(phone, committee):
    answered(committee, words="")
    other = factories.Committee()
    factories.call(other)
    answered(other)

    assert phone.send(WORDS, to="plant").status_code == 201


def test_photos_hold_nobody_up(phone, committee):
    answered(committee)

    assert phone.send(WORDS, photos=[photo()]).status_code == 201
    assert not KeptUpload.objects.exists()
