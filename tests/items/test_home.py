"""The home page: committees by their tree, and the sums of their lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import queries
from items.models import Committee, Item
from items.public import add_up
from tests import factories
from tests.factories import TODAY
from tests.items.actions.acts import close


def one_item_list(committee, **columns):
    item = factories.Item(list__committee=committee, **columns)
    factories.publish(item.list)
    return item.list


@pytest.fixture
def company(db):
    """Return a company with two plants; one has a workshop with a list, one has nothing."""
    company = factories.Committee(name="公司")
    plant = factories.Committee(name="甲厂", parent=company)
    workshop = factories.Committee(name="车间", parent=plant)
    factories.Committee(name="乙厂", parent=company)
    one_item_list(plant)
    one_item_list(workshop)
    return company


def branches():
    return [(b.name.zh, b.depth, bool(b.shown)) for b in queries.home(TODAY).tree]


def test_home_shows_committees_by_tree_and_none_without_a_list_below(company):
    assert branches() == [("公司", 0, False), ("甲厂", 1, True), ("车间", 2, True)]


def test_lists_of_one_year_are_added_up(company):
    tree = {branch.name.zh: branch for branch in queries.home(TODAY).tree}

    together = tree["甲厂"].together
    assert together.arithmetic == add_up([x.arithmetic for x in queries.home(TODAY).current])
    assert (together.lists, together.arithmetic.total) == (2, 2)
    assert tree["公司"].together is None  # that of its only plant, which says it already
    assert tree["车间"].together is None  # one list is no sum


def test_sum_of_a_company_counts_each_list_once(company):
    one_item_list(factories.Committee(name="丙厂", parent=company))

    tree = {branch.name.zh: branch for branch in queries.home(TODAY).tree}

    assert (tree["公司"].together.arithmetic.total, tree["公司"].together.lists) == (3, 3)
    assert tree["甲厂"].together.lists == 2


def test_lists_of_different_years_are_not_added_up(company):
    other = factories.Committee(name="丙厂", parent=company)
    one_item_list(other, list__year=2025)

    tree = {branch.name.zh: branch for branch in queries.home(TODAY).tree}

    assert tree["公司"].together is None
    assert tree["甲厂"].together.lists == 2


def test_earlier_lists_stand_on_the_board_and_the_page_of_their_committee(company):
    plant = Committee.objects.get(name="甲厂")
    item = Item.objects.get(list__committee=plant)
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    old = one_item_list(plant, list__year=2025, **posts)
    close(old)

    home = queries.home(TODAY)

    assert [b.slug for b in home.tree] == ["", plant.slug, ""]
    page = queries.committee_page(plant.slug, TODAY)
    assert [head.slug for head in page.earlier] == [old.slug]
    board = queries.board(item.list.slug, TODAY)
    assert [head.slug for head in board.earlier] == [old.slug]


def test_home_needs_no_more_questions_for_a_larger_tree(company):
    with CaptureQueriesContext(connection) as few:
        queries.home(TODAY)
    for _number in range(3):
        company = factories.Committee(parent=company)
        one_item_list(company)

    with CaptureQueriesContext(connection) as many:
        queries.home(TODAY)

    assert len(many) == len(few) <= 7
