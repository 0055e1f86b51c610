"""The change of year: what is open goes over as it stands, while the old list closes."""

import pytest
from django.db import IntegrityError, transaction

from items import actions
from items.actions import year
from items.columns import STORED, names
from items.errors import Conflict, Refused
from items.guards import conditions
from items.ledger.entries import write_entry
from items.ledger.verify import verify
from items.models import Entry, Item
from items.words import Words
from tests import factories
from tests.factories import DUE, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import (
    ACTS,
    ask,
    bring_in,
    change_year,
    choose,
    enter,
    fresh,
    next_list,
    report,
    set_task,
)

pytestmark = pytest.mark.django_db
STATUSES = ["not_started", "in_progress", "pending_check", "on_hold"]
SOON = at(PUBLISHED_ON + days(20))  # before any hold's day of review
NEW_DUE = TODAY + days(90)


def both_hold(item, new):
    return verify(item.list) == verify(new.list) == []


# The state goes along


@pytest.mark.parametrize("status", STATUSES)
def test_state_goes_along(status):
    item = factories.item_at(status, number=5)

    new = change_year(item, now=SOON)

    assert (new.status, new.number, new.carried_from, new.origin) == (status, 1, item, item)
    kept = "status_before_hold started_on claimed_on done_on held_on hold_review_on result"
    kept += " first_due last_news days_held percent done_count"
    assert [n for n in kept.split() if getattr(new, n) != getattr(item, n)] == []
    assert new.due == SOON.date() + days(90)
    assert both_hold(item, new)


# Of a published item these are its own: which list, number and day it has, and what follows.
ITS_OWN = "id version list number due due_words start_by start_is_the_matter carried_from origin"
ITS_OWN += " published_on added_later last_entry search_text lines_salt status withdrawn_on"
ITS_OWN += " code signed_off_on put_right_by"  # lateness counts from the new deadline
INSIDE = "recheck_on"  # the day on which a resolved item is looked at again


def test_every_column_goes_over_or_is_named_here():
    left = names(column for column in STORED if not column.carried)

    assert set(left) - {*ITS_OWN.split(), *INSIDE.split()} == set()


def test_extensions_count_and_parts_come_as_they_stand_at_that_moment():
    unit, handler = factories.Unit(), factories.Person()
    draft = factories.Item(target_count=120, list__committee=unit.committee)
    draft.unit_shares.create(unit=unit, role="joint")
    draft.handlers.add(handler)
    draft.parts.create(title="一区", title_en="Area 1")
    factories.publish(draft.list)
    item = fresh(draft)
    into = choose(item.list)
    report(item, done_count=90)
    said = {"text": "一区完工", "parts": [item.parts.get()], "parts_done_on": TODAY}
    ACTS["report_progress"](fresh(item), **said)
    ACTS["ask_extension"](fresh(item))
    ACTS["decide_extension"](fresh(item))
    measures = [Words("更换座椅"), Words("全部换新", "Replace all")]
    ACTS["correct"](fresh(item), field="measures", value=measures, reason="补充")

    new = change_year(fresh(item), into)

    assert (new.done_count, new.times_extended, new.first_due) == (90, 1, DUE)
    assert [(p.title_en, p.progress, p.done_on) for p in new.parts.all()] == [
        ("Area 1", "一区完工", TODAY)
    ]
    assert [measure.words for measure in new.measures.all()] == measures
    assert [(s.unit, s.role) for s in new.unit_shares.all()] == [(unit, "joint")]
    assert list(new.handlers.all()) == [handler]
    assert "全部换新" in new.search_text
    assert both_hold(item, new)


