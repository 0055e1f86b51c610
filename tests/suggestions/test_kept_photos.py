"""Photos of a suggestion outlive each detour of the form, and lead to no phone meanwhile."""

import re

import pytest
from django.db import connection
from django.test import Client

from items import actions, models
from items.actions import kept_upload
from items.models import KeptUpload
from tests import factories
from tests.factories import NOW, days
from tests.items.racing import together
from tests.suggestions import test_unlinkable as unlinkable
from tests.suggestions.phone import WORDS, Phone, code_in, kept_in, photo, text, words_of
from welfare.http import kept_uploads
from welfare.suggestions.hourly_limit import PER_BROWSER

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
CHOOSE = "照片要重新选（1张）"


@pytest.fixture
def phone(committee, clock):
    return Phone(clock)


def two():
    return [photo("red"), photo("blue")]


def filed():
    return models.SuggestionPhoto.objects.count()


def test_forgotten_words_give_the_photos_back_and_they_are_filed(phone):
    back = phone.send(words="", photos=two())

    assert (back.status_code, len(kept_in(back)), filed()) == (422, 2, 0)
    assert text(back).count("data:image/jpeg;base64,") == 2
    assert phone.send(photos_kept=kept_in(back)).status_code == 201
    assert (filed(), KeptUpload.objects.count()) == (2, 0)


def test_stopped_form_gives_them_back(phone):
    strict = Client(enforce_csrf_checks=True)
    fields = {"words": WORDS, "nonce": phone.nonce, "photos": two()}

    back = strict.post("/suggest/", fields, headers=HERE)

    assert (back.status_code, len(kept_in(back))) == (403, 2)
    assert not back.wsgi_request.session.accessed
    assert phone.send(photos_kept=kept_in(back)).status_code == 201
    assert filed() == 2


def test_too_many_an_hour_gives_them_back(phone, clock):
    for number in range(PER_BROWSER):
        phone.send(f"第{number}条")

    back = phone.send("第十一条", photos=two())
    clock.shift(60 * 60)

    assert (back.status_code, len(kept_in(back))) == (429, 2)
    assert phone.send("第十一条", photos_kept=kept_in(back)).status_code == 201
    assert filed() == 2


def test_sent_twice_they_are_one_suggestion_with_one_code(phone):
    keys = kept_in(phone.send(words="", photos=two()))

    answers = [phone.send(photos_kept=keys) for _time in range(2)]

    assert len({code_in(answer) for answer in answers}) == 1
    assert (models.Suggestion.objects.count(), filed()) == (1, 2)


def test_kept_or_sent_again_it_is_the_same_suggestion(phone):
    keys = kept_in(phone.send(words="", photos=two()))
    first = phone.send(photos=two())

    again = phone.send(photos_kept=keys)

    assert code_in(first) == code_in(again)
    assert models.Suggestion.objects.count() == 1


def test_another_form_neither_sees_nor_files_them(phone, clock):
    keys = kept_in(phone.send(words="", photos=two()))

    back = Phone(clock).send(photos_kept=keys)

    assert (back.status_code, kept_in(back), filed()) == (422, [], 0)
    assert "照片要重新选（2张）" in words_of(back)
    assert KeptUpload.objects.count() == 2


def test_what_is_gone_has_to_be_chosen_again_and_nothing_is_sent_without(phone):
    keys = kept_in(phone.send(words="", photos=[photo()]))
    actions.forget_uploads(NOW + days(2))

    back = phone.send(photos_kept=keys)

    assert back.status_code == 422
    assert words_of(back).count(CHOOSE) == 2
    assert WORDS in text(back)
    assert not models.Suggestion.objects.exists()


@pytest.mark.parametrize("limit", ["OF_FORM", "OF_FORMS"])
def test_without_room_it_says_so(phone, monkeypatch, limit):
    monkeypatch.setattr(kept_upload, limit, 0)

    back = phone.send(words="", photos=[photo()])

    assert words_of(back).count(CHOOSE) == 2


def test_one_network_does_not_take_all_the_room(phone, committee, clock, monkeypatch):
    monkeypatch.setattr(kept_uploads, "PER_NETWORK", 2)

    kept = [len(kept_in(phone.send(words="", photos=[photo(c)]))) for c in ("red", "blue", "green")]

    assert kept == [1, 1, 0]
    elsewhere = Phone(clock, at="198.51.100.9")
    assert len(kept_in(elsewhere.send(words="", photos=[photo()]))) == 1


def test_what_is_kept_stays_where_a_network_has_kept_enough(phone, monkeypatch):
    keys = kept_in(phone.send(words="", photos=[photo("red")]))
    monkeypatch.setattr(kept_uploads, "PER_NETWORK", 1)
    fields = {"words": WORDS, "nonce": phone.nonce, "photos_kept": keys}
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=phone.at)

    back = strict.post("/suggest/", fields | {"photos": [photo("blue")]}, headers=HERE)

    assert (kept_in(back), "照片要重新选（1张）" in words_of(back)) == (keys, True)


