"""The page of a reporting link: on a phone, without an account, and nothing else to see."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from items import actions
from items.models import Entry, KeptUpload, Photo
from items.privacy.report_tokens import hashed
from tests import factories
from tests.factories import days
from tests.items.actions.acts import ACTS, fresh
from tests.suggestions.phone import photo
from welfare.reporting import views

pytestmark = pytest.mark.django_db

KEPT = re.compile(r'name="photos_kept"\s+id="[^"]+"\s+value="(\d+)"\s+checked')
OPENING = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def item(clock):
    draft = factories.Item(
        target_count=24, count_unit="把", budget="内部经费的话", remark="备注的话"
    )
    draft.handlers.add(factories.Person(name="经办人李"))
    factories.publish(draft.list)
    ACTS["start"](fresh(draft))
    return fresh(draft)


def link_of(item):
    """Return the path of a new link, which an urging carries."""
    by = factories.office_of(item)
    said = {"text": "请报到货几把", "by_when": factories.TODAY + days(5), "now": factories.NOW}
    asked = actions.urge_item(fresh(item), by=by, **said)
    asked.item = fresh(item)
    said = {"by": by, "handler": item.handlers.get(), "now": factories.NOW}
    _link, token = actions.make_link(asked, **said)
    return f"/report/{token}/"


def words_of(response):
    return " ".join(strip_tags(response.content.decode().partition("<main")[2]).split())


def send(path, client=None, **fields):
    fields = {"text": "到货10把", "done_count": "10"} | fields
    return (client or Client()).post(path, fields, **OPENING)


def reports():
    return list(Entry.objects.filter(verb="enter_for_owner"))


def test_page_shows_what_is_asked_and_nothing_else(item):
    ACTS["set_task"](fresh(item))
    path = link_of(item)

    page = Client().get(path)

    assert page.status_code == 200
    words = words_of(page)
    for said in (item.title, "请报到货几把", "6月6日前报", "24把"):
        assert said in words
    html = page.content.decode()
    for said in ("经办人李", "内部经费", "备注的话", "核对数量", factories.owner_of(item).name):
        assert said not in html
    assert "sessionid" not in page.cookies


def test_no_search_engine_and_no_other_site_learns_of_it(item):
    path = link_of(item)

    for answer in (Client().get(path), Client().get("/report/no-such-token/"), send(path, text="")):
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex' in answer.content.decode()
    for listed in ("/robots.txt", "/sitemap.xml"):
        assert "/report/" not in Client().get(listed).content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_report_is_taken_once_and_says_so(item, language):
    path = language + link_of(item)

    taken = send(path, photos=[photo()])
    again = send(path, text="又一条")

    assert (taken.status_code, again.status_code) == (201, 410)
    (entry,) = reports()
    assert (entry.words.text, entry.by, entry.public) == ("到货10把", item.handlers.get(), False)
    assert entry.facts["done_count"] == 10
    assert Photo.objects.get().state == "waiting"
    assert "又一条" in again.content.decode()  # what was typed isn't lost


def test_photos_outlive_an_error(item):
    path = link_of(item)

    back = send(path, text="", photos=[photo(), photo("blue")])
    kept = KEPT.findall(back.content.decode())
    assert (back.status_code, len(kept), reports()) == (422, 2, [])
    taken = send(path, photos_kept=kept)

    assert taken.status_code == 201
    assert Photo.objects.count() == 2
    assert not KeptUpload.objects.exists()


def test_too_many_photos_and_a_count_that_is_none_come_back(item):
    path = link_of(item)

    many = send(path, photos=[photo(c) for c in ("red", "blue", "green", "white")])
    odd = send(path, done_count="-1")

    assert (many.status_code, odd.status_code, reports()) == (422, 422, [])
    assert "到货10把" in many.content.decode()


def test_form_is_taken_without_an_origin_by_its_token(item):
    # By its policy a browser says no origin with this page's form.
    path, client = link_of(item), Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get(path).content.decode())
    hidden = {"headers": {"Origin": "null", "Sec-Fetch-Site": "same-origin"}}

    foreign = Client(enforce_csrf_checks=True).post(path, {"text": "x"}, **hidden)
    own = client.post(path, {"text": "到货", "csrfmiddlewaretoken": token[1]}, **hidden)

    assert (foreign.status_code, own.status_code) == (403, 201)


def revoke(item):
    link = Entry.objects.get(verb="make_link")
    actions.revoke_link(link, by=factories.office_of(item), now=factories.NOW)


def end_of_life(item, clock):
    clock.shift(8 * 24 * 60 * 60)


ENDS = {
    "已经过期": end_of_life,
    "收回了": lambda item, clock: revoke(item),
    "现在不用报": lambda item, clock: ACTS["withdraw"](fresh(item)),
}


@pytest.mark.parametrize("words", ENDS)
def test_link_that_is_over_says_why_and_the_way_on_and_names_nothing(item, clock, words):
    path = link_of(item)
    ENDS[words](item, clock)

    answers = [Client().get(path), send(path, text="我写的话")]

    assert [answer.status_code for answer in answers] == [410, 410]
    for answer in answers:
        assert words in words_of(answer)
        assert "请活动办公室另发一条" in words_of(answer)
        for name in (item.title, "请报到货几把", "经办人李", str(item.list.committee)):
            assert name not in answer.content.decode()
    assert "我写的话" in answers[1].content.decode()
    assert reports() == []


@pytest.mark.parametrize("token", ["no-such-token", "x" * 4000, "%00", "０" * 30])
def test_wrong_token_is_no_page(item, token):
    link_of(item)
    stored = Entry.objects.get(verb="make_link").facts["token"]

    assert Client().get(f"/report/{token}/").status_code == 404
    assert Client().get(f"/report/{stored}/").status_code == 404  # the hash opens nothing
    assert hashed(token) != stored


def test_one_network_sends_only_so_much(item, monkeypatch):
    monkeypatch.setattr(views, "PER_NETWORK", 1)
    path, other = link_of(item), link_of(item)
    assert send(path, done_count="900000000000").status_code == 422  # isn't counted
    assert send(path).status_code == 201

    refused = send(other, text="又一条")

    assert refused.status_code == 429
    assert "又一条" in refused.content.decode()
    assert len(reports()) == 1


def test_while_another_report_waits_the_words_stay(item):
    path, other = link_of(item), link_of(item)
    send(path)

    refused = send(other, text="又一条", photos=[photo()])

    assert refused.status_code == 403
    assert "又一条" in refused.content.decode()
    assert len(KEPT.findall(refused.content.decode())) == 1
    assert "还在等活动办公室公布" in words_of(refused)


def test_other_methods_are_refused(item):
    path = link_of(item)

    assert Client().put(path).status_code == 405
    assert Client().head(path).status_code == 200


def test_published_report_says_who_reported_and_who_published(item):
    send(link_of(item))
    actions.release_entry(fresh(item), by=factories.office_of(item), now=factories.NOW)

    page = Client().get(f"/lists/{item.list.slug}/{item.number}/").content.decode()

    assert "经办人报，活动办公室公布" in page
    assert "到货10把" in page
    assert "经办人李" not in page
