"""What a refusal says, and in which role the ledger writes what was allowed."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils.translation import override

from items import rules
from items.models import Item
from items.rules import why_not
from items.rules.permission import WITH_THE_LIST
from items.states import FOR_OWNER, MOVES, ListStatus
from tests import factories
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def refusal(world, verb, role, **columns):
    person, item = world.who[role]
    world.list.status = ListStatus.PUBLISHED
    for name, value in columns.items():
        setattr(item, name, value)
    with override("en"):
        return why_not(verb, person, item, today=TODAY)


def test_wrong_status_names_the_right_ones(world):
    assert refusal(world, "report_progress", "owner", status="resolved") == (
        "Its status is “Resolved”. This is possible only at: Not started or In progress."
    )


def test_wrong_person_is_told_who_it_is(world):
    post = world.item.supervisor_post.name

    said = refusal(world, "sign_off", "office", status="pending_check")

    assert said == f"Only the supervisor does this: {post}."


def test_wrong_person_is_told_whose_work_it_is(world):
    post = world.item.owner_post.name

    said = refusal(world, "claim", "stranger", status="in_progress")

    assert said == f"Only the owner’s side does this: {post}, the handlers, and the units’ people."


def test_wrong_person_is_told_who_reopens(world):
    post = world.item.supervisor_post.name

    said = refusal(world, "reopen", "owner", status="resolved")

    assert said == f"Only the supervisor ({post}) or the office does this."


def test_wrong_person_is_told_which_office_it_is(world):
    said = refusal(world, "withdraw", "office of the parent committee", status="in_progress")

    assert said == f"Only the office of “{world.committee}” does this."


@pytest.mark.parametrize("does", ["handles", "helps", "reported once"])
def test_nobody_checks_their_own_work(world, does):
    said = refusal(world, "sign_off", f"supervisor who {does}", status="pending_check")

    assert said == "You are on the owner’s side of this item. Nobody checks their own work."


AS_OWNER = [verb for verb, row in MOVES.items() if {"owner", "named_in_task"} & {*row.who.roles}]
AS_ANOTHER = [
    (verb, role)
    for verb, row in MOVES.items()
    for role in ("supervisor", "office")
    if verb not in FOR_OWNER and {role, "named_in_task"} & {*row.who.roles}
]


def test_the_owners_side_does_what_the_mission_says():
    does = "start report_progress say_blocked deliver take_back"
    does += " plan_occasion hold_occasion call_off_occasion claim"
    does += " ask_extension undo_measures finish_task add_photo"

    assert sorted(does.split(), key=list(MOVES).index) == AS_OWNER
    assert FOR_OWNER == ["enter_for_owner"]


@pytest.mark.parametrize(
    ("verb", "role"),
    [*((verb, "owner") for verb in AS_OWNER), *((verb, "office") for verb in FOR_OWNER)],
)
def test_whoever_once_acted_for_the_owner_never_checks(world, verb, role):
    person, item = world.who["supervisor"]
    world.write(verb, item, person, role=role)

    assert rules.on_owner_side(person, item, TODAY)
    assert item in Item.objects.checked_by_their_own(TODAY)
    assert refusal(world, "sign_off", "supervisor", status="pending_check") != ""


@pytest.mark.parametrize(("verb", "role"), AS_ANOTHER)
def test_whoever_once_acted_as_another_goes_on_checking(world, verb, role):
    # The negative control of the test above: not every entry bars from checking.
    person, item = world.who["supervisor"]
    facts = {"verb": "withdraw", "until": "2030-01-01"} if verb == "put_up" else {}
    world.write(verb, item, person, role=role, facts=facts)

    assert not rules.on_owner_side(person, item, TODAY)
    assert item not in Item.objects.checked_by_their_own(TODAY)
    waits = verb == "put_up"  # until its end nobody signs off
    assert bool(refusal(world, "sign_off", "supervisor", status="pending_check")) is waits


def test_item_without_posts_has_an_office_only(world):
    item = world.new_item(list=world.list, owner_post=None, supervisor_post=None)
    world.who["nobody"] = (factories.Person(), item)

    claim = refusal(world, "claim", "nobody", status="in_progress")
    sign_off = refusal(world, "sign_off", "nobody", status="pending_check")

    assert claim.startswith("Only the owner’s side does this: no owner’s post yet")
    assert sign_off == "Only the supervisor does this: no supervisor’s post yet."


def test_vacant_post_lets_nobody_act(world):
    world.item.owner_post.holdings.update(until=TODAY)

    assert refusal(world, "claim", "owner", status="in_progress") != ""


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (datetime(2026, 5, 31, 15, 59, tzinfo=UTC), True),  # 23:59 in Shanghai
        (datetime(2026, 5, 31, 16, 1, tzinfo=UTC), False),  # 00:01, the successor's day
    ],
)
def test_today_is_that_of_shanghai(world, moment, may):
    owner, item = world.who["owner"]
    world.list.status, item.status = "published", "in_progress"
    item.owner_post.holdings.update(until=TODAY)

    with time_machine.travel(moment):
        assert (why_not("claim", owner, item) == "") is may


@pytest.mark.parametrize("verb", WITH_THE_LIST)
def test_draft_in_a_published_list_is_published_with_no_list(world, verb):
    assert refusal(world, verb, "office", status="draft") != ""


def test_nothing_waits_to_be_released(world):
    said = refusal(world, "release", "office", status="in_progress")

    assert said == "Nothing waits to be released."


def test_a_second_request_for_more_time_waits_for_the_first(world):
    person, item = world.who["owner"]
    world.write("ask_extension", item, person)

    said = refusal(world, "ask_extension", "handler", status="in_progress")

    assert said.startswith("A request for more time is waiting already.")


def test_whoever_asked_for_more_time_does_not_decide(world):
    person, item = world.who["office"]
    world.write("ask_extension", item, person)

    said = refusal(world, "decide_extension", "office", status="in_progress")

    assert said == "You asked for this yourself. Another person of the office decides."
    assert refusal(world, "decide_extension", "colleague", status="in_progress") == ""


# In which role


@pytest.mark.parametrize(
    ("verb", "role", "written"),
    [
        ("claim", "handler", "owner"),
        ("sign_off", "supervisor", "supervisor"),
        ("reopen", "supervisor", "supervisor"),
        ("reopen", "office", "office"),
        ("put_on_hold", "office", "office"),
    ],
)
def test_ledger_says_in_which_role(world, verb, role, written):
    person, item = world.who[role]

    assert rules.role_of(verb, person, item, TODAY) == written


def test_a_supervisor_of_the_owners_side_reopens_only_as_the_office(world):
    person, item = world.who["supervisor who handles"]
    factories.Role(committee=world.committee, kind="office", person=person)

    assert refusal(world, "reopen", "supervisor who handles", status="resolved") == ""
    assert rules.role_of("reopen", person, item, TODAY) == "office"


def test_an_administrator_appoints_as_one(world):
    for role in ("administrator", "superuser"):
        person, item = world.who[role]
        written = rules.role_of("appoint", person, item.owner_post, TODAY)
        assert (role, written) == (role, "administrator")
