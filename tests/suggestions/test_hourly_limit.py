"""Rate limit of suggestions: a flood is kept out, a shift is not, and nobody is dropped."""

import re

import pytest
from django.db import connection
from django.test import Client

from items import models
from tests import factories
from tests.items.racing import together
from tests.suggestions.phone import Phone, code_in, kept_in, photo, text, words_of
from welfare.models import Tally
from welfare.suggestions import hourly_limit
from welfare.suggestions.hourly_limit import PER_BROWSER
from welfare.tallies import this_hour

ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def phone(committee, clock):
    return Phone(clock)


def moderated():
    return models.Suggestion.objects.filter(in_moderation=True).count()


def send_many(phone, many):
    return [phone.send(f"第{number}条").status_code for number in range(many)]


def test_eleventh_within_the_hour_waits_with_its_text(phone):
    assert send_many(phone, PER_BROWSER) == [201] * PER_BROWSER

    response = phone.send("第十一条", location="食堂", photos=[photo()])

    assert response.status_code == 429
    assert "第十一条</textarea>" in text(response)
    assert 'value="食堂"' in text(response)
    assert "60分钟后" in words_of(response)
    assert len(kept_in(response)) == 1  # the photo waits, too
    assert models.Suggestion.objects.count() == PER_BROWSER
    assert moderated() == 0


def test_next_hour_it_goes_again_and_the_hour_before_is_forgotten(phone, clock):
    send_many(phone, PER_BROWSER)
    before = set(Tally.objects.values_list("key", flat=True))

    clock.shift(60 * 60)

    assert phone.send("第十一条").status_code == 201
    assert not before & set(Tally.objects.values_list("key", flat=True))
    assert moderated() == 0


def test_repeat_does_not_count_and_is_answered_beyond_the_limit(phone):
    codes = {code_in(phone.send("同一条")) for _turn in range(PER_BROWSER + 2)}
    assert len(codes) == 1

    assert send_many(phone, PER_BROWSER - 1) == [201] * (PER_BROWSER - 1)
    assert phone.send("又一条").status_code == 429
    assert phone.send("同一条").status_code == 201


def test_another_phone_at_the_same_address_is_not_slowed(phone, clock):
    send_many(phone, PER_BROWSER + 1)

    assert Phone(clock).send().status_code == 201
    assert moderated() == 0


@pytest.mark.parametrize("cookie", [None, "forged:signature", ""])
def test_without_a_valid_token_it_is_taken_into_moderation(phone, cookie):
    phone.client = Client()
    if cookie is not None:
        phone.client.cookies["browser"] = cookie

    response = phone.send()

    assert response.status_code == 201
    assert moderated() == 1
    assert code_in(response)


def test_filled_honeypot_is_taken_into_moderation(phone):
    usual, trapped = phone.send("一"), phone.send("二", more="http://buy.example")

    assert [usual.status_code, trapped.status_code, moderated()] == [201, 201, 1]
    pages = [words_of(page).replace(code_in(page), "") for page in (usual, trapped)]
    assert pages[0] == pages[1]


def test_honeypot_is_seen_and_reached_by_nobody(phone):
    page = text(phone.get("/suggest/"))

    field = page.partition('name="more"')
    assert 'tabindex="-1"' in field[2].partition(">")[0]
    assert 'class="nobody"' in field[0][-300:]


@pytest.mark.parametrize(("seconds", "count"), [(0, 1), (2, 1), (4, 0)])
def test_what_is_sent_faster_than_anyone_types_is_moderated(committee, clock, seconds, count):
    phone = Phone()
    clock.shift(seconds)

    assert phone.send().status_code == 201
    assert moderated() == count


def test_above_the_ceiling_of_an_address_all_is_taken_into_moderation(committee, clock, settings):
    settings.SUGGESTIONS_PER_ADDRESS = 5
    answers = [Phone(clock).send().status_code for _phone in range(8)]
    elsewhere = Phone(clock, at="198.51.100.9").send().status_code

    assert answers == [201] * 8
    assert elsewhere == 201
    assert moderated() == 3
    clock.shift(60 * 60)
    Phone(clock).send()
    assert moderated() == 3


def test_address_is_the_one_that_our_proxy_names(committee, clock, settings):
    settings.SUGGESTIONS_PER_ADDRESS = 1
    settings.TRUSTED_PROXIES = 1
    for number in range(3):
        phone = Phone(clock)
        phone.client.defaults["HTTP_X_FORWARDED_FOR"] = f"9.9.9.9, 198.51.100.{number}"
        phone.send()
    assert moderated() == 0

    settings.TRUSTED_PROXIES = 0
    for _turn in range(3):  # nobody chooses an address by a header
        Phone(clock).send()
    assert moderated() == 2


@pytest.mark.crawl
def test_a_shift_behind_one_address_against_a_flooder(committee, clock, settings):
    """120 phones of a shift and one that sends 360: a sixth of them, and of what an address may."""
    assert 120 + PER_BROWSER <= settings.SUGGESTIONS_PER_ADDRESS < 120 + 360
    settings.SUGGESTIONS_PER_ADDRESS //= 6
    flooder, shift = Phone(clock), [Phone() for _phone in range(20)]
    clock.shift(10)
    flood, answers = [], []
    for number, phone in enumerate(shift):
        flood += [flooder.send(f"灌水{number}-{turn}").status_code for turn in range(3)]
        answers.append(phone.send(f"第{number}位职工").status_code)

    assert answers == [201] * 20
    assert (flood.count(201), flood.count(429)) == (PER_BROWSER, 60 - PER_BROWSER)
    assert moderated() == 0


def test_tallies_say_nothing(phone, clock, monkeypatch):
    phone.send()
    written = keys()
    monkeypatch.setattr("welfare.memory_key._KEY", b"of another start")
    Phone(clock).send()

    assert len(written) == 2  # a browser and a network
    assert {key for key in written if not re.fullmatch("[0-9a-f]{64}", key)} == set()
    assert len(keys()) == 4
    assert not Tally.objects.exclude(hour=this_hour()).exists()


def keys():
    return set(Tally.objects.values_list("key", flat=True))


# Exact at the same moment


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.crawl
def test_no_eleventh_slips_through_at_the_same_moment(clock, monkeypatch, exact):
    factories.call(factories.Committee())
    phone = Phone(clock)
    cookies = phone.client.cookies
    monkeypatch.setattr(hourly_limit, "check_browser", lambda browser: None)
    if not exact:  # the control: without the lock some are counted once
        monkeypatch.setattr(Tally.objects.__class__, "select_for_update", lambda self: self.all())

    def send(number):
        client = Client()
        client.cookies = cookies
        mine = Phone.__new__(Phone)
        mine.client, mine.at, mine.prefix, mine.nonce = client, phone.at, "", phone.nonce
        return mine.send(f"第{number}条").status_code

    done = together(*(lambda number=number: send(number) for number in range(32)))

    taken = models.Suggestion.objects.count()
    assert done.count(201) == taken
    assert done.count(201) + done.count(429) == 32
    assert (taken == PER_BROWSER) is (exact or ON_SQLITE)  # where a transaction lets no other begin


@pytest.mark.usefixtures("emptied_tables")
def test_same_form_at_the_same_moment_is_one_suggestion_and_counts_once(clock):
    factories.call(factories.Committee())
    phone = Phone(clock)

    done = together(*([lambda: phone.send()] * 8))

    assert {answer.status_code for answer in done} == {201}
    assert len({code_in(answer) for answer in done}) == models.Suggestion.objects.count() == 1
    assert set(Tally.objects.values_list("count", flat=True)) == {1}
