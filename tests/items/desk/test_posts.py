"""What is told of a post: who had it before, and how much goes over with it."""

import pytest

from items import actions, queries
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.desk.making import several

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return several(1)[0]


@pytest.fixture
def office(item):
    return factories.office_of(item)


@pytest.fixture
def successor(item):
    """Return somebody of the committee who holds no post of the item."""
    return factories.Post(committee=item.list.committee).holder(TODAY)


def test_holder_put_right_on_the_first_day_was_none_before(item, office, successor):
    before = factories.owner_of(item)
    for person in (factories.Person(), successor):
        actions.appoint(item.owner_post, person, by=office, since=TODAY, now=NOW)

    assert queries.held_post(item.owner_post, TODAY).before == before.name


def test_post_that_nobody_ever_held_is_vacant_too(item):
    post = factories.VacantPost(committee=item.list.committee)

    found = queries.held_post(post, TODAY)

    assert (found.holder, found.since, found.before, found.holding) == ("", None, "", 0)


def test_withdrawn_item_makes_no_leader_an_owner(item):
    factories.withdraw(item, now=NOW)

    found = queries.held_post(item.owner_post, TODAY)

    assert (found.owned, len(found.idle_in)) == (0, 1)


def test_counts_are_of_what_goes_over(item, office, successor):
    # Resolved items go over too; withdrawn ones and drafts get no entry.
    second, third = (factories.another(item) for _n in range(2))
    told = queries.held_post(item.owner_post, TODAY)
    assert (second.status, third.status, told.owned, told.passes_on) == ("draft", "draft", 1, 1)

    entries = actions.appoint(item.owner_post, successor, by=office, now=NOW)

    assert len(entries) == told.passes_on


@pytest.mark.parametrize("status", factories.ROADS)
def test_count_is_the_number_of_entries_that_an_appointment_writes(status):
    first, *_others = several(3, status)
    told = queries.held_post(first.owner_post, TODAY).passes_on

    entries = actions.appoint(
        first.owner_post, factories.Person(), by=factories.office_of(first), now=NOW
    )

    assert len(entries) == told
