"""The words of the demonstration's public pages, as they are read: plain, in both languages."""

import html
import re

import pytest
from django.test import Client
from django.utils.timezone import localdate

from items.demo import story
from tests.test_words import ENGLISH

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

LINK = re.compile(r'href="(/[^"#?]*)"')
# What is no page, or a page once more. Official terms are explained on one page, and a plan is an
# official paper in its committee's own words.
PASSED_OVER = re.compile(
    r"^/(en/)?(static|photos|large|desk|account|admin|how-to-read)/|/plan/$|\.\w+$"
)
UNREAD = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
NAMED = re.compile(r'\s(?:alt|aria-label|placeholder|title|content)="([^"]*)"')
CHINESE = {
    "销号": "办完、核查通过",
    "(?<!帮扶)台账": "全部经过",  # unless it is the name of a paper
    "期限类型": "办多久",
    "状态转为": "此后",
    "重新打开": "改为重新办",
    r"第\d+项": "第…件",
    r"(?<![\d.-])\d+ ?项(?!目)": "件、条",
    r"[\u4e00-\u9fff][,:;!?](?![a-z=/])": "the Chinese sign",
    r"\bNone\b|\bTrue\b|\bFalse\b|%\(": "no value's name in a program",
}


@pytest.fixture(scope="module")
def pages(kept_rows):
    """Return what stands on each public page by its address: in Chinese, in English."""
    story.load("a password", localdate())
    return {first: read_from(first) for first in ("/", "/en/")}


def read_from(first):
    """Read a page and all that it and those that it leads to link, in the same language."""
    client, waiting, texts = Client(), [first], {}
    while waiting:
        path = waiting.pop()
        if path in texts or PASSED_OVER.search(path) or path.startswith("/en/") != (first != "/"):
            continue
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        texts[path] = text_of(page)
        waiting += LINK.findall(page)
    return texts


def text_of(page):
    """Return what is read, seen or heard: the text, and the names of what has none."""
    return html.unescape(" · ".join([UNREAD.sub("\n", page), *NAMED.findall(page)]))


def found(texts, word, flags=0):
    """Return where the word stands, with what is around it."""
    around = re.compile(f".{{0,12}}(?:{word}).{{0,12}}", flags)
    return {path: match[0] for path, text in texts.items() if (match := around.search(text))}


def test_every_kind_of_page_is_read(pages):
    for texts in pages.values():
        kinds = {re.sub(r"\d+", "0", path.removeprefix("/en")) for path in texts}
        assert {"/", "/suggest/", "/answer/", "/privacy/", "/places/0/"} <= kinds
        assert len(texts) > 50
    assert any("已解决" in text for text in pages["/"].values())


@pytest.mark.parametrize("word", CHINESE)
def test_chinese_is_spoken_as_on_the_shop_floor(pages, word):
    assert found(pages["/"], word) == {}, f"say {CHINESE[word]}"


@pytest.mark.parametrize("word", [word for word in ENGLISH if word.strip()])
def test_english_is_plain(pages, word):
    assert found(pages["/en/"], word, re.IGNORECASE) == {}, f"say {ENGLISH[word]}"
