"""What is found on a board, and what may be found at all."""

from copy import deepcopy
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, queries
from items.models import Item
from items.public import BoardSearch
from tests import factories
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import fresh

LATER = DUE + days(5)  # a day on which what isn't done is overdue


UNITS = [("设备室", "Equipment office", "lead"), ("后勤室", "Logistics", "support")]


@pytest.fixture
def plant(plant_of_the_file, db):
    """Return a list of four items that differ in everything that they can be found by."""
    return deepcopy(plant_of_the_file)


@pytest.fixture(scope="module")
def plant_of_the_file(kept_rows):
    committee = factories.Committee(show_names=True)
    mill, line = tree_of_places(committee)
    living, safety = (factories.Category(committee=committee, name=name) for name in "居安")
    rooms = {"title": "改善浴室", "title_en": "Improve the bathhouse", "category": living}
    dust = {"title": "治理粉尘", "problem": "矿槽粉尘大", "category": safety}
    of = {"list__committee": committee}
    first = factories.Item(**rooms, place=mill, **of)
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    of = {"list": first.list, **posts}
    factories.Item(**dust, place=line, measures=["加装密封罩"], **of)
    factories.Item(title="更换空调", **of)
    factories.Item(title="ＡＥＤ进车间", category=safety, **of)
    for name, name_en, role in UNITS:
        unit = factories.Unit(committee=committee, name=name, name_en=name_en)
        first.unit_shares.create(unit=unit, role=role)
    factories.publish(first.list)
    first.list.refresh_from_db()
    return first.list


def tree_of_places(committee):
    mill = factories.Place(committee=committee, name="高炉", name_en="Blast furnace")
    return mill, factories.Place(committee=committee, name="矿槽", parent=mill)


def found(item_list, today=TODAY, **wanted):
    return queries.find(item_list.slug, today, BoardSearch(**wanted))


def numbers(item_list, today=TODAY, **wanted):
    return [row.number for row in found(item_list, today, **wanted).board.rows]


def key(item_list, field, name):
    """Return the key of the choice with this name."""
    choices = found(item_list).choices[field]
    return next(choice.key for choice in choices if choice.name.zh == name)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", [1, 2, 3, 4]),
        ("浴室", [1]),
        ("BATHhouse", [1]),
        ("矿槽粉尘", [2]),
        ("密封罩", [2]),
        ("高炉", [1, 2]),  # a place around the place counts
        ("blast furnace", [1, 2]),
        ("furnace 粉尘", [2]),  # every word must be there
        ("设备室", [1]),
        ("equipment", [1]),
        ("aed", [4]),
        ("没有的", []),
        ("%", []),
        ("_", []),
        ("'", []),
    ],
)
def test_search_finds_public_words_in_both_languages(plant, q, expected):
    assert numbers(plant, q=q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        *((q, [4]) for q in ("第4件", "第 4 项", "4号", "四", "No. 4", "item 4", "（4）")),
        ("《浴室》", [1]),
        ("浴室、高炉", [1]),
        ("高炉，粉尘", [2]),
        ("浴室 第1件", [1]),
        ("浴室 第2件", []),
        ("第十七件", []),
    ],
)
def test_numbers_and_names_are_found_as_people_write_them(plant, q, expected):
    assert numbers(plant, q=q) == expected


def test_number_is_found_as_a_whole(db):
    item = factories.Item(number=98765)  # the factories' names never count as far
    factories.Item(list=item.list)
    factories.publish(item.list)

    assert numbers(item.list, q="98765") == [98765]
    assert numbers(item.list, q="9876") == []


def test_search_finds_posts(plant):
    assert numbers(plant, q=plant.items.first().owner_post.name) == [1, 2, 3, 4]


@pytest.mark.parametrize(("shown", "expected"), [(True, [1, 2, 3, 4]), (False, [])])
def test_names_are_found_only_where_they_are_shown(plant, shown, expected):
    plant.committee.show_names = shown
    plant.committee.save()

    assert numbers(plant, q=factories.owner_of(plant.items.first()).name) == expected


def test_what_is_not_public_is_not_found(db):
    secret = "保密词"
    item = factories.Item(source=secret, remark=secret, budget=secret, title="公开词")
    factories.publish(item.list)

    assert numbers(item.list, q=secret) == []
    assert numbers(item.list, q="公开词") == [1]  # the control


def test_filters_leave_what_they_say(plant):
    assert numbers(plant, category=key(plant, "category", "安")) == [2, 4]
    assert numbers(plant, place=key(plant, "place", "矿槽")) == [2]
    assert numbers(plant, place=key(plant, "place", "高炉")) == [1, 2]
    assert numbers(plant, group="not_started") == [1, 2, 3, 4]
    assert numbers(plant, group="resolved") == []


def test_unit_joins_in_any_role(plant):
    assert numbers(plant, unit=key(plant, "unit", "后勤室")) == [1]


def test_late_is_overdue_or_done_late(plant):
    item = fresh(plant.items.get(number=2))
    factories.start(item, now=NOW)
    factories.claim(fresh(item), now=factories.at(LATER))
    factories.sign_off(fresh(item), now=factories.at(LATER))

    assert numbers(plant, LATER, late="1") == [1, 2, 3, 4]
    assert numbers(plant, LATER, late="overdue") == [1, 3, 4]
    assert numbers(plant, LATER, late="done") == [2]
    assert numbers(plant, TODAY, late="overdue") == []


