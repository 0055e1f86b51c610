"""A browser in which a login worked before isn't kept out, whatever others try where it is."""

import pytest
from django.conf import settings as site
from django.test import Client

from tests.account.conftest import HOME, WRONG, log_in, person_called, words
from tests.account.test_login_limit import gets_in, guess, is_told_to_wait
from welfare.account.login_limit import ALL_OF_AN_ADDRESS, PER_ADDRESS, PER_BROWSER
from welfare.http import client_address

pytestmark = pytest.mark.django_db
COOKIE = site.DEVICE_COOKIE_NAME


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-06-01 09:00+08:00", tick=False)
    return time_machine


@pytest.fixture
def known(person):
    """Return a browser in which zhang logged in, and out."""
    client = Client()
    assert gets_in(client=client)
    client.post("/account/logout/")
    return client


def test_owner_gets_in_while_somebody_guesses_behind_the_same_address(known):
    guess(PER_ADDRESS.free + 10, at=HOME)

    assert is_told_to_wait(log_in(at=HOME))  # the control: a browser that nobody knows
    assert gets_in(client=known, at=HOME)


def test_owner_gets_in_while_all_of_an_address_is_slowed_down(known):
    for number in range(ALL_OF_AN_ADDRESS.free + 1):
        answer = log_in(f"invented{number}", WRONG)

    assert is_told_to_wait(answer)
    assert is_told_to_wait(log_in())
    assert gets_in(client=known)


def test_known_browser_is_slowed_down_by_its_own_failures(known):
    for _each in range(PER_BROWSER.free):
        log_in(password=WRONG, client=known)

    assert is_told_to_wait(log_in(client=known))
    assert gets_in()  # elsewhere nothing was counted


def test_browser_is_known_for_the_login_that_worked_in_it(known):
    person_called("li")
    guess(PER_ADDRESS.free, username="li")

    assert is_told_to_wait(log_in("li", client=known))


def test_shared_computer_knows_its_last_people(known):
    for name in ("li", "wang"):
        person_called(name)
        assert gets_in(username=name, client=known)
    guess(PER_ADDRESS.free)

    assert gets_in(client=known)


@pytest.mark.parametrize("forged", ["", "nonsense", "W1siYSIsICJiIl1d:1tAbCd:forged"])
def test_forged_cookie_is_none(person, forged):
    guess(PER_ADDRESS.free)
    client = Client()
    client.cookies[COOKIE] = forged

    assert is_told_to_wait(log_in(client=client))


def test_cookie_is_for_the_server_alone_and_names_nobody(known):
    cookie = known.cookies[COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert "zhang" not in cookie.value


def test_failure_makes_no_browser_known(person):
    client = Client()
    log_in(password=WRONG, client=client)

    assert COOKIE not in client.cookies


# A proxy that nobody told the site of


@pytest.mark.parametrize(
    ("at", "proxies", "count"), [("127.0.0.1", 0, 1), ("127.0.0.1", 1, 0), ("203.0.113.9", 0, 0)]
)
def test_untold_proxy_is_said_once(person, settings, caplog, monkeypatch, at, proxies, count):
    monkeypatch.setattr(client_address, "_warned", [])
    settings.TRUSTED_PROXIES = proxies
    for _each in range(2):
        log_in(password=WRONG, at=at, **{"x-forwarded-for": "198.51.100.1"})

    assert sum("TRUSTED_PROXIES" in message for message in caplog.messages) == count
    assert "错误" not in words(log_in(at="192.0.2.9"))
