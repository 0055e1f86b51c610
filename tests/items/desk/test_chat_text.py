"""The text for a chat group: who owes what by when, with nothing that the board keeps to itself."""

import pytest

from items import actions, queries, staff
from items.models import Committee
from items.queries import chat_text as texts
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, ask, change_year, fresh, next_list
from tests.items.desk.making import questions, set_task, several

pytestmark = pytest.mark.django_db


def at(slug):
    return f"https://board.example/lists/{slug}/"


def of_list(item_list, today=TODAY, sort="", **search):
    return queries.chat_text_of_list(item_list, today, staff.ItemSearch(**search), at, sort=sort)


def lines_of(text):
    """Return the lines about items."""
    return [line for line in text.splitlines() if line[:1].isdigit()]


def show_names(item, shown):
    Committee.objects.filter(pk=item.list.committee_id).update(show_names=shown)
    return fresh(item)


def test_it_says_who_owes_what_by_when():
    item = show_names(factories.item_at("in_progress"), False)
    today = item.due - days(3)

    text = of_list(item.list, today)

    heading, line, board = text.splitlines()
    assert str(item.list.name) in heading
    assert line == f"1. {item.title}：{item.owner_post.name}，{line.rsplit('，', 2)[1]}，还有3天"
    assert board.endswith(at(item.list.slug))


def test_it_says_how_late_it_is():
    item = factories.item_at("in_progress")

    assert lines_of(of_list(item.list, item.due + days(2)))[0].endswith("，逾期2天")


def test_what_waits_for_the_check_is_the_supervisors():
    item = factories.item_at("pending_check")

    line = lines_of(of_list(item.list))[0]

    assert item.supervisor_post.name in line
    assert item.owner_post.name not in line


@pytest.mark.parametrize("shown", [True, False])
def test_persons_are_named_only_where_the_board_names_them(shown):
    item = show_names(factories.item_at("in_progress"), shown)

    assert (factories.owner_of(item).name in of_list(item.list)) is shown


@pytest.mark.parametrize("status", ["resolved", "on_hold", "withdrawn"])
def test_what_nobody_owes_now_is_left_out(status):
    item = factories.item_at(status)

    assert of_list(item.list) == ""


def test_nothing_private_is_in_it():
    item = factories.Item(source="内部来源的话", budget="内部经费的话")
    item.handlers.add(factories.Person(name="承办人某某"))
    factories.publish(item.list)
    item = fresh(item)
    ACTS["start"](item)
    before = of_list(item.list)
    set_task(fresh(item), text="会上说的话")
    urged = {"text": "催办的话", "by_when": TODAY, "by": factories.office_of(item), "now": NOW}
    actions.urge_item(fresh(item), **urged)
    ask(fresh(item))
    actions.annotate_item(fresh(item), by=factories.office_of(item), remark="备注的话", now=NOW)

    text = of_list(item.list)

    assert lines_of(text) == lines_of(before) != []
    words = ("内部来源", "内部经费", "承办人某某", "会上说", "催办的话", "供货晚", "备注的话")
    assert not [word for word in words if word in text]


def test_the_search_and_its_order_hold():
    items = several(3)

    late = of_list(items[0].list, late="overdue")
    backwards = of_list(items[0].list, sort="-number", owner=str(items[0].owner_post_id))

    assert late == ""
    assert [line[0] for line in lines_of(backwards)] == ["3", "2", "1"]


def test_a_queue_has_one_paragraph_for_each_list():
    item = factories.item_at("in_progress")
    other = factories.another(item, list=next_list(item.list), number=1)
    factories.publish(other.list)
    owner = factories.owner_of(item)

    text = queries.chat_text_of_queue("mine", owner, TODAY, at)

    assert [paragraph.splitlines()[-1] for paragraph in text.split("\n\n")] == [
        f"看板：{at(each.list.slug)}" for each in (item, other)
    ]
    assert len(lines_of(text)) == len(queries.queue("mine", owner, TODAY).lines) == 2


@pytest.mark.parametrize("key", ["tasks", "urged", "photos", "extensions", "claims"])
def test_a_queue_that_is_private_or_not_theirs_has_no_text(key):
    item = factories.item_at("in_progress")

    assert queries.chat_text_of_queue(key, factories.owner_of(item), TODAY, at) is None


def test_it_is_no_longer_than_people_read(monkeypatch):
    items = several(3)
    monkeypatch.setattr(texts, "MOST", 2)

    text = of_list(items[0].list)

    assert len(lines_of(text)) == 2
    assert text.endswith("看板上还有1件。")


def test_a_closed_list_owes_nothing():
    item = factories.item_at("in_progress")
    later = change_year(item)

    assert of_list(fresh(item.list)) == ""
    assert len(lines_of(of_list(fresh(later.list)))) == 1


def test_it_asks_the_same_questions_of_few_and_of_many():
    one, three = several(1), several(3)

    few = questions(lambda: of_list(one[0].list))

    assert questions(lambda: of_list(three[0].list)) == few
