"""What the supervisor does: sign off, send back, visit; and reopening."""

import pytest

from items import actions
from items.errors import Refused
from items.models import Item
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import ACTS, DONE_ON, claim, fresh, happens, report

pytestmark = pytest.mark.django_db

CLAIMED_ON = PUBLISHED_ON + days(2)


@pytest.fixture
def pending():
    return factories.item_at("pending_check")


def test_sign_off_resolves_with_both_days(pending):
    ACTS["sign_off"](pending, done_on=DONE_ON - days(1), happened_on=TODAY - days(1))

    row = fresh(pending)
    assert (row.status, row.done_on, row.percent) == ("resolved", DONE_ON - days(1), None)
    assert (row.claimed_on, row.signed_off_on) == (CLAIMED_ON, TODAY - days(1))


@pytest.mark.parametrize(
    ("done_on", "allowed"),
    [(CLAIMED_ON, True), (CLAIMED_ON + days(1), False)],
)
def test_day_of_completion_is_not_after_the_claim(pending, done_on, allowed):
    assert happens(lambda: ACTS["sign_off"](pending, done_on=done_on)) is allowed


def test_day_of_completion_is_not_before_the_last_sending_back(pending):
    returned_on = TODAY - days(3)
    ACTS["send_back"](pending, happened_on=returned_on)
    claim(pending, done_on=TODAY)

    assert not happens(lambda: ACTS["sign_off"](pending, done_on=returned_on - days(1)))
    assert happens(lambda: ACTS["sign_off"](pending, done_on=returned_on))


@pytest.mark.parametrize("verb", ["sign_off", "send_back"])
@pytest.mark.parametrize(("day", "allowed"), [(CLAIMED_ON, True), (CLAIMED_ON - days(1), False)])
def test_nobody_checks_before_the_claim(pending, verb, day, allowed):
    assert happens(lambda: ACTS[verb](pending, happened_on=day)) is allowed


@pytest.mark.parametrize("verb", ["sign_off", "log_visit"])
@pytest.mark.parametrize(("how", "allowed"), [("phone", True), ("meeting", True), ("", False)])
def test_it_is_said_how_it_was_checked(verb, how, allowed):
    item = ACTS[verb].ready()

    assert happens(lambda: ACTS[verb](item, how=how)) is allowed


def test_target_raised_after_the_claim_keeps_it_from_being_signed_off():
    item = factories.item_at("in_progress", target_count=90)
    report(item, done_count=90)
    claim(item)
    ACTS["correct"](item, field="target_count", value=120)

    with pytest.raises(Refused, match="90"):
        ACTS["sign_off"](item)


def test_owner_appointed_as_supervisor_meanwhile_does_not_sign_off_their_own_claim(pending):
    owner, office = factories.owner_of(pending), factories.office_of(pending)

    with pytest.raises(Refused):
        actions.appoint(pending.supervisor_post, owner, by=office, now=factories.NOW)

    assert fresh(pending).supervisor_post.holder(TODAY) != owner


def test_helper_of_the_unit_who_comes_to_supervise_does_not_sign_off():
    item = factories.Item()
    unit = factories.Unit(committee=item.list.committee)
    item.unit_shares.create(unit=unit, role="lead")
    factories.publish(item.list)
    item = fresh(item)
    factories.start(item, now=factories.NOW)
    claim(item, done_on=TODAY)

    unit.helpers.add(factories.supervisor_of(item))

    with pytest.raises(Refused):
        ACTS["sign_off"](item)


def test_sending_back_takes_the_claim_away(pending):
    ACTS["send_back"](pending)

    row = fresh(pending)
    assert (row.claimed_on, row.done_on, row.result) == (None, None, "")


def test_visit_changes_nothing_but_the_ledger():
    item = factories.item_at("pending_check")
    before = Item.objects.filter(pk=item.pk).values().get()

    entry = ACTS["log_visit"](item)

    after = Item.objects.filter(pk=item.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"version", "last_news_id", "last_entry_id", "search_text"}
    assert after["last_entry_id"] == entry.pk


def test_visit_need_not_plan_the_next_one():
    entry = ACTS["log_visit"](factories.item_at("not_started"), next_visit_on=None)

    assert entry.facts == {"how": "on_site"}


@pytest.mark.parametrize("who", ["supervisor", "office"])
def test_reopening_keeps_the_old_sign_off(who):
    item = factories.item_at("resolved")
    by = getattr(factories, f"{who}_of")(item)

    entry = ACTS["reopen"](item, by=by)

    row = fresh(item)
    assert (row.status, row.times_reopened) == ("in_progress", 1)
    assert (row.signed_off_on, row.claimed_on, row.done_on, row.result) == (None, None, None, "")
    assert entry.role == who
    old = item.entries.get(verb="sign_off")
    assert (old.public, old.words.text, old.facts["done_on"]) == (True, "逐一看过", "2026-03-04")


def test_what_is_signed_off_is_all_done_and_what_is_reopened_is_not():
    item = factories.item_at("in_progress")
    report(item, percent=80)
    claim(item)
    ACTS["sign_off"](item)
    signed_off = fresh(item).percent

    ACTS["reopen"](item)

    assert (signed_off, fresh(item).percent) == (100, None)


def test_nobody_reopens_before_the_sign_off():
    item = factories.item_at("resolved")

    with pytest.raises(Refused):
        ACTS["reopen"](item, happened_on=PUBLISHED_ON)


def test_item_can_be_resolved_again_after_it_was_reopened():
    item = factories.item_at("resolved")
    ACTS["reopen"](item)
    claim(item, done_on=TODAY)
    ACTS["sign_off"](item, done_on=TODAY)

    row = fresh(item)
    assert (row.status, row.done_on, row.times_reopened) == ("resolved", TODAY, 1)
    assert item.entries.filter(verb="sign_off").count() == 2
