"""Drawing up a list."""

from datetime import date

import pytest

from items import actions
from items.actions.draft import starting
from items.actions.names import named, named_person, named_post
from items.errors import Conflict, Refused
from items.models import BroughtIn, Entry, Item, ItemList, Person, Post, Unit
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import bring_in, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item_list():
    return factories.ItemList()


def write(item_list, number=1, **draft):
    by = factories.office(item_list.committee)
    return actions.write_draft(item_list, number, actions.Draft(**draft), by=by, now=NOW)


# The list


def test_office_opens_a_list():
    committee = factories.Committee()
    by = factories.office(committee)

    item_list = actions.create_list(committee, by=by, slug="plant-2026", name="清单", year=2026)

    assert fresh(item_list).is_draft
    assert not Entry.objects.exists()


@pytest.mark.parametrize("fields", [{"slug": "two words"}, {"year": 1066}, {"name": ""}])
def test_unsound_list_is_refused(fields):
    committee = factories.Committee()
    by = factories.office(committee)

    with pytest.raises(Refused):
        actions.create_list(committee, by=by, **({"slug": "a", "name": "a", "year": 2026} | fields))

    assert not ItemList.objects.exists()


def test_stranger_opens_no_list():
    with pytest.raises(Refused):
        actions.create_list(
            factories.Committee(), by=factories.Person(), slug="a", name="a", year=2026
        )


# Its items


def test_draft_is_written_with_its_lines(item_list):
    unit = factories.Unit(committee=item_list.committee)
    handler = factories.Person()

    item = write(
        item_list,
        24,
        fields={"title": "改善浴室", "due": TODAY},
        measures=[Words("换管道", "New pipes"), Words("", "Tiles")],
        shares=[(unit, "lead")],
        handlers=[handler],
        parts=[{"title": "一区"}, {"title": "二区", "due": TODAY}],
    )

    assert (item.number, item.title, item.status, item.due) == (24, "改善浴室", "draft", TODAY)
    assert [(m.text, m.text_en) for m in item.measures.all()] == [
        ("换管道", "New pipes"),
        ("Tiles", "Tiles"),
    ]
    assert [(s.unit, s.role) for s in item.unit_shares.all()] == [(unit, "lead")]
    assert [part.title for part in item.parts.all()] == ["一区", "二区"]
    assert list(item.handlers.all()) == [handler]


def test_what_is_not_said_stays(item_list):
    write(item_list, fields={"title": "a", "remark": "b"}, measures=[Words("m")])

    item = write(item_list, fields={"title": "c"})

    assert (item.title, item.remark) == ("c", "b")
    assert [measure.text for measure in item.measures.all()] == ["m"]


def test_parts_are_matched_by_title(item_list):
    item = write(item_list, fields={"title": "a"}, parts=[{"title": "x"}, {"title": "y"}])
    kept = item.parts.get(title="y")

    write(item_list, parts=[{"title": "y", "progress": "p"}, {"title": "z"}])

    assert [(part.title, part.order) for part in item.parts.all()] == [("y", 0), ("z", 1)]
    assert fresh(kept).progress == "p"


@pytest.mark.parametrize(
    "column", ["status", "number", "list", "version", "published_on", "signed_off_on", "last_entry"]
)
def test_draft_says_nothing_of_where_the_item_stands(item_list, column):
    with pytest.raises(ValueError, match=column):
        write(item_list, fields={"title": "a", column: None})


@pytest.mark.parametrize(
    "fields", [{"title": ""}, {"percent": 101}, {"target_count": 0}, {"term": "ever"}]
)
def test_unsound_draft_is_refused(item_list, fields):
    with pytest.raises(Refused):
        write(item_list, fields={"title": "a"} | fields)

    assert not Item.objects.exists()


@pytest.mark.parametrize("number", [0, 100_000])
def test_number_out_of_bounds_is_refused(item_list, number):
    with pytest.raises(Refused):
        write(item_list, number, fields={"title": "a"})


