"""A suggestion is one form, taken once, and answered by a receipt; nothing typed is ever lost."""

import re
from html import unescape

import pytest
from django.test import Client

from items import models
from items.photos import picture
from items.photos.slots import slot
from items.privacy.receipt_codes import hashed
from tests import factories
from tests.factories import TODAY, days
from tests.suggestions.phone import CODE, WORDS, Phone, code_in, kept_in, photo, text, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(committee, clock):
    return Phone(clock)


def only():
    return models.Suggestion.objects.get()


def test_suggestion_is_taken_and_a_receipt_is_shown(phone, committee):
    response = phone.send(location="二号高炉", kind="opinion", name="老张", contact="分机 301")

    sent = only()
    assert response.status_code == 201
    assert response.headers["Cache-Control"] == "no-store, private"
    assert sent.code_hash == hashed(code_in(response))
    assert (sent.words, sent.location, sent.kind) == (WORDS, "二号高炉", "opinion")
    assert (sent.committee, sent.in_moderation) == (committee, False)
    assert (sent.contact_row.name, sent.contact_row.contact) == ("老张", "分机 301")


def test_only_the_words_are_needed(phone):
    assert phone.send().status_code == 201
    assert not models.Contact.objects.exists()


def test_receipt_says_by_when_and_no_address_holds_the_code(phone):
    response = phone.send()

    code = code_in(response)
    assert len(CODE.findall(text(response))) == 1
    assert "2026年7月1日" in words_of(response)  # what the call says
    assert code not in str(response.headers)
    assert not re.search(rf'(href|src|action)="[^"]*{code}', text(response))
    assert code not in re.search("<title>(.*?)</title>", text(response), re.DOTALL)[1]
    assert 'href="/answer/"' in text(response)


def test_without_a_call_the_committee_says_by_when(clock):
    committee = factories.Committee(answer_within_days=9)
    factories.publish(factories.Item(list__committee=committee).list)
    phone = Phone(clock)

    phone.send()

    assert only().answer_by == TODAY + days(9)
    assert "9天内" in words_of(phone.get("/suggest/"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_form_asks_little_and_promises_what_is_true(phone, prefix, settings):
    settings.CONTACT_DAYS = 21
    page = phone.get(f"{prefix}/suggest/")

    names = re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', text(page))
    assert set(names) == {
        *("csrfmiddlewaretoken", "nonce", "more"),
        *("words", "location", "photos", "name", "contact", "kind"),
    }
    assert "<textarea" in text(page)
    assert "capture" not in text(page)
    assert "21" in words_of(page)


def test_same_form_sent_again_is_the_same_suggestion(phone):
    first = phone.send(name="老张")
    again = phone.send(name="老张")

    assert (code_in(first), first.status_code) == (code_in(again), again.status_code)
    assert text(first).partition("<main")[2] == text(again).partition("<main")[2]
    assert models.Suggestion.objects.count() == models.Contact.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"words": "另一句"}, {"location": "食堂"}, {"name": "老李"}, {"photos": [photo()]}],
    ids=str,
)
def test_changed_form_is_another_suggestion(phone, changed):
    first, second = phone.send(name="老张"), phone.send(**{"name": "老张"} | changed)

    assert code_in(first) != code_in(second)
    assert models.Suggestion.objects.count() == 2


def test_same_words_in_another_form_are_another_suggestion(committee, clock):
    codes = {code_in(Phone(clock).send()) for _turn in range(2)}

    assert len(codes) == models.Suggestion.objects.count() == 2


def test_photos_are_kept_clean_and_sent_again_they_are_the_same(phone):
    files = [photo("red"), photo("blue")]
    first = phone.send(photos=files)
    for file in files:
        file.seek(0)
    again = phone.send(photos=files)

    assert code_in(first) == code_in(again)
    assert [p.order for p in only().photos.all()] == [0, 1]
    assert bytes(only().photos.first().large)[:3] == b"\xff\xd8\xff"