def test_each_ledger_names_the_other_lists_number():
    item = factories.item_at("in_progress", number=5)
    into = next_list(item.list, name="下一年", name_en="Next year")
    factories.another(item, list=into, number=1)

    new = change_year(item, into)

    over, came = fresh(item).last_entry, new.last_entry
    assert (over.verb, over.facts) == ("carry_over", {"to": into.slug, "to_number": 2})
    assert (over.words.new, over.words.new_en) == ("下一年", "Next year")
    assert (came.verb, came.status_from, came.status_to) == ("carry_in", "draft", "in_progress")
    assert came.facts == {
        "from": item.list.slug,
        "from_number": 5,
        "old_due": str(DUE),
        "new_due": str(NEW_DUE),
    }
    assert came.words.old == item.list.name


def test_claim_is_checked_on_the_new_list():
    item = factories.item_at("pending_check")

    new = change_year(item)
    ACTS["sign_off"](new, done_on=item.done_on)

    assert fresh(new).status == "resolved"
    assert both_hold(item, new)


def test_hold_ends_on_the_new_list_as_it_began():
    item = factories.item_at("on_hold")

    new = change_year(item, now=SOON)
    ACTS["resume"](new)

    assert (fresh(new).status, fresh(new).days_held) == ("in_progress", (TODAY - item.held_on).days)


def test_open_dates_are_settled_on_the_new_list():
    item = factories.item_at("in_progress")
    held = factories.occasion(item)
    actions.hold_occasion(held, by=factories.owner_of(item), text="送到", now=at(TODAY))
    factories.occasion(fresh(item), what="冬送温暖")

    new = change_year(fresh(item))

    (occasion,) = new.occasions.all()
    assert (occasion.what, occasion.ending, occasion.entry.item) == ("冬送温暖", None, new)
    occasion.item = fresh(new)
    actions.hold_occasion(occasion, by=factories.owner_of(new), text="送到", now=at(TODAY))
    assert item.occasions.filter(ending=None).count() == 1  # the closed list's, as of its closing
    assert both_hold(item, new)


def test_first_promise_stays_year_after_year():
    item = factories.item_at("in_progress")
    new = change_year(item)
    newest = change_year(new, due=NEW_DUE + days(300))

    assert (newest.first_due, newest.origin, newest.carried_from) == (DUE, item, new)
    assert list(newest.story()) == [newest.pk, new.pk, item.pk]
    assert list(new.story()) == [new.pk, item.pk]
    assert verify(newest.list) == []


def test_whoever_worked_on_it_once_never_checks_it():
    item = factories.item_at("in_progress")
    before = factories.owner_of(item)
    report(item)
    new = change_year(fresh(item))
    by = factories.office_of(item)
    actions.appoint(new.owner_post, factories.Person(), by=by, since=TODAY, now=at(TODAY))

    with pytest.raises(Refused, match=before.name):
        actions.appoint(new.supervisor_post, before, by=by, since=TODAY, now=at(TODAY))


def test_day_of_completion_is_not_before_it_was_sent_back_on_the_old_list():
    item = factories.item_at("pending_check")
    ACTS["send_back"](item)
    new = change_year(fresh(item))

    with pytest.raises(Refused):
        ACTS["claim"](new, done_on=TODAY - days(1))


def test_carrying_over_is_no_news():
    item = factories.item_at("in_progress")

    new = change_year(item)

    assert new.last_news == item.last_news


# What a draft of a carried item may say


def test_draft_has_a_number_and_a_deadline_of_its_own():
    item = factories.item_at("in_progress")
    into = choose(item.list)
    draft, by = into.items.get(), factories.office_of(item)
    fields = {"title": item.title, "due": NEW_DUE + days(1), "remark": "备注"}
    actions.write_draft(into, 1, actions.Draft(fields=fields), by=by)

    new = change_year(item, fresh(into), due=NEW_DUE + days(1))

    assert (draft.carried_from, new.due, new.remark) == (item, NEW_DUE + days(1), "备注")


