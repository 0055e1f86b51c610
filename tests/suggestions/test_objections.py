"""A worker objects to what is up (公示): from the item's page, by the form for suggestions."""

import re

import pytest
import time_machine
from django.utils.html import strip_tags

from items import actions
from items.models import Committee, Entry, Item, Suggestion
from items.words import Words
from tests import factories
from tests.factories import TODAY, at, days
from tests.suggestions.phone import Phone, text

pytestmark = pytest.mark.django_db
ABOUT = "plant-2026/1"
BOARD = "/lists/plant-2026/1/"


@pytest.fixture
def item(committee):
    """An item of which a withdrawal is up for objections."""
    Committee.objects.filter(pk=committee.pk).update(announces_withdrawals=True)
    item = factories.Item(list__slug="plant-2026", list__committee=committee, number=1)
    factories.publish(item.list)
    factories.withdraw(Item.objects.get(pk=item.pk), now=at(TODAY))
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def phone(item, clock):
    return Phone(clock)


def blocks_of(page):
    """Return the hidden words of each block of a strip, without number and title."""
    (strip,) = re.findall(r'<ol class="strip[^>]*>(.*?)</ol>', page, re.DOTALL)
    blocks = (strip_tags(block) for block in strip.split("</li>")[:-1])
    return [re.fullmatch(r".*：(.*?)[ \d]*", block.strip(), re.DOTALL)[1] for block in blocks]


def announcement():
    return Entry.objects.get(verb="put_up")


def test_the_item_says_until_when_and_leads_to_the_form(phone, client):
    page = text(client.get(BOARD))

    assert "拟调出清单，公示到6月8日" in page
    assert "公示期满" not in page
    assert f'href="/suggest/?about={ABOUT}&amp;objection=yes"' in page


def test_what_is_sent_there_is_an_objection(phone):
    form = text(phone.get(f"/suggest/?about={ABOUT}&objection=yes"))
    assert "您有什么不同意见？" in form
    assert 'name="objection" value="yes"' in form

    assert phone.send(about=ABOUT, objection="yes").status_code == 201

    assert Suggestion.objects.get().objects_to == announcement()


def test_without_the_tick_it_is_a_suggestion_like_any_other(phone):
    phone.send(objection="yes")

    assert Suggestion.objects.get().objects_to is None


def test_after_its_days_it_says_so_and_keeps_the_words(phone, item):
    actions.take_down(item, by=factories.office_of(item), reason="再议", now=at(TODAY))

    page = phone.send("搬迁也要有休息室", about=ABOUT, objection="yes")

    assert page.status_code == 422
    assert "公示已经结束" in text(page)
    assert "搬迁也要有休息室" in text(page)
    assert 'name="objection"' not in text(page)
    assert phone.send("搬迁也要有休息室", about=ABOUT).status_code == 201
    assert Suggestion.objects.get().objects_to is None


def test_the_item_counts_them_from_midnight_on_and_shows_the_answers(phone, item, client):
    phone.send("搬迁也要有休息室", about=ABOUT, objection="yes")
    row, office = Suggestion.objects.get(), factories.office_of(item)

    assert "还没有人提不同意见" in text(client.get(BOARD))
    with time_machine.travel(at(TODAY + days(1))):
        assert "已公开答复意见0条" in text(client.get(BOARD))
        assert "还有1条等答复" in text(client.get(BOARD))
        assert "搬迁也要有" not in text(client.get(BOARD))
        actions.decline(row, by=office, reason="other", text="新址有休息室")
        row.refresh_from_db()
        actions.show_answer(row, by=office, words="休息室要保留", answer="新址有休息室")
        page = text(client.get(BOARD))
    assert "已公开答复意见1条" in page
    assert "休息室要保留" in page
    assert "新址有休息室" in page


def test_the_board_says_what_is_up(phone, client):
    assert "拟调出清单，公示到6月8日" in text(client.get("/lists/plant-2026/"))


@pytest.mark.parametrize("verb", ["withdraw", "reduce"])
def test_the_board_says_it_also_after_a_report(committee, client, verb):
    switches = {"announces_withdrawals": True, "announces_reductions": True}
    Committee.objects.filter(pk=committee.pk).update(**switches)
    item = factories.item_at("in_progress", list__slug="plant-2026", list__committee=committee)
    if verb == "withdraw":
        factories.withdraw(item, now=at(TODAY))
    else:
        said = {"field": "measures", "value": [Words("改造一号间")], "reason": "经费不足"}
        said |= {"by": factories.office_of(item), "decision": factories.decision(at(TODAY))}
        actions.reduce_item(item, now=at(TODAY), **said)
    item = Item.objects.get(pk=item.pk)
    report = actions.report_progress(
        item, by=factories.owner_of(item), text="还在照常办", now=at(TODAY + days(1))
    )
    said = {"withdraw": "拟调出清单，公示到6月8日", "reduce": "拟缩小承诺，公示到6月8日"}[verb]

    with time_machine.travel(at(TODAY + days(1))):
        board = text(client.get("/lists/plant-2026/"))
        found = text(client.get("/lists/plant-2026/find/?q=还在照常办"))
        page = text(client.get(BOARD))

    assert Item.objects.get(pk=item.pk).last_news == report
    assert said in board
    assert said in found
    assert said in page


def test_what_was_taken_down_stands_below_with_its_reason(phone, item, client):
    actions.take_down(item, by=factories.office_of(item), reason="再议一次", now=at(TODAY))

    page = text(client.get(BOARD))

    assert "拟调出清单：公示过，没有生效" in page
    assert page.index("公示过，没有生效") > page.index("对照着看")
    assert "没有人提不同意见" in page
    assert "objection=yes" not in page
    assert page.count("再议一次") == 2  # there, and in its story


def test_a_signed_item_is_called_so_wherever_it_stands(committee, client):
    Committee.objects.filter(pk=committee.pk).update(announces_sign_offs=True)
    item = factories.item_at("pending_check", list__slug="plant-2026", list__committee=committee)
    before = text(client.get("/lists/plant-2026/"))
    factories.sign_off(item, now=at(TODAY))

    board, page = text(client.get("/lists/plant-2026/")), text(client.get(BOARD))

    assert "1件等核查" in before
    assert "1件等核查" not in board
    assert "核查通过，公示中" in board
    assert "核查通过，正在公示" in page.partition("</title>")[0]
    for place in (board, page, text(client.get("/lists/plant-2026/in_progress/"))):
        assert blocks_of(place) == ["核查通过，公示中"]
    pending, fresh = (
        text(client.get(f"/lists/plant-2026/find/?heard={heard}")).count(f'href="{BOARD}"')
        for heard in ("pending", "fresh")
    )
    assert pending == fresh - 1  # only the strip leads there
    assert text(client.get("/lists/plant-2026/resolved/")).count(f'href="{BOARD}"') == pending
