"""Writing many drafts at once, as a table has them."""

import pytest

from items import actions
from items.actions.draft import Draft
from items.actions.table import LAST_NUMBER, Line, LinesConflict, LinesRefused
from items.errors import Refused
from items.models import Item, Measure
from items.words import Words
from tests import factories
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def items():
    """Return three drafts of one list: 1, 2 and 3."""
    first = factories.Item(title="一")
    return [first, factories.another(first, title="二"), factories.another(first, title="三")]


def line(item=None, number=None, *, delete=False, **fields):
    version = item.version if item else None
    key = item.pk if item else None
    return Line(Draft(fields), number, key, version, delete)


def write(items, *lines, by=None):
    item_list = fresh(items[0].list)
    by = by or factories.office(item_list.committee)
    actions.write_table(item_list, list(lines), by=by)


def titles(items):
    return dict(items[0].list.items.order_by("number").values_list("number", "title"))


def refused(items, *lines):
    """Return what the refusal says of each line; nothing is saved then."""
    before = list(Item.objects.order_by("pk").values())
    with pytest.raises(LinesRefused) as raised:
        write(items, *lines)
    assert list(Item.objects.order_by("pk").values()) == before
    return raised.value


def test_many_are_changed_made_and_deleted(items):
    one, two, three = items

    write(
        items, line(one, title="甲"), line(three, delete=True), line(title="新"), line(title="再")
    )

    # The number of a draft that goes is free again.
    assert titles(items) == {1: "甲", 2: "二", 3: "新", 4: "再"}
    assert fresh(two).version == two.version


def test_a_new_line_takes_the_next_number_after_those_that_are_written(items):
    write(items, line(number=24, title="新"), line(title="再"))

    assert titles(items) == {1: "一", 2: "二", 3: "三", 24: "新", 25: "再"}


def test_lines_are_written_too(items):
    write(items, Line(Draft(measures=[Words("粉刷")]), item=items[0].pk, version=0))

    assert [m.text for m in Measure.objects.filter(item=items[0])] == ["粉刷"]


def test_numbers_are_exchanged(items):
    one, two, three = items

    write(items, line(one, 2), line(two, 3), line(three, 1))

    assert titles(items) == {1: "三", 2: "一", 3: "二"}
    assert fresh(one).pk == one.pk


def test_a_deleted_number_can_be_taken(items):
    write(items, line(items[0], delete=True), line(items[1], 1))

    assert titles(items) == {1: "二", 3: "三"}


def test_a_number_twice_is_refused(items):
    said = refused(items, line(items[0], 7), line(number=7, title="新"), line(number=3, title="又"))

    assert set(said.by_line) == {1, 2}
    assert "7" in said.by_line[1][0]


@pytest.mark.parametrize("number", [-1, LAST_NUMBER + 1])
def test_a_number_out_of_bounds_is_refused(items, number):
    assert set(refused(items, line(items[0], number)).by_line) == {0}


def test_no_number_after_the_last_one(items):
    write(items, line(items[0], LAST_NUMBER))

    assert set(refused(items, line(title="新")).by_line) == {0}


def test_each_unsound_line_says_why(items):
    post = factories.Post(committee=items[0].list.committee)
    both = {"owner_post": post, "supervisor_post": post}

    said = refused(
        items, line(items[0], title=""), line(items[1], title="好"), line(title="a", **both)
    )

    assert set(said.by_line) == {0, 2}
    assert len(said.sentences) == 2


def test_a_line_that_somebody_changed_meanwhile_is_a_conflict(items):
    seen = [line(items[0], title="我"), line(items[1], title="也")]
    write(items, line(items[1], title="别人"))

    with pytest.raises(LinesConflict) as raised:
        write(items, *seen)

    assert set(raised.value.by_line) == {1}
    assert titles(items) == {1: "一", 2: "别人", 3: "三"}


def test_without_the_check_the_last_one_wins(items, monkeypatch):
    # The negative control: it is the comparison of versions that notices.
    seen = line(items[1], title="我")
    write(items, line(items[1], title="别人"))
    monkeypatch.setattr("items.actions.table._changed", lambda line, items: [])

    write(items, seen)

    assert titles(items)[2] == "我"


@pytest.mark.parametrize("delete", [True, False])
def test_a_line_that_somebody_deleted_meanwhile_is_a_conflict(items, delete):
    seen = line(items[0], title="我", delete=delete)
    items[0].delete()

    with pytest.raises(LinesConflict):
        write(items, seen)


def test_an_item_of_another_list_is_left_alone(items):
    other = factories.Item(title="别处")

    with pytest.raises(LinesConflict):
        write(items, line(other, title="我"))

    assert fresh(other).title == "别处"


def test_a_button_pressed_twice_makes_an_item_once(items):
    new = line(title="新")
    write(items, new)

    assert set(refused(items, new).by_line) == {0}


def test_with_a_number_of_its_own_the_same_matter_is_another_item(items):
    write(items, line(number=9, title="一"))

    assert titles(items)[9] == "一"


def test_stranger_writes_nothing(items):
    with pytest.raises(Refused):
        write(items, line(items[0], title="我"), by=factories.Person())

    assert titles(items)[1] == "一"


def test_nothing_is_compiled_query_it_is_published():
    item = factories.published_item(title="一")

    with pytest.raises(Refused):
        write([item], line(item, title="我"))

    assert fresh(item).title == "一"
