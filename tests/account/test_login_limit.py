"""Rate limit of logins: guessing is slow, and keeps nobody else out."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from time import sleep

import pytest
from django.core.cache import caches
from django.db import connection

from tests.account.conftest import ELSEWHERE, HOME, WRONG, browser, log_in, person_called, words
from welfare import rate_limit
from welfare.account.login_limit import PER_ADDRESS, PER_LOGIN, LoginAttempt

pytestmark = pytest.mark.django_db
NOW = "2026-06-01 09:00+08:00"


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Return a clock that stands still until it is told to move on."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


def guess(times, **where):
    return [log_in(password=WRONG, **where) for _ in range(times)]


def is_told_to_wait(response):
    return response.status_code == 200 and "错误次数太多。" in words(response)


def gets_in(**tried):
    return log_in(**tried).status_code == 302


def test_after_five_failures_the_right_password_waits_too(person):
    answers = guess(PER_ADDRESS.free)

    assert not any(is_told_to_wait(answer) for answer in answers)
    assert is_told_to_wait(log_in())


def test_four_failures_cost_nothing(person):
    # The negative control: it is the fifth that counts.
    guess(PER_ADDRESS.free - 1)

    assert gets_in()


def test_waiting_is_enough(person, clock):
    guess(PER_ADDRESS.free)
    clock.shift(PER_ADDRESS.first + 1)

    assert gets_in()


def test_the_page_says_for_how_long(person, clock):
    guess(PER_ADDRESS.free)

    assert "请等 30 秒再试。" in words(log_in())
    clock.shift(31)
    guess(1)
    assert "请等 1 分钟再试。" in words(log_in())


def test_wait_grows_and_has_an_end():
    waits = [PER_ADDRESS.wait_after(failures) for failures in range(12)]

    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert PER_LOGIN.wait_after(10_000) == 60


def test_trying_too_early_makes_no_wait_longer(person, clock):
    guess(PER_ADDRESS.free + 10)
    clock.shift(PER_ADDRESS.first + 1)

    assert gets_in()


def test_owner_gets_in_while_somebody_else_guesses(person):
    guess(PER_LOGIN.free + 5, at=ELSEWHERE)

    assert is_told_to_wait(log_in(at=ELSEWHERE))
    assert gets_in(at=HOME)


def test_owner_gets_in_where_they_did_before_while_many_guess(person, clock):
    log_in(at=HOME)
    for number in range(PER_LOGIN.free + 5):
        guess(1, at=f"198.51.100.{number}")

    assert is_told_to_wait(log_in(at=ELSEWHERE))
    assert gets_in(at=HOME)


def test_many_addresses_together_are_slowed_down(person, clock):
    answers = [guess(1, at=f"198.51.100.{number}")[0] for number in range(PER_LOGIN.free + 20)]

    assert sum(is_told_to_wait(answer) for answer in answers) == 20
    clock.shift(PER_LOGIN.longest + 1)
    assert gets_in(at="192.0.2.1")


def test_many_logins_from_one_address_are_not(person):
    for number in range(PER_LOGIN.free + 5):
        log_in(f"nobody{number}", WRONG)

    assert gets_in()


def test_a_thousand_passwords_in_a_day_are_a_hundred(person, clock):
    looked_at = 0
    for _ in range(24 * 60):
        looked_at += LoginAttempt("zhang", ELSEWHERE).wait() == 0
        clock.shift(60)

    assert looked_at < 110


def test_unknown_login_is_slowed_down_like_a_known_one():
    answers = [log_in("nobody", WRONG) for _ in range(PER_ADDRESS.free + 1)]

    assert [is_told_to_wait(answer) for answer in answers] == [False] * PER_ADDRESS.free + [True]


def test_own_login_does_not_clear_the_count_of_a_colleague(person):
    person_called("li")
    for _ in range(4):
        guess(1)
        assert gets_in(username="li")
    guess(1)

    assert is_told_to_wait(log_in())


def test_login_clears_its_own_count(person):
    guess(4)
    log_in()
    guess(4)

    assert gets_in()


# One more try than an address has, and fewer than a login has from anywhere: that one address made
# them all is why the last one waits.
ONE_TOO_MANY = PER_ADDRESS.free + 1
assert PER_LOGIN.free > ONE_TOO_MANY


@pytest.mark.parametrize("forged", ["1.2.3.{}", "10.0.0.{}, 1.2.3.{}", "::{}", "{}", " , {}"])
def test_forged_addresses_change_nothing(person, forged):
    for number in range(ONE_TOO_MANY):
        header = {"x-forwarded-for": forged.format(number, number), "forwarded": f"for={number}"}
        answer = log_in(password=WRONG, **header)

    assert is_told_to_wait(answer)
    assert is_told_to_wait(log_in(**{"x-forwarded-for": "9.9.9.9", "x-real-ip": "9.9.9.9"}))


def test_behind_a_proxy_its_word_counts(person, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(ONE_TOO_MANY):
        forwarded = f"1.2.3.{number}, {ELSEWHERE}"
        answer = log_in(password=WRONG, at="10.0.0.1", **{"x-forwarded-for": forwarded})

    assert is_told_to_wait(answer)
    assert gets_in(at="10.0.0.1", **{"x-forwarded-for": HOME})


def test_a_customers_whole_network_is_one_address(person):
    for number in range(ONE_TOO_MANY):
        answer = guess(1, at=f"2001:db8:1:2::{number:x}")[0]

    assert is_told_to_wait(answer)
    assert gets_in(at="2001:db8:1:3::1")


def test_wrong_present_password_counts_too(person):
    client = browser()
    form = {"old_password": WRONG, "password1": "x", "password2": "x"}
    for _ in range(PER_ADDRESS.free + 1):
        answer = client.post("/account/password/", form, REMOTE_ADDR=HOME)

    assert "错误次数太多。" in words(answer)


def test_counts_lie_where_all_processes_find_them(person):
    guess(1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] >= 2
    assert caches["default"]._max_entries == 100_000


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.parametrize("exact", [True, False])
def test_no_try_slips_through_at_the_same_moment(exact, monkeypatch):
    monkeypatch.setattr(rate_limit.RateLimit, "wait_after", slow(rate_limit.RateLimit.wait_after))
    if not exact:  # the negative control: where nobody waits for the other, some do
        monkeypatch.setattr(rate_limit, "locked", lambda counter: nullcontext(True))

    def wait(_):
        try:
            return LoginAttempt("zhang", HOME).wait()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(wait, range(24)))

    assert (waits.count(0) == PER_ADDRESS.free) is exact


def slow(method):
    """Make the moment between reading a count and writing it long."""

    def slowed(*args):
        sleep(0.03)
        return method(*args)

    return slowed
