"""A token in every private field, looked for in every byte that a visitor can get."""

from io import BytesIO

import pytest
import time_machine
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from PIL import Image, PngImagePlugin

from items import models, queries
from tests.factories import NOW
from tests.privacy import crawling, tokens
from tests.privacy.conftest import show_names
from tests.privacy.crawling import Crawler
from tests.privacy.told import DRAFT, SLUG
from tests.undone import undone
from welfare.front.compression import CODECS

pytestmark = pytest.mark.crawl

PRIVATE, NAME, PUBLIC = tokens.PRIVATE, tokens.NAME, tokens.PUBLIC
BOARDS = [f"/lists/{SLUG}/", f"/en/lists/{SLUG}/"]


@pytest.fixture(scope="module")
def told_of_the_file(told_of_the_file):
    """Return it with a secret in all that no visitor may see."""
    told_of_the_file.writer = tokens.write_private()
    return told_of_the_file


def test_world_has_a_row_of_everything(told):
    found = apps.get_app_config("items").get_models()

    assert [model.__name__ for model in found if not model._base_manager.exists()] == []
    assert models.EntryWords.objects.exclude(erased_on=None).exists()
    assert models.Entry.objects.filter(public=False).exists()


@pytest.fixture(scope="module")
def crawler(told_of_the_file):
    """Return a crawler that has read every page."""
    with time_machine.travel(NOW, tick=False):
        crawler = Crawler(Client(raise_request_exception=False))
        crawler.read()
    return crawler


def test_nothing_private_is_on_a_page(crawler):
    answers = crawler.answers

    assert len(answers) > 50
    assert tokens.seen(answers, PRIVATE, NAME) == {}
    assert crawling.failures(answers) == []


def test_nothing_private_is_in_any_other_answer(visitor, told, crawler):
    answers = Crawler(visitor, after=crawler).probe()

    assert len(answers) > 500
    assert tokens.seen(answers, PRIVATE, NAME) == {}
    assert crawling.failures(answers) == []


@pytest.fixture(scope="module")
def named(told_of_the_file):
    """Return a writer, and all pages with what it wrote into all that is public, and names."""
    with time_machine.travel(NOW, tick=False), undone():
        show_names(told_of_the_file.committee)
        writer = tokens.Writer()
        tokens.write_public(writer)
        tokens.write_private(writer)  # once more, where it is hidden
        answers = Crawler(Client(raise_request_exception=False)).read()
    return writer, answers


def test_only_owners_and_supervisors_are_named(named):
    writer, answers = named

    assert tokens.seen(answers, PRIVATE) == {}
    # The control: with names shown, these stand on the pages.
    named = {writer.column_of[token] for token in tokens.tokens_in(answers, NAME)}
    columns = {"Person.name", "EntryWords.name", "EntryWords.old", "EntryWords.new"}
    assert named == columns | {"SiteVisit.name"}


@pytest.mark.django_db
def test_failure_tells_nothing(visitor, monkeypatch):
    def fail(*args):
        raise RuntimeError(f"{PRIVATE} in an error's words")

    monkeypatch.setattr(queries, "board", fail)
    monkeypatch.setattr(queries, "home", fail)

    answers = {path: crawling.every_byte(visitor.get(path)) for path in ["/", "/en/", *BOARDS]}

    assert crawling.failures(answers) == list(answers)
    assert tokens.seen(answers, PRIVATE) == {}


def test_foreign_host_is_told_nothing(visitor):
    answer = crawling.every_byte(visitor.get("/", headers={"Host": "elsewhere.example"}))

    assert answer.startswith(b"400")


# A search that finds a secret tells it: each has to answer as for a word that stands nowhere


def answer_to(visitor, path, field, word):
    """Return an answer to a query, but for the words that it repeats and the hash of them."""
    answer = crawling.every_byte(visitor.get(path, {field: word})).replace(word.encode(), b"")
    return [line for line in answer.split(b"\n") if not line.startswith(b"ETag:")]


def telling(visitor, path, field, words):
    """Return the words whose answer differs from that to a word as long, never written."""
    nowhere = answer_to(visitor, path, field, "zqnoone" + words[0][len(PRIVATE) :])
    return [word for word in words if answer_to(visitor, path, field, word) != nowhere]


