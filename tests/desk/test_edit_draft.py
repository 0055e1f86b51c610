"""A whole draft on one page: every column, its parts, and who was first."""

from copy import deepcopy
from datetime import date

import pytest

from items.models import Item
from items.words import Words
from tests import factories
from tests.desk.drafting import at, draft, text_of
from tests.desk.sending import HERE
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.Item(title="换座椅", budget="两万元")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def address(item):
    return at("edit_draft", item.list, item.number)


def save(client, item, **changes):
    return client.post(address(item), draft(client, item, **changes))


def test_every_column_is_saved(office, item):
    unit, joint = (factories.Unit(committee=item.list.committee) for _unit in range(2))
    handler = factories.Role(committee=item.list.committee).person

    response = save(
        office,
        item,
        number="7",
        title="换座椅和桌子",
        problem="坏了",
        measures="换座椅\n换桌子",
        criteria="16把升降正常 / All 16 go up and down",
        lead=[unit.pk],
        joint=[joint.pk],
        handlers=[handler.pk],
        due="2026-10-31",
        term="short",
        target_count="18",
        count_unit="把",
        budget="三万元",
        title_en="New chairs",
    )

    item = fresh(item)
    assert response.url == at("edit_draft", item.list, 7)
    assert (item.number, item.title, item.title_en) == (7, "换座椅和桌子", "New chairs")
    assert (item.problem, item.due, item.term) == ("坏了", date(2026, 10, 31), "short")
    assert (item.target_count, item.count_unit, item.budget) == (18, "把", "三万元")
    assert [m.text for m in item.measures.all()] == ["换座椅", "换桌子"]
    assert [row.words for row in item.criteria.all()] == [
        Words("16把升降正常", "All 16 go up and down")
    ]
    shares = [(s.unit, s.role) for s in item.unit_shares.all()]
    assert shares == [(unit, "lead"), (joint, "joint")]
    assert list(item.handlers.all()) == [handler]
    assert "已保存第7件。" in text_of(office.get(response.url))


def test_what_is_sent_back_as_it_was_changes_nothing(office, item):
    item.parts.create(title="一区", progress="一半", start_by=date(2026, 4, 1))
    columns = [f.name for f in Item._meta.fields if f.name != "version"]
    before = [getattr(fresh(item), name) for name in columns]

    save(office, item)

    part = item.parts.get()
    assert [getattr(fresh(item), name) for name in columns] == before
    assert (part.title, part.progress, part.start_by) == ("一区", "一半", date(2026, 4, 1))


def test_day_is_read_from_the_words_alone(office, item):
    save(office, item, due="", due_words="12月底前")

    assert (fresh(item).due, fresh(item).due_words) == (date(2026, 12, 31), "12月底前")


def test_starting_is_the_matter(office, item):
    save(office, item, due="", start_by="2026-05-31", start_is_the_matter="on")

    assert (fresh(item).start_is_the_matter, fresh(item).due) == (True, date(2026, 5, 31))


def test_parts_are_added_changed_and_taken_away(office, item):
    for title in ("一区", "二区"):
        item.parts.create(title=title)
    unit = factories.Unit(committee=item.list.committee)
    changes = {
        "part-0-title": "",
        "part-1-deadline": "9月底前",
        "part-2-title": "三区",
        "part-2-unit": unit.pk,
    }

    save(office, item, **changes)

    parts = item.parts.values_list("title", "unit", "due", "due_words")
    assert list(parts) == [
        ("二区", None, date(2026, 9, 30), "9月底前"),
        ("三区", unit.pk, None, ""),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"number": ""},
        {"due": "不是日子"},
        {"due": "", "due_words": "12.3"},
        {"start_is_the_matter": "on", "start_by": ""},
        {"part-0-title": "一区", "part-1-title": "一区"},
        {"part-0-title_en": "only English"},
        {"owner_post": "999999"},
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_kept(office, item, wrong):
    before = Item.objects.values().get()

    response = save(office, item, problem="不能丢的话", **wrong)

    assert response.status_code == 422
    assert Item.objects.values().get() == before
    assert "不能丢的话" in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_a_unit_has_one_share(office, item):
    unit = factories.Unit(committee=item.list.committee)

    response = save(office, item, lead=[unit.pk], support=[unit.pk])

    assert response.status_code == 422
    assert unit.name in text_of(response)


