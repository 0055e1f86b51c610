import re
from statistics import median
from time import perf_counter

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client

from items.models import Person
from tests import factories
from tests.account.conftest import RIGHT, WRONG, browser, is_in, log_in, person_called, words

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.mark.parametrize(("language", "to"), [("", "/desk/"), ("/en", "/en/desk/")])
def test_login_leads_to_the_desk_in_the_language_of_the_page(person, language, to):
    response = log_in(language=language)

    assert (response.status_code, response.headers["Location"]) == (302, to)


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/account/sessions/", "/account/sessions/"),
        ("/lists/a/?q=1", "/lists/a/?q=1"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("/\\evil.example", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("http://testserver/desk/", "/desk/"),
    ],
)
def test_login_leads_on_only_within_the_site(client, person, address, to):
    response = client.post(
        "/account/login/", {"login": "zhang", "password": RIGHT, "next": address}
    )

    assert response.headers["Location"] == to


@pytest.mark.parametrize("username", ["zhang", " ZHANG ", "ｚｈａｎｇ"])
def test_login_forgives_spaces_capitals_and_full_width_letters(person, username):
    assert log_in(username).status_code == 302


def test_every_refusal_is_the_same_page(person):
    person_called("closed", is_active=False)
    factories.Person(username="no-login")
    tries = [("zhang", WRONG), ("nobody", WRONG), ("closed", RIGHT), ("no-login", RIGHT)]
    pages = {
        TOKEN.sub("", words(log_in(username, password))).replace(username, "…")
        for username, password in tries
    }

    assert len(pages) == 1
    assert "账号或密码不对。请检查后重试。" in pages.pop()


@pytest.mark.crawl
def test_refusal_takes_as_long_for_an_unknown_login(person, settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 300_000)  # still far above a page
    person.set_password(RIGHT)
    person.save()
    factories.Person(username="no-login")
    factories.Person(username="closed", password=person.password, is_active=False)
    log_in("warm", WRONG)

    times = {"zhang": [], "nobody": [], "no-login": [], "closed": []}
    for number in range(4):
        for username, spent in times.items():
            began = perf_counter()
            log_in(username, WRONG, at=f"203.0.113.{number}")
            spent.append(perf_counter() - began)

    known, *others = (median(spent) for spent in times.values())
    for unknown in others:
        assert 0.5 < known / unknown < 2  # without the second hash it is some 7 to 1


def test_error_page_names_the_field_above_and_beside_it(client):
    page = words(client.post("/en/account/login/", {"login": "zhang"}))

    assert "<title>Error: Log in</title>" in page
    assert '<a href="#id_password">Fill in your password.</a>' in page
    assert 'id="id_password_error">Fill in your password.' in page
    assert 'aria-describedby="id_password_error"' in page
    assert "required" not in page


def test_password_is_never_shown_again(person):
    assert WRONG not in words(log_in(password=WRONG))


def test_login_gets_a_new_session(client, person):
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key

    log_in(client=client)

    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_logout_ends_the_session(person):
    client = browser()
    key = client.session.session_key

    response = client.post("/account/logout/")

    assert response.headers["Location"] == "/account/login/"
    assert "您已退出登录。" in words(client.get("/account/login/"))
    assert not Session.objects.filter(session_key=key).exists()
    client.cookies["sessionid"] = key
    assert not is_in(client)


def test_looking_at_the_logout_page_changes_nothing(person):
    client = browser()

    assert client.get("/account/logout/").status_code == 200
    assert is_in(client)


def test_nobody_signs_up(client):
    form = {"username": "new", "password1": RIGHT, "password2": RIGHT}

    for path in ("/account/signup/", "/accounts/signup/", "/en/account/signup/"):
        assert client.post(path, form).status_code == 404
    assert not Person.objects.exists()


# The admin


@pytest.mark.parametrize("language", ["", "/en"])
def test_admin_has_our_login(client, language):
    response = client.get(f"{language}/admin/", follow=True)

    address, _query = response.redirect_chain[-1][0].split("?")
    assert address == f"{language}/account/login/"


def test_admin_takes_no_password(person):
    person.is_staff = True
    person.save()
    client = Client()

    response = client.post("/admin/login/", {"username": "zhang", "password": RIGHT})

    assert response.headers["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in client.session


def test_admin_refuses_who_is_not_of_the_staff(person):
    client = browser()

    assert client.get("/admin/", follow=True).status_code == 403


def test_admin_changes_passwords_and_logs_out_as_everywhere(person):
    person.is_staff = True
    person.save()
    client = browser()

    change, logout = client.get("/admin/password_change/"), client.post("/admin/logout/")

    assert change.headers["Location"] == "/account/password/"
    assert logout.headers["Location"] == "/account/login/"
    assert not is_in(client)
