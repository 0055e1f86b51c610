"""The queues of My desk: what waits for whom, and in which order."""

import pytest

from items import actions, rules
from items.models import Committee, Item
from items.queries.queues import QUEUES, VISIT_AFTER_DAYS
from tests import factories
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import (
    ACTS,
    PUT_RIGHT_BY,
    ask,
    close_alone,
    enter,
    fresh,
    settle,
)
from tests.items.desk.making import everybody, numbers, set_task, several

pytestmark = pytest.mark.django_db


def due(item, day):
    """Give an item another deadline, as an agreed request does."""
    by = factories.owner_of(item)
    actions.ask_extension(item, by=by, reason="供货晚", new_due=day, now=NOW)
    by = factories.office_of(item)
    actions.decide_extension(
        item, by=by, agreed=True, reason="属实", decision=factories.decision(), now=NOW
    )


# Whose items they are: the same answer in SQL, and for one item in memory


def test_queues_and_rules_agree_on_whose_an_item_is(world):
    items = {item for _person, item in world.who.values()}
    for role, (person, _item) in world.who.items():
        owned = {i for i in items if rules.acts_for_owner(person, i, TODAY)}
        checked = {i for i in items if rules.is_supervisor(person, i, TODAY)}

        assert (role, owned) == (role, items & set(Item.objects.acted_for_by(person, TODAY)))
        assert (role, checked) == (role, items & set(Item.objects.supervised_by(person, TODAY)))


def test_gap_of_one_person_in_both_duties_is_found_in_sql_as_in_memory(world):
    items = {item for _person, item in world.who.values()}
    found = {
        i
        for i in items
        if (holder := i.supervisor_post.holder(TODAY)) and rules.on_owner_side(holder, i, TODAY)
    }

    assert found
    assert found == items & set(Item.objects.checked_by_their_own(TODAY))


# The owner's side


def test_mine_are_those_not_done_by_deadline():
    first, second, third, done, held = several(5)
    due(second, DUE + days(9))
    due(third, DUE + days(3))
    factories.hold(held, now=NOW)
    factories.claim(done, now=NOW)
    factories.sign_off(done, now=NOW)

    assert numbers("mine", factories.owner_of(first)) == [1, 5, 3, 2]
    assert numbers("mine", factories.supervisor_of(first)) == []
    assert numbers("mine", factories.office_of(first)) == []


def test_returned_are_those_sent_back_and_not_touched_since():
    first, second, _third = several(3, "pending_check")
    by = factories.supervisor_of(first)
    for item in (first, second):
        actions.send_back_item(item, by=by, reason="还差两把", put_right_by=PUT_RIGHT_BY, now=NOW)
    owner = factories.owner_of(first)

    assert numbers("returned", owner) == [1, 2]

    ACTS["log_visit"](first)  # the supervisor's own visit is no work
    assert numbers("returned", owner) == [1, 2]

    actions.report_progress(second, by=owner, text="补上了", now=NOW)

    assert numbers("returned", owner) == [1]


# The supervisor


def test_to_check_are_the_claims_longest_first():
    first, second, third = several(3)
    factories.claim(second, now=at(TODAY - days(5)))
    factories.claim(first, now=at(TODAY - days(2)))
    supervisor = factories.supervisor_of(first)

    assert numbers("to_check", supervisor) == [2, 1]
    assert numbers("to_check", factories.owner_of(third)) == []


def test_unvisited_counts_from_publication_then_from_the_last_visit():
    first, second = several(2)
    supervisor, month = factories.supervisor_of(first), days(VISIT_AFTER_DAYS)
    last_day = PUBLISHED_ON + month

    assert numbers("unvisited", supervisor, last_day) == []
    assert numbers("unvisited", supervisor, last_day + days(1)) == [1, 2]

    ACTS["log_visit"](second, happened_on=last_day)

    assert numbers("unvisited", supervisor, last_day + days(1)) == [1]
    assert numbers("unvisited", supervisor, last_day + month + days(1)) == [1, 2]


