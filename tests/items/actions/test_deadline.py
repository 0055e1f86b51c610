"""More time, holds and withdrawal: what is promised stays visible."""

from datetime import date

import pytest
from django.utils import translation

from items import actions, public, queries
from items.errors import Refused
from items.models import Entry
from items.privacy.personal_data import PersonalData
from tests import factories
from tests.desk.sending import text_of
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, NEW_DUE, REVIEW_ON, ask, claim, fresh, happens

pytestmark = pytest.mark.django_db


# More time


def test_agreed_extension_moves_the_deadline_and_keeps_the_first():
    item = ACTS["decide_extension"].ready()
    asked = item.entries.last()

    entry = ACTS["decide_extension"](item)

    row = fresh(item)
    assert (row.due, row.first_due, row.times_extended) == (NEW_DUE, DUE, 1)
    assert (entry.about, entry.words.text, asked.words.text) == (asked, "属实", "供货晚")


def test_refused_extension_moves_nothing():
    item = ACTS["decide_extension"].ready()

    entry = ACTS["decide_extension"](item, agreed=False)

    assert (fresh(item).due, fresh(item).times_extended) == (DUE, 0)
    assert entry.facts["agreed"] is False


def test_asking_moves_nothing():
    item = factories.item_at("in_progress")

    ACTS["ask_extension"](item)

    assert (fresh(item).due, fresh(item).times_extended) == (DUE, 0)


def test_each_extension_is_counted():
    item = factories.item_at("in_progress")
    for months in (1, 2):
        new_due = NEW_DUE + days(30 * months)
        ACTS["ask_extension"](item, new_due=new_due)
        ACTS["decide_extension"](item)

    assert (fresh(item).due, fresh(item).first_due) == (new_due, DUE)
    assert fresh(item).times_extended == 2


@pytest.mark.parametrize(
    ("new_due", "now", "allowed"),
    [
        (DUE + days(1), NOW, True),
        (DUE, NOW, False),
        (DUE - days(1), NOW, False),
        (DUE + days(10), at(DUE + days(10)), True),
        (DUE + days(10), at(DUE + days(11)), False),  # it would only hide days of lateness
    ],
)
def test_new_deadline_is_later_and_lies_ahead(new_due, now, allowed):
    item = factories.item_at("in_progress")
    by = factories.owner_of(item)

    asked = happens(
        lambda: actions.ask_extension(item, by=by, reason="晚", new_due=new_due, now=now)
    )

    assert asked is allowed


def test_request_still_waits_after_it_was_refused_to_whoever_asked():
    item = factories.Item()
    handler = factories.Role(committee=item.list.committee).person
    item.handlers.add(handler)
    factories.publish(item.list)
    item = fresh(item)
    ACTS["ask_extension"](item, by=handler)

    with pytest.raises(Refused):
        ACTS["decide_extension"](item, by=handler)
    assert ACTS["decide_extension"](item, by=factories.colleague_of(item)).facts["agreed"]


def test_decided_request_is_decided_once():
    item = ACTS["decide_extension"].ready()
    ACTS["decide_extension"](item, agreed=False)

    with pytest.raises(Refused):
        ACTS["decide_extension"](item)
    assert ask(item)  # but one may ask again


def test_lateness_is_that_of_the_current_deadline():
    item = ACTS["decide_extension"].ready()
    ACTS["decide_extension"](item)

    assert fresh(item).overdue_days(NEW_DUE) == 0
    assert fresh(item).overdue_days(NEW_DUE + days(1)) == 1


# Who decides


@pytest.mark.parametrize("agreed", [True, False])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", {True: "党委会2026年5月26日同意延期（纪要〔2026〕9号）"}),
        ("en", {True: "党委会 agreed to more time on 26 May 2026 (纪要〔2026〕9号)"}),
        ("zh-hans", {False: "党委会2026年5月26日不同意延期（纪要〔2026〕9号）"}),
    ],
)
def test_public_reads_who_decided_when_and_where_it_is_written(client, agreed, language, said):
    if agreed not in said:
        return
    item = ACTS["decide_extension"].ready()
    decision = factories.decision(on=date(2026, 5, 26))

    ACTS["decide_extension"](item, agreed=agreed, decision=decision)

    prefix = "/en" if language == "en" else ""
    text = text_of(client.get(f"{prefix}/lists/{item.list.slug}/{item.number}/"))
    assert said[agreed] in text
    with translation.override(language):
        page = queries.item_page(item.list.slug, item.number, TODAY)
    assert [told.decision for told in page.extensions] == [said[agreed]] * agreed


def test_day_granted_may_differ_from_the_one_asked_for():
    item = ACTS["decide_extension"].ready()
    granted = NEW_DUE - days(10)

    entry = ACTS["decide_extension"](item, new_due=granted)

    assert fresh(item).due == granted
    assert entry.facts["asked_due"] == str(NEW_DUE)
    assert ("申请延至", "2026年8月31日") in public.facts(entry, show_names=False)


@pytest.mark.parametrize("new_due", [DUE, DUE - days(1)])
def test_granted_day_is_later_than_the_deadline(new_due):
    item = ACTS["decide_extension"].ready()

    assert not happens(lambda: ACTS["decide_extension"](item, new_due=new_due))


@pytest.mark.parametrize(("late", "allowed"), [(0, True), (1, False)])
def test_nobody_agrees_into_the_past(late, allowed):
    item = ACTS["decide_extension"].ready()
    now = at(NEW_DUE + days(late))
    said = {"agreed": True, "reason": "属实", "decision": factories.decision()}
    by = factories.office_of(item)

    assert happens(lambda: actions.decide_extension(item, by=by, now=now, **said)) is allowed
    if not allowed:  # but to refuse, or to grant a day ahead
        later = {"new_due": now.date() + days(9)}
        assert happens(lambda: actions.decide_extension(item, by=by, now=now, **(said | later)))


