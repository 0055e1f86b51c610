"""What explains the board: how a list is read, what is kept of a suggestion, what became of it."""

import re
from datetime import timedelta

import pytest

from items import actions
from items.models import Item, Suggestion
from tests import factories
from welfare.suggestions.tokens import KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    item = factories.Item(list__slug="plant-2026", list__committee__slug="plant", number=1)
    factories.Item(list=item.list, number=2)
    factories.publish(item.list)
    return Item.objects.get(pk=item.pk)


def text(client, path):
    return client.get(path).content.decode()


def test_how_to_read_says_the_official_terms_once_and_stands_beside_the_legend(client, item):
    page = text(client, "/how-to-read/")

    assert page.count("“申请销号”") == 1
    assert page.count("“销号”") == 1
    assert len(re.findall("<p>\n? *[^<\\s]", page)) == 5  # sentences
    assert 'href="/how-to-read/">这张清单怎么看' in text(client, "/lists/plant-2026/")
    assert 'href="/large/how-to-read/">' in text(client, "/large/lists/plant-2026/")


@pytest.mark.parametrize(("prefix", "says"), [("", "21天"), ("/en", "21 days")])
def test_privacy_says_what_the_settings_say(client, settings, item, prefix, says):
    settings.CONTACT_DAYS = 21

    page = text(client, f"{prefix}/privacy/")
    assert says in page
    assert timedelta(days=7) == KEPT  # as the page says of the browser's number
    assert f'href="{prefix}/privacy/"' in text(client, f"{prefix}/suggest/")


def adopted(item, words, **said):
    suggestion = factories.suggestion(item.list.committee, **said)
    office = factories.office_of(item)
    actions.adopt(suggestion, by=office, items=[item], text="列入清单")
    if words:
        actions.show_answer(suggestion, by=office, words=words, answer="列入清单")
    return suggestion


def test_item_leads_to_the_very_words_behind_it(client, item):
    other = Item.objects.get(list=item.list, number=2)
    adopted(item, "换座椅")
    adopted(item, "")
    adopted(other, "修路灯")
    (address,) = re.findall(r'href="(/voices/plant/[^"]+)"', text(client, "/lists/plant-2026/1/"))

    page = text(client, address)

    assert address == "/voices/plant/?item=plant-2026/1#answers"
    assert 'id="answers"' in page
    assert "换座椅" in page
    assert "修路灯" not in page
    assert "2条意见列成了第1件" in page


@pytest.mark.parametrize(
    "name", ["plant-2026/99", "plant-2026", "/", "x/1", "plant-2026/0", "draft-2027/1", "\x00/1"]
)
def test_words_of_an_item_that_is_not_public_are_all_words(client, item, name):
    factories.Item(list__committee=item.list.committee, list__slug="draft-2027", number=1)
    adopted(item, "换座椅")

    page = client.get("/voices/plant/", {"item": name})

    assert page.status_code == 200
    assert "换座椅" in page.content.decode()
    assert "列成了" not in page.content.decode()


def test_item_of_another_committee_is_none(client, item):
    adopted(item, "换座椅")
    factories.published_item(list__slug="other-2026")

    assert "换座椅" in text(client, "/voices/plant/?item=other-2026/1")


def test_visit_leads_to_what_became_of_what_was_heard(client, item):
    visit = factories.site_visit(item.owner_post, matters=["粉尘大", "水不热"])
    first, second = Suggestion.objects.filter(visit=visit).order_by("words")
    office = factories.office_of(item)
    assert "/lists/plant-2026/1/" not in text(client, "/visits/plant/")

    actions.adopt(first, by=office, items=[item], text="列入清单")
    actions.merge(second, by=office, into=Suggestion.objects.get(pk=first.pk))

    page = text(client, "/visits/plant/")
    assert page.count('href="/lists/plant-2026/1/"') == 1
    assert Item.objects.get(pk=item.pk).get_status_display() in page
