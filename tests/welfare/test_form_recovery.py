"""Form recovery: what was typed outlives the login and the CSRF token; nobody else sees it."""

import json
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from zeal import zeal_ignore

HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
TYPED = {
    "note": "暖气片换好了 <b>&</b>\nsecond line",
    "status": "3",
    "seen_version": "7",
    "urgent": "on",
    "pin": "pin-1234",
    "csrfmiddlewaretoken": "stale-token",
}
FIELD = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
pytestmark = pytest.mark.django_db


@pytest.fixture
def strict():
    """Return a browser that is asked for a token, as real ones are."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user("owner1", password="a long enough one")


def send(client, path="/report/", typed=TYPED, headers=HERE, **more):
    return client.post(path, typed, headers=headers, **more)


def words(response):
    return response.content.decode()


def test_without_a_login_the_text_comes_back(client):
    response = send(client)

    page = words(response)
    assert response.status_code == 403
    assert "没有提交：登录已失效" in page
    assert "暖气片换好了 &lt;b&gt;&amp;&lt;/b&gt;\nsecond line</textarea>" in page
    assert '<form method="post" action="/report/"' in page
    assert '<a href="/account/login/" target="_blank"' in page
    assert response.headers["Cache-Control"] == "no-store, private"


def test_it_comes_back_with_the_words_of_its_form(client):
    page = words(send(client, "/en/report/"))

    assert ">What was done</label>" in page
    assert "<dd>In progress</dd>" in page
    for name, value in [("status", "3"), ("seen_version", "7"), ("urgent", "on")]:
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_form_that_nobody_named_comes_back_too(client):
    typed = {"note": ["one", "two"], "_save": "1", "next": "/desk/", "seen_version": "3"}
    page = words(send(client, "/en/desk/", typed))

    assert page.count("<textarea") == 2
    assert ">What you typed, no. 1</label>" in page
    assert page.count('type="hidden"') == 4  # with the new token


@pytest.mark.parametrize("path", ["/report/", "/desk/"])
def test_secrets_and_tokens_are_never_given_back(client, path):
    secrets = {"password": "s1", "old_password": "s2", "new_passwd": "s3", "api_token": "s4"}
    page = words(
        send(
            client,
            path,
            {**TYPED, **secrets, "pin": "s5"}
            if path == "/report/"
            else {**secrets, "note": "kept"},
        )
    )

    assert not re.search(r"s[1-5]\b", page)
    assert "stale-token" not in page
    assert "密码不会保留" in page


def test_files_are_named_not_kept(client):
    photo = SimpleUploadedFile("radiator.jpg", b"bytes of a photo")
    page = words(send(client, "/en/desk/", {"note": "done", "photo": photo}))

    assert "Choose the file again (1): radiator.jpg" in page
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page
    assert "bytes of a photo" not in page


def test_form_with_a_stale_token_comes_back_with_a_fresh_one(strict, person):
    strict.force_login(person)

    response = send(strict)
    page = words(response)

    assert response.status_code == 403
    assert "没有提交：页面打开太久" in page
    assert "暖气片换好了" in page
    token = FIELD.search(page)[1]
    again = send(strict, typed={**TYPED, "csrfmiddlewaretoken": token})
    assert words(again).startswith("reported: 暖气片")


def test_the_whole_way_back_from_a_lost_login(strict, person):
    first = send(strict, typed=TYPED)
    with zeal_ignore():
        login = words(strict.get("/account/login/"))
        strict.post(
            "/account/login/",
            {
                "login": "owner1",
                "password": "a long enough one",
                "csrfmiddlewaretoken": FIELD.search(login)[1],
            },
            headers=HERE,
        )
    # Logging in changes the token: the page from before comes back once more.
    second = send(strict, typed={**TYPED, "csrfmiddlewaretoken": FIELD.search(words(first))[1]})
    assert second.status_code == 403
    third = send(strict, typed={**TYPED, "csrfmiddlewaretoken": FIELD.search(words(second))[1]})

    assert words(third).startswith("reported: 暖气片")


FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:8080"},
    {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"referer": "https://evil.example/http://testserver/"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/report/", "/desk/"])
def test_another_site_gets_no_word_back(strict, path, headers):
    response = send(strict, path, headers=headers)

    assert response.status_code == 403
    assert "暖气片" not in words(response)
    assert "没有提交" not in words(response)


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_gets_no_word_back_from_where_no_token_is_asked(strict, headers):
    response = send(strict, "/callback/", headers=headers)

    assert response.status_code == 403
    assert "暖气片" not in words(response)


@pytest.mark.parametrize(
    "headers",
    [
        HERE,
        {"origin": "http://testserver"},
        {"sec-fetch-site": "same-origin"},
        {"referer": "http://testserver/report/"},
    ],
)
def test_our_own_page_is_known_by_any_of_its_signs(strict, headers):
    # The negative control of the two tests above.
    assert "暖气片" in words(send(strict, headers=headers))


def test_program_gets_its_refusal_as_json(client, strict):
    asked = {**HERE, "accept": "application/json"}
    answers = [
        client.get("/en/report/", headers=asked),
        send(client, "/en/report/", headers=asked),
        send(strict, "/en/report/", headers=asked),
        client.post("/en/report/", {"note": 1}, "application/json", headers=HERE),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert [json.loads(answer.content)["sentence"] for answer in answers] == [
        "Log in first.",
        "Log in first.",
        "Reload the page, then send it again.",
        "Log in first.",
    ]


def test_other_methods_are_recovered_too(client):
    assert client.put("/desk/", "a", headers=HERE).status_code == 403
    assert client.delete("/desk/", headers=HERE).status_code == 403


def test_too_much_is_not_recovered(client, strict, settings):
    typed = {"note": "暖" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3)}

    for browser in (client, strict):
        response = send(browser, "/desk/", typed, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (400, 403)
        assert "暖" not in words(response)


TOO_MANY = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1


def test_too_many_fields_are_not_recovered(client):
    response = send(client, "/desk/", {f"note{number}": "暖" for number in range(TOO_MANY)})

    assert response.status_code in (400, 403)
    assert "暖" not in words(response)


def test_login_with_a_stale_token_keeps_the_name(strict):
    response = send(strict, "/account/login/", {"login": "owner1", "password": "s3cret"})

    assert "owner1</textarea>" in words(response)
    assert "s3cret" not in words(response)
