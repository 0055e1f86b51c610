"""Somebody tells a worker what to answer: who reviews reads it, the office never does."""

import pytest

from items import actions
from items.models import Coaching, Committee
from tests import factories
from tests.factories import TODAY, days
from tests.suggestions.phone import NONCE, Phone, text, words_of
from tests.suggestions.test_verdict import item_at

pytestmark = pytest.mark.django_db
PATH = "/lists/plant-2026/1/coaching/"
WORDS = "班长站在旁边，让每个人都按办好了。"


@pytest.fixture
def item(committee):
    return item_at("resolved", committee)


class Teller(Phone):
    """A phone that has the door open."""

    def open(self, query=""):
        found = NONCE.search(text(self.get(f"{self.prefix}{PATH}{query}")))
        return found and found[1]

    def tell(self, words=WORDS, **fields):
        return self.post(PATH, {"nonce": self.nonce, "words": words} | fields)


def test_page_with_the_buttons_leads_there(item, clock):
    assert PATH in text(Phone(clock).get(PATH.replace("coaching", "verdict")))


def test_it_is_kept_once_without_a_minute(item, clock):
    teller = Teller(clock)

    assert teller.tell().status_code == 201
    assert teller.tell().status_code == 201  # the button was pressed twice

    row = Coaching.objects.get()
    assert (row.item, row.words, row.day) == (item, WORDS, TODAY)
    assert {field.name for field in Coaching._meta.fields} == {"id", "item", "words", "day"}


@pytest.mark.parametrize("words", ["", " ", "话" * 2001])
def test_what_cannot_be_taken_comes_back(item, clock, words):
    response = Teller(clock).tell(words)

    assert response.status_code == 422
    assert words.strip() in text(response)
    assert not Coaching.objects.exists()


def test_too_fast_or_a_program_is_asked_again(item, clock):
    assert Teller().tell().status_code == 422
    assert Teller(clock).tell(more="x").status_code == 422
    assert Teller(clock).tell(nonce="forged").status_code == 422
    assert not Coaching.objects.exists()


def test_too_many_from_one_network_wait(item, clock, settings):
    settings.SUGGESTIONS_PER_ADDRESS = 1
    assert Teller(clock).tell().status_code == 201

    refused = Teller(clock).tell("第二句话")

    assert refused.status_code == 422
    assert "第二句话" in text(refused)


def test_nothing_is_promised_where_nobody_would_read_it(item, clock):
    Committee.objects.update(review_post=None)

    assert "没有指定复查岗位" in words_of(Phone(clock).get(PATH))
    assert Teller(clock, prefix="").tell(nonce="x").status_code == 422


def test_nobody_is_asked_about_help_for_families(committee, clock):
    item_at("resolved", committee, hardship=True)

    assert "不作公开评价" in words_of(Phone(clock).get(PATH))
    assert PATH not in text(Phone(clock).get(PATH.replace("coaching", "verdict")))


TOMORROW = TODAY + days(1)


def read_by(person, today=TOMORROW):
    return Coaching.objects.read_by(person, today).count()


def test_only_who_reviews_reads_it_and_from_tomorrow_on(item, clock, client):
    Teller(clock).tell()
    reader = item.list.committee.review_post.holder(TODAY)
    assert read_by(reader, TODAY) == 0
    assert read_by(reader) == 1
    others = [getattr(factories, f"{who}_of")(item) for who in ("owner", "supervisor", "office")]
    others += [factories.Role(committee=item.list.committee, kind="auditor").person]
    assert [read_by(person) for person in others] == [0] * 4

    clock.shift(days(1))
    client.force_login(reader)
    assert WORDS in words_of(client.get("/desk/coaching/"))
    assert client.get("/desk/").context["desk"].coached == 1
    for person in others:
        client.force_login(person)
        assert client.get("/desk/coaching/").status_code == 404
        assert WORDS not in text(client.get("/desk/lists/plant-2026/1/"))


def test_not_who_is_of_the_office_or_signed_it(item, clock):
    Teller(clock).tell()
    committee, office = item.list.committee, factories.office_of(item)
    for person in (factories.supervisor_of(item), factories.owner_of(item), office):
        post = factories.Post(committee=committee, holder=person)
        actions.name_review_posts(committee, post, by=office)
        assert read_by(person) == 0


def test_words_are_forgotten_after_a_year(item):
    actions.tell_coaching(item, words=WORDS, key=7, today=TODAY)

    assert actions.forget_coachings(TODAY + days(365)) == 0
    assert actions.forget_coachings(TODAY + days(366)) == 1
    assert Coaching.objects.get().words == ""