@pytest.mark.parametrize(
    "said",
    [
        {"fields": {"title": "换一半"}},
        {"fields": {"target_count": 5}},
        {"measures": [Words("只换一把")]},
        {"handlers": []},
        {"parts": []},
    ],
)
def test_draft_promises_nothing_else(said):
    item = factories.Item(target_count=10)
    item.handlers.add(factories.Person())
    item.parts.create(title="一区")
    into = choose(factories.publish(item.list))

    with pytest.raises(Refused):
        actions.write_draft(into, 1, actions.Draft(**said), by=factories.office_of(item))

    assert into.items.get().title == item.title


def test_what_is_typed_into_the_draft_past_the_actions_is_not_published():
    item = factories.item_at("in_progress", target_count=10)
    into = choose(item.list)
    draft = into.items.get()
    draft.title, draft.target_count, draft.first_due = "换一半", 1, NEW_DUE
    draft.save()

    new = change_year(item, fresh(into))

    assert (new.title, new.target_count, new.first_due) == (item.title, 10, DUE)


# What goes over


@pytest.mark.parametrize(("status", "open"), [*dict.fromkeys(STATUSES, 1).items(), ("resolved", 0)])
def test_only_what_is_not_done_goes_over(status, open):
    item = factories.item_at(status)
    into = next_list(item.list)
    chosen = {item.number: {"due": NEW_DUE}}
    by = factories.office_of(item)

    carried = actions.carry_over(item.list, into=into, chosen=chosen, by=by)

    assert len(carried) == into.items.count() == open


def test_choice_can_be_taken_back_and_made_again():
    item = factories.item_at("in_progress")
    into = choose(item.list)
    stays = {"but": {item.number: None}}

    assert choose(item.list, into, **stays).items.count() == 0
    assert choose(item.list, into).items.count() == 1
    assert choose(item.list, into).items.count() == 1  # once more does nothing


def test_what_goes_into_another_draft_leaves_the_one_before():
    item = factories.item_at("in_progress")
    into = choose(item.list)

    other = choose(item.list)

    assert (into.items.count(), other.items.count()) == (0, 1)


def test_nothing_goes_into_a_published_list_nor_to_another_committee():
    item = factories.item_at("in_progress")

    for into in (factories.published_item().list, factories.ItemList(), fresh(item.list)):
        with pytest.raises(Refused):
            choose(item.list, into)


def test_what_is_resolved_after_it_was_chosen_does_not_go_over():
    item = factories.item_at("pending_check")
    into = choose(item.list)
    ACTS["sign_off"](fresh(item), done_on=item.done_on)
    by = factories.office_of(item)

    with pytest.raises(Refused, match="1"):
        actions.change_year(fresh(item.list), into=into, by=by, now=at(TODAY))

    assert (fresh(item.list).status, fresh(into).status) == ("published", "draft")


def test_choosing_again_leaves_out_what_was_resolved_meanwhile():
    item = factories.item_at("pending_check")
    other = factories.another(item, list=choose(item.list), number=9)
    ACTS["sign_off"](fresh(item), done_on=item.done_on)

    into = choose(item.list, fresh(other.list))

    assert [draft.number for draft in into.items.all()] == [9]


def test_no_sheet_gives_it_another_state():
    item = factories.item_at("in_progress")
    draft = choose(item.list).items.get()

    with pytest.raises(Refused):
        bring_in(draft)


# In one moment, or not at all


def test_open_item_that_was_not_chosen_holds_the_change_up():
    item = factories.item_at("in_progress")
    into = factories.Item(list=next_list(item.list)).list

    with pytest.raises(Refused):
        actions.change_year(item.list, into=into, by=factories.office_of(item), now=at(TODAY))

    assert (fresh(item.list).status, fresh(into).status) == ("published", "draft")


def test_gap_of_the_next_list_holds_the_change_up():
    item = factories.item_at("in_progress")
    into = choose(item.list)
    factories.another(item, list=into, number=9, measures=[])
    before = Entry.objects.count()

    with pytest.raises(Refused):
        change_year(item, into)

    assert Entry.objects.count() == before
    assert fresh(item.list).status == "published"


