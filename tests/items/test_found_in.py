"""What a search looks into beside an item's own words, and what it never finds."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, queries
from items.models import Item
from items.public import BoardSearch
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import change_year, choose, fresh

pytestmark = pytest.mark.django_db

MUCH, HARDSHIP, PLAIN = 1, 2, 3


def found(item_list, q):
    rows = queries.find(item_list.slug, TODAY, BoardSearch(q=q)).board.rows
    return [row.number for row in rows]


@pytest.fixture(scope="module")
def list_of_the_file(kept_rows):
    """Return a list of two items to which the same happened, one of them a hardship item."""
    first = factories.Item(number=MUCH, title="浴室")
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    factories.Item(number=HARDSHIP, title="走访", hardship=True, list=first.list, **posts)
    factories.Item(number=PLAIN, title="路灯", list=first.list, **posts)
    unit = factories.Unit(committee=first.list.committee, name="检修队", name_en="Repair crew")
    for item in first.list.items.filter(number__lt=PLAIN):
        part = {"title": "二区隔断", "title_en": "Partition", "unit": unit, "done_on": PUBLISHED_ON}
        item.parts.create(**part)
    factories.publish(first.list)
    for number in (MUCH, HARDSHIP):
        _happen(Item.objects.get(list=first.list, number=number))
    first.list.refresh_from_db()
    return first.list


def _happen(item):
    by, owner = factories.office_of(item), factories.owner_of(item)
    supervisor = factories.supervisor_of(item)
    colleague = factories.colleague_of(item)
    actions.report_progress(item, by=owner, text="水管到货", now=NOW)
    actions.enter_for_owner(fresh(item), by=by, text="补登内容", now=NOW)
    actions.release_entry(fresh(item), by=colleague, now=NOW)
    actions.enter_for_owner(fresh(item), by=by, text="未放行话", now=NOW)
    actions.log_visit(fresh(item), by=supervisor, seen="看见积水", how="on_site", now=NOW)
    actions.report_progress(fresh(item), by=owner, text="写错了张三", now=NOW)
    actions.erase_words(fresh(item).last_entry, by=by, reason="隐私", now=NOW)
    actions.set_task(
        fresh(item), by=by, text="内部任务", who="owner", by_when=TODAY + days(9), now=NOW
    )
    actions.claim_item(
        fresh(item), by=owner, note="三区全通", no_evidence="看得见", done_on=TODAY, now=NOW
    )
    _suggest(item, by, words="原话澡堂凉", shown="冬天洗澡冷", answer="答复换管")
    hidden = _suggest(item, by, words="藏起原话", shown="后来收回", answer="好")
    actions.hide_answer(hidden, by=by, text="不宜公开", now=NOW)
    erased = _suggest(item, by, words="抹去原话", shown="抹去公开", answer="好")
    actions.erase(erased, by=by, text="隐私", now=NOW)
    unreleased = factories.suggestion(item.list.committee, words="没有放行")
    actions.adopt(unreleased, by=by, items=[fresh(item)], text="列入", now=NOW)


def _suggest(item, by, *, words, shown, answer):
    sent = factories.suggestion(item.list.committee, words=words)
    actions.adopt(sent, by=by, items=[fresh(item)], text="列入清单", now=NOW)
    sent.refresh_from_db()
    actions.show_answer(sent, by=by, words=shown, answer=answer, now=NOW)
    sent.refresh_from_db()
    return sent


@pytest.fixture
def item_list(list_of_the_file, db):
    return deepcopy(list_of_the_file)


@pytest.mark.parametrize(
    "q",
    [
        *("二区隔断", "partition", "检修队", "REPAIR crew"),  # a part and its unit
        *("水管到货", "补登内容", "看见积水"),  # what was reported, released, seen
        *("三区全通",),  # the result
        *("洗澡冷", "冬天洗澡冷"),  # a released suggestion
        "水管 检修队 洗澡冷",  # all of them together
    ],
)
def test_found_in_what_everyone_reads_but_not_of_hardship_items(item_list, q):
    assert found(item_list, q) == [MUCH]


@pytest.mark.parametrize(
    "q",
    [
        *("未放行话", "写错了", "张三", "内部任务"),  # unreleased, erased, private entries
        *("原话澡堂凉", "藏起原话", "后来收回", "抹去原话", "抹去公开", "没有放行"),
    ],
)
def test_what_nobody_may_read_is_not_found(item_list, q):
    assert found(item_list, q) == []


def test_what_everyone_reads_of_a_hardship_item_is_found_as_ever(item_list):
    assert found(item_list, "走访") == [HARDSHIP]


def test_suggestion_is_found_while_it_is_shown(item_list):
    """The control of what is hidden, erased and not released: shown, it is found."""
    item = item_list.items.get(number=PLAIN)
    by = factories.office_of(item)
    sent = _suggest(item, by, words="太黑", shown="夜路太黑", answer="装灯")
    assert found(item_list, "夜路太黑") == [PLAIN]

    actions.hide_answer(sent, by=by, text="不宜公开", now=NOW)

    assert found(item_list, "夜路太黑") == []


def test_entry_is_found_until_its_words_are_erased(item_list):
    item = item_list.items.get(number=PLAIN)
    entry = actions.report_progress(item, by=factories.owner_of(item), text="电杆立好", now=NOW)
    assert found(item_list, "电杆") == [PLAIN]

    actions.erase_words(entry, by=factories.office_of(item), reason="隐私", now=NOW)

    assert found(item_list, "电杆") == []


def test_item_that_is_marked_as_hardship_is_no_longer_found_by_what_is_told_of_it(item_list):
    item = item_list.items.get(number=MUCH)

    actions.correct_item(
        item, by=factories.office_of(item), field="hardship", value=True, reason="漏标", now=NOW
    )

    for q in ("水管到货", "三区全通", "洗澡冷", "检修队", "二区隔断"):
        assert found(item_list, q) == []
    assert found(item_list, "浴室") == [MUCH]


def test_item_is_found_by_what_was_suggested_in_an_earlier_year(db):
    item = factories.published_item(title="食堂")
    _suggest(item, factories.office_of(item), words="贵", shown="菜太贵", answer="降价")
    into = choose(item.list)
    change_year(fresh(item), into)

    assert found(into, "菜太贵") == [row.number for row in into.items.filter(origin=item.pk)] != []
    assert found(item.list, "菜太贵") == [item.number]


def test_search_takes_as_many_questions_for_many_words_as_for_one(item_list):
    def questions(q):
        with CaptureQueriesContext(connection) as asked:
            found(item_list, q)
        return len(asked)

    assert questions("水管") == questions("水管 检修队 洗澡冷 隔断") == questions("") + 2