def test_equation_and_strip_stay_whole(plant):
    whole = queries.board(plant.slug, TODAY)

    shown = found(plant, q="浴室", late="1").board

    assert (shown.arithmetic, shown.strip) == (whole.arithmetic, whole.strip)
    assert shown.rows == ()


def test_choices_count_what_they_would_leave_beside_the_other_wishes(plant):
    choices = found(plant, q="高炉").choices

    told = {f: [(c.name.zh, c.count, c.depth) for c in choices[f]] for f in choices}
    assert told["category"] == [("居", 1, 0), ("安", 1, 0)]
    assert told["place"] == [("高炉", 2, 0), ("矿槽", 1, 1)]
    assert told["late"] == []
    assert told["unit"] == [("设备室", 1, 0), ("后勤室", 1, 0)]


def test_nothing_to_choose_from_is_no_choice(plant):
    item = factories.Item(category=factories.Category())
    factories.publish(item.list)

    assert found(item.list).choices["category"] == ()


def test_each_choice_leaves_as_many_as_it_says(plant):
    for field, choices in found(plant).choices.items():
        for choice in choices:
            assert len(numbers(plant, **{field: choice.key})) == choice.count


def test_chosen_stays_to_choose_though_it_leaves_nothing(plant):
    living = key(plant, "category", "居")

    choices = found(plant, q="粉尘", category=living).choices["category"]

    assert [(c.key, c.count) for c in choices if c.key == living] == [(living, 0)]


def test_wishes_say_what_is_found_without_them(plant):
    shown = found(plant, q="粉尘", category=key(plant, "category", "居"))

    assert [(w.field, w.name.zh, w.count) for w in shown.filters] == [
        ("q", "粉尘", 1),
        ("category", "居", 1),
    ]
    for removed in shown.filters:
        assert removed.without == replace(shown.search, **{removed.field: ""})
        assert len(queries.find(plant.slug, TODAY, removed.without).board.rows) == removed.count


@pytest.mark.parametrize("value", ["999999", "9" * 5000, "-1", "None", "resolved'", "\x00", "草"])
@pytest.mark.parametrize("field", ["group", "category", "unit", "place", "late"])
def test_wish_for_what_the_list_does_not_know_is_left_out(plant, field, value):
    shown = found(plant, q="浴室", **{field: value})

    assert shown.unknown
    assert shown.search == BoardSearch(q="浴室")
    assert [row.number for row in shown.board.rows] == [1]


def test_another_committees_words_are_unknown(plant):
    other = factories.Category(name="别的党委的类别")

    assert found(plant, category=str(other.pk)).unknown


def test_draft_list_is_not_there(db):
    assert queries.find(factories.Item().list.slug, TODAY, BoardSearch()) is None


def long_list(length):
    first = factories.Item()
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    for _number in range(1, length):
        place = factories.Place(committee=first.list.committee)
        item = factories.Item(list=first.list, place=place, **posts)
        unit = factories.Unit(committee=first.list.committee)
        item.unit_shares.create(unit=unit, role="lead")
    factories.publish(first.list)
    return first.list


def questions(item_list, **wanted):
    with CaptureQueriesContext(connection) as asked:
        assert found(item_list, **wanted)
    return len(asked)


@pytest.mark.django_db
def test_long_list_and_many_wishes_need_no_more_questions():
    short, long = long_list(3), long_list(60)

    few = questions(short)

    place = found(long).choices["place"][0].key
    assert questions(long) == few <= 16
    assert questions(long, place=place) == few
    assert (
        questions(long, q="改善", place=place) == few + 2
    )  # synonyms, and the released suggestions


def test_what_the_line_of_truth_counts_is_found(db):
    silent, old = PUBLISHED_ON, PUBLISHED_ON + days(5)
    fresh_one = factories.Item()
    names = {"waiting": "pending_check", "fresh": "in_progress", "silent": "in_progress"}
    items = {"fresh": fresh_one} | {
        name: factories.another(fresh_one) for name in ("waiting", "silent")
    }
    factories.publish(fresh_one.list)
    for name in names:
        factories.start(Item.objects.get(pk=items[name].pk), now=at(silent))
    factories.claim(Item.objects.get(pk=items["waiting"].pk), now=at(old), done_on=old)
    by = factories.owner_of(fresh_one)
    item = Item.objects.get(pk=fresh_one.pk)
    actions.report_progress(item, by=by, text="到货", now=at(TODAY - days(3)))
    slug = fresh_one.list.slug

    def found(**search):
        results = queries.find(slug, TODAY, BoardSearch(**search))
        return [row.number for row in results.board.rows], results

    number = {name: Item.objects.get(pk=row.pk).number for name, row in items.items()}
    truth = queries.board(slug, TODAY).truth
    assert (truth.pending, truth.fresh, truth.silent) == (1, 1, 2)
    assert found(heard="pending")[0] == [number["waiting"]]
    assert found(heard="fresh")[0] == [number["fresh"]]
    assert set(found(heard="silent")[0]) == {number["waiting"], number["silent"]}
    assert found(heard="silent", group="resolved")[0] == []
    (active,) = found(heard="fresh")[1].filters
    assert (active.field, active.count) == ("heard", 3)
    assert found(heard="nonsense")[1].unknown
