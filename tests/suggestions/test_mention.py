"""A released suggestion is mentioned once by each browser, and counted the next morning."""

import secrets

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from items import actions, queries, staff
from items.models import Mention, Mentioned
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.racing import together
from tests.suggestions.phone import text, words_of


@pytest.fixture
def released(committee):
    return release(committee)


def release(committee):
    sent = factories.suggestion(committee, TODAY - days(3), words="我是张三，想要空调")
    by = factories.office(committee)
    factories.settled(sent, by=by, text="装好了", now=NOW)
    actions.show_answer(sent, by=by, words="装空调", answer="装好了", now=NOW)
    return sent


def address(suggestion, prefix=""):
    return f"{prefix}/suggest/mention/{suggestion.pk}/"


def phone():
    """Return a browser that is known, as by the look at any page of suggestions."""
    client = Client()
    client.get("/suggest/")
    return client


def count(today=None):
    today = today or TODAY + days(1)
    (shown,) = queries.suggestions_page("plant", today).released
    return shown.mentioned


def test_page_has_one_button_and_the_released_words(released):
    page = Client().get(address(released))

    assert page.headers["Cache-Control"].count("no-store") == 1
    assert "装空调" in words_of(page)
    assert "张三" not in text(page)
    assert text(page).count("<button") == 1


@pytest.mark.parametrize("prefix", ["", "/en", "/large", "/en/large"])
def test_one_press_counts_from_the_next_morning_on(released, prefix):
    client = phone()
    before = client.get("/voices/plant/").content

    answer = client.post(address(released, prefix))

    assert answer.status_code == 200
    assert client.get("/voices/plant/").content == before
    assert (count(TODAY), count()) == (0, 1)


def test_second_press_of_a_browser_is_told_and_not_counted(released):
    client = phone()
    told = [words_of(client.post(address(released))) for _turn in range(3)]

    assert [("记下了" in said, "算一次" in said) for said in told] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert count() == 1
    assert phone().post(address(released)).status_code == 200
    assert count() == 2


def test_three_hundred_phones_behind_one_address_are_counted(released):
    assert settings.MENTIONS_PER_ADDRESS >= 300


def test_above_the_ceiling_of_an_address_nothing_is_counted(released, settings, clock):
    settings.MENTIONS_PER_ADDRESS = 2
    told = {words_of(phone().post(address(released))) for _phone in range(4)}
    elsewhere = phone().post(address(released), REMOTE_ADDR="198.51.100.9")

    assert len(told) == 1  # nobody learns where the ceiling is
    assert elsewhere.status_code == 200
    assert count() == 3


def test_browser_without_a_cookie_is_told_how_to(released):
    answer = Client().post(address(released))

    assert answer.status_code == 422
    assert "没有计入" in words_of(answer)
    assert answer.cookies["browser"]
    assert not Mentioned.objects.exists()


def test_what_is_not_released_has_no_page(released, committee):
    waiting = factories.suggestion(committee)
    actions.hide_answer(released, by=factories.office(committee), text="有人名", now=NOW)

    for suggestion in (waiting, released):
        assert [phone().get(address(suggestion)).status_code for _turn in "a"] == [404]
        assert phone().post(address(suggestion)).status_code == 404
    assert phone().get(f"/suggest/mention/{2**63}/").status_code == 404
    assert not Mention.objects.exists()


def test_public_page_says_how_many_and_sorts_nothing(released, committee):
    other = release(committee)
    keys = [shown.key for shown in queries.suggestions_page("plant", TODAY).released]
    for suggestion in (released, other, other):
        phone().post(address(suggestion))

    shown = queries.suggestions_page("plant", TODAY + days(1)).released
    assert [answer.key for answer in shown] == keys
    assert {answer.key: answer.mentioned for answer in shown} == {released.pk: 1, other.pk: 2}


def test_office_sorts_by_it(released, committee):
    other = release(committee)
    for suggestion in (released, other, other):
        phone().post(address(suggestion))
    office, tomorrow = factories.office(committee), TODAY + days(1)

    for least in (released, other):
        if least == other:
            for _phone in range(3):
                phone().post(address(released))
        search = staff.SuggestionSearch(by="mentioned")
        (group,) = queries.desk_suggestions(office, tomorrow, search).groups
        assert group.rows[-1].pk == least.pk
        assert group.rows[0].mentioned > group.rows[1].mentioned


def test_nothing_leads_from_a_press_to_a_browser_or_a_moment(released):
    client = phone()
    client.post(address(released))
    bits = client.cookies["browser"].value.partition(":")[0]

    columns = [field.name for field in Mentioned._meta.get_fields()]
    assert columns == ["id", "digest"]
    (row,) = Mentioned.objects.all()
    assert bits not in row.digest
    assert str(released.pk) not in row.digest


def test_no_day_is_counted_after_a_later_one(released):
    for day in (TODAY, TODAY + days(1)):
        actions.mention_suggestion(released, browser=str(day), today=day)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.mention_suggestion(released, browser="too late", today=TODAY)

    assert count(TODAY + days(2)) == 2


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.crawl
def test_presses_at_the_same_moment_count_once_each(clock, monkeypatch, exact):
    committee = factories.Committee(slug="plant")
    factories.call(committee)
    released = release(committee)
    clients = [phone() for _phone in range(6)]
    if not exact:  # the control: a digest that is another one each time
        monkeypatch.setattr("items.actions.mention.salted_hmac", lambda *_said, **_how: Other())

    done = together(*(lambda each=each: each.post(address(released)) for each in clients * 2))

    assert {answer.status_code for answer in done} == {200}
    assert count() == Mentioned.objects.count() == (6 if exact else 12)


class Other:
    def hexdigest(self):
        return secrets.token_hex(32)
