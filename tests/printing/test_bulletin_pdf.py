"""A bulletin as PDF: every word of its stored article, made once, and handed out as it is."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from items import actions
from items.models import Bulletin, BulletinPrint, Item
from items.models.bulletin import EN, ZH
from tests import factories
from tests.factories import TODAY, at, days
from tests.printing.reading import codes_in, needs, pages_of, text_of
from welfare.printing import pdf
from welfare.printing.bulletin import print_due, tree_of

pytestmark = pytest.mark.django_db
ADDRESS = "/lists/plant-2026/bulletins/1.pdf"


@pytest.fixture
def bulletin(committee):
    """Return an issued bulletin of a list with hostile words in it."""
    of = factories.ItemList(slug="plant-2026", committee=committee)
    for title in ("改造浴室", "#let x = 1 $ @a <b> \\ *星* _线_"):
        factories.Item(list=of, title=title)
    factories.publish(of)
    said = {"foreword": "第一行\n第二行 & “引号”"}
    factories.issued_bulletin(of, **said)
    return Bulletin.objects.get()


def letters(text):
    return sorted(re.sub(r"[\s\u00ad-]+", "", text))


def get(path=ADDRESS):
    return Client().get(path)


@needs("pdftotext")
@pytest.mark.parametrize("language", [ZH, EN])
def test_it_holds_each_letter_of_the_article(bulletin, language):
    assert print_due() == 1
    article = bulletin.article if language == ZH else bulletin.article_en

    text = text_of(bytes(bulletin.print_in(language).file))

    missing = set(letters(strip_tags(article).replace("&amp;", "&"))) - set(letters(text))
    assert missing - set("&;ltg") == set()
    for line in re.findall(r"<(?:h2|h3|h4)>(.*?)</", article):
        assert re.sub(r"\s", "", strip_tags(line)) in re.sub(r"\s", "", text)
    assert bulletin.sha256[:20] in text or language == EN
    assert bulletin.ledger_head[:20] in text
    assert "#letx=1$@a<b>\\*星*_线_" in re.sub(r"\s", "", text)


@needs("pdftoppm", "zbarimg")
def test_its_code_leads_to_the_list(bulletin):
    print_due()

    codes = codes_in(pages_of(bytes(bulletin.print_in(ZH).file), 150)[0])

    assert [code[-8:].upper() for code in codes] == [bulletin.list.code]


def test_before_it_is_made_the_address_says_so(bulletin):
    answer = get()

    assert answer.status_code == 503
    assert "打印页面" in answer.content.decode() or "打印" in answer.content.decode()
    assert get("/lists/plant-2026/bulletins/2.pdf").status_code == 404


def test_its_bytes_stay_whatever_changes(bulletin, monkeypatch, tmp_path):
    print_due()
    before = get(), get("/en" + ADDRESS)
    assert [answer.status_code for answer in before] == [200, 200]
    assert before[0].content != before[1].content

    item = Item.objects.get(number=1)
    factories.start(item, now=at(TODAY + days(1)))
    monkeypatch.setattr(pdf, "folder", lambda: tmp_path)  # another release's templates

    assert print_due() == 0
    assert [get().content, get("/en" + ADDRESS).content] == [each.content for each in before]


def test_where_none_can_be_made_the_next_call_tries_again(bulletin, monkeypatch):
    monkeypatch.setattr(pdf, "_typst", lambda: "")
    assert print_due() == 0
    monkeypatch.undo()

    assert print_due() == 1


def test_an_erasure_takes_the_old_one_away_and_a_new_one_is_made(bulletin):
    print_due()
    entry = bulletin.entry
    actions.erase_words(entry, by=factories.office(bulletin.list.committee), reason="写了姓名")

    assert not BulletinPrint.objects.exists()
    assert print_due() == 1
    assert get().content[:5] == b"%PDF-"


def test_of_two_that_were_made_at_once_the_first_stays(bulletin):
    said = {"of": bulletin.sha256, "today": TODAY}

    assert actions.keep_print(bulletin, ZH, file=b"%PDF-1", **said)
    assert not actions.keep_print(bulletin, ZH, file=b"%PDF-2", **said)
    assert not actions.keep_print(bulletin, EN, file=b"%PDF-2", **said)  # of another article
    assert get().content == b"%PDF-1"


def test_tree_holds_elements_and_texts_in_their_order():
    tree = tree_of('<p class="x">a <b>1</b> b<br>c</p>\n<ul>\n<li>d &amp; e</li>\n</ul>')

    assert tree == [
        {
            "tag": "p",
            "class": "x",
            "in": [
                "a ",
                {"tag": "b", "class": "", "in": ["1"]},
                " b",
                {"tag": "br", "class": "", "in": []},
                "c",
            ],
        },
        {"tag": "ul", "class": "", "in": [{"tag": "li", "class": "", "in": ["d & e"]}]},
    ]
