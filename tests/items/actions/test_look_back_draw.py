"""The draw by lot: what is drawn, that anybody can draw it again, and that nobody draws twice."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Entry, LookBack, LookBackDraw
from items.rules import lot
from tests import factories
from tests.factories import at
from tests.items.actions.acts import PUT_RIGHT_BY, fresh
from tests.items.published import without_guards
from welfare import jobs

QUARTER, DRAWN_ON = date(2026, 1, 1), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("day", "quarter", "before", "after"),
    [
        (date(2026, 1, 1), (2026, 1), (2025, 10), (2026, 4)),
        (date(2026, 3, 31), (2026, 1), (2025, 10), (2026, 4)),
        (date(2026, 4, 1), (2026, 4), (2026, 1), (2026, 7)),
        (date(2026, 9, 30), (2026, 7), (2026, 4), (2026, 10)),
        (date(2026, 12, 31), (2026, 10), (2026, 7), (2027, 1)),
    ],
)
def test_quarters(day, quarter, before, after):
    first = lot.quarter_of(day)

    assert first == date(*quarter, 1)
    assert lot.quarter_before(day) == date(*before, 1)
    assert lot.next_quarter(first) == date(*after, 1)


@pytest.mark.parametrize(("count", "drawn"), [(1, 1), (5, 1), (6, 2), (10, 2), (18, 4)])
def test_at_least_a_fifth_is_drawn(count, drawn):
    keys = [f"plant-2026/{number}" for number in range(1, count + 1)]

    assert len(lot.drawn("seed", keys)) == drawn
    assert lot.drawn("seed", keys) == lot.drawn("seed", keys[::-1])


def test_the_lot_is_that_of_any_program():
    said = hashlib.sha256(
        b"0a1b plant-2026/7"
    ).hexdigest()  # printf '0a1b plant-2026/7' | sha256sum

    assert lot.lot_of("0a1b", "plant-2026/7") == said
    assert lot.place_of("0a1b", "plant-2026/7", 7) == int(said[-8:], 16) % 7


def test_another_seed_draws_others():
    keys = [f"plant-2026/{number}" for number in range(1, 30)]

    assert len({tuple(lot.drawn(str(seed), keys)) for seed in range(9)}) == 9


@pytest.fixture
def signed_off(db):
    """Return six items that were signed off in the first quarter, and others who supervise."""
    first = factories.Item()
    others = [factories.another(first) for _n in range(5)]
    for _n in range(3):  # whose supervisors may look
        factories.Item(list=first.list)
    factories.publish(first.list)
    for day, act in enumerate(factories.ROADS["resolved"], start=1):
        for item in (first, *others):
            act(fresh(item), now=at(factories.PUBLISHED_ON + timedelta(days=day)))
    return [fresh(item) for item in (first, *others)]


def test_a_quarter_is_drawn_when_it_is_over(signed_off):
    item = signed_off[0]

    draw = factories.draw(item.list.committee)

    assert draw.head == Entry.objects.order_by("pk").last()
    assert [row["key"] for row in draw.candidates] == [
        f"{item.list.slug}/{number}" for number in range(1, 7)
    ]
    looks = list(draw.looks.all())
    assert len(looks) == 2
    barred = {item.supervisor_post, item.owner_post}
    assert not {look.post for look in looks} & {*barred, None}
    assert verify(item.list) == []


def test_what_comes_later_changes_nothing_of_the_draw(signed_off):
    first, item = signed_off[0], signed_off[1]
    actions.reopen_item(
        item,
        by=factories.supervisor_of(item),
        reason="又坏了",
        put_right_by=PUT_RIGHT_BY,
        now=at(DRAWN_ON),
    )

    draw = factories.draw(first.list.committee)

    assert len(draw.candidates) == 6
    assert verify(fresh(first.list)) == []


def test_what_was_opened_again_within_the_quarter_is_no_candidate(signed_off):
    item = signed_off[1]
    who = {"by": factories.supervisor_of(item), "reason": "又坏了"}
    actions.reopen_item(item, put_right_by=PUT_RIGHT_BY, now=at(date(2026, 3, 30)), **who)

    assert len(factories.draw(item.list.committee).candidates) == 5


def test_whoever_was_drawn_looks(signed_off):
    draw = factories.draw(signed_off[0].list.committee)
    look = draw.looks.first()

    entry = factories.look_back(look.item, by=look.post.holder(DRAWN_ON), now=at(DRAWN_ON))

    assert fresh(look).entry == entry
    assert entry.facts["drawn"] == "2026-01-01"


def test_where_nobody_may_look_the_draw_says_so(db):
    item = factories.item_at("resolved")

    draw = factories.draw(item.list.committee)

    assert [look.post for look in draw.looks.all()] == [None]
    assert verify(item.list) == []


def test_where_nothing_was_signed_off_nothing_is_drawn(db):
    factories.item_at("in_progress")

    assert actions.draw_look_backs(DRAWN_ON) == 0


# No road draws again


def test_the_clock_draws_once(signed_off):
    assert list(jobs.JOBS)[:2] == ["sign_heads", "count_verdicts"]
    assert jobs.JOBS["draw_look_backs"](at(DRAWN_ON)) == 1
    assert jobs.JOBS["draw_look_backs"](at(DRAWN_ON)) == 0
    assert jobs.JOBS["draw_look_backs"](at(date(2026, 6, 30))) == 0
    assert LookBack.objects.count() == 2


def test_code_changes_no_draw(signed_off):
    draw = factories.draw(signed_off[0].list.committee)

    for change in (draw.save, draw.delete, LookBackDraw.objects.all().delete):
        with pytest.raises(Refused):
            change()


ROADS = {
    "again": (
        "INSERT INTO items_lookbackdraw"
        " (committee_id, quarter, head_id, seed, candidates, drawn_on)"
        " SELECT committee_id, quarter, head_id, seed, candidates, drawn_on FROM items_lookbackdraw"
    ),
    "other day": (
        "INSERT INTO items_lookbackdraw"
        " (committee_id, quarter, head_id, seed, candidates, drawn_on)"
        " SELECT committee_id, '2026-01-02', head_id, seed, candidates, drawn_on"
        " FROM items_lookbackdraw"
    ),
    "other seed": "UPDATE items_lookbackdraw SET seed = 'x'",
    "gone": "DELETE FROM items_lookbackdraw",
    "other post": "UPDATE items_lookback SET post_id = {post} WHERE draw_id IS NOT NULL",
    "no look": "DELETE FROM items_lookback",
    "no draw": "UPDATE items_lookback SET draw_id = NULL",
}


def test_sql_draws_no_second_time(signed_off):
    factories.draw(signed_off[0].list.committee)

    done = {}
    for road, sql in ROADS.items():
        try:
            with transaction.atomic():
                run(sql.format(post=signed_off[0].owner_post_id))
            done[road] = sql
        except IntegrityError:
            continue

    assert done == {}


BENT = [
    "UPDATE items_lookback SET post_id = {post}",
    "DELETE FROM items_lookback",
    "UPDATE items_lookbackdraw SET seed = 'x'",
    "UPDATE items_lookbackdraw SET candidates = '[]'",
    "UPDATE items_lookbackdraw SET head_id = (SELECT MIN(id) FROM items_entry)",
]


def test_verification_tells_what_was_bent_without_the_guards(signed_off):
    item = signed_off[0]
    factories.draw(item.list.committee)
    without_guards()

    for sql in BENT:
        with transaction.atomic():
            run(sql.format(post=item.owner_post_id))
            found = verify(item.list)
            transaction.set_rollback(True)
        assert found != [], sql


def test_verification_tells_whom_the_office_really_asked(db):
    item = factories.item_at("resolved")
    factories.look_back_asked(item)
    without_guards()

    run(f"UPDATE items_lookback SET post_id = {item.owner_post_id}")

    assert verify(item.list) != []


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
