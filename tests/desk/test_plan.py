"""The implementation plan at the desk: looked at first, then published beside the list."""

from copy import deepcopy

import pytest

from items.models import ItemList
from tests import factories
from tests.desk.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.published_item()


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def address(item):
    return f"/desk/lists/{item.list.slug}/plan/"


def said(item, **changes):
    return {
        "version": ItemList.objects.get(pk=item.list_id).version,
        "plan": "# 一\n走访",
    } | changes


def plan_of(item):
    return ItemList.objects.get(pk=item.list_id).plan


def test_looking_at_it_first_saves_nothing(as_, item):
    page = as_(factories.office_of(item)).post(address(item), said(item, preview="1"))

    assert page.status_code == 200
    assert "<h2>一</h2>" in page.content.decode()
    assert plan_of(item) == ""


def test_office_publishes_and_says_why_it_replaces(as_, item):
    client = as_(factories.office_of(item))

    first = client.post(address(item), said(item))
    silent = client.post(address(item), said(item, plan="二"))
    second = client.post(address(item), said(item, plan="二", reason="补充"))

    assert [each.status_code for each in (first, silent, second)] == [302, 422, 302]
    assert plan_of(item) == "二"


def test_whoever_wrote_meanwhile_isnt_overwritten(as_, item):
    client, seen = as_(factories.office_of(item)), said(item)
    client.post(address(item), seen)

    page = client.post(address(item), seen | {"plan": "另写的", "reason": "x"})

    assert (page.status_code, plan_of(item)) == (409, "# 一\n走访")
    assert "另写的" in page.content.decode()


def test_plan_of_a_draft_is_kept(as_):
    item = factories.Item()

    page = as_(factories.office_of(item)).post(address(item), said(item), follow=True)

    assert (page.status_code, plan_of(item)) == (200, "# 一\n走访")
    assert not item.list.entries.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("owner_of", 403), ("supervisor_of", 403), ("stranger", 404)]
)
def test_nobody_else_publishes(as_, item, who, status):
    person = factories.Person() if who == "stranger" else getattr(factories, who)(item)

    assert as_(person).post(address(item), said(item)).status_code == status
    assert plan_of(item) == ""


def test_without_a_login_nothing_happens(client, item):
    page = client.post(address(item), said(item))

    assert (page.status_code, plan_of(item)) == (403, "")
    assert "登录" in text_of(page)
