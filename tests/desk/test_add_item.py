"""Adding an item to a published list."""

from copy import deepcopy

import pytest

from tests import factories
from tests.desk.drafting import at
from tests.items.actions.acts import close

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.Item(title="换座椅")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def added(item, **changes):
    return {
        "title": "新增雨棚",
        "measures": "搭雨棚",
        "owner_post": item.owner_post_id,
        "supervisor_post": item.supervisor_post_id,
        "due": "2026-12-31",
        "parts": "3",
        "reason": "职工新提的",
    } | changes


def test_item_is_added_with_its_reason(office, item):
    factories.publish(item.list)

    response = office.post(at("add_item", item.list), added(item))

    made = item.list.items.get(number=2)
    assert response.url == at("item", item.list, 2)
    assert (made.title, made.status, made.added_later) == ("新增雨棚", "not_started", True)
    assert made.entries.get().words.text == "职工新提的"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"reason": ""}, 422), ({"title": ""}, 422), ({"measures": ""}, 403), ({"due": ""}, 403)],
)
def test_item_that_lacks_something_is_not_added(office, item, wrong, status):
    factories.publish(item.list)

    response = office.post(at("add_item", item.list), added(item, problem="不能丢的话", **wrong))

    assert response.status_code == status
    assert "不能丢的话" in response.content.decode()
    assert item.list.items.count() == 1


def test_to_a_draft_no_item_is_added_openly(office, item):
    response = office.post(at("add_item", item.list), added(item))

    assert response.status_code == 403
    assert office.get(at("add_item", item.list)).status_code == 403
    assert item.list.items.count() == 1


def test_to_a_closed_list_no_item_is_added(office, item):
    factories.publish(item.list)
    close(item.list)

    assert office.post(at("add_item", item.list), added(item)).status_code == 403
    assert item.list.items.count() == 1


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("owner", 403), ("stranger", 404)])
def test_others_add_nothing(as_, item, who, status):
    factories.publish(item.list)
    person = {
        "auditor": factories.Role(committee=item.list.committee, kind="auditor").person,
        "owner": factories.owner_of(item),
        "stranger": factories.Person(),
    }[who]

    for answer in (
        as_(person).get(at("add_item", item.list)),
        as_(person).post(at("add_item", item.list), added(item)),
    ):
        assert answer.status_code == status
        assert 'class="main"' not in answer.content.decode()
    assert item.list.items.count() == 1
