"""Large type goes along to where workers write, and back home."""

import pytest
from django.urls import reverse

from tests import factories
from tests.suggestions.phone import Phone, text
from tests.test_access import ADDRESSES
from welfare.http.request_id import ANONYMOUS

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(committee):
    return factories.published_item(list__slug="plant-2026", list__committee=committee)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_way_stays_in_large_type(client, item, prefix):
    large = f"{prefix}/large/"
    board = text(client.get(f"{large}lists/plant-2026/1/"))
    assert f'href="{large}suggest/' in board
    assert f'href="{large}answer/' in board

    for path in (f"{large}suggest/?to=plant", f"{large}answer/"):
        page = text(client.get(path))
        assert 'class="large"' in page
        assert f'href="{large}"' in page
        assert f'action="{path.partition("?")[0]}"' in page
        assert 'href="' + path.replace("/large/", "/").replace("&", "&amp;") + '"' in page


def test_plain_type_stays_plain_and_leads_to_large(client, item):
    page = text(client.get("/suggest/?about=plant-2026/1"))

    assert 'class="large"' not in page
    assert 'href="/large/suggest/?about=plant-2026/1"' in page
    assert 'href="/"' in page
    assert 'href="/en/suggest/?about=plant-2026/1"' in page
    assert reverse("suggestions:suggest") == "/suggest/"


def test_suggestion_can_be_sent_in_large_type_and_answered_there(item, clock):
    phone = Phone(clock, prefix="/large")

    receipt = phone.send()

    assert receipt.status_code == 201
    assert 'href="/large/answer/"' in text(receipt)
    assert "小字" not in text(receipt)  # a link away from it would lose the code


def test_no_address_at_which_somebody_writes_is_logged():
    paths = [path for name, path in ADDRESSES if name.split(":")[-1] in ("suggest", "answer")]

    assert {"/suggest/", "/large/answer/", "/en/large/suggest/"} <= set(paths)
    assert [path for path in paths if not ANONYMOUS.match(path)] == []
    assert not ANONYMOUS.match("/en/large/lists/suggest/")  # the control


@pytest.mark.parametrize("path", ["/en/large/suggest/", "/large/answer/"])
def test_what_is_written_in_large_type_has_no_number(client, item, path):
    assert "X-Request-ID" not in client.get(path).headers
    assert "X-Request-ID" in client.get("/desk/").headers  # the control


def test_missing_page_has_both_types(client, item):
    assert 'href="/large/none/"' in text(client.get("/none/"))
    page = text(client.get("/large/none/"))
    assert 'class="large"' in page
    assert 'href="/none/"' in page
    assert 'href="/large/"' in page