def test_reopening_by_the_office_is_no_visit():
    (item,) = several(1, "resolved")
    actions.reopen_item(
        item, by=factories.office_of(item), reason="又坏了", put_right_by=PUT_RIGHT_BY, now=NOW
    )
    sign_off = item.entries.get(verb="sign_off").happened_on

    supervisor, month = factories.supervisor_of(item), days(VISIT_AFTER_DAYS)
    assert numbers("unvisited", supervisor, sign_off + month) == []
    assert numbers("unvisited", supervisor, sign_off + month + days(1)) == [1]


# The office


def test_office_sees_requests_until_they_are_decided():
    first, second = several(2)
    ask(first)
    enter(second)
    office = factories.office_of(first)

    assert (numbers("extensions", office), numbers("releases", office)) == ([1], [2])

    ACTS["decide_extension"](fresh(first))
    ACTS["release"](fresh(second))

    assert (numbers("extensions", office), numbers("releases", office)) == ([], [])


def test_request_on_an_item_that_is_done_waits_no_longer():
    (item,) = several(1)
    ask(item)
    factories.claim(fresh(item), now=NOW)
    factories.sign_off(fresh(item), now=NOW)

    assert numbers("extensions", factories.office_of(item)) == []


def test_overdue_are_those_whose_deadline_has_passed():
    first, second, held, _done = several(4)
    due(second, DUE + days(1))
    factories.hold(held, now=NOW)
    factories.claim(_done, now=NOW)
    factories.sign_off(_done, now=NOW)
    office = factories.office_of(first)

    assert numbers("overdue", office, DUE) == []
    assert numbers("overdue", office, DUE + days(1)) == [1, 3]
    assert numbers("overdue", office, DUE + days(2)) == [1, 3, 2]


@pytest.mark.parametrize("span", [10, 30])
def test_stale_is_what_the_board_marks_so(span):
    first, second = several(2)
    several(1, list__committee__stale_after_days=20)  # another committee's
    Committee.objects.filter(pk=first.list.committee_id).update(stale_after_days=span)
    ACTS["report_progress"](second)
    office, news = factories.office_of(first), first.last_news.happened_on

    assert numbers("stale", office, news + days(span)) == []
    assert numbers("stale", office, news + days(span + 1)) == [1]
    assert numbers("stale", office, TODAY + days(span + 1)) == [1, 2]


def test_hold_is_reviewed_from_its_day_on():
    (item,) = several(1, "on_hold")
    office = factories.office_of(item)

    assert numbers("reviews", office, item.hold_review_on - days(1)) == []
    assert numbers("reviews", office, item.hold_review_on) == [1]


def test_claims_are_the_offices_to_watch():
    (item,) = several(1, "pending_check")

    assert numbers("claims", factories.office_of(item)) == [1]


# Tasks


def test_tasks_are_theirs_whom_they_are_for_nearest_day_first():
    items = several(3)
    for item, ahead in zip(items, (9, 3, 6), strict=True):
        set_task(item, "owner", TODAY + days(ahead))
    set_task(fresh(items[0]), "owner", TODAY + days(1))
    set_task(fresh(items[1]), "supervisor")
    set_task(fresh(items[2]), "office")
    owner, supervisor, office = everybody(items[0])

    assert numbers("tasks", owner) == [1, 2, 3]
    assert numbers("tasks", supervisor) == [2]
    assert numbers("tasks", office) == [3]


# Of whom, of which lists


@pytest.mark.parametrize("key", QUEUES)
def test_nothing_waits_for_strangers_and_the_office_above_or_beside(key):
    committee = factories.Committee(parent=factories.Committee())
    items = several(3, list__committee=committee)
    ask(items[0])
    enter(items[1])
    factories.claim(items[2], now=NOW)
    set_task(items[2], "office")
    others = [factories.Person(), factories.office(committee.parent)]
    others.append(factories.office(factories.Committee()))

    late = DUE + days(90)
    assert [numbers(key, person, late) for person in others] == [[], [], []]


@pytest.mark.parametrize("key", QUEUES)
def test_nothing_waits_on_a_closed_list(key):
    items = several(2)
    ask(items[0])
    set_task(items[1], "office")
    settle(items[0].list)
    close_alone(items[0].list)

    late = DUE + days(90)
    assert [numbers(key, person, late) for person in everybody(items[0])] == [[], [], []]
