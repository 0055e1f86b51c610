"""The pages of the static edition are those of the site, but for where their links lead."""

import re

import pytest
import time_machine

from tests.edition.conftest import dead_links, files_of, links_of, publish
from tests.factories import NOW
from tests.privacy import crawling, tokens
from tests.privacy.told import SLUG
from welfare.edition.addresses import Addresses, address_of, file_of, relative

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

TARGET = re.compile(r'\s(?:href|src|action|data-next)="[^"]*"')
FORM = re.compile(r"<form\b.*?</form>", re.S)
INSTEAD = re.compile(r'<p class="elsewhere">.*?</p>', re.S)
MAIN = re.compile(r"<main\b.*</main>", re.S)
ARTICLE = re.compile(r"<article\b.*</article>", re.S)


@pytest.fixture(scope="module")
def edition(told_of_the_file, tmp_path_factory):
    """Write the world in which everything has happened, secrets in all that no visitor may see."""
    folder = tmp_path_factory.mktemp("edition") / "site"
    with time_machine.travel(NOW, tick=False):
        told_of_the_file.writer = tokens.write_private()
        outcome = publish(folder)
    assert outcome.dead == []
    return folder


def address_of_file(name):
    """Return the address of a page of the edition by its file, as `file_of` has put it there."""
    *parts, _index = name.split("/")
    query = [part for part in parts if re.match(r"(of|item|page|late|heard)-", part)]
    path = "".join(f"{part}/" for part in parts if part not in query)
    asked = "&".join(part.replace("-", "=", 1).replace(".", "/") for part in query)
    return f"/{path}?{asked}" if asked else f"/{path}"


def shown(pattern, html):
    """Return what a page says in an element, without targets, and forms as what stands for them."""
    found = pattern.search(html)
    if not found:
        return None
    words = INSTEAD.sub("<FORM>", FORM.sub("<FORM>", found[0]))
    return TARGET.sub(" TARGET", words)


def test_every_page_says_what_the_site_says(client, edition):
    pages = [name for name in files_of(edition) if name.endswith(".html")]
    compared = 0
    for name in pages:
        if "elsewhere/" in name:
            continue
        live = client.get(address_of_file(name)).content.decode()
        written = (edition / name).read_text()
        for pattern in (MAIN, ARTICLE):
            assert shown(pattern, written) == shown(pattern, live), name
        compared += 1
    assert compared > 100
    assert {"index.html", "en/index.html", f"lists/{SLUG}/1/index.html"} <= set(pages)


def test_files_are_those_of_the_site(client, edition):
    files = {name: said for name, said in files_of(edition).items() if not name.endswith(".html")}
    data = {name: said for name, said in files.items() if not name.startswith("static/")}

    kinds = {name.rpartition(".")[2] for name in data}
    assert kinds >= {"json", "csv", "atom", "ics", "jpg"}
    for name, said in data.items():
        assert client.get(f"/{name}").content == said, name


def test_no_link_is_dead(edition):
    assert dead_links(edition) == []


def test_a_dead_link_is_noticed(edition, tmp_path):
    # The negative control
    page = tmp_path / "index.html"
    page.write_text('<a href="none/index.html">x</a> <a href="/lists/x/">y</a>')

    assert len(dead_links(tmp_path)) == 2


def test_links_are_relative(edition):
    for name, said in files_of(edition).items():
        if name.endswith(".html"):
            assert [link for link in links_of(said.decode()) if link.startswith("/")] == [], name


def test_nothing_private_is_in_any_byte(edition):
    class File:
        streaming, headers = False, {}

        def __init__(self, content):
            self.content = content

    said = {name: crawling.body(File(content)) for name, content in files_of(edition).items()}

    assert len(said) > 150
    assert tokens.seen(said, tokens.PRIVATE, tokens.NAME) == {}
    assert tokens.seen({"a name": tokens.PRIVATE.encode() + b"title"}, tokens.PRIVATE) != {}


def test_no_form_and_no_address_of_large_type_is_left(edition):
    for name, said in files_of(edition).items():
        if name.endswith(".html"):
            assert b"<form" not in said, name
            assert b"/large/" not in said, name
    board = (edition / f"lists/{SLUG}/index.html").read_text()
    assert '<html id="large" ' in board
    assert '<a class="to-large" href="#large">' in board


def test_large_type_is_a_style(edition):
    styles = {
        name.rpartition("/")[2]: said.decode()
        for name, said in files_of(edition).items()
        if name.endswith(".css")
    }

    assert ".large, #large:target {" in styles["tokens.css"]
    assert (
        ".large .deliveries tr > :first-child, .large .deliveries .count,"
        in (styles["deliveries.css"])
    )
    for said in styles.values():
        assert said.count("{") == said.count("}")


def test_without_the_site_a_page_says_where_to_go(edition):
    page = (edition / f"lists/{SLUG}/index.html").read_text()

    assert 'href="../../elsewhere/index.html"' in page
    assert "厂里" in (edition / "elsewhere/index.html").read_text()
    assert "plant’s network" in (edition / "en/elsewhere/index.html").read_text()
    assert f'<link rel="canonical" href="../../lists/{SLUG}/index.html">' in page


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/lists/x/?page=2", "lists/x/page-2/index.html"),
        ("/lists/x/find/?late=overdue", "lists/x/find/late-overdue/index.html"),
        ("/voices/c/?of=shown&item=x/7", "voices/c/of-shown/item-x.7/index.html"),
        ("/lists/x.json", "lists/x.json"),
        ("/lists/../../etc/", ""),
        ("/lists/%2e%2e/x/", ""),
        ("/lists/.hidden", ""),
        ("/voices/c/?of=..%2F..%2Fetc", "voices/c/of-......etc/index.html"),
    ],
)
def test_where_a_file_lies(address, file):
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("/", "site"),
        ("/en/lists/x/", "board:x"),
        ("/lists/x/7/", "list:x"),
        ("/lists/x/resolved/?page=2", "list:x"),
        ("/lists/x/find/?late=overdue", "list:x"),
        ("/places/7/", "place:7"),
        ("/en/voices/c/?of=shown", "committee:c"),
        ("/static/css/base.css", "asset"),
        # What needs the server
        ("/lists/x/find/", ""),
        ("/lists/x/find/?late=overdue&place=7", ""),
        ("/lists/x/find/?q=%E6%A4%85", ""),
        ("/?q=x", ""),
        ("/lists/x/on/2026-03-02/", ""),
        ("/lists/x/wall.pdf", ""),
        ("/lists/x/7.atom", ""),
        ("/suggest/?to=c", ""),
        ("/desk/", ""),
        ("/large/lists/x/", ""),
        ("/no/such/page/", ""),
    ],
)
def test_what_is_a_file(address, scope):
    assert Addresses().scope_of(address) == scope


def test_link_has_one_address(settings):
    page = "/lists/x/claims/"
    assert address_of("?page=2&of=again#claims", page) == (f"{page}?of=again&page=2", "claims")
    assert address_of("?#claims", page) == (page, "claims")
    assert address_of(f"{settings.SITE_URL}/en/", page) == ("/en/", "")
    assert address_of("https://elsewhere.example/", page) == ("", "")
    assert relative("lists/x/index.html", "en/places/7/index.html") == "../../../lists/x/index.html"
