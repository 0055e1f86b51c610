import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from items.guards import triggers
from items.models import Person
from tests import factories
from tests.account.conftest import ELSEWHERE, RIGHT, browser, is_in, person_called, words
from tests.items.admin.forms import page, shown
from tests.items.published import run

pytestmark = pytest.mark.django_db
NEW = "quite another password"
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/116 Mobile MicroMessenger/8.0"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-06-01 09:00+08:00", tick=False)
    return time_machine


@pytest.fixture
def here(person):
    return browser()


@pytest.fixture
def there(person, here):
    return browser(at=ELSEWHERE, **{"user-agent": PHONE})


def ends(client):
    """Return what the buttons of the page would send."""
    return re.findall(r'name="end" value="(\w+)"', words(client.get("/account/sessions/")))


def change(client, **fields):
    form = {"old_password": RIGHT, "password1": NEW, "password2": NEW}
    return client.post("/account/password/", form | fields)


def test_page_shows_where_one_is_logged_in(here, there):
    page = words(here.get("/account/sessions/"))

    assert "Android上的微信" in page
    assert ELSEWHERE in page
    assert page.count(">这台设备</h2>") == 1
    assert "2026年6月1日 09:00" in page


def test_page_asks_the_same_for_one_session_and_for_three(
    here, person, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6) as asked:
        here.get("/account/sessions/")
    once = len(asked)
    for _ in range(2):
        browser(at=ELSEWHERE)

    with django_assert_max_num_queries(once):
        assert len(ends(here)) == 3


def test_one_session_is_ended(here, there):
    third = browser(at=ELSEWHERE)
    (_others, mark, _third) = ends(here)

    page = words(here.post("/account/sessions/", {"end": mark}, follow=True))

    assert "已退出：" in page
    assert [is_in(client) for client in (here, there, third)].count(True) == 2
    assert is_in(here)


def test_all_others_are_ended(here, there):
    third = browser(at=ELSEWHERE)

    page = words(here.post("/account/sessions/", {"end": "others"}, follow=True))

    assert "您在其他设备上的登录都已退出。" in page
    assert [is_in(client) for client in (here, there, third)] == [True, False, False]


def test_nobody_ends_the_session_of_somebody_else(here):
    person_called("li")
    stranger = browser(username="li")
    (mark,) = {str(row.pk) for row in sessions_of("li")}

    here.post("/account/sessions/", {"end": mark})

    assert is_in(stranger)


def sessions_of(username):
    return UserSession.objects.filter(user__username=username)


def test_ending_needs_a_post(here, there):
    here.get("/account/sessions/", {"end": "others"})

    assert is_in(there)


def test_password_change_ends_the_others_and_not_this_one(here, there):
    response = change(here)

    assert response.headers["Location"] == "/account/sessions/"
    assert is_in(here)
    assert not is_in(there)
    assert ends(here) == []


ROADS = {
    "saved": lambda person, is_active: save(person, is_active),
    "one instance": lambda person, is_active: (
        person.__dict__.update(is_active=is_active) or person.save()
    ),
    "update": lambda person, is_active: Person.objects.update(is_active=is_active),
    "SQL": lambda person, is_active: run(f"UPDATE items_person SET is_active = {is_active}"),
    "admin": lambda person, is_active: in_the_admin(person, is_active),
}


def save(person, is_active):
    row = Person.objects.get(pk=person.pk)
    row.is_active = is_active
    row.save(update_fields=["is_active"])


def in_the_admin(person, is_active):
    root, _new = Person.objects.get_or_create(
        username="root", defaults={"name": "管理员", "is_staff": True, "is_superuser": True}
    )
    client = Client()
    client.force_login(root)
    sent = shown(client, page(person))
    sent.pop("is_active", None)
    sent |= {"is_active": "on"} if is_active else {}
    assert client.post(page(person), sent).status_code == 302


@pytest.mark.parametrize("road", ROADS)
def test_closing_ends_sessions_for_good(here, there, person, road):
    ROADS[road](person, False)
    ROADS[road](person, True)

    assert [is_in(client) for client in (here, there)] == [False, False]
    assert is_in(browser())


def test_what_changes_else_ends_no_session(here, person):
    person.email = "zhang@example.com"
    person.save()

    assert is_in(here)


def test_count_of_closings_never_falls(person):
    early = Person.objects.get(pk=person.pk)
    save(person, False)
    save(person, True)

    early.save()

    assert Person.objects.get(pk=person.pk).closings == 1


def test_without_the_trigger_a_session_comes_back(here, person):
    # The negative control.
    triggers.remove(connection)
    save(person, False)
    save(person, True)

    assert is_in(here)


def test_password_change_gives_a_new_session_id(here):
    before = here.session.session_key
    change(here)

    assert here.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old_password": "wrong"}, "现在的密码不对。请重新填写。"),
        ({"password2": "another one"}, "两次填写的新密码不同。请重新填写。"),
        ({"password1": "short1", "password2": "short1"}, "密码太短。请至少用 8 个字符。"),
        ({"password1": "password", "password2": "password"}, "密码太好猜。请换一个。"),
        ({"password1": "8274619384", "password2": "8274619384"}, "密码只有数字。请加上字母。"),
        (
            {"password1": "zhang12345", "password2": "zhang12345"},
            "密码和账号或姓名太像。请换一个。",
        ),
        ({"password1": ""}, "请填写新密码。"),
    ],
)
def test_password_stays_when_something_is_wrong(here, there, person, fields, sentence):
    person.username = "zhang1234"
    person.save()
    page = words(change(here, **fields))

    assert page.count(sentence) == 2
    assert "<title>错误：修改密码</title>" in page
    assert NEW not in page
    assert is_in(there)


def test_closed_account_is_out_at_the_next_request(here, person):
    person.is_active = False
    person.save()

    assert not is_in(here)


def test_password_set_by_an_administrator_ends_all(here, there, person):
    person.set_password(NEW)
    person.save()

    assert not is_in(here)
    assert not is_in(there)


def test_two_hours_of_silence_end_a_session(here, clock):
    clock.shift(2 * 3600 + 1)

    assert not is_in(here)


def test_signs_of_life_keep_it_open_for_twelve_hours(here, clock):
    for _ in range(12):
        clock.shift(3600 - 1)
        assert is_in(here)
    clock.shift(60)

    assert not is_in(here)
    assert SESSION_KEY not in here.session


def test_session_without_a_beginning_gets_one(client, person, clock):
    client.force_login(person)
    assert is_in(client)
    for _ in range(13):
        clock.shift(3600 - 1)
        is_in(client)

    assert not is_in(client)


def test_session_is_written_every_five_minutes_at_most(here, clock, django_assert_num_queries):
    is_in(here)
    before = Session.objects.get().expire_date
    clock.shift(299)
    is_in(here)
    assert Session.objects.get().expire_date == before

    clock.shift(2)
    is_in(here)
    assert (Session.objects.get().expire_date - before).total_seconds() == 301


def test_reading_the_board_is_no_sign_of_life(here, clock):
    factories.published_item(list__slug="plant-2026")
    before = Session.objects.get().expire_date
    clock.shift(3600)

    assert here.get("/lists/plant-2026/").cookies == {}
    assert Session.objects.get().expire_date == before


def test_cookie_ends_with_the_browser(here):
    assert here.cookies["sessionid"]["max-age"] == ""
    assert here.cookies["sessionid"]["expires"] == ""