def test_one_post_does_not_check_itself(item_list):
    post = factories.Post(committee=item_list.committee)

    with pytest.raises(Refused):
        write(item_list, fields={"title": "a", "owner_post": post, "supervisor_post": post})


@pytest.mark.parametrize("column", ["owner_post", "supervisor_post", "place", "category"])
def test_things_of_another_committee_are_refused(item_list, column):
    factory = {"place": factories.Place, "category": factories.Category}
    thing = factory.get(column, factories.Post)()

    with pytest.raises(Refused, match=thing.name):
        write(item_list, fields={"title": "a", column: thing})


def test_published_list_takes_no_drafts():
    item = factories.published_item()

    with pytest.raises(Refused):
        write(fresh(item.list), 2, fields={"title": "a"})


def test_draft_of_a_list_that_somebody_changed_meanwhile_is_a_conflict(item_list):
    read = fresh(item_list)
    item_list.save()

    with pytest.raises(Conflict):
        write(read, fields={"title": "a"})


def test_stranger_writes_no_draft(item_list):
    with pytest.raises(Refused):
        actions.write_draft(item_list, 1, factories.draft(), by=factories.Person())


def test_starting_is_marked_as_the_matter():
    item = factories.Item(due=None, start_by=date(2026, 5, 31), due_words="5月底前动工")

    actions.mark_starting_is_the_matter(item, by=factories.office_of(item))

    row = fresh(item)
    assert (row.start_is_the_matter, row.due) == (True, date(2026, 5, 31))
    assert starting(row.start_by) == {"start_is_the_matter": True, "due": row.due}


def test_without_a_day_starting_is_not_the_matter():
    item = factories.Item()

    with pytest.raises(Refused):
        actions.mark_starting_is_the_matter(item, by=factories.office_of(item))


# What a sheet says of the state before


def test_state_is_noted_and_changes_nothing_yet():
    item = factories.Item()

    bring_in(item, signed_off_on=TODAY)

    assert fresh(item).status == "draft"
    assert (item.brought_in.signed_off_on, item.brought_in.row) == (TODAY, 7)


def test_state_is_noted_once():
    item = factories.Item()
    bring_in(item)
    bring_in(item, status="in_progress", progress="一半")

    assert list(BroughtIn.objects.values_list("status", "progress")) == [("in_progress", "一半")]


@pytest.mark.parametrize(
    "state",
    [
        {"status": "draft"},
        {"status": "done"},
        {"started_on": TODAY + days(1)},
        {"done_on": TODAY + days(1)},
        {"signed_off_on": TODAY + days(1)},
    ],
)
def test_impossible_state_is_refused(state):
    item = factories.Item()

    with pytest.raises(Refused):
        bring_in(item, **state)

    assert not BroughtIn.objects.exists()


def test_state_is_brought_in_only_until_publication():
    item = factories.published_item()

    with pytest.raises(Refused):
        bring_in(item)

    assert not BroughtIn.objects.exists()


# Names


def test_names_are_made_once():
    committee = factories.Committee()

    unit = named(Unit, committee, Words("喷煤车间"))
    again = named(Unit, committee, Words("喷煤车间", "Coal injection"))

    assert (unit, fresh(unit).name_en) == (again, "Coal injection")
    assert named(Unit, factories.Committee(), Words("喷煤车间")) != unit


def test_posts_are_made_vacant_and_kept_as_they_are():
    committee = factories.Committee()
    post = named_post(committee, "设备副厂长", is_leader=True)

    assert named_post(committee, "设备副厂长", is_leader=False) == post
    assert (Post.objects.get().is_leader, post.holder(TODAY)) == (True, None)


def test_people_of_one_name_get_different_accounts_and_no_login():
    people = [named_person("王强") for _each in range(3)]

    assert [person.username for person in people] == ["王强", "王强2", "王强3"]
    assert not any(person.has_usable_password() for person in Person.objects.all())
