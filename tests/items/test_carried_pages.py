"""What the pages say of an item that goes on from list to list: all of its story, once."""

import pytest
from django.utils.translation import override

from items import actions, queries
from items.models import Item
from tests import factories
from tests.factories import DUE, TODAY, at, days
from tests.items.actions.acts import ACTS, change_year, fresh, report

pytestmark = pytest.mark.django_db
LATER = DUE + days(20)


def page(item, today=TODAY):
    return queries.item_page(item.list.slug, item.number, today)


@pytest.fixture
def item():
    """Return an item with something of each kind in its story."""
    item = factories.item_at("in_progress", number=5)
    report(item, text="装了一半")
    ACTS["ask_extension"](fresh(item))
    ACTS["decide_extension"](fresh(item))
    factories.delivery(fresh(item))
    held = factories.occasion(fresh(item))
    actions.hold_occasion(held, by=factories.owner_of(item), text="送到", now=at(TODAY))
    factories.occasion(fresh(item), what="冬送温暖")
    factories.public_photo(fresh(item), side="before", spot_title="东墙")
    ACTS["log_visit"](fresh(item))
    return fresh(item)


def test_new_page_tells_the_whole_story(item):
    new = change_year(item)

    shown = page(new)

    (before,) = shown.earlier
    assert (before.item.slug, before.item.number) == (item.list.slug, 5)
    verbs = [event.verb for event in before.timeline]
    assert {"report_progress", "decide_extension", "deliver", "log_visit"} < set(verbs)
    assert "carry_over" not in verbs
    assert [event.verb for event in shown.timeline] == ["carry_in", "plan_occasion"]
    (extension,) = shown.extensions
    assert (extension.reason, extension.old_due) == ("供货晚", DUE)
    assert shown.deliveries.delivered == 3
    assert [(line.what.zh, line.state) for line in shown.occasions] == [
        ("高温送清凉", "held"),
        ("冬送温暖", "planned"),
    ]
    assert [spot.title.zh for spot in shown.spots] == ["东墙"]
    assert (shown.claim.verb, shown.finding.verb) == ("hold_occasion", "log_visit")


def test_old_page_stays_as_it_was_but_for_where_it_goes_on(item):
    then = page(item)
    new = change_year(item)
    report(new, text="新一年的话")

    now = page(fresh(item), LATER)

    assert now.row == then.row
    assert (now.deliveries, now.occasions, now.spots) == (
        then.deliveries,
        then.occasions,
        then.spots,
    )
    assert now.timeline[1:] == then.timeline
    assert [(later.slug, later.number) for later in now.carried_to] == [(new.list.slug, new.number)]
    assert now.since == ()


def test_entry_says_whence_it_comes(item):
    new = change_year(item)

    with override("en"):
        came = page(new).timeline[0]
        status = str(came.status_label)

    assert came.text == f"It goes on with no. 5 of “{item.list.name}”."
    assert status == "In progress"


def test_first_promise_and_how_long_ago_it_ran_out(item):
    new = change_year(item, due=LATER + days(60))

    row = page(new, LATER).row
    assert (row.first_due, row.first_days_ago, row.overdue_days) == (DUE, 20, 0)
    assert page(new, LATER + days(61)).row.overdue_days == 1
    assert page(item, LATER).row.first_days_ago == 0


def test_suggestion_leads_to_where_its_item_is_now(item):
    suggestion = factories.suggestion(item.list.committee)
    by = factories.office_of(item)
    actions.adopt(suggestion, by=by, items=[item], text="列入清单")
    new = change_year(fresh(item))

    receipt = queries.receipt_page(suggestion)

    assert [(link.slug, link.number) for link in receipt.items] == [(new.list.slug, new.number)]
    assert page(new).suggestions == page(fresh(item)).suggestions == 1


def test_until_the_new_list_stands_the_suggestion_leads_to_the_old_item(item):
    suggestion = factories.suggestion(item.list.committee)
    actions.adopt(suggestion, by=factories.office_of(item), items=[item], text="列入清单")
    into = factories.ItemList(committee=item.list.committee)
    chosen = {5: {"due": LATER}}
    actions.carry_over(fresh(item.list), into=into, chosen=chosen, by=factories.office_of(item))

    (link,) = queries.receipt_page(suggestion).items
    assert link.slug == item.list.slug


def test_supervisor_reads_the_claim_that_came_along():
    item = factories.item_at("pending_check")
    new = change_year(item)
    supervisor = factories.supervisor_of(new)

    desk = queries.item_desk(new, supervisor, TODAY)

    assert desk.line.claim.text == desk.owner_says.text == "座椅已换新"
    assert desk.balls[0].since == item.claimed_on
    assert [(e.slug, e.number) for e in desk.earlier] == [(item.list.slug, item.number)]
    assert queries.latest(new, "claim", supervisor).text == "座椅已换新"
    assert queries.pack(fresh(new.list), TODAY).claims[0].claim.text == "座椅已换新"
    (later,) = queries.item_desk(fresh(item), supervisor, TODAY).later
    assert (later.slug, later.number) == (new.list.slug, new.number)


def test_what_was_sent_back_is_still_sent_back():
    item = factories.item_at("pending_check")
    ACTS["send_back"](item)
    new = change_year(fresh(item))

    assert list(Item.objects.running().sent_back()) == [new]
    report(fresh(new))
    assert list(Item.objects.running().sent_back()) == []


def test_who_was_not_visited_for_long_still_was_not():
    visited, never = factories.item_at("in_progress"), factories.item_at("in_progress")
    ACTS["log_visit"](visited)
    new = [change_year(fresh(item), now=at(LATER)) for item in (visited, never)]

    days_of = dict(Item.objects.running().with_last_visit().values_list("pk", "visited_on"))

    assert [days_of[item.pk] for item in new] == [TODAY, never.published_on]


def test_what_slipped_back_stands_beside_the_closed_page():
    item = factories.item_at("resolved", number=5)
    draft = factories.draft(owner_post=item.owner_post, supervisor_post=item.supervisor_post)
    by = factories.office_of(item)
    open_one = actions.add_item(fresh(item.list), draft, by=by, reason="新提", now=at(TODAY))
    change_year(open_one)
    then = page(fresh(item))

    said = {"reason": "又坏了", "due": LATER, "now": at(TODAY + days(9))}
    new = actions.bring_back(fresh(item), by=by, **said).item

    now = page(fresh(item), LATER)
    assert (now.row, now.timeline, now.arithmetic) == (then.row, then.timeline, then.arithmetic)
    assert [(event.verb, event.happened_on) for event in now.since] == [
        ("carry_over", TODAY + days(9))
    ]
    assert "又坏了" in now.since[0].text
    assert page(new).earlier[0].item.number == 5
    assert page(new).timeline[0].verb == "bring_back"


def test_board_counts_what_went_over_by_its_state():
    item = factories.item_at("pending_check")
    new = change_year(item)

    equation = {
        term.key: term.count for term in queries.board(new.list.slug, TODAY).arithmetic.groups
    }

    assert (equation["in_progress"], equation.get("not_started", 0)) == (1, 0)