def test_deadline_that_has_passed_is_no_new_one():
    item = factories.item_at("in_progress")

    with pytest.raises(Refused):
        change_year(item, due=TODAY - days(1))


def test_list_with_carried_items_is_not_published_alone():
    item = factories.item_at("in_progress")
    into = choose(item.list)

    with pytest.raises(Refused):
        factories.publish(into, on=TODAY)

    assert fresh(into).status == "draft"


def test_second_change_is_a_conflict():
    item = factories.item_at("in_progress")
    into, seen = choose(item.list), fresh(item.list)
    change_year(item, fresh(into))

    with pytest.raises(Conflict):
        actions.change_year(seen, into=into, by=factories.office_of(item), now=at(TODAY))

    assert Item.objects.filter(carried_from=item).count() == 1


def test_list_in_which_nothing_is_open_closes_alone():
    item = factories.item_at("resolved")
    by = factories.office_of(item)

    entry = actions.close_list(item.list, by=by, now=at(TODAY))

    row = fresh(item.list)
    assert (row.status, row.closed_on) == ("closed", TODAY)
    assert row.closing_figures == entry.facts
    assert (entry.facts["resolved"], entry.facts["total"]) == (1, 1)
    assert verify(row) == []


@pytest.mark.parametrize("status", STATUSES)
def test_list_in_which_something_is_open_does_not_close_alone(status):
    item = factories.item_at(status)

    with pytest.raises(Refused):
        actions.close_list(item.list, by=factories.office_of(item), now=SOON)


# What still waits


def photo(item):
    factories.photo(item)


def hold(item):
    ACTS["put_on_hold"](item, review_on=TODAY + days(1))


WAITS = {"ask_extension": ask, "enter_for_owner": enter, "photo": photo, "set_task": set_task}


@pytest.mark.parametrize("kind", WAITS)
def test_nothing_closes_while_something_waits(kind):
    item = factories.item_at("in_progress", number=7)
    WAITS[kind](item)
    into = choose(item.list)

    with pytest.raises(Refused, match="7") as refused:
        change_year(fresh(item), into)

    assert len(refused.value.sentences) == 1
    assert fresh(item.list).status == "published"


def test_hold_whose_day_has_passed_waits():
    item = factories.item_at("in_progress", number=7)
    hold(item)

    with pytest.raises(Refused, match="7"):
        change_year(fresh(item), now=at(TODAY + days(2)))


@pytest.mark.parametrize("kind", [*WAITS, "hold"])
def test_database_closes_no_list_in_which_something_waits(kind, monkeypatch):
    item = factories.item_at("in_progress")
    (WAITS | {"hold": hold})[kind](item)
    monkeypatch.setattr(year, "waits", lambda *about: [])

    with pytest.raises(IntegrityError, match=conditions.WAITS):
        change_year(fresh(item), now=at(TODAY + days(2)))


def test_database_strands_nothing_that_is_open(monkeypatch):
    item = factories.item_at("in_progress")
    monkeypatch.setattr(year, "left_open", lambda *about: [])

    with pytest.raises(IntegrityError, match=conditions.WAITS):
        actions.close_list(item.list, by=factories.office_of(item), now=at(TODAY))


def test_database_lets_nothing_go_over_in_another_state(monkeypatch):
    item = factories.item_at("pending_check")
    monkeypatch.setattr(year, "_carry_in", _as_not_started)

    with pytest.raises(IntegrityError, match=conditions.CARRIED):
        change_year(item)


def _as_not_started(act, item):
    item.published_on = act.today
    return act.write_on(item, verb="carry_in", status="not_started")


def test_database_lets_a_closed_list_be():
    item = factories.item_at("in_progress")
    change_year(item)
    said = {"by": factories.office_of(item), "role": "office", "happened_on": TODAY}

    with pytest.raises(IntegrityError, match=conditions.CLOSED), transaction.atomic():
        write_entry(item.list, "set_task", item=item, now=at(TODAY), **said)


