"""Handing the duty for an item over to another post."""

import pytest

from items.errors import Refused
from items.ledger.verify import verify
from tests import factories
from tests.factories import TODAY
from tests.items.actions.acts import ACTS, fresh, happens

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    """Return one of a leader's two items, so that it can be given away."""
    item = factories.Item()
    factories.another(item)
    factories.publish(item.list)
    return fresh(item)


def hand_over(item, duty="owner", **said):
    return ACTS["hand_over"](item, duty=duty, **said)


@pytest.mark.parametrize("duty", ["owner", "supervisor"])
def test_duty_goes_to_another_post(item, duty):
    old = getattr(item, f"{duty}_post")
    to = factories.Post(committee=item.list.committee)

    entry = hand_over(item, duty, to=to)

    assert getattr(fresh(item), f"{duty}_post") == to
    assert (entry.facts, entry.words.old, entry.words.new) == ({"duty": duty}, old.name, to.name)
    told = {notice.person for notice in entry.notices.all()}
    assert told == {old.holder(TODAY), to.holder(TODAY)}
    assert verify(item.list) == []


def test_old_post_is_the_one_that_is_published_whatever_a_form_did(item):
    old, to = item.supervisor_post, factories.Post(committee=item.list.committee)
    item.supervisor_post = to

    entry = hand_over(item, "supervisor", to=to)

    assert (entry.words.old, entry.words.new) == (old.name, to.name)


def test_duty_goes_to_no_post_of_another_committee(item):
    with pytest.raises(Refused):
        hand_over(item, to=factories.Post())


def test_duty_goes_to_no_vacant_post(item):
    with pytest.raises(Refused):
        hand_over(item, to=factories.VacantPost(committee=item.list.committee))


def test_duty_goes_to_no_post_that_has_one_for_the_item(item):
    for post in (item.owner_post, item.supervisor_post):
        with pytest.raises(Refused):
            hand_over(item, to=post)


@pytest.mark.parametrize("duty", ["owner", "supervisor"])
def test_duty_goes_to_no_post_of_the_person_on_the_other_side(item, duty):
    other = item.supervisor_post if duty == "owner" else item.owner_post
    to = factories.Post(committee=item.list.committee, holder=other.holder(TODAY))

    with pytest.raises(Refused):
        hand_over(item, duty, to=to)

    assert getattr(fresh(item), f"{duty}_post") != to


def test_whoever_reported_once_does_not_come_to_check(item):
    ACTS["report_progress"](item)
    reporter = factories.owner_of(item)
    hand_over(item, to=factories.Post(committee=item.list.committee))
    to = factories.Post(committee=item.list.committee, holder=reporter)

    with pytest.raises(Refused):
        hand_over(item, "supervisor", to=to)


def test_leader_is_not_left_without_an_item():
    item = factories.item_at("in_progress")

    with pytest.raises(Refused):
        hand_over(item, to=factories.Post(committee=item.list.committee))


def test_a_leader_who_owns_nothing_already_is_no_hindrance(item):
    factories.Post(committee=item.list.committee, is_leader=True)

    assert happens(lambda: hand_over(item, to=factories.Post(committee=item.list.committee)))
