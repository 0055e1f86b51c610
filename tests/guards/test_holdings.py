"""Who held the post of a published item: a holding comes or ends only as entries just told."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from items import actions
from items.guards.conditions import HOLDER
from items.ledger.entries import write_entry
from items.models import Holding, Item
from tests import factories
from tests.factories import APPOINTED_ON, TODAY, at, days
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def item():
    return factories.published_item()


@pytest.fixture
def post(item):
    return item.owner_post


def held(post, **columns):
    """Insert a holding past all actions."""
    columns = {"person": factories.Person(), "since": TODAY} | columns
    with transaction.atomic():
        return Holding.objects.create(post=post, **columns)


def refused(act):
    with pytest.raises(IntegrityError, match=HOLDER), transaction.atomic():
        act()


def told(item, new, day=TODAY, old=""):
    """Write the entry of an appointment on an item, as an act does."""
    by = factories.office_of(item)
    who = {"by": by, "role": "office", "happened_on": day, "now": at(TODAY)}
    item.save(entry=write_entry(item.list, "appoint", item=item, old=old, new=new, **who))


@pytest.mark.parametrize("until", [date(2021, 1, 1), TODAY, None])
def test_past_holding_is_not_inserted(post, until):
    refused(lambda: held(post, since=LONG_AGO, until=until))


@pytest.mark.parametrize("until", [date(2021, 1, 1), TODAY])
def test_without_the_guards_it_would_be(post, until):
    without_guards()

    assert held(post, since=LONG_AGO, until=until)


def test_past_holding_is_not_inserted_though_an_entry_tells_of_it(item, post):
    person = factories.Person()
    told(item, person.name, LONG_AGO)

    refused(lambda: held(post, person=person, since=LONG_AGO, until=APPOINTED_ON))


def test_past_holding_of_an_idle_post_is_not_moved_to_one_with_items(post):
    idle = factories.Post(committee=post.committee)
    idle.holdings.update(since=LONG_AGO, until=TODAY)

    refused(lambda: idle.holdings.update(post=post))


def test_holding_neither_ends_nor_follows_without_an_entry(post):
    refused(lambda: post.holdings.update(until=TODAY))
    refused(lambda: post.holdings.update(until=APPOINTED_ON))
    factories.vacate(post)
    refused(lambda: held(post))


def test_holding_is_the_one_that_the_entry_tells_of(item, post):
    factories.vacate(post)
    person = factories.Person()
    told(Item.objects.get(pk=item.pk), person.name)

    refused(lambda: held(post))  # another person
    refused(lambda: held(post, person=person, since=TODAY + days(1)))
    assert held(post, person=person)


def test_each_item_that_runs_has_the_entry(item, post):
    factories.published_item(list__committee=post.committee, owner_post=post)
    factories.vacate(post)
    person = factories.Person()
    told(Item.objects.get(pk=item.pk), person.name)

    refused(lambda: held(post, person=person))


def test_entry_of_an_appointment_serves_for_no_second_one(item, post):
    person = factories.Person()
    by = factories.office_of(item)
    actions.appoint(post, person, by=by, since=TODAY, now=at(TODAY))

    refused(lambda: post.holdings.filter(until=None).update(until=TODAY))


def test_post_without_published_items_is_free():
    post = factories.Post()

    assert post.holdings.update(until=TODAY) == 1
    assert held(post, since=LONG_AGO, until=LONG_AGO)
