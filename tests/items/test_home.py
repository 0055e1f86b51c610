"""The home page: a line for each committee, in its tree, and the sums of their lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import queries
from items.models import Committee, Item
from items.public import add_up
from items.public.committees import KEPT_BOARDS
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import close_alone


def one_item_list(committee, **columns):
    before = Item.objects.filter(list__committee=committee).first()  # each leader has an item
    if before:
        columns |= {"owner_post": before.owner_post, "supervisor_post": before.supervisor_post}
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


def rows():
    return {line.name.zh: line for line in queries.home(TODAY).lines.rows}


def told():
    return [
        (name, line.depth, line.sum and line.sum.arithmetic.total) for name, line in rows().items()
    ]


def test_committees_stand_in_their_tree_and_none_without_a_list_below(company):
    assert told() == [("公司", 0, None), ("甲厂", 1, 1), ("车间", 2, 1)]


def test_line_leads_to_the_list_and_without_one_to_the_committee(company):
    heads = {name: line.head and line.head.slug for name, line in rows().items()}

    slugs = dict(Item.objects.values_list("list__committee__name", "list__slug"))
    assert heads == {"公司": None, "甲厂": slugs["甲厂"], "车间": slugs["车间"]}


def test_lists_of_one_year_are_added_up_once_each(company):
    one_item_list(factories.Committee(name="丙厂", parent=company))

    home = queries.home(TODAY)

    own = [line.sum.arithmetic for line in home.lines.rows if line.head]
    assert home.together.arithmetic == add_up(own)
    assert (home.together.lists, home.together.arithmetic.total) == (3, 3)


def test_committee_without_a_list_adds_up_those_below_unless_they_are_all(company):
    one_item_list(factories.Committee(name="丙厂"))

    assert (rows()["公司"].sum.lists, rows()["甲厂"].sum.lists) == (2, 1)


def test_lists_of_different_years_are_not_added_up(company):
    other = factories.Committee(name="丙厂", parent=company)
    one_item_list(other, list__year=2025)

    assert queries.home(TODAY).together is None
    assert rows()["丙厂"].sum.lists == 1


def test_another_list_that_runs_stands_in_the_line_of_its_committee(company):
    plant = Committee.objects.get(name="甲厂")
    old = one_item_list(plant, list__year=2025)

    (running,) = rows()["甲厂"].running
    assert running.head.slug == old.slug
    assert old.slug in queries.home(TODAY).boards()
    close_alone(old)
    assert rows()["甲厂"].running == ()
    assert old.slug not in queries.home(TODAY).boards()


def test_list_of_which_nothing_was_heard_for_too_long_says_so(company):
    limit = PUBLISHED_ON + days(company.stale_after_days)

    def silent(today):
        return [line.silent_days for line in queries.home(today).lines.rows]

    for item in Item.objects.filter(list__committee__name="车间"):
        for day, act in enumerate(factories.ROADS["resolved"]):
            act(Item.objects.get(pk=item.pk), now=at(PUBLISHED_ON + days(day)))

    assert silent(limit) == [None, None, None]
    # Of a list on which all is resolved, nothing more is expected.
    assert silent(limit + days(1)) == [None, company.stale_after_days + 1, None]


def test_a_cache_in_front_keeps_the_first_boards_only(company):
    for number in range(KEPT_BOARDS):
        one_item_list(factories.Committee(name=f"{number}", parent=company))

    assert len(queries.home(TODAY).boards()) == KEPT_BOARDS


def test_earlier_lists_stand_on_the_board_and_the_page_of_their_committee(company):
    plant = Committee.objects.get(name="甲厂")
    item = Item.objects.get(list__committee=plant)
    old = one_item_list(plant, list__year=2025)
    close_alone(old)

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