@pytest.mark.parametrize("kind", ["photo", "set_task"])
def test_what_is_resolved_may_have_something_waiting_too(kind):
    item = factories.item_at("resolved")
    WAITS[kind](item)

    with pytest.raises(Refused):
        actions.close_list(fresh(item.list), by=factories.office_of(item), now=at(TODAY))


def test_claim_that_waits_does_not_hold_the_change_up():
    assert change_year(factories.item_at("pending_check")).status == "pending_check"


# What comes after the end


def bring_back(item, by=None, **said):
    said = {"reason": "又坏了", "due": NEW_DUE, "now": at(TODAY)} | said
    return actions.bring_back(item, by=by or factories.supervisor_of(item), **said)


@pytest.fixture
def resolved():
    """Return a resolved item of a closed list, after which another one runs."""
    item = factories.item_at("resolved", number=5, percent=80)
    other = actions.add_item(
        fresh(item.list),
        factories.draft(owner_post=item.owner_post, supervisor_post=item.supervisor_post),
        by=factories.office_of(item),
        reason="新提",
        now=SOON,
    )
    change_year(other, now=SOON)
    return fresh(item)


def test_what_slipped_back_goes_on_in_the_list_that_runs(resolved):
    before = {name: getattr(resolved, name) for name in names(STORED)}

    entry = bring_back(resolved)

    new = entry.item
    assert (new.status, new.carried_from, new.origin) == ("in_progress", resolved, resolved)
    assert (new.first_due, new.due, new.times_reopened) == (DUE, NEW_DUE, 1)
    assert (new.result, new.done_on, new.signed_off_on, new.percent) == ("", None, None, None)
    assert new.added_later
    assert (entry.verb, entry.facts["from_number"], entry.words.text) == ("bring_back", 5, "又坏了")
    over = resolved.entries.last()
    assert (over.verb, over.words.text) == ("carry_over", "又坏了")
    assert over.facts["to_number"] == new.number
    after = {name: getattr(fresh(resolved), name) for name in names(STORED)}
    assert {n for n in before if before[n] != after[n]} == {"version", "last_entry"}
    assert both_hold(resolved, new)


def test_it_slips_back_once(resolved):
    seen = fresh(resolved)
    bring_back(resolved)

    for item in (seen, fresh(resolved)):
        with pytest.raises(Refused):
            bring_back(item)

    assert Item.objects.filter(carried_from=resolved).count() == 1


def test_office_and_supervisor_bring_back_and_nobody_else(resolved):
    with pytest.raises(Refused):
        bring_back(resolved, by=factories.owner_of(resolved))

    assert bring_back(fresh(resolved), by=factories.office_of(resolved)).role == "office"


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"due": TODAY}])
def test_it_needs_a_reason_and_a_day_ahead(resolved, wrong):
    with pytest.raises(Refused):
        bring_back(resolved, **wrong)


def test_without_a_running_list_nothing_is_brought_back():
    item = factories.item_at("resolved")
    actions.close_list(item.list, by=factories.office_of(item), now=at(TODAY))

    with pytest.raises(Refused):
        bring_back(fresh(item))


def test_running_lists_item_is_reopened_where_it_stands():
    with pytest.raises(Refused):
        bring_back(factories.item_at("resolved"))


def test_first_delivery_of_a_carried_item_adds_to_its_count():
    item = factories.item_at("in_progress", target_count=40, count_unit="台")
    report(item, done_count=35)
    factories.delivery(fresh(item), count=3)

    carried = change_year(fresh(item))
    factories.delivery(fresh(carried), count=2)

    assert (carried.done_count, fresh(carried).done_count) == (38, 40)
    claimed = factories.claim(fresh(carried), now=at(TODAY), done_on=TODAY)
    assert claimed.item.status == "pending_check"
