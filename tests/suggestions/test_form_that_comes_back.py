"""The form after an error: what stays folded, where the focus goes, what stays a photo."""

import re

import pytest
from django.test import Client

from items.models import Category
from tests.suggestions.phone import Phone, photo, text
from tests.welfare.test_form_recovery import HERE

pytestmark = pytest.mark.django_db
FOLDED = re.compile(r"<details( open)?>")
SUMMARY = re.compile(r'<div class="errors"[^>]* tabindex="-1" autofocus')


@pytest.fixture
def phone(committee, clock):
    Category.objects.create(committee=committee, name="食堂")
    return Phone(clock)


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ({}, False),
        ({"location": "二号高炉"}, False),
        ({"name": "老张"}, True),
        ({"contact": "一" * 101}, True),
        ({"kind": "opinion"}, True),
        ({"kind": "nonsense"}, True),
    ],
)
def test_optional_fields_open_only_for_their_own(phone, typed, opens):
    page = text(phone.send("", **typed))

    assert bool(FOLDED.search(page)[1]) is opens
    assert SUMMARY.search(page)


def test_error_of_an_optional_field_alone_opens_them(phone):
    assert FOLDED.search(text(phone.send("暖气不热", contact="一" * 101)))[1]


@pytest.mark.parametrize("typed", [{}, {"name": "老张"}])
def test_page_that_was_open_too_long_keeps_photos_a_field_of_photos(committee, typed):
    strict = Client(enforce_csrf_checks=True)
    sent = {"words": "灯不亮", "name": "", "contact": "", "photos": "", "location": ""} | typed

    page = strict.post("/suggest/", sent, headers=HERE)

    shown = text(page)
    assert page.status_code == 403
    assert 'type="file"' in shown
    assert re.search(r'name="photos"\s+accept="image', shown)
    assert '<textarea id="typed-1" name="words"' in shown
    assert shown.count("<textarea") == 1 + len(typed)
    assert shown.count('<span class="optional">') == 1 + len(typed)
    assert "multiple" in shown


def test_chosen_photo_and_field_stand_together(committee):
    strict = Client(enforce_csrf_checks=True)

    page = text(strict.post("/suggest/", {"words": "灯不亮", "photos": [photo()]}, headers=HERE))

    assert page.count('type="file"') == 1


@pytest.mark.parametrize("path", ["/suggest/", "/answer/", "/en/suggest/", "/large/answer/"])
def test_only_the_form_as_it_opens_is_compressed(client, committee, path):
    takes = {"HTTP_ACCEPT_ENCODING": "br"}

    opened = client.get(path, **takes)
    assert opened.headers["Content-Encoding"] == "br"
    assert opened.headers["Cache-Control"] == "no-store, private"
    assert "Accept-Encoding" in opened.headers["Vary"]
    assert len(opened.content) < 4_000

    answers = [client.post(path, {"words": "灯不亮", "code": "x"}, **takes)]
    assert [answer for answer in answers if "Content-Encoding" in answer.headers] == []


def test_what_is_secret_in_the_opened_form_is_new_each_time(client, committee):
    # What makes compressing it safe: nothing that stays can be guessed by its length.
    pages = [text(client.get("/suggest/?where=x")) for _ in range(2)]
    hidden = [re.findall(r'type="hidden"[^>]* value="([^"]{20,})"', page) for page in pages]

    assert len(hidden[0]) == 2
    assert not set(hidden[0]) & set(hidden[1])