def test_no_field_of_a_form_finds_a_secret(visitor, told):
    site = Crawler(visitor)
    for path in crawling.KINDS:
        site.ask(path)

    fields = {"q", *site.fields()}
    told = {
        (path, field): telling(visitor, path, field, [PRIVATE, NAME])
        for path in crawling.KINDS
        for field in fields
    }

    assert {where: words for where, words in told.items() if words} == {}


def test_no_secret_is_found_as_a_whole(visitor, told):
    finding = next(path for path in crawling.KINDS if path.endswith("/find/"))
    secrets = told.writer.standing()

    found = telling(visitor, finding, "q", secrets)

    assert len(secrets) > 100
    assert [told.writer.column_of[token] for token in found] == []


def test_search_that_finds_something_is_noticed(visitor, told):
    # The negative control: this word stands in a title, and nowhere else.
    word = f"{PRIVATE}title"
    models.Item.objects.filter(pk=told.item(3, told.next).pk).update(title=word)
    told.publish_next()

    assert telling(visitor, f"/lists/{DRAFT}/find/", "q", [word]) == [word]


# The controls: what is there is found, in whatever form


def test_everything_public_is_found(named):
    writer, answers = named

    written = {token for token in writer.column_of if token.startswith(PUBLIC)}
    unseen = written - tokens.tokens_in(answers, PUBLIC)
    assert {writer.column_of[token] for token in unseen} == NOT_ON_A_PAGE


NOT_ON_A_PAGE = {
    "BroughtIn.file",  # publishing copied these three into the ledger
    "BroughtIn.progress",
    "Bulletin.foreword",  # the article has it, and the next five, as it was issued
    "Bulletin.foreword_en",
    "Bulletin.closing",
    "Bulletin.closing_en",
    "Bulletin.signed_name",
    "BulletinErratum.text",
    "BulletinPrint.of",  # by which its file is found
    "BulletinPrint.sha256",
    "CalendarDay.name",  # days are counted by it
    "Item.search_text",  # its words are searched; they show in the columns that they come from
    "ItemList.plan",  # the page shows it as the ledger has it
    "ItemList.plan_en",
    "Organisation.name",  # the short names stand for them
    "Organisation.name_en",
    "Synonyms.lines",  # a search finds by them
}


def test_published_draft_is_found(visitor, told):
    told.publish_next()

    site, page = Crawler(visitor), f"/lists/{DRAFT}/2/"
    site.ask(page)

    assert f"GET {page}" in tokens.seen(site.answers, PRIVATE)


@pytest.mark.parametrize("form", tokens.forms(PRIVATE))
@pytest.mark.parametrize("around", ["", "a", "ab", "abc"])
def test_each_form_of_a_secret_is_seen(form, around):
    whole = tokens.forms(f"{around}{PRIVATE}123q")[form]

    assert tokens.seen({"page": b"<p>" + whole + b"</p>"}, PRIVATE) != {}


@pytest.mark.parametrize("coding", CODECS)
def test_compressed_secret_is_seen(coding):
    packed = CODECS[coding](b"-" * 100 + PRIVATE.encode())
    answer = HttpResponse(packed, headers={"Content-Encoding": coding})

    assert tokens.seen({"page": crawling.every_byte(answer)}, PRIVATE) != {}


def test_secret_in_a_header_or_cookie_is_seen():
    answer = HttpResponse(headers={"X-By": PRIVATE})
    answer.set_cookie("by", NAME)

    assert tokens.seen({"page": crawling.every_byte(answer)}, PRIVATE) != {}
    assert tokens.seen({"page": crawling.every_byte(answer)}, NAME) != {}


def test_secret_that_a_picture_says_is_seen():
    about = PngImagePlugin.PngInfo()
    about.add_itxt("Description", f"{PRIVATE}123q", zip=True)
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG", pnginfo=about)
    answer = HttpResponse(file.getvalue(), content_type="image/png")

    assert tokens.seen({"page": crawling.every_byte(answer)}, PRIVATE) != {}


def test_pictures_and_papers_are_read(crawler):
    asked = "\n".join(crawler.answers)

    for name in ("card.pdf", "cards.pdf", "sheet.pdf", "poster.pdf", "picture.png", "wall.pdf"):
        assert f"/{name}" in asked
