"""Leaders' visits, the plan beside a list, and hardship items, as everyone reads them."""

import pytest

from items import actions, queries
from items.models import ItemList
from tests import factories
from tests.factories import NOW, TODAY
from welfare.templatetags.paragraphs import paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.published_item()


def page(client, path):
    return client.get(path).content.decode()


def visits_at(item):
    return f"/visits/{item.list.committee.slug}/"


def publish(item, plan, **said):
    by = factories.office_of(item)
    item_list = ItemList.objects.get(pk=item.list_id)
    actions.publish_plan(item_list, by=by, plan=plan, now=NOW, **said)


@pytest.mark.parametrize("show_names", [True, False])
def test_visits_name_the_post_and_only_where_shown_the_person(client, item, show_names):
    item.list.committee.show_names = show_names
    item.list.committee.save()
    visit = factories.site_visit(
        item.owner_post, place=factories.Place(committee=item.list.committee, name="高炉车间")
    )

    shown = page(client, visits_at(item))

    for words in (visit.post.name, "高炉车间", "三号炉前", "夜班没有热饭", "2026年"):
        assert words in shown
    assert (visit.name in shown) == show_names


def test_withdrawn_visit_stays_to_be_seen(client, item):
    by = factories.office_of(item)
    for heard, erase in {"记错的": False, "不该写的": True}.items():
        visit = factories.site_visit(item.owner_post, heard=heard)
        actions.withdraw_visit(visit, by=by, reason="日期错了", erase=erase, now=NOW)

    shown = page(client, visits_at(item))

    assert shown.count("日期错了") == 2
    assert "记错的" in shown
    assert "不该写的" not in shown
    assert queries.board(item.list.slug, TODAY).visits == 0


def test_committee_without_anything_public_has_no_page(client):
    committee = factories.Item().list.committee

    assert client.get(f"/visits/{committee.slug}/").status_code == 404
    assert client.get("/visits/no-such-committee/").status_code == 404


def test_board_leads_to_visits_and_plan_where_there_are_any(client, item):
    board = f"/lists/{item.list.slug}/"
    assert "实施方案" not in page(client, board)
    assert "领导走访" not in page(client, board)

    factories.site_visit(item.owner_post)
    publish(item, "一、走访")

    assert f'href="{board}plan/"' in page(client, board)
    assert f'href="{visits_at(item)}"' in page(client, board)
    assert f'href="/large{visits_at(item)}"' in page(client, f"/large{board}")


def test_plan_shows_its_day_and_those_before_it(client, item):
    publish(item, "第一版")
    publish(item, "第二版", reason="补充夜班")

    shown = page(client, f"/lists/{item.list.slug}/plan/")

    assert shown.index("2026年6月1日公布") < shown.index("第二版") < shown.index("第一版")
    assert "更换原因：补充夜班" in shown


def test_plan_of_a_draft_is_nobodys(client):
    item = factories.Item(list__plan="拟稿")

    assert client.get(f"/lists/{item.list.slug}/plan/").status_code == 404


def test_plan_is_read_in_its_language(client, item):
    publish(item, "走访", plan_en="Visits")

    assert "Visits" in page(client, f"/en/lists/{item.list.slug}/plan/")
    assert "Visits" not in page(client, f"/lists/{item.list.slug}/plan/")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一\n二", "<p>一<br>二</p>"),
        ("一\n\n二", "<p>一</p>\n<p>二</p>"),
        ("- 甲\n• 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("3. 甲\n4、乙", '<ol start="3"><li>甲</li><li>乙</li></ol>'),
        ("# 题\n文", "<h2>题</h2>\n<p>文</p>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        ("- <i>", "<ul><li>&lt;i&gt;</li></ul>"),
        ("2026年", "<p>2026年</p>"),
        ("", ""),
    ],
)
def test_long_text_is_shown_safely(text, html):
    assert paragraphs(text) == html


def test_hardship_item_says_that_nobody_is_named(client):
    item = factories.item_at("in_progress", hardship=True)
    before = page(client, f"/lists/{item.list.slug}/{item.number}/")
    factories.case_file(item, name="张三的申请书")

    assert "不公开姓名" in before
    assert page(client, f"/lists/{item.list.slug}/{item.number}/") == before


def test_visits_come_page_by_page_in_either_language(client, item, monkeypatch):
    monkeypatch.setattr("items.queries.visits.PAGE", 2)
    for heard in ("第一次", "第二次", "第三次"):
        factories.site_visit(item.owner_post, heard=heard)

    first, second = (page(client, visits_at(item) + at) for at in ("", "?page=2"))

    assert [heard in first for heard in ("第一次", "第二次", "第三次")] == [False, True, True]
    assert [heard in second for heard in ("第一次", "第二次", "第三次")] == [True, False, False]
    assert ("共3次走访" in first, "共3次走访" in second) == (True, True)
    assert "?page=2" in first
    assert f'href="/en{visits_at(item)}?page=2"' in second
