"""A month's progress in a browser: paste a column, the keys, the width of a phone."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate

from items.models import Entry, Item
from tests import factories
from tests.browser.looking import PHONE, follow, resize, scrolled_sideways

PASTE = """(field, [text, html]) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    if (html) clipboardData.setData('text/html', html)
    field.dispatchEvent(new ClipboardEvent(
        'paste', {clipboardData, bubbles: true, cancelable: true}))
}"""


@pytest.fixture
def items(emptied_tables):
    first = factories.Item(list__slug="plant-2026")
    for _number in (2, 3):
        factories.another(first)
    factories.publish(first.list, on=localdate())
    return list(Item.objects.order_by("number"))


@pytest.fixture
def month(page, live_server, items):
    """Return a browser at the month's page, logged in as the items' owner."""
    client = Client()
    client.force_login(items[0].owner_post.holder(localdate()))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/desk/lists/plant-2026/month/")
    return page


def box(page, item):
    return page.locator(f"[name='{item.number}-text']")


def said():
    entries = Entry.objects.filter(verb="report_progress").order_by("seq")
    return [(entry.item.number, entry.words.text) for entry in entries]


def test_a_column_from_a_sheet_fills_the_boxes_downwards_and_ctrl_enter_saves(month, items):
    month.locator(f"[name='{items[1].number}-same']").check()
    block = '换了两把\t别的列\n"搭架子\n铺顶"\n\n'
    box(month, items[0]).evaluate(PASTE, [block, "<table></table>"])

    assert box(month, items[1]).input_value() == "搭架子\n铺顶"
    assert not month.locator(f"[name='{items[1].number}-same']").is_checked()
    with month.expect_navigation():
        box(month, items[0]).press("Control+Enter")
    assert said() == [(1, "换了两把"), (2, "搭架子\n铺顶")]


def test_words_from_elsewhere_go_into_one_box(month, items):
    box(month, items[0]).evaluate(PASTE, ["第一行\n第二行", ""])

    assert box(month, items[1]).input_value() == ""


def test_it_fits_a_phone_and_saves_without_a_script(month, items):
    resize(month, PHONE)
    assert not scrolled_sideways(month)

    box(month, items[2]).fill("换了三把")
    follow(month, ".month button.main")

    assert said() == [(3, "换了三把")]
