"""Urging at the desk: the form, and where it is read until there is news."""

import pytest

from items import actions
from items.models import Entry
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, fresh

pytestmark = pytest.mark.django_db

URGES = "活动办公室6月1日催办："


def urge(item, who="owner"):
    said = {"text": "请报供货日期", "who": who, "by_when": TODAY + days(5), "now": NOW}
    return actions.urge_item(fresh(item), by=factories.office_of(item), **said)


def page(client, path):
    return " ".join(client.get(path).content.decode().split())


def pages(item):
    at = f"/desk/lists/{item.list.slug}/"
    return {"desk": "/desk/", "item": f"{at}{item.number}/", "pack": f"{at}pack/"}


def test_who_was_urged_reads_it_and_that_any_report_answers_it(as_):
    item = factories.item_at("in_progress")
    urge(item)
    owner = as_(factories.owner_of(item))

    for name in ("desk", "item"):
        shown = page(owner, pages(item)[name])
        assert "催办：" in shown
        assert "请报供货日期" in shown
        assert "报了就算答复" in shown


def test_the_office_reads_that_there_is_no_news_until_there_is(as_):
    item = factories.item_at("in_progress")
    urge(item)
    office = as_(factories.office_of(item))

    assert "至今没有消息。" in page(office, pages(item)["item"])
    assert "催办，至今没有消息" in page(office, pages(item)["pack"])

    ACTS["report_progress"](fresh(item))

    for path in pages(item).values():
        assert "请报供货日期" not in page(office, path).partition("台账")[0]


def test_no_visitor_reads_it(client):
    item = factories.item_at("in_progress")
    at = f"/lists/{item.list.slug}/"
    before = [client.get(path).content for path in (at, f"{at}1/")]

    urge(item)

    assert [client.get(path).content for path in (at, f"{at}1/")] == before
    assert Entry.objects.filter(verb="urge", public=True).count() == 0
