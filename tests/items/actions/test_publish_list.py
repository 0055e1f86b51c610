"""Publishing a list: all of it or nothing, with the state that a sheet brought in."""

from datetime import date

import pytest
from django.utils.translation import override

from items import actions, queries
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Entry, Item
from items.public import text_of
from tests import factories
from tests.factories import DUE, NOW, TODAY, days
from tests.items.actions.acts import ACTS, bring_in, fresh

pytestmark = pytest.mark.django_db


def test_publishing_freezes_the_numbers_and_starts_the_ledger():
    first = factories.Item(number=24)
    second = factories.another(first, number=3)

    entries = actions.publish_list(first.list, by=factories.office_of(first), now=NOW)

    assert (fresh(first.list).status, fresh(first.list).published_on) == ("published", TODAY)
    assert [(e.item, e.status_from, e.status_to) for e in entries] == [
        (second, "draft", "not_started"),
        (first, "draft", "not_started"),
    ]
    whole = first.list.entries.first()
    assert (whole.verb, whole.item, whole.facts) == ("publish", None, {"total": 2})
    for item in (fresh(first), fresh(second)):
        assert (item.status, item.published_on, item.first_due) == ("not_started", TODAY, DUE)
        assert item.last_news == item.last_entry == item.entries.get()
    assert verify(first.list) == []


def test_refused_publishing_gives_every_reason_and_leaves_nothing_half_published():
    first = factories.Item(number=1)
    factories.another(first, number=2, due=None)
    factories.another(first, number=3, measures=[])

    with pytest.raises(Refused) as refused, override("en"):
        actions.publish_list(first.list, by=factories.office_of(first), now=NOW)

    assert refused.value.sentences == [
        "No. 2: no deadline. Write a date.",
        "No. 3: no measure. Write at least one.",
    ]
    assert fresh(first.list).is_draft
    assert set(Item.objects.values_list("status", flat=True)) == {"draft"}
    assert not Entry.objects.exists()


def test_failure_on_the_last_item_leaves_nothing_half_published(monkeypatch):
    first = factories.Item(number=1)
    factories.another(first, number=2)
    office, save = factories.office_of(first), Item.save

    def fail_on_the_second(row, **kwargs):
        return save(row, **kwargs) if row.number == 1 else 1 / 0

    monkeypatch.setattr(Item, "save", fail_on_the_second)
    with pytest.raises(ZeroDivisionError):
        actions.publish_list(first.list, by=office, now=NOW)

    assert fresh(first.list).is_draft
    assert set(Item.objects.values_list("status", flat=True)) == {"draft"}
    assert not Entry.objects.exists()


def test_list_is_published_once():
    item_list = factories.published_item().list

    with pytest.raises(Refused):
        actions.publish_list(fresh(item_list), by=factories.office(item_list.committee), now=NOW)


def test_only_the_office_publishes():
    item = factories.Item()

    with pytest.raises(Refused):
        actions.publish_list(item.list, by=factories.Person(is_superuser=True), now=NOW)


def test_list_of_one_leader_who_is_supervised_by_himself_is_not_published():
    person = factories.Person()
    item = factories.Item(owner_post__holder=person, supervisor_post__holder=person)

    with pytest.raises(Refused):
        factories.publish(item.list)


# What was brought in


def published_from_a_sheet(**state):
    item = factories.Item()
    bring_in(item, **state)
    factories.publish(item.list, on=TODAY)
    return fresh(item)


def test_item_resolved_before_this_system():
    item = published_from_a_sheet(
        progress="全部完成",
        done_on=date(2026, 2, 1),
        signed_off_on=date(2026, 2, 3),
        signed_off_by="李四",
    )

    entry = item.last_entry
    assert (entry.verb, entry.status_to, item.status) == ("bring_in", "resolved", "resolved")
    assert (item.done_on, item.signed_off_on) == (date(2026, 2, 1), date(2026, 2, 3))
    assert (item.started_on, item.result) == (None, "全部完成")
    assert entry.facts == {"done_on": "2026-02-01", "signed_off_on": "2026-02-03", "row": 7}
    with override("en"):
        said = text_of(entry, show_names=True)
    assert said.startswith("Resolved before this system, by 李四 on 3 February 2026,")
    assert verify(item.list) == []


