"""Short addresses on paper: one redirect to what is published, and nothing else is told."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from items.models import Item, ItemList
from items.privacy.short_codes import LENGTH, SIGNS, new_code
from tests import factories

pytestmark = pytest.mark.django_db
MISSING = "22222222"


@pytest.fixture
def item(committee):
    of = {"list__slug": "plant-2026", "list__committee": committee, "number": 3}
    return factories.item_at("in_progress", **of)


@pytest.mark.parametrize(
    ("edition", "to"),
    [
        ("i", "/lists/plant-2026/3/"),
        ("I", "/lists/plant-2026/3/"),
        ("e", "/en/lists/plant-2026/3/"),
        ("E", "/en/lists/plant-2026/3/"),
    ],
)
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_code_leads_to_the_page_in_one_redirect(client, item, edition, to, case):
    response = client.get(f"/{edition}/{case(item.code)}")

    assert (response.status_code, response.headers["Location"]) == (301, to)
    assert client.get(to).status_code == 200


def test_code_of_a_list_leads_to_its_board(client, item):
    assert client.get(f"/i/{item.list.code}").headers["Location"] == "/lists/plant-2026/"


def test_draft_and_missing_ones_are_answered_alike(client, item, committee):
    draft = factories.Item(list__committee=committee)
    codes = [draft.code, draft.list.code, MISSING]

    answers = {code: client.get(f"/i/{code}") for code in codes}

    assert {answer.status_code for answer in answers.values()} == {404}
    said = {re.sub(rf"{code}", "", answers[code].content.decode()) for code in codes}
    assert len(said) == 1


@pytest.mark.parametrize(
    "code", ["2222222", "222222222", "2222-222", "2222222%20", "２２２２２２２２"]
)
def test_what_is_no_code_is_no_address(client, item, code):
    assert client.get(f"/i/{code}").status_code == 404


def test_it_asks_little_and_leaves_nothing(client, item, django_assert_max_num_queries):
    address = f"/i/{item.list.code}"

    with django_assert_max_num_queries(2):
        response = client.get(address)

    assert not response.cookies


def test_each_has_a_code_of_its_own(committee):
    of = factories.Item(list__committee=committee).list
    factories.Item(list=of)
    codes = [*Item.objects.values_list("code", flat=True), of.code]

    assert len(set(codes)) == 3
    assert all(re.fullmatch(f"[{SIGNS}]{{{LENGTH}}}", code) for code in codes)
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("model", [Item, ItemList])
def test_code_of_what_is_published_never_changes(item, model):
    table, key = model._meta.db_table, item.pk if model is Item else item.list_id

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET code = %s WHERE id = %s", [MISSING, key])