def typed_of(page):
    area = re.search(r'<textarea[^>]*name="words"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    return unescape(area[1])


NOT_TAKEN = {
    "nothing written": ({"words": " "}, 422, "请写"),
    "too long": ({"words": "长" * 2001}, 422, "最多2000字"),
    "too many photos": ({"photos": [photo() for _ in range(4)]}, 422, "最多附3张"),
    "no photo": ({"photos": [photo(content=b"GIF89a")]}, 422, "GIF"),
    "an empty photo": ({"photos": [photo(content=b"")]}, 422, "空的"),
    "no nonce": ({"nonce": None}, 422, "打开太久"),
    "a forged nonce": ({"nonce": "abc:1t9xyz:forged"}, 422, "打开太久"),
}


KEPT_OF = {"too many photos": 1}  # four times the same picture


@pytest.mark.parametrize("why", NOT_TAKEN)
def test_what_is_not_taken_comes_back_whole(phone, why):
    fields, status, sentence = NOT_TAKEN[why]
    fields = {"location": "食堂", "name": "老张", "contact": "分机 301", "kind": "opinion"} | fields
    for file in fields.get("photos", []):
        file.seek(0)

    response = phone.send(**fields)

    page = text(response)
    assert response.status_code == status
    assert sentence in words_of(response)
    assert typed_of(page).strip() == fields.get("words", WORDS).strip()
    assert all(f'value="{fields[name]}"' in page for name in ("location", "name", "contact"))
    assert re.search(r'value="opinion"[^>]* checked', page)
    assert len(kept_in(response)) == KEPT_OF.get(why, 0)
    assert not models.Suggestion.objects.exists()


def test_page_without_a_nonce_brings_a_new_one(phone, clock):
    page = text(phone.send(nonce="forged"))
    phone.nonce = re.search(r'name="nonce" value="([^"]+)"', page)[1]
    clock.shift(10)

    assert phone.send().status_code == 201
    assert not only().in_moderation


def test_form_that_lay_open_for_weeks_is_asked_again(phone, clock):
    clock.shift(8 * 24 * 60 * 60)

    assert phone.send().status_code == 422
    assert not models.Suggestion.objects.exists()


def test_busy_decoders_keep_the_text(phone, monkeypatch):
    monkeypatch.setattr(picture, "TIMEOUT", 0)
    with slot(1), slot(1):
        response = phone.send(photos=[photo()])

    assert response.status_code == 422
    assert "照片" in words_of(response).partition("请改正")[2]
    assert typed_of(text(response)) == WORDS
    assert not models.Suggestion.objects.exists()


# To whom


def two_committees():
    one, two = factories.Committee(slug="one", name="一厂"), factories.Committee(slug="two")
    for each in (one, two):
        factories.call(each)
    return one, two


def test_one_of_several_committees_is_chosen(clock):
    _one, two = two_committees()
    phone = Phone(clock)
    assert '<option value="one">' in text(phone.get("/suggest/"))
    assert '<option value="two" selected>' in text(phone.get("/suggest/?to=two"))

    assert phone.send().status_code == 422
    assert phone.send(to="two").status_code == 201
    assert only().committee == two


def test_committee_that_nobody_knows_of_is_not_offered(clock):
    two_committees()
    hidden = factories.Committee(slug="hidden", name="还没公布的")
    factories.Item(list__committee=hidden)
    phone = Phone(clock)

    page = text(phone.get("/suggest/?to=hidden"))

    assert 'value="hidden"' not in page
    assert "还没公布的" not in page
    assert phone.send(to="hidden").status_code == 422


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_nobody_asks_the_page_says_so(client, method):
    factories.Committee()

    response = getattr(client, method)("/suggest/", {"words": WORDS})

    assert response.status_code == 200
    assert "<textarea" not in text(response)


def test_nobody_is_asked_for_the_kind_of_concern(phone, committee):
    category = factories.Category(committee=committee, name="作业环境")

    assert "作业环境" not in text(phone.get("/suggest/"))
    phone.send(category=category.pk)  # the office’s mark, whoever sends what
    assert only().category is None


def test_place_on_the_wall_is_filled_in(phone):
    page = text(phone.get("/suggest/?where=二号高炉%3Cb%3E" + "x" * 200))

    assert 'value="二号高炉&lt;b&gt;' in page
    assert "x" * 101 not in page


# Of whom nothing is known


def test_no_session_no_message_no_vary_but_for_the_forms_own_token(phone):
    phone.client.cookies["sessionid"] = "x" * 32

    for response in (phone.get("/suggest/"), phone.send(), phone.get("/answer/")):
        assert not response.wsgi_request.session.accessed
        assert "sessionid" not in response.cookies
        assert "no-store" in response.headers["Cache-Control"]


def test_form_token_ends_with_the_browser(committee):
    cookie = Client().get("/suggest/").cookies["csrftoken"]

    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


def test_browsers_token_is_random_and_its_own(committee, settings):
    client = Client()
    cookie = client.get("/suggest/").cookies["browser"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] <= 7 * 24 * 60 * 60
    assert "browser" not in client.get("/suggest/").cookies  # it stays
    assert Client().get("/suggest/").cookies["browser"].value != cookie.value


@pytest.mark.parametrize("path", ["/suggest/", "/answer/", "/en/suggest/", "/en/answer/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_not_allowed(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_form_of_another_site_is_refused_and_an_old_one_comes_back(committee):
    strict = Client(enforce_csrf_checks=True)
    fields = {"words": WORDS, "nonce": "n", "more": "", "location": "食堂"}

    foreign = strict.post("/suggest/", fields, headers={"origin": "https://evil.example"})
    ours = strict.post("/suggest/", fields, headers={"origin": "http://testserver"})

    assert (foreign.status_code, ours.status_code) == (403, 403)
    assert WORDS not in text(foreign)
    assert f"{WORDS}</textarea>" in text(ours)
    assert "在哪里" in text(ours)
    assert "登录" not in words_of(ours)
    assert not models.Suggestion.objects.exists()
