"""Sent back or reopened: a day to put it right, from which lateness counts everywhere."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from items import actions, public, queries, staff
from items.errors import Refused
from items.models import Item
from items.public import sentences
from items.rules.light import light
from tests import factories
from tests.desk.logged_in import log_in
from tests.desk.sending import address, text_of
from tests.factories import DUE, NOW, TODAY, at, days
from tests.items.actions.acts import ACTS, NEW_DUE, PUT_RIGHT_BY, ask, claim, deliver, fresh, report

pytestmark = pytest.mark.django_db
LATER = at(DUE + days(5))  # the first deadline has passed, the day to put it right has not


def reopened(**columns):
    """Return an item that was resolved, and is opened again after its deadline."""
    item = factories.item_at("resolved", **columns)
    return again(item, "reopen")


def sent_back(**columns):
    return again(factories.item_at("pending_check", **columns), "send_back")


def again(item, verb):
    by, said = factories.supervisor_of(item), {"reason": "又坏了", "put_right_by": PUT_RIGHT_BY}
    do = {"reopen": actions.reopen_item, "send_back": actions.send_back_item}[verb]
    do(item, by=by, now=LATER, **said)
    return fresh(item)


@pytest.fixture
def as_at_noon(time_machine):
    """Return a client that is logged in as a person, on the day that the factories count from."""
    time_machine.move_to(NOW, tick=False)
    return lambda person: log_in(Client(), person)


RETURNS = pytest.mark.parametrize("returned", [reopened, sent_back])


@RETURNS
@pytest.mark.parametrize(
    ("day", "late"), [(LATER.date(), 0), (PUT_RIGHT_BY, 0), (PUT_RIGHT_BY + days(1), 1)]
)
def test_lateness_counts_from_the_day_to_put_it_right(returned, day, late):
    item = returned()
    slug = item.list.slug

    board, found = queries.board(slug, day), public.BoardSearch(late="overdue")
    row = queries.item_page(slug, item.number, day).row
    assert (item.overdue_days(day), row.overdue_days) == (late, late)
    assert [each.overdue_days for each in (*board.rows, *board.strip)] == [late, late]
    assert board.overdue_count == bool(late)
    assert queries.find(slug, day, found).board.count == bool(late)
    assert Item.objects.overdue(day).count() == bool(late)
    (counted,) = Item.objects.counted(day)
    assert counted[-1] == bool(late)
    assert (light(item, day) == "red") is bool(late)
    office, search = factories.office_of(item), staff.ItemSearch(late="overdue")
    assert queries.list_page(item.list, day, search).count == bool(late)
    assert queries.queue("overdue", office, day).count == bool(late)
    assert len(queries.pack(item.list, day).overdue) == bool(late)
    if not late:
        assert row.due_in_days == (PUT_RIGHT_BY - day).days


@RETURNS
@pytest.mark.parametrize(("done_on", "late"), [(PUT_RIGHT_BY, 0), (PUT_RIGHT_BY + days(2), 2)])
def test_done_late_counts_from_it_too(returned, done_on, late):
    item = returned()
    now = at(done_on)
    said = {"note": "修好了", "evidence": "验收单", "done_on": done_on, "now": now}
    actions.claim_item(item, by=factories.owner_of(item), **said)
    checked = {"found": "看过", "how": "phone", "done_on": done_on, "now": now}
    actions.sign_off_item(fresh(item), by=factories.supervisor_of(item), **checked)
    item, search = fresh(item), staff.ItemSearch(late="done")

    assert (item.status, item.done_late_days()) == ("resolved", late)
    assert Item.objects.done_late().count() == bool(late)
    assert queries.list_page(item.list, done_on, search).count == bool(late)
    found = queries.find(item.list.slug, done_on, public.BoardSearch(late="done"))
    assert found.board.count == bool(late)


@RETURNS
def test_it_stands_beside_the_deadlines_and_is_no_extension(returned, client):
    item = returned()

    row = public.row(Item.objects.with_next_part().get(pk=item.pk), LATER.date())

    assert (item.due, item.first_due, item.times_extended) == (DUE, DUE, 0)
    with translation.override("zh-hans"):
        assert sentences.deadline(row) == "2026年6月30日前；补办期限2026年7月15日"
    assert "补办期限7月15日" in text_of(client.get(f"/lists/{item.list.slug}/"))
    text = text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))
    assert "补办期限7月15日" in text or "请7月15日前补好" in text
    assert "补办期限：2026年7月15日" in text  # in the ledger


@pytest.mark.parametrize("verb", ["send_back", "reopen"])
@pytest.mark.parametrize(("day", "allowed"), [(TODAY, True), (TODAY - days(1), False)])
def test_it_lies_ahead(verb, day, allowed):
    item = ACTS[verb].ready()
    if allowed:
        ACTS[verb](item, put_right_by=day)
        assert fresh(item).put_right_by == day
    else:
        with pytest.raises(Refused):
            ACTS[verb](item, put_right_by=day)


@pytest.mark.parametrize("verb", ["send_back", "reopen"])
def test_form_asks_for_it(as_at_noon, verb):
    item = ACTS[verb].ready()
    client = as_at_noon(factories.supervisor_of(item))
    fields = {"version": item.version, "last_seq": item.last_entry.seq, "reason": "还差两把"}
    fields["happened_on"] = str(TODAY)

    response = client.post(address(item, verb), fields)

    assert response.status_code == 422
    assert "put_right_by" in response.content.decode()
    response = client.post(address(item, verb), fields | {"put_right_by": "2026-07-15"})
    assert (response.status_code, fresh(item).put_right_by) == (302, PUT_RIGHT_BY)


def test_last_return_sets_it_anew():
    item = sent_back()
    now = at(LATER.date() + days(1))
    said = {"note": "好了", "evidence": "单", "done_on": now.date(), "now": now}
    actions.claim_item(item, by=factories.owner_of(item), **said)
    back = {"reason": "还差", "put_right_by": date(2026, 8, 1), "now": now}
    actions.send_back_item(fresh(item), by=factories.supervisor_of(item), **back)

    assert fresh(item).deadline == date(2026, 8, 1)


def test_more_time_counts_from_it_and_takes_its_place():
    item = sent_back()
    by, said = factories.owner_of(item), {"reason": "缺料", "now": LATER}
    with pytest.raises(Refused):
        actions.ask_extension(item, by=by, new_due=PUT_RIGHT_BY, **said)
    ask(fresh(item))

    ACTS["decide_extension"](fresh(item))

    item = fresh(item)
    assert (item.due, item.put_right_by, item.times_extended) == (NEW_DUE, None, 1)
    (extension,) = queries.item_page(item.list.slug, item.number, TODAY).extensions
    assert (extension.old_due, extension.new_due) == (PUT_RIGHT_BY, NEW_DUE)


# What no longer holds


def test_old_sign_off_stays_and_says_that_it_no_longer_holds(client, as_at_noon):
    item = factories.item_at("resolved")
    ACTS["reopen"](item)

    page = queries.item_page(item.list.slug, item.number, TODAY)

    overturned = {event.verb: event.overturned_on for event in page.timeline}
    assert overturned["sign_off"] == overturned["claim"] == TODAY
    assert overturned["publish"] is overturned["start"] is overturned["reopen"] is None
    assert (page.finding.verb, page.finding.overturned_on) == ("reopen", None)
    assert (page.overturned.verb, page.overturned.overturned_on) == ("sign_off", TODAY)
    assert (page.claim.verb, page.claim.overturned_on) == ("claim", TODAY)
    said = "已不算数：2026年6月1日改为重新办。"
    text = text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))
    assert text.count(said) == 4  # side by side, and in the ledger
    assert "逐一看过" in text
    desk = text_of(as_at_noon(factories.office_of(item)).get(address(item)))
    assert desk.count(said) == 4


def test_new_sign_off_holds_beside_the_old_one():
    item = factories.item_at("resolved")
    ACTS["reopen"](item)
    claim(fresh(item), done_on=TODAY)
    ACTS["sign_off"](fresh(item), done_on=TODAY)

    page = queries.item_page(item.list.slug, item.number, TODAY)

    signed = [event.overturned_on for event in page.timeline if event.verb == "sign_off"]
    assert signed == [None, TODAY]


def counted(verb):
    status = {"reopen": "resolved", "send_back": "pending_check"}[verb]
    item = factories.item_at(status, target_count=40, done_count=40, count_unit="套")
    ACTS[verb](item)
    return fresh(item)


@pytest.mark.parametrize("verb", ["reopen", "send_back"])
def test_count_that_nobody_vouches_for_says_so(client, verb):
    item = counted(verb)

    assert (item.done_count, item.percent_done()) == (40, None)
    said = "40套中已完成40套（退回重办以前的数，之后没有核实）"
    assert said in text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))
    english = text_of(client.get(f"/en/lists/{item.list.slug}/{item.number}/"))
    assert "40 of 40 套 (counted before it was returned, not since)" in english


def test_count_is_vouched_for_by_a_report_and_by_a_claim():
    first, second = counted("reopen"), counted("send_back")

    report(first, done_count=39, percent=None)
    claim(second, done_on=TODAY)

    assert (fresh(first).count_in_doubt, fresh(first).percent_done()) == (False, 97.5)
    assert not fresh(second).count_in_doubt


def test_delivery_leaves_the_doubt():
    item = counted("reopen")

    deliver(item, count=1)

    assert (fresh(item).done_count, fresh(item).count_in_doubt) == (41, True)


def test_nothing_counted_is_nothing_in_doubt():
    assert not reopened(target_count=None).count_in_doubt
