"""What the public pages read: always the same number of questions, and nothing private."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from items import actions, public, queries
from items.models import Item
from items.states import GROUP_OF, Group, Status
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, choose, fresh, report, settle


def pages(item):
    """Return what every public page about an item is made from."""
    slug = item.list.slug
    boards = [queries.board(slug, TODAY, group) for group in ("", *Group)]
    return [queries.home(TODAY), *boards, queries.item_page(slug, item.number, TODAY)]


# The number of questions


def questions(ask):
    with CaptureQueriesContext(connection) as asked:
        assert ask()
    return len(asked)


def long_list(length):
    first = factories.Item()
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    for _number in range(1, length):
        factories.Item(list=first.list, **posts)
    factories.publish(first.list)
    return first.list.slug


def asked_by_each_page(slug):
    return [
        questions(lambda: queries.board(slug, TODAY)),
        questions(lambda: queries.board(slug, TODAY, "not_started")),
        questions(lambda: queries.item_page(slug, 7, TODAY)),
    ]


@pytest.mark.django_db
def test_long_list_needs_no_more_questions_than_a_short_one():
    few, many = (asked_by_each_page(long_list(length)) for length in (7, 40))

    assert few == many
    assert max(few) <= 15


@pytest.mark.django_db
def test_home_needs_no_more_questions_for_more_lists():
    for length in (1, 2):
        long_list(length)
    two = questions(lambda: queries.home(TODAY))
    for length in (2, 3):
        long_list(length)

    assert questions(lambda: queries.home(TODAY)) == two


@pytest.mark.django_db
def test_home_of_one_committee_is_its_board():
    slug = long_list(1)

    home = queries.home(TODAY)

    assert (home.only, home.boards()) == (slug, [slug])


@pytest.mark.django_db
def test_story_needs_no_more_questions_for_more_entries():
    item = factories.item_at("in_progress")
    page = (item.list.slug, 1, TODAY)
    few = questions(lambda: queries.item_page(*page))
    for number in range(5):
        report(fresh(item), text=f"第{number}次")

    assert questions(lambda: queries.item_page(*page)) == few


# The arithmetic


@given(st.lists(st.sampled_from([s for s in Status if s != Status.DRAFT]), max_size=40))
def test_the_equation_always_adds_up(statuses):
    rows = [SimpleNamespace(group=GROUP_OF[status]) for status in statuses]

    equation = public.arithmetic(rows)

    counts = {term.key: term.count for term in equation.groups}
    assert equation.total == sum(counts.values()) == len(statuses)
    assert len(counts) == len(equation.groups)
    assert {"resolved", "in_progress"} <= set(counts)
    assert all(count for key, count in counts.items() if key not in ("resolved", "in_progress"))
    assert counts["resolved"] == statuses.count(Status.RESOLVED)
    if statuses:
        assert abs(equation.percent - Decimal(100 * counts["resolved"]) / len(rows)) <= Decimal(
            "0.05"
        )
    else:
        assert equation.percent is None


@pytest.fixture
def every_status(db):
    """Return the address of a list with an item in each status."""
    first = factories.Item()
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    roads = list(factories.ROADS.values())
    items = [first, *(factories.Item(list=first.list, **posts) for _road in roads[1:])]
    factories.publish(first.list)
    for item, road in zip(items, roads, strict=True):
        item.refresh_from_db()
        for act in road:
            act(item, now=NOW)
    return first.list.slug


def test_each_number_is_a_link_to_exactly_what_it_counts(every_status):
    whole = queries.board(every_status, TODAY)
    counts = {term.key: term.count for term in whole.arithmetic.groups}

    assert whole.arithmetic.total == len(whole.strip) == 6
    assert counts == {
        "resolved": 1,
        "in_progress": 2,
        "not_started": 1,
        "on_hold": 1,
        "withdrawn": 1,
    }
    for group, count in counts.items():
        page = queries.board(every_status, TODAY, group)
        assert (len(page.rows), {row.group for row in page.rows}) == (count, {group})
        assert page.arithmetic == whole.arithmetic  # filtered pages keep the whole equation


def test_closing_figures_are_those_of_the_board(every_status):
    equation = queries.board(every_status, TODAY).arithmetic
    item_list = Item.objects.first().list
    by = factories.office(item_list.committee)

    settle(item_list)
    actions.change_year(fresh(item_list), into=choose(item_list), by=by, now=NOW)

    shown = {term.key: term.count for term in equation.groups} | {"total": equation.total}
    assert fresh(item_list).closing_figures == shown


# What is shown


@pytest.mark.django_db
def test_draft_list_is_not_there():
    item = factories.Item()

    assert queries.board(item.list.slug, TODAY) is None
    assert queries.item_page(item.list.slug, 1, TODAY) is None
    assert queries.home(TODAY).lines is None


@pytest.mark.django_db
def test_withdrawn_item_stays_on_the_page():
    item = factories.item_at("withdrawn")

    assert [row.number for row in queries.board(item.list.slug, TODAY).rows] == [1]


@pytest.mark.django_db
def test_what_the_office_entered_for_the_owner_shows_when_it_is_released():
    item = factories.item_at("in_progress")
    ACTS["enter_for_owner"](item, by=factories.colleague_of(item), text="代填的话")

    assert "代填的话" not in repr(pages(item))

    ACTS["release"](item)

    assert "代填的话" in repr(pages(item))


@pytest.mark.django_db
def test_owner_and_supervisor_are_named_where_the_committee_says_so_and_no_others():
    # What is private at all: tests/privacy/.
    item = factories.published_item(list__committee__show_names=True)
    ACTS["correct"](item, field="handlers", value=[factories.Person(name="承办人甲")])

    row = queries.board(item.list.slug, TODAY).rows[0]

    assert row.owner.name == factories.owner_of(item).name
    assert row.supervisor.name == factories.supervisor_of(item).name
    assert "承办人甲" not in repr(pages(item))
