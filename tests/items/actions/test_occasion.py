"""An item on its days: planned, then held or called off; a day that passed in silence shows."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from items import actions, queries
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Occasion
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import call_off, claim, fresh, happens, hold, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def lines(item, today=TODAY):
    return queries.item_page(item.list.slug, item.number, today).occasions


def states(item, today=TODAY):
    return [line.state for line in lines(item, today)]


def test_date_that_passed_in_silence_is_computed(item):
    plan(item, on=TODAY + days(3))

    assert states(item, TODAY + days(3)) == ["planned"]
    assert states(item, TODAY + days(4)) == ["unreported"]


def test_planning_starts_no_work_and_holding_does():
    item = factories.published_item()
    plan(item, on=TODAY - days(2))
    assert (fresh(item).status, fresh(item).started_on) == ("not_started", None)

    item = fresh(item)
    entry = hold(item, by=factories.owner_of(item), text="送到了", held_on=TODAY - days(1), now=NOW)

    assert (fresh(item).status, fresh(item).started_on) == ("in_progress", TODAY - days(1))
    assert (entry.happened_on, entry.about.verb) == (TODAY - days(1), "plan_occasion")
    assert (lines(item)[0].state, lines(item)[0].day) == ("held", TODAY - days(1))
    assert verify(item.list) == []


def test_date_is_settled_once(item):
    plan(item)
    by = factories.owner_of(item)
    call_off(fresh(item), by=by, reason="下雨", now=NOW)

    assert not happens(lambda: hold(fresh(item), by=by, text="送到了", now=NOW))
    assert not happens(lambda: call_off(fresh(item), by=by, reason="再来", now=NOW))
    assert (lines(item)[0].state, lines(item)[0].outcome) == ("called_off", "下雨")


def test_it_has_not_taken_place_tomorrow(item):
    plan(item)
    said = {"by": factories.owner_of(item), "text": "送到了", "held_on": TODAY + days(1)}

    assert not happens(lambda: hold(fresh(item), **said, now=NOW))
    assert states(item) == ["planned"]


@pytest.mark.parametrize("said", [{"what": " "}, {"what": "送" * 101}])
def test_refused_date_leaves_nothing(item, said):
    assert not happens(lambda: plan(item, **said))
    assert not Occasion.objects.exists()


def test_other_committees_place_is_refused(item):
    assert not happens(lambda: plan(item, place=factories.Place()))


def test_claim_waits_until_every_date_is_settled(item):
    plan(item, on=TODAY - days(1))
    with override("en"), pytest.raises(Refused, match=r"31 May 2026 高温送清凉.*call it off"):
        claim(fresh(item))

    call_off(fresh(item), by=factories.office_of(item), reason="下雨", now=NOW)

    assert happens(lambda: claim(fresh(item)))


def test_count_of_an_item_is_not_fed():
    item = factories.item_at("in_progress", target_count=3)
    plan(item)

    hold(fresh(item), by=factories.owner_of(item), text="送到了", now=NOW)

    assert fresh(item).done_count is None


def test_date_of_an_item_on_hold_is_called_off_by_the_office(item):
    plan(item)
    factories.hold(fresh(item), now=NOW)

    entry = call_off(fresh(item), by=factories.office_of(item), reason="停工", now=NOW)

    assert (entry.role, fresh(item).status) == ("office", "on_hold")


def test_withdrawn_item_takes_its_open_dates_along(item):
    plan(item)
    factories.withdraw(fresh(item), now=NOW)

    assert states(item, TODAY + days(9)) == ["dropped"]


def test_erased_words_leave_the_day(item):
    occasion = factories.occasion(item)

    actions.erase_words(occasion.entry, by=factories.office_of(item), reason="写到了人", now=NOW)

    assert (fresh(occasion).what, fresh(occasion).on) == ("", occasion.on)


def test_place_of_a_date_stays(item):
    place = factories.Place(committee=item.list.committee)
    factories.occasion(item, place=place)

    with pytest.raises(ProtectedError):
        place.delete()


def test_whoever_held_it_speaks_for_the_owner(item):
    plan(item)
    hold(fresh(item), by=factories.owner_of(item), text="送到了", now=NOW)

    assert type(item).objects.reported_by(factories.owner_of(item)).exists()


def test_pages_ask_no_more_for_more_dates(item):
    place, owner = factories.Place(committee=item.list.committee), factories.owner_of(item)
    pages = [
        lambda: queries.item_page(item.list.slug, 1, TODAY),
        lambda: queries.item_desk(item, owner, TODAY),
    ]
    asked = []
    for _round in range(3):
        occasion = factories.occasion(fresh(item), place=place)
        occasion.item = fresh(item)
        actions.hold_occasion(occasion, by=owner, text="送到了", now=NOW)
        asked.append([questions(page) for page in pages])

    assert asked[0] == asked[2]


def questions(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
