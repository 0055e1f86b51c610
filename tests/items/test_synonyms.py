"""A committee's synonyms: who writes them, and what they find."""

import pytest

from items import actions, queries
from items.errors import Conflict, Refused
from items.models import Synonyms
from items.public import BoardSearch
from tests import factories
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    unit = factories.Unit(name="餐饮公司", name_en="Restrooms Ltd")
    item = factories.Item(title="更换操作座椅", problem="WC is far", list__committee=unit.committee)
    item.unit_shares.create(unit=unit, role="lead")
    factories.publish(item.list)
    return item


@pytest.fixture
def by(item):
    return factories.office_of(item)


def found(item, q):
    page = queries.find(item.list.slug, TODAY, BoardSearch(q=q))
    return [row.number for row in page.board.rows] == [item.number]


@pytest.mark.parametrize("q", ["椅子", "换凳子", "chairs", "厕所", "椅子、厕所", "卫生间"])
def test_item_is_found_by_what_means_the_same(item, q):
    assert found(item, q)


def test_equation_stays_whole_and_other_items_are_not_found(item):
    page = queries.find(item.list.slug, TODAY, BoardSearch(q="冰箱"))

    assert page.board.rows == ()
    assert page.board.arithmetic == queries.board(item.list.slug, TODAY).arithmetic


def test_name_of_a_post_has_no_synonyms(item):
    item.owner_post.name_en = "Union chair"
    assert not found(item, "板凳桌子")


def test_words_of_the_office_find_in_its_committee_alone(item, by):
    other = factories.published_item(title="操作座椅")
    assert not found(item, "屁股垫")

    actions.set_synonyms(item.list.committee, by=by, lines="屁股垫 座椅")

    assert found(item, "屁股垫")
    assert not found(other, "屁股垫")


def test_changed_and_emptied_words_no_longer_find(item, by):
    actions.set_synonyms(item.list.committee, by=by, lines="屁股垫 座椅")

    actions.set_synonyms(item.list.committee, by=by, lines="", seen=1)

    assert not found(item, "屁股垫")
    assert [row.lines for row in Synonyms.history.order_by("history_id")] == ["屁股垫 座椅", ""]


def test_second_writer_who_saw_less_is_told_so_and_the_same_once_more_is_none(item, by):
    committee = item.list.committee
    actions.set_synonyms(committee, by=by, lines="甲乙 丙丁")
    actions.set_synonyms(committee, by=by, lines=" 甲乙 丙丁\n")  # a button pressed twice

    with pytest.raises(Conflict):
        actions.set_synonyms(committee, by=by, lines="戊己 庚辛")

    assert actions.synonyms_of(committee).lines == "甲乙 丙丁"
    actions.set_synonyms(committee, by=by, lines="戊己 庚辛", seen=1)
    assert actions.synonyms_of(committee).version == 2


@pytest.mark.parametrize("kind", ["auditor", "administrator", None])
def test_nobody_but_the_office_writes_them(item, kind):
    role = factories.Role(committee=item.list.committee, kind=kind) if kind else None
    person = role.person if role else factories.office(factories.Committee())

    with pytest.raises(Refused):
        actions.set_synonyms(item.list.committee, by=person, lines="甲乙 丙丁")

    assert not Synonyms.objects.exists()


@pytest.mark.parametrize("lines", ["独词", "灯 照明", "甲乙 " * 6000, "甲乙 13812345678"])
def test_bad_lines_are_refused_whole(item, by, lines):
    with pytest.raises(Refused):
        actions.set_synonyms(item.list.committee, by=by, lines=f"甲乙 丙丁\n{lines}")

    assert not Synonyms.objects.exists()


def test_line_that_is_none_any_more_does_not_stop_the_search(item):
    Synonyms.objects.create(committee=item.list.committee, lines="独词\n屁股垫 座椅")

    assert found(item, "屁股垫")
