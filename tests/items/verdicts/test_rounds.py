"""When a round of the workers' verdict opens, and when it ends."""

import pytest
from django.db import IntegrityError

from items import actions
from items.errors import Refused
from items.models import Answered, Item, VerdictRound
from items.models.verdict import EndedWhy
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import PUT_RIGHT_BY, close
from tests.items.published import run

pytestmark = pytest.mark.django_db


def rounds(item):
    said = item.verdict_rounds.values_list("opened_on", "ends_on", "ended_why")
    return list(said.order_by("pk"))


def fresh(item):
    return Item.objects.get(pk=item.pk)


def returned(act, item, **said):
    said |= {"reason": "差两把", "put_right_by": PUT_RIGHT_BY}
    act(fresh(item), by=factories.supervisor_of(item), now=NOW, **said)


CLAIMED, SIGNED = PUBLISHED_ON + days(2), PUBLISHED_ON + days(3)


def test_round_opens_with_the_claim_and_has_no_end_yet():
    item = factories.item_at("pending_check")

    assert rounds(item) == [(CLAIMED, None, "")]
    assert item.verdict_rounds.get().entry == item.last_entry


def test_it_ends_thirty_days_after_the_sign_off():
    item = factories.item_at("resolved")

    assert rounds(item) == [(CLAIMED, SIGNED + days(30), "")]
    assert VerdictRound.objects.open(SIGNED + days(30)).exists()
    assert not VerdictRound.objects.open(SIGNED + days(31)).exists()


def test_days_are_a_setting(settings):
    settings.VERDICT_DAYS = 7

    assert rounds(factories.item_at("resolved")) == [(CLAIMED, SIGNED + days(7), "")]


def test_nobody_is_asked_about_help_for_families():
    assert rounds(factories.item_at("resolved", hardship=True)) == []


def test_it_ends_as_the_claim_is_sent_back_and_another_opens_with_the_next():
    item = factories.item_at("pending_check")

    returned(actions.send_back_item, item)
    assert rounds(item) == [(CLAIMED, TODAY, EndedWhy.SENT_BACK)]

    factories.claim(fresh(item), now=NOW)
    assert rounds(item)[1:] == [(TODAY, None, "")]


def test_it_ends_as_the_item_is_reopened():
    item = factories.item_at("resolved")
    VerdictRound.objects.open(TODAY).exists()
    moment = at(SIGNED + days(1))

    actions.reopen_item(
        fresh(item),
        by=factories.office_of(item),
        reason="又坏了",
        put_right_by=SIGNED + days(9),
        now=moment,
    )

    assert rounds(item) == [(CLAIMED, SIGNED + days(1), EndedWhy.REOPENED)]


def test_it_ends_as_the_item_is_withdrawn():
    item = factories.item_at("pending_check")

    factories.withdraw(fresh(item), now=NOW)

    assert rounds(item) == [(CLAIMED, TODAY, EndedWhy.WITHDRAWN)]


def test_closing_the_year_ends_it_openly():
    item = factories.item_at("resolved")

    entry = close(item.list, now=at(SIGNED + days(5)))

    assert rounds(item) == [(CLAIMED, SIGNED + days(5), EndedWhy.YEAR)]
    assert entry.facts["verdict_rounds"] == 1


def test_a_round_that_is_over_stays_as_it_was():
    item = factories.item_at("resolved")
    over = rounds(item)

    actions.reopen_item(
        fresh(item),
        by=factories.office_of(item),
        reason="又坏了",
        put_right_by=SIGNED + days(99),
        now=at(SIGNED + days(31)),
    )

    assert rounds(item) == over


# The office asks once more

SOON = TODAY + days(9)


def ask(item, ends_on=SOON):
    by = factories.office_of(item)
    return actions.open_verdict(fresh(item), by=by, reason="回头看", ends_on=ends_on, now=NOW)


def test_office_asks_once_more_until_a_day():
    item = factories.item_at("resolved")  # its round was over in April

    entry = ask(item)

    assert rounds(item)[1:] == [(TODAY, TODAY + days(9), "")]
    assert item.verdict_rounds.first().entry == entry


@pytest.mark.parametrize(
    ("status", "columns", "ends_on"),
    [
        ("resolved", {}, TODAY),
        ("resolved", {}, TODAY + days(91)),
        ("resolved", {"hardship": True}, TODAY + days(9)),
        ("pending_check", {}, TODAY + days(9)),  # they are asked already
    ],
)
def test_it_asks_neither_families_nor_twice_nor_for_ever(status, columns, ends_on):
    item = factories.item_at(status, **columns)
    before = rounds(item)

    with pytest.raises(Refused):
        ask(item, ends_on)
    assert rounds(item) == before


# What the guards leave to nobody


def test_a_second_one_beside_it_is_refused():
    item = factories.item_at("pending_check")
    row = item.verdict_rounds.get()

    with pytest.raises(IntegrityError, match="round of verdicts"):
        run(
            "INSERT INTO items_verdictround (item_id, entry_id, opened_on, ended_why)"
            f" VALUES ({item.pk}, {row.entry_id}, '2026-06-01', '')"
        )


@pytest.mark.parametrize(
    "change", ["ends_on = '2026-06-01'", "ends_on = '2026-06-01', ended_why = 'year'"]
)
def test_nobody_ends_it_without_an_entry(change):
    row = factories.item_at("pending_check").verdict_rounds.get()

    with pytest.raises(IntegrityError, match="round of verdicts"):
        run(f"UPDATE items_verdictround SET {change} WHERE id = {row.pk}")


def test_who_answered_is_forgotten_when_it_is_over():
    item = factories.item_at("resolved")
    actions.give_verdict(item, grade="good", browser="a", now=at(SIGNED))
    assert actions.forget_answered(SIGNED + days(30)) == 0

    assert actions.forget_answered(SIGNED + days(31)) == 1
    assert not Answered.objects.exists()
