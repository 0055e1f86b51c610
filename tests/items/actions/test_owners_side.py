"""Whoever ever acted for the owner's side is on it for good, whichever act it was."""

import pytest

from items import actions
from items.errors import Refused
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, fresh, happens

pytestmark = pytest.mark.django_db
OWNERS = [verb for verb, act in ACTS.items() if act.who == "owner"]


def handled_by(item, *people):
    """Name an item's handlers, openly."""
    change = {"field": "handlers", "value": list(people), "reason": "分工", "now": NOW}
    actions.correct_item(fresh(item), by=factories.office_of(item), **change)
    return fresh(item)


def appoint_to_check(item, person):
    said = {"by": factories.office_of(item), "since": TODAY, "now": NOW}
    return actions.appoint(item.supervisor_post, person, **said)


def former_handler(item, act):
    """Return somebody who was an item's handler, did this on it, and is its handler no more."""
    person = factories.Person()
    item = handled_by(item, person)
    act(item, by=person)
    handled_by(item)
    return person


@pytest.mark.parametrize("verb", OWNERS)
def test_former_handler_who_acted_is_not_appointed_to_check(verb):
    item = ACTS[verb].ready()
    person = former_handler(item, ACTS[verb])

    with pytest.raises(Refused, match=person.name):
        appoint_to_check(item, person)


def test_former_handler_who_added_a_photo_is_not_appointed_to_check():
    item = factories.item_at("in_progress")
    person = former_handler(item, factories.photo)

    with pytest.raises(Refused, match=person.name):
        appoint_to_check(item, person)


def test_former_handler_who_did_nothing_is_appointed_to_check():
    item = factories.item_at("in_progress")
    person = former_handler(item, lambda item, by: None)

    assert appoint_to_check(item, person)


@pytest.mark.parametrize("who", ["supervisor", "office"])
def test_photo_of_another_side_makes_nobody_the_owners(who):
    item = factories.item_at("pending_check")
    by = getattr(factories, f"{who}_of")(item)
    factories.photo(item, by=by)
    if who == "office":
        appoint_to_check(item, by)

    assert happens(lambda: ACTS["sign_off"](fresh(item), by=by))
