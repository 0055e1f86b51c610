"""To which committee a suggestion goes."""

import pytest

from items.models import Suggestion
from tests import factories
from tests.suggestions.phone import WORDS, Phone, code_in, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", ["\0", "没有", "a b", "x" * 300, "'"])
def test_committee_that_cannot_be_is_none(client, to):
    factories.call(factories.Committee())
    factories.call(factories.Committee())

    assert client.get("/suggest/", {"to": to}).status_code == 200
    assert client.post("/suggest/", {"to": to, "words": WORDS}).status_code == 422


# By an address that the committee had: of a poster, or of a form that was open meanwhile


@pytest.fixture
def two():
    """Return one of two committees that can be written to."""
    factories.call(factories.Committee())
    committee = factories.Committee(slug="one")
    factories.call(committee)
    return committee


def rename(committee, slug):
    committee.slug = slug
    committee.save()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_poster_with_a_former_address_opens_the_form(client, two, prefix):
    rename(two, "new")

    page = text(client.get(f"{prefix}/suggest/?to=one&where=东头"))

    assert '<option value="new" selected>' in page
    assert f'href="{prefix}/voices/new/"' in page
    assert "东头" in page


def test_form_that_was_open_while_the_address_changed_is_taken(two, clock):
    phone = Phone(clock)
    rename(two, "new")

    assert phone.send(to="one").status_code == 201
    assert Suggestion.objects.get().committee == two


def test_form_that_comes_back_keeps_what_was_typed_and_whom_it_is_for(two, clock):
    phone = Phone(clock)
    rename(two, "new")

    back = phone.send(to="one", words="", location="东头")

    assert back.status_code == 422
    assert '<option value="new" selected>' in text(back)
    assert "东头" in text(back)


def test_same_sent_again_after_the_change_is_no_second_suggestion(two, clock):
    phone = Phone(clock)
    first = phone.send(to="one")
    rename(two, "new")

    again = [phone.send(to=slug) for slug in ("one", "new")]

    assert {code_in(answer) for answer in [first, *again]} == {code_in(first)}
    assert Suggestion.objects.count() == 1


def test_former_address_of_a_committee_that_nobody_knows_of_is_none(two, clock):
    hidden = factories.Item(list__committee__slug="hidden").list.committee
    rename(hidden, "still-hidden")
    phone = Phone(clock)

    page = text(phone.get("/suggest/?to=hidden"))

    assert "still-hidden" not in page
    assert phone.send(to="hidden").status_code == 422
