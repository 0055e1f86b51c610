"""What a worker sends is taken in once, with a day and nothing that leads back."""

import pytest

from items import actions, models
from items.errors import Refused
from items.photos import picture, storage
from items.privacy.receipt_codes import code_for, hashed
from tests import factories
from tests.factories import TODAY, days

pytestmark = pytest.mark.django_db

CODE = "7KQ2-M9XD-01AB-CDEF"


@pytest.fixture
def committee():
    return factories.Committee()


def test_suggestion_waits_for_its_answer(committee):
    sent = factories.suggestion(committee, location="二号高炉")

    assert (sent.status, sent.received_on, sent.location) == ("received", TODAY, "二号高炉")
    assert sent.answer_by == TODAY + days(committee.answer_within_days)
    assert sent.waits_days(TODAY + days(3)) == 3


def test_open_call_says_until_when_it_is_answered(committee):
    call = factories.call(committee)

    sent = factories.suggestion(committee)

    assert (sent.call, sent.answer_by) == (call, call.answer_by)


@pytest.mark.parametrize("ended", [{"closes_on": TODAY - days(1)}, {"opens_on": TODAY + days(1)}])
def test_call_that_is_not_open_has_no_part_in_it(committee, ended):
    factories.call(committee, **ended)
    factories.call(factories.Committee())

    assert factories.suggestion(committee).call is None


def test_same_code_is_kept_once(committee):
    first = factories.suggestion(committee, code=CODE, name="张三", contact="车间")
    again = factories.suggestion(committee, code=CODE, name="张三", contact="车间")

    assert first == again
    assert models.Suggestion.objects.count() == models.Contact.objects.count() == 1


def test_code_is_kept_as_a_hash(committee):
    sent = factories.suggestion(committee, code=CODE)

    kept = models.Suggestion.objects.filter(pk=sent.pk).values()[0]
    assert kept["code_hash"] == hashed(CODE)
    assert "7KQ2" not in str(kept)


def test_contact_lies_apart(committee):
    sent = factories.suggestion(committee, name="张三", contact="13800000000")

    assert "张三" not in str(models.Suggestion.objects.filter(pk=sent.pk).values())
    assert (sent.contact_row.name, sent.contact_row.contact) == ("张三", "13800000000")
    assert "张三" not in f"{sent.contact_row}"


def test_without_name_and_contact_there_is_no_row(committee):
    factories.suggestion(committee, name=" ", contact="")

    assert not models.Contact.objects.exists()


def test_photos_lie_in_the_database(committee):
    clean, before = picture.read(factories.picture()), storage.files()

    sent = factories.suggestion(committee, pictures=[clean, clean])

    assert [bytes(photo.large) for photo in sent.photos.all()] == [clean.large] * 2
    assert storage.files() == before


def test_keys_tell_no_order(committee):
    keys = [factories.suggestion(committee).pk for _turn in range(12)]

    assert keys != sorted(keys)  # by chance once in 479,001,600
    assert max(keys) > 2**56


@pytest.mark.parametrize("words", ["", " \n", "长" * 2001])
def test_words_are_needed_and_bounded(committee, words):
    with pytest.raises(Refused):
        factories.suggestion(committee, words=words)

    assert not models.Suggestion.objects.exists()


def test_category_of_another_committee_is_refused(committee):
    with pytest.raises(Refused):
        factories.suggestion(committee, category=factories.Category())


def test_suggester_replies_to_what_was_asked(committee):
    sent = factories.suggestion(committee)
    actions.ask_back(sent, by=factories.office(committee), text="哪一间?")

    actions.reply(sent, words="东头那间", today=TODAY)

    step = sent.entries.last()
    assert (sent.status, step.verb, step.by, step.text) == ("received", "reply", None, "东头那间")


def test_nobody_replies_unasked(committee):
    sent = factories.suggestion(committee)

    with pytest.raises(Refused):
        actions.reply(sent, words="还有一件事", today=TODAY)

    assert not sent.entries.exists()


def test_moderated_suggestion_does_not_count(committee):
    sent = factories.suggestion(committee, moderated=True)

    assert not models.Suggestion.objects.counted().exists()
    actions.let_in(sent, by=factories.office(committee))
    assert models.Suggestion.objects.counted().get() == sent


def test_code_of_other_words_is_another(committee):
    first = factories.suggestion(committee, code=code_for("nonce", "a"))
    second = factories.suggestion(committee, code=code_for("nonce", "b"))

    assert first != second