def test_form_that_we_never_made_gets_a_number_to_keep_them_under(phone):
    back = phone.send(nonce="forged", photos=[photo()])
    phone.nonce = back.context["form"]["nonce"].value()

    assert (back.status_code, len(kept_in(back))) == (422, 1)
    assert phone.send(photos_kept=kept_in(back)).status_code == 201
    assert filed() == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_browser_that_hides_where_it_is_gets_its_text_back(phone, prefix):
    strict = Client(enforce_csrf_checks=True)
    fields = {"words": WORDS, "nonce": phone.nonce, "location": "食堂", "photos": [photo()]}

    back = strict.post(f"{prefix}/suggest/", fields, headers={"origin": "null"})

    assert back.status_code == 403
    assert f"{WORDS}</textarea>" in text(back)
    assert "食堂" in text(back)
    assert len(kept_in(back)) == 1
    assert ("自带的浏览器" in words_of(back)) == (not prefix)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.mark.parametrize("over", ["http", "https"])
def test_from_there_it_is_sent_with_the_next_press(phone, over):
    strict = Client(enforce_csrf_checks=True)
    fields = {"words": WORDS, "nonce": phone.nonce, "photos": [photo()]}
    how = {"headers": {"origin": "null"}, "secure": over == "https"}
    back = strict.post("/suggest/", fields, **how)
    again = {"words": WORDS, "nonce": phone.nonce, "photos_kept": kept_in(back)}
    token = {"csrfmiddlewaretoken": TOKEN.search(text(back))[1]}

    assert strict.post("/suggest/", again | token, **how).status_code == 201
    assert (models.Suggestion.objects.count(), filed()) == (1, 1)


def test_from_there_an_answer_is_read(phone):
    code = code_in(phone.send())
    strict = Client(enforce_csrf_checks=True)
    token = TOKEN.search(text(strict.get("/answer/")))[1]
    fields = {"code": code, "csrfmiddlewaretoken": token}

    page = strict.post("/answer/", fields, headers={"origin": "null"})

    assert (page.status_code, WORDS in text(page)) == (200, True)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_sends_nothing_in_its_name(phone, site):
    strict = Client(enforce_csrf_checks=True)
    token = TOKEN.search(text(strict.get("/suggest/")))[1]
    fields = {"words": WORDS, "nonce": phone.nonce}
    hidden = {"headers": {"origin": "null"}}

    wrong = [
        strict.post("/suggest/", fields, **hidden),
        strict.post("/suggest/", fields | {"csrfmiddlewaretoken": "a" * 64}, **hidden),
        strict.post(
            "/suggest/",
            fields | {"csrfmiddlewaretoken": token},
            headers={"origin": "null", "sec-fetch-site": site},
        ),
    ]
    assert [(answer.status_code, WORDS in text(answer)) for answer in wrong] == [
        (403, True),  # whoever has the cookie may have had the page open for too long
        (403, True),
        (403, False),
    ]
    assert not models.Suggestion.objects.exists()
    # The control: with its own token it would be sent.
    sent = strict.post("/suggest/", fields | {"csrfmiddlewaretoken": token}, **hidden)
    assert sent.status_code == 201


def test_at_the_desk_it_gets_nothing():
    item = factories.item_at("in_progress")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.owner_of(item))
    at = f"/desk/lists/{item.list.slug}/{item.number}/report_progress/"

    back = strict.post(at, {"text": "装好三间", "photos": [photo()]}, headers={"origin": "null"})

    assert back.status_code == 403
    assert "装好三间" not in text(back)
    assert not KeptUpload.objects.exists()


# Nothing leads to a phone


@pytest.fixture
def kept(committee, clock):
    """Let a phone's photos come back at a known moment; return its form's number."""
    clock.move_to(unlinkable.SENT_AT)
    phone = Phone()
    clock.shift(60)
    phone.at = unlinkable.ADDRESS
    phone.client.defaults["HTTP_USER_AGENT"] = unlinkable.AGENT
    assert len(kept_in(phone.send(words="", photos=two()))) == 2
    return phone


def test_meanwhile_no_time_no_address_and_no_number_of_the_form(kept):
    number = kept.nonce.partition(":")[0]
    browser = kept.client.cookies["browser"].value.partition(":")[0]
    secrets = [unlinkable.ADDRESS, "Zqagent", number, browser, *unlinkable.forms_of_the_moment()]

    assert unlinkable.where(unlinkable.kept(but=unlinkable.OTHERS), *secrets) == []
    # The control: what is written down is found.
    KeptUpload.objects.update(form=number)
    assert unlinkable.where(unlinkable.kept(), number) == ["items_keptupload"]


def test_afterwards_nothing_of_them_is_left(kept):
    kept.send(photos_kept=[str(key) for key in KeptUpload.objects.values_list("pk", flat=True)])

    assert (models.Suggestion.objects.count(), filed()) == (1, 2)
    assert unlinkable.rows("items_keptupload") == []


def test_no_counter_tells_their_order(kept):
    if connection.vendor == "sqlite":
        assert [
            row for row in unlinkable.numbers("items_keptupload", "id") if row[0] != row[1]
        ] == []
    keys = list(KeptUpload.objects.values_list("pk", flat=True))
    assert all(key > 10**9 for key in keys)


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.crawl
def test_two_presses_at_once_take_them_once(committee, clock):
    phone = Phone(clock)
    keys = kept_in(phone.send(words="", photos=two()))
    phones = [Phone(clock, client=Client()) for _time in range(2)]
    for other in phones:
        other.nonce = phone.nonce
        other.client.cookies = phone.client.cookies

    done = together(*(lambda p=p: p.send(photos_kept=keys) for p in phones))

    assert {answer.status_code for answer in done} == {201}
    assert len({code_in(answer) for answer in done}) == 1
    assert (models.Suggestion.objects.count(), filed(), KeptUpload.objects.count()) == (1, 2, 0)