@pytest.mark.parametrize(
    ("status", "columns"),
    [
        ("not_started", {"started_on": None, "claimed_on": None}),
        ("in_progress", {"started_on": TODAY, "claimed_on": None}),
        ("pending_check", {"started_on": TODAY, "claimed_on": TODAY, "done_on": None}),
        ("on_hold", {"started_on": TODAY, "held_on": TODAY, "status_before_hold": "in_progress"}),
        ("withdrawn", {"started_on": None, "withdrawn_on": None}),
    ],
)
def test_item_stands_where_the_sheet_says(status, columns):
    review = {"hold_review_on": TODAY + days(9)} if status == "on_hold" else {}
    item = published_from_a_sheet(status=status, **review)

    assert item.status == status
    assert {name: getattr(item, name) for name in columns} == columns


def test_brought_in_claim_is_still_signed_off_by_the_supervisor():
    item = published_from_a_sheet(status="pending_check", done_on=date(2026, 5, 1))

    entry = ACTS["sign_off"](item, done_on=date(2026, 5, 1))

    assert (entry.role, fresh(item).done_on) == ("supervisor", date(2026, 5, 1))


def test_first_deadline_of_the_sheet_is_kept():
    item = factories.Item(first_due=date(2026, 4, 30))
    factories.publish(item.list)

    assert (fresh(item).first_due, fresh(item).due) == (date(2026, 4, 30), DUE)


# The sheet's own days


def test_hold_needs_its_day_of_review_before_publication():
    item = factories.Item()
    bring_in(item, status="on_hold")

    with pytest.raises(Refused, match="暂缓复核时间"):
        factories.publish(item.list, on=TODAY)
    bring_in(fresh(item), status="on_hold", hold_review_on=TODAY + days(9))
    factories.publish(fresh(item.list), on=TODAY)

    assert (fresh(item).status, fresh(item).hold_review_on) == ("on_hold", TODAY + days(9))
    with override("en"):
        said = text_of(fresh(item).last_entry, show_names=False)
    assert said.startswith("On hold, to be reviewed on 10 June 2026, per 清单.xlsx")


@pytest.mark.parametrize("day", [date(2026, 2, 5), None])
def test_withdrawn_on_the_day_of_the_sheet_or_on_none(day):
    item = published_from_a_sheet(status="withdrawn", withdrawn_on=day)

    assert item.withdrawn_on == day
    with override("en"):
        said = text_of(item.last_entry, show_names=False)
    assert ("on 5 February 2026" in said) is bool(day)
    row = queries.item_page(item.list.slug, item.number, TODAY).row
    assert row.withdrawn_on == day


def test_without_a_day_of_completion_nothing_is_called_late(client):
    item = published_from_a_sheet(signed_off_on=date(2026, 5, 30), signed_off_by="李四")
    late = factories.Item(due=date(2026, 3, 1))
    bring_in(late, signed_off_on=date(2026, 5, 30))
    factories.publish(late.list, on=TODAY)
    late = fresh(late)

    assert (item.status, item.done_on, item.signed_off_on) == ("resolved", None, date(2026, 5, 30))
    assert (late.done_late_days(), Item.objects.done_late().count()) == (0, 0)
    board = queries.board(late.list.slug, TODAY)
    assert board.rows[0].done_late_days == 0
    text = client.get(f"/lists/{late.list.slug}/{late.number}/").content.decode()
    assert "None" not in text
    assert "按期" not in text


def test_what_was_resolved_without_that_day_is_reopened():
    item = published_from_a_sheet(signed_off_on=date(2026, 5, 30), signed_off_by="李四")

    entry = ACTS["reopen"](item)

    assert "done_on" not in entry.facts
    assert fresh(item).status == "in_progress"
