"""Posts at the desk: who holds each, since when, and for how much."""

from copy import deepcopy

import pytest

from items import actions
from items.models import Post
from tests import factories
from tests.desk.post_pages import SEEN, address, page, row_of, rows
from tests.factories import DUE, NOW, TODAY
from tests.items.desk.making import everybody, questions, several

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return several(1)[0]


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(item):
    return factories.office_of(item)


@pytest.fixture
def successor(item):
    """Return somebody of the committee who holds no post of the item."""
    return factories.Post(committee=item.list.committee).holder(TODAY)


def test_post_tells_who_holds_it_since_when_and_for_how_much(client, item, office):
    said = row_of(item.owner_post, client, office)

    assert factories.owner_of(item).name in said
    assert "2026年1月5日" in said
    assert "领导岗位" in said
    assert "牵头1件" in said
    assert "联系督导1件" in row_of(item.supervisor_post, client, office)
    assert "前任" not in said


def test_post_tells_who_held_it_before(client, item, office, successor):
    before = factories.owner_of(item)
    actions.appoint(item.owner_post, successor, by=office, since=TODAY, now=NOW)

    said = row_of(item.owner_post, client, office)

    assert f"前任：{before.name}" in said
    assert "2026年6月1日" in said


def test_vacant_posts_come_first_and_loudly(client, item, office):
    actions.appoint(item.supervisor_post, None, by=office, since=TODAY, now=NOW)

    found = rows(client, office)

    assert found[0].startswith(item.supervisor_post.name)
    assert "空缺" in found[0]
    assert "2026年6月1日" in found[0]
    assert "1个空缺" in page(client, office).content.decode()


def test_leader_who_owns_nothing_is_marked(client, item, office):
    idle = factories.Post(committee=item.list.committee, is_leader=True)
    second = factories.Post(committee=item.list.committee, is_leader=True)
    Post.objects.get(pk=second.pk).holdings.update(person=factories.owner_of(item))

    assert f"没有牵头任何实事：{item.list.name}。" in row_of(idle, client, office)
    for post in (item.owner_post, item.supervisor_post, second):  # rule 1 is about persons
        assert "没有牵头任何实事" not in row_of(post, client, office)


# Who sees it


def test_to_strangers_posts_do_not_exist(client, item):
    for person in (*everybody(item)[:2], factories.Person()):
        assert page(client, person).status_code == 404
        assert page(client, person, address(item.owner_post)).status_code == 404


def test_office_of_another_committee_sees_its_own(client, item):
    stranger = factories.office(factories.Committee())

    assert item.owner_post.name not in page(client, stranger).content.decode()
    assert page(client, stranger, address(item.owner_post)).status_code == 404


def test_without_a_login_it_asks_for_one(client, item):
    for path in ("/desk/posts/", address(item.owner_post)):
        assert client.get(path).headers["Location"].startswith("/account/login/")


def test_navigation_names_the_posts_to_those_who_see_them(client, item, office):
    link = 'href="/desk/posts/"'

    assert link in page(client, office, "/desk/").content.decode()
    assert link not in page(client, factories.owner_of(item), "/desk/").content.decode()


def test_auditor_and_the_office_above_only_read(client, item):
    committee = item.list.committee
    committee.parent = factories.Committee()
    committee.save()
    auditor = factories.Role(committee=committee, kind="auditor").person

    for person in (auditor, factories.office(committee.parent)):
        response = page(client, person)
        assert item.owner_post.name in response.content.decode()
        assert "/appoint/" not in response.content.decode()
        refused = page(client, person, address(item.owner_post))
        assert refused.status_code == 403
        assert SEEN.search(refused.content.decode()) is None
        assert "<textarea" not in refused.content.decode()


# How often the database is asked


def crowd(committee, count):
    """Give a committee more posts, each with an item of a list that is published."""
    item_list = factories.ItemList(committee=committee)
    for _n in range(count):
        factories.Item(list=item_list, due=DUE)
    factories.publish(item_list)


@pytest.mark.parametrize("kind", ["office", "auditor"])
def test_page_asks_no_more_for_more_posts_and_committees(client, kind):
    top = factories.Committee()
    person = factories.Role(committee=top, kind=kind).person
    page(client, person)  # the first request after a login also writes the session
    asked = []
    for count in (1, 3, 8):
        crowd(factories.Committee(parent=top), count)
        asked.append(questions(lambda: client.get("/desk/posts/")))

    assert asked[0] == asked[1] == asked[2]
