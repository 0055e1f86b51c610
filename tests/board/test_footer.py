"""The foot of public pages: where the office is found, the filings, files at the root."""

import pytest

from items import actions
from items.words import OfficeContact, Words
from tests import factories

CONTACT = OfficeContact(
    Words("办公楼203室", "Office building 203"), "0790-0123456", Words("周一至周五", "Mon to Fri")
)
ROOM, DIALS = "办公楼203室", 'href="tel:07900123456"'


@pytest.fixture
def item(db):
    item = factories.published_item(list__slug="plant-2026", list__committee__slug="plant")
    committee = item.list.committee
    actions.set_office_contact(committee, CONTACT, by=factories.office(committee))
    factories.call(committee, pk=7003)
    return item


PAGES = [
    *("/", "/committees/plant/", "/lists/plant-2026/", "/lists/plant-2026/not_started/"),
    *("/lists/plant-2026/1/", "/lists/plant-2026/find/?q=停车费", "/visits/plant/"),
    *("/voices/plant/", "/calls/7003/", "/lists/plant-2026/promises/", "/suggest/", "/none/"),
    *("/lists/plant-2026/99/", "/large/lists/plant-2026/1/"),
]


def text(client, path):
    return client.get(path).content.decode()


def test_every_public_page_says_where_the_office_is_found(client, item):
    pages = {path: text(client, path) for path in PAGES}

    assert {path for path, page in pages.items() if ROOM not in page} == set()
    assert {path for path, page in pages.items() if page.count(DIALS) != 1} == set()
    assert "Office building 203" in text(client, "/en/lists/plant-2026/")
    assert "Mon to Fri" in text(client, "/en/none/")


def test_nothing_is_shown_where_nothing_is_set(client, db):
    factories.published_item(list__slug="plant-2026")

    pages = [text(client, path) for path in ("/", "/lists/plant-2026/1/", "/suggest/", "/none/")]

    assert [page for page in pages if "tel:" in page] == []


def test_of_several_committees_only_the_one_that_the_page_is_about(client, item):
    factories.published_item(list__slug="other-2026")

    factories.ItemList(slug="draft-2027", committee=item.list.committee)
    assert ROOM in text(client, "/lists/plant-2026/99/")
    assert ROOM in text(client, "/lists/plant-2026/1/")
    elsewhere = ["/none/", "/lists/other-2026/", "/lists/other-2026/99/", "/suggest/", "/answer/"]
    elsewhere += ["/lists/draft-2027/"]  # that there is such a draft, nobody learns
    assert [path for path in elsewhere if ROOM in text(client, path)] == []


@pytest.mark.parametrize("path", ["/\x00/", f"/{'a' * 300}/", "/%00/"])
def test_missing_page_of_any_address(client, item, path):
    assert client.get(path).status_code == 404


def test_filings_are_shown_where_they_are_set(client, item, settings):
    assert "beian" not in text(client, "/")
    settings.ICP_NUMBER = "京ICP备00000000号"
    settings.PUBLIC_SECURITY_NUMBER = "京公网安备 00000000000000号"

    for path in ("/", "/lists/plant-2026/1/", "/suggest/", "/none/", "/account/login/"):
        page = text(client, path)
        assert 'href="https://beian.miit.gov.cn/"' in page
        assert "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000000" in page
        assert settings.ICP_NUMBER in page
        assert settings.PUBLIC_SECURITY_NUMBER in page


def test_verification_files_are_those_of_the_settings(client, db, settings):
    settings.VERIFICATION_FILES = {"MP_verify_x1.txt": "x1", "WW_verify_y2.txt": "y2"}

    got = client.get("/MP_verify_x1.txt")
    assert (got.status_code, got.content, got.headers["Content-Type"]) == (200, b"x1", "text/plain")
    assert client.get("/WW_verify_y2.txt").content == b"y2"
    missing = ["/MP_verify_y2.txt", "/en/MP_verify_x1.txt", "/secrets.txt"]
    assert [client.get(path).status_code for path in missing] == [404] * 3