def test_refusal_keeps_the_words(office, item):
    response = save(office, item, problem="不能丢的话", supervisor_post=item.owner_post.pk)

    assert response.status_code == 403
    assert "不能丢的话" in response.content.decode()


def test_second_sees_what_the_first_wrote_and_keeps_their_words(as_, office, item):
    colleague = factories.colleague_of(item)
    sent = draft(office, item, problem="我的话")
    save(as_(colleague), item, problem="别人的话", **{"part-0-title": "别人的子项"})

    response = office.post(address(item), sent)

    words = text_of(response)
    assert response.status_code == 409
    assert fresh(item).problem == "别人的话"
    assert "我的话" in response.content.decode()
    assert "现在是： 别人的话" in words
    assert "现在是： 别人的子项" in words
    assert colleague.name in words


def test_the_version_is_what_holds_the_second_back(as_, office, item):
    # The negative control: told the newest version, the last one wins.
    sent = draft(office, item, problem="我的话")
    save(as_(factories.colleague_of(item)), item, problem="别人的话")

    office.post(address(item), sent | {"version": fresh(item).version})

    assert fresh(item).problem == "我的话"


def test_a_button_pressed_twice_is_no_conflict(office, item):
    sent = draft(office, item, problem="我的话")

    answers = [office.post(address(item), sent).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert fresh(item).version == 1


def test_neighbours_are_one_link_away(office, item):
    factories.another(item, number=5)

    page = office.get(address(item)).content.decode()

    assert f'href="{at("edit_draft", item.list, 5)}"' in page


def test_reader_sees_it_without_the_button(as_, item):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person

    page = as_(auditor).get(address(item)).content.decode()

    assert "<fieldset disabled>" in page
    assert 'class="main"' not in page
    assert "审计账号只能查看" in page


def test_reader_changes_nothing(as_, office, item):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    sent = draft(office, item, problem="我的话")

    assert as_(auditor).post(address(item), sent).status_code == 403
    assert fresh(item).problem == ""


def test_to_a_stranger_it_does_not_exist(as_, office, item):
    sent = draft(office, item, problem="我的话")
    client = as_(factories.Person())

    assert client.get(address(item)).status_code == 404
    assert client.post(address(item), sent).status_code == 404
    assert office.get(at("edit_draft", item.list, 99)).status_code == 404


def test_once_published_it_leads_to_the_item(as_):
    item = factories.published_item()
    office = as_(factories.office_of(item))

    assert office.get(address(item)).url == at("item", item.list, item.number)


def test_what_was_typed_while_it_was_published_is_kept(as_):
    item = factories.published_item()
    office = as_(factories.office_of(item))

    answer = office.post(address(item), {"title": "我写的"}, headers=HERE)

    assert answer.status_code == 403
    assert "已公布" in text_of(answer)
    assert "我写的" in answer.content.decode()


# Deleting


def test_draft_is_deleted_after_a_question(office, item):
    where = at("delete_draft", item.list, item.number)

    assert "删除第1件" in text_of(office.get(where))
    assert Item.objects.exists()
    assert office.post(where, {"version": item.version}).url == at("list", item.list)
    assert not Item.objects.exists()


def test_draft_that_changed_meanwhile_is_not_deleted(office, item):
    save(office, item, problem="新写的")

    where = at("delete_draft", item.list, item.number)
    response = office.post(where, {"version": item.version})

    assert response.status_code == 409
    assert Item.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("stranger", 404)])
def test_others_delete_nothing(as_, item, who, status):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    client = as_({"auditor": auditor, "stranger": factories.Person()}[who])

    where = at("delete_draft", item.list, item.number)

    assert client.get(where).status_code == status
    assert client.post(where, {"version": item.version}).status_code == status
    assert Item.objects.exists()


def test_published_number_is_not_deleted(as_):
    item = factories.published_item()
    client = as_(factories.office_of(item))

    client.post(at("delete_draft", item.list, item.number), {"version": item.version})

    assert Item.objects.exists()
