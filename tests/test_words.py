"""The words of public pages: plain ones, each thing by one word, in both languages."""

import re

import polib
import pytest
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
PUBLIC = (
    "items/public/",
    "items/states.py",
    "items/suggestion_states.py",
    "templates/404.html",
    "templates/base.html",
    "templates/board/",
    "templates/components/",
    "templates/suggestions/",
    "welfare/board/",
    "welfare/sentences.py",
    "welfare/suggestions/",
    "welfare/templatetags/welfare.py",
)
# The official terms are explained there, once.
EXPLAINED = {"templates/board/how_to_read.html"}
SHARED_WITH_STAFF = {"templates/components/last_backup.html"}
DRAWN = {"welfare/suggestions/receipt_picture.py"}  # where no style sheet makes spaces
NOT_HELD = EXPLAINED | SHARED_WITH_STAFF | DRAWN

CHINESE = {
    "销号": "办完、核查通过",
    "台账": "全部经过",
    "期限类型": "办多久",
    "状态转为": "此后",
    "示意": "演示虚构的一件",
    "重新打开": "改为重新办",
    # … but for the one between an item's number and its matter
    r"[\u4e00-\u9fff，。：（“](?<!件) %\(": "without a space: the page makes it",
    r"%\(\w+\)[sd] [\u4e00-\u9fff]": "without a space: the page makes it",
    r"  ": "one space",
    r"[\u4e00-\u9fff][,:;!?](?![a-z=])": "the Chinese sign",
}
# Of staff's pages too: an item has one word.
EVERYWHERE = {
    r"第(?:\d+|%(?:\(\w+\))?[sd]) ?项": "第…件",
    r"%(?:\(\w+\))?[sd] ?项": "件、条",
    r"(?:同一|另一|每一|负责一)项(?!的?名称)": "…件",
}
ENGLISH = {
    r"\bstruck off\b": "signed off",
    r"\brectification\b": "nothing",
    r"\bstakeholder": "who it is",
    r"\bsuccessfully\b": "what happened",
    r"\bplease be advised\b": "nothing",
    r"  ": "one space",
}


def said_in_public():
    """Return the English and Chinese of all sentences of public pages."""
    known = set()
    for entry in polib.pofile(str(CATALOGUE)):
        places = (
            {place for place, _line in entry.occurrences} - EXPLAINED - SHARED_WITH_STAFF - DRAWN
        )
        if any(place.startswith(PUBLIC) for place in places):
            chinese = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
            known.update((entry.msgid, text) for text in chinese)
    return known


SAID = said_in_public()


@pytest.mark.parametrize("word", CHINESE)
def test_chinese_is_spoken_as_on_the_shop_floor(word):
    found = [text for _english, text in SAID if re.search(word, text)]

    assert found == [], f"say {CHINESE[word]}"


@pytest.mark.parametrize("word", EVERYWHERE)
def test_an_item_is_called_so_on_every_page(word):
    catalogue = polib.pofile(str(CATALOGUE))
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]

    assert [text for text in texts if re.search(word, text)] == [], f"say {EVERYWHERE[word]}"


@pytest.mark.parametrize("word", ENGLISH)
def test_english_is_plain(word):
    found = [text for text, _chinese in SAID if re.search(word, text, re.IGNORECASE)]

    assert found == [], f"say {ENGLISH[word]}"


def test_sentences_are_looked_at():
    assert len(SAID) > 500
    assert ("Resolved", "已解决") in SAID