@pytest.mark.parametrize("verb", ["decide_extension", "put_on_hold", "withdraw"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"body": " "},
        {"minutes": ""},
        {"body": "会" * 101},
        {"on": TODAY + days(1)},
        {"on": PUBLISHED_ON - days(1)},
        {"body": "设备副厂长"},  # the owner's own post
        {"body": "DEPUTY DIRECTOR"},
    ],
)
def test_unsound_decision_is_refused(verb, wrong):
    draft = factories.Item(owner_post__name="设备副厂长", owner_post__name_en="Deputy director")
    factories.publish(draft.list)
    actions.start_item(fresh(draft), by=factories.owner_of(draft), now=NOW)
    item = fresh(draft)
    if verb == "decide_extension":
        ask(item)
    item = fresh(item)

    assert not happens(lambda: ACTS[verb](item, decision=factories.decision(**wrong)))
    assert happens(lambda: ACTS[verb](fresh(item)))


@pytest.mark.parametrize("verb", ["decide_extension", "put_on_hold", "withdraw"])
@pytest.mark.parametrize("does", ["handles", "entered for the owner"])
def test_nobody_decides_on_their_own_item(verb, does):
    draft = factories.Item()
    clerk = factories.Role(committee=draft.list.committee).person
    if does == "handles":
        draft.handlers.add(clerk)
    factories.publish(draft.list)
    actions.start_item(fresh(draft), by=factories.owner_of(draft), now=NOW)
    if does != "handles":
        ACTS["enter_for_owner"](fresh(draft), by=clerk)
    if verb == "decide_extension":
        ask(fresh(draft))

    with pytest.raises(Refused, match="牵头"):
        ACTS[verb](fresh(draft), by=clerk)
    by = factories.Role(committee=draft.list.committee).person
    ACTS[verb](fresh(draft), by=by)


@pytest.mark.parametrize("verb", ["decide_extension", "put_on_hold", "withdraw"])
def test_body_that_decided_is_asked_about_and_can_be_erased(verb):
    item = ACTS[verb].ready()
    decision = factories.decision(body="找王某 13812345678")

    with pytest.raises(PersonalData):
        ACTS[verb](item, decision=decision)
    entry = ACTS[verb](fresh(item), decision=decision, yes=True)
    assert entry.facts["personal"] == ["mobile"]

    by = factories.office_of(item)
    actions.erase_words(entry, by=by, reason="涉及隐私", now=NOW)
    entry = fresh(entry)
    assert (entry.words.post, entry.words.evidence) == ("", "")
    assert public.decision_of(entry) == "2026年6月1日决定"


# A request ends with what makes it idle


@pytest.mark.parametrize("ends", ["sign_off", "withdraw", "reopen"])
def test_request_ends_with_sign_off_withdrawal_and_reopening(ends):
    item = factories.item_at("in_progress")
    ask(item)
    if ends != "withdraw":
        claim(fresh(item), done_on=TODAY)
    if ends == "sign_off":
        assert Entry.objects.filter(verb="ask_extension").waiting().exists()
    if ends != "withdraw":
        ACTS["sign_off"](fresh(item), done_on=TODAY)
    if ends != "sign_off":
        ACTS[ends](fresh(item))

    assert not Entry.objects.filter(verb="ask_extension").waiting().exists()
    assert not happens(lambda: ACTS["decide_extension"](fresh(item)))
    if ends == "reopen":
        ask(fresh(item))  # anew


def test_request_is_decided_while_the_item_is_on_hold():
    item = ACTS["decide_extension"].ready()
    ACTS["put_on_hold"](item)

    ACTS["decide_extension"](fresh(item))

    assert (fresh(item).due, fresh(item).status) == (NEW_DUE, "on_hold")


# Holds


def test_hold_never_moves_a_deadline():
    item = factories.item_at("in_progress")

    ACTS["put_on_hold"](item)
    ACTS["resume"](item)

    assert (fresh(item).due, fresh(item).first_due) == (DUE, DUE)


@pytest.mark.parametrize("status", ["not_started", "in_progress", "pending_check"])
def test_item_goes_on_where_it_stood_before_the_hold(status):
    item = factories.item_at(status)
    ACTS["put_on_hold"](item)
    held = fresh(item)

    entry = ACTS["resume"](item)

    assert (held.status, held.held_on, held.hold_review_on) == ("on_hold", TODAY, REVIEW_ON)
    row = fresh(item)
    assert (row.status, entry.status_to) == (status, status)
    assert (row.held_on, row.hold_review_on) == (None, None)


def test_days_on_hold_add_up():
    item = factories.item_at("in_progress")
    office = factories.office_of(item)
    for month in (0, 1):
        factories.hold(item, now=at(TODAY + days(30 * month)))
        now = at(TODAY + days(30 * month + 10))
        actions.resume_item(item, by=office, reason="复工", now=now)

    assert fresh(item).days_held == 20


@pytest.mark.parametrize(("ahead", "allowed"), [(1, True), (0, False), (-1, False)])
def test_day_of_review_lies_ahead(ahead, allowed):
    item = factories.item_at("in_progress")

    held = happens(lambda: ACTS["put_on_hold"](item, review_on=TODAY + days(ahead)))

    assert held is allowed


# Withdrawal


def test_withdrawn_item_keeps_its_number():
    item = factories.item_at("on_hold")

    ACTS["withdraw"](item)

    row = fresh(item)
    assert (row.status, row.number, row.withdrawn_on) == ("withdrawn", 1, TODAY)
    assert (row.held_on, row.hold_review_on, row.published_on) == (None, None, PUBLISHED_ON)
    assert row.list.items.next_number() == 2
