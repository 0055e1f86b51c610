"""Places beside a list, and the index of all places: how many items where, and nothing private."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, queries
from items.public import BoardSearch
from items.queries import places
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import fresh
from tests.limits import limit

pytestmark = pytest.mark.django_db


def place(committee, name, parent=None):
    return factories.Place(committee=committee, name=name, name_en="", parent=parent)


@pytest.fixture
def committee():
    return factories.Committee(slug="plant", name="炼铁厂")


def board_of(committee, where, **columns):
    """Publish a list with an item at each of these places; None is nowhere."""
    first = factories.Item(list__committee=committee, place=where[0], **columns)
    for each in where[1:]:
        factories.another(first, place=each)
    factories.publish(first.list)
    return first.list


def chips(item_list):
    return [(link.name.zh, link.count) for link in queries.board(item_list.slug, TODAY).places]


def index(**asked):
    page = queries.places_page(TODAY, **asked)
    return [(line.link.name.zh, line.link.count) for of in page.committees for line in of.lines]


def test_chips_stand_on_the_first_level_with_a_choice_and_lead_to_as_many_items(committee):
    plant = place(committee, "全厂")
    mill, coal, gate = (place(committee, name, plant) for name in ("高炉", "喷煤", "西门"))
    room = place(committee, "主控室", mill)
    place(committee, "没有用到", plant)

    item_list = board_of(committee, [coal, mill, room, room, None, plant, gate, coal])

    assert chips(item_list) == [("高炉", 3), ("喷煤", 2), ("西门", 1)]
    for link in queries.board(item_list.slug, TODAY).places:
        found = queries.find(item_list.slug, TODAY, BoardSearch(place=str(link.number)))
        assert len(found.board.rows) == link.count


def test_one_place_is_no_choice_and_only_eight_are_shown(committee):
    assert chips(board_of(committee, [place(committee, "浴室"), None])) == []

    other = factories.Committee()
    shown = chips(board_of(other, [place(other, f"{n}号站") for n in range(10)]))
    assert len(shown) == places.CHIPS


def test_chips_take_one_question_and_none_where_nothing_has_a_place(committee):
    def questions(item_list):
        with CaptureQueriesContext(connection) as asked:
            queries.board(item_list.slug, TODAY)
        return len(asked)

    without = board_of(factories.Committee(), [None, None])
    with_two = board_of(committee, [place(committee, name) for name in "甲乙"])

    assert questions(with_two) == questions(without) + 1


def test_index_counts_below_and_leaves_out_what_nobody_may_see(committee):
    plant = place(committee, "全厂")
    mill = place(committee, "高炉", plant)
    room = place(committee, "主控室", mill)
    place(committee, "没有用到", plant)
    board_of(committee, [mill, room, room])
    draft = place(committee, "还没公开", plant)
    factories.Item(list__committee=committee, place=draft)
    heard = place(committee, "意见里的", plant)
    sent = factories.suggestion(committee)
    actions.sort(sent, by=factories.office(committee), place=heard, now=NOW)

    assert index() == [("全厂", 3), ("高炉", 3), ("主控室", 2)]
    assert index(slug="plant") == index()
    assert queries.places_page(TODAY, slug="no-such") is None
    assert [queries.place_page(each.pk, TODAY) for each in (draft, heard)] == [None, None]


def test_every_place_of_the_index_has_a_page(committee):
    item = factories.Item(list__committee=committee)
    other = factories.another(item)
    factories.publish(item.list)
    here, off, dropped, given = (place(committee, name) for name in ("办", "取消", "调出", "发"))
    for each, where in ((item, here), (item, off), (other, dropped)):
        factories.occasion(fresh(each), place=where)
    gone = fresh(item).occasions.get(place=off)
    actions.call_off_occasion(gone, by=factories.owner_of(item), reason="下雨", now=NOW)
    factories.delivery(fresh(item), place=given)
    factories.withdraw(fresh(other), now=NOW)

    assert index() == [("办", 0), ("发", 0)]
    assert all(queries.place_page(each.pk, TODAY) for each in (here, given))
    assert [queries.place_page(each.pk, TODAY) for each in (off, dropped)] == [None, None]


def test_committees_stand_apart_by_name_and_a_search_finds_places_of_all(committee):
    other = factories.Committee(slug="other", name="甲厂")
    board_of(committee, [place(committee, "浴室", place(committee, "全厂")), None])
    board_of(other, [place(other, "南浴室")], list__slug="other-list")

    page = queries.places_page(TODAY)
    assert [of.committee.slug for of in page.committees] == ["plant", "other"]
    assert page.only is None
    assert queries.places_page(TODAY, slug="other").only.slug == "other"
    assert index(search=BoardSearch(q="澡堂")) == [("浴室", 1), ("南浴室", 1)]  # synonyms, too
    (first, _second) = queries.places_page(TODAY, BoardSearch(q="浴室")).committees
    assert [name.zh for name in first.lines[0].around] == ["全厂"]
    assert index(search=BoardSearch(q="没有的")) == []


def test_long_index_and_long_place_come_in_pages(committee, monkeypatch):
    limit(monkeypatch, places, AT_ONCE=2, PAGE_SIZE=2)
    plant = place(committee, "全厂")
    rooms = [place(committee, f"{n}号站", plant) for n in range(3)]
    item_list = board_of(committee, rooms)

    assert index() == [("全厂", 3), ("0号站", 1)]
    assert index(page=2) == [("1号站", 1), ("2号站", 1)]
    first, second = (queries.place_page(plant.pk, TODAY, page) for page in (1, 2))
    assert [row.number for row in first.lists[0].rows] == [1, 2]
    assert [row.number for row in second.lists[0].rows] == [3]
    whole = queries.board(item_list.slug, TODAY).arithmetic
    for page in (first, second):
        assert page.arithmetic == page.lists[0].arithmetic == whole
        assert (page.count, page.pages) == (3, 2)


def test_pages_show_where_they_lead(client, committee, monkeypatch):
    limit(monkeypatch, places, AT_ONCE=2)
    plant = place(committee, "全厂")
    rooms = [place(committee, f"{n}号站", plant) for n in range(2)]
    item_list = board_of(committee, rooms)

    board = client.get(f"/lists/{item_list.slug}/").content.decode()
    assert f"/lists/{item_list.slug}/find/?place={rooms[0].pk}#found" in board
    assert 'href="/committees/plant/places/"' in board
    page = client.get("/committees/plant/places/").content.decode()
    assert 'href="/committees/plant/places/?page=2"' in page
    assert f'href="/places/{plant.pk}/"' in page
    assert 'href="/committees/plant/places/"' in client.get(f"/places/{plant.pk}/").content.decode()
    searched = client.get("/en/large/places/?q=1").content.decode()
    assert "1号站" in searched
    assert 'href="/en/large/places/"' in searched
    committee.slug = "works"
    committee.save()
    moved = client.get("/committees/plant/places/?q=1")
    assert (moved.status_code, moved["Location"]) == (301, "/committees/works/places/?q=1")
