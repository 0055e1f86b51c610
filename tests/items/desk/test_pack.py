"""The pack for a meeting."""

import pytest

from items import actions, queries
from items.queries.queues import QUEUES
from tests import factories
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import ACTS, PUT_RIGHT_BY, ask, fresh
from tests.items.desk.making import questions, set_task, several

pytestmark = pytest.mark.django_db

SECTIONS = ["tasks", "overdue", "extensions", "claims", "reopened", "stale"]
LATE = DUE + days(5)


def pack(item, today=TODAY):
    return queries.pack(fresh(item).list, today)


def numbers(item, today=TODAY):
    packed = pack(item, today)
    return {name: [line.row.number for line in getattr(packed, name)] for name in SECTIONS}


def test_figures_are_those_of_the_board(many):
    items = many

    packed, board = pack(items[0]), queries.board(items[0].list.slug, TODAY)

    assert packed.arithmetic == board.arithmetic
    assert packed.head == board.head


def test_sections_hold_what_has_to_be_decided(few):
    items = few
    resolved = items[5]
    factories.claim(fresh(resolved), now=NOW)
    factories.sign_off(fresh(resolved), now=NOW)

    assert numbers(items[0]) == {
        "tasks": [6],
        "overdue": [],
        "extensions": [1],
        "claims": [3],
        "reopened": [],
        "stale": [1, 2],  # since they were started on the day after publication
    }
    # The fourth was sent back, and its day to put it right lies ahead.
    assert numbers(items[0], LATE)["overdue"] == [1, 2, 3, 5]
    # What the office's queues count
    office = factories.office_of(items[0])
    for name in ("overdue", "extensions", "claims", "stale"):
        queue = [item.number for item in QUEUES[name].items(office, LATE)]
        assert sorted(numbers(items[0], LATE)[name]) == sorted(queue)


def test_reopened_is_there_until_it_is_resolved_again():
    (item,) = several(1, "resolved")
    actions.reopen_item(
        item, by=factories.office_of(item), reason="又坏了", put_right_by=PUT_RIGHT_BY, now=NOW
    )

    (line,) = pack(item).reopened
    assert (line.reopened.text, line.reopened.role) == ("又坏了", "活动办公室")

    factories.claim(fresh(item), now=NOW)
    assert numbers(item)["reopened"] == [1]
    factories.sign_off(fresh(item), now=NOW)
    assert numbers(item)["reopened"] == []


def test_request_is_decided_during_a_hold_too():
    (item,) = several(1)
    ask(item)
    factories.hold(fresh(item), now=NOW)

    assert numbers(item)["extensions"] == [1]


def test_tasks_come_back_by_their_days_whoever_they_are_for():
    first, second = several(2)
    set_task(first, "office", TODAY + days(9))
    set_task(second, "owner", TODAY + days(2))
    set_task(fresh(first), "supervisor", TODAY + days(12))

    lines = pack(first, TODAY + days(5)).tasks

    assert [line.row.number for line in lines] == [2, 1]
    assert [[task.late_days for task in line.tasks] for line in lines] == [[3], [0, 0]]

    for task in first.entries.tasks():
        by = factories.office_of(first)
        actions.finish_task(fresh(task), by=by, text="办完", now=NOW)
    assert numbers(first)["tasks"] == [2]


def test_lines_hold_what_is_needed_to_decide():
    (item,) = several(1)
    ACTS["claim"](item, evidence="", no_evidence="现场禁止拍照")
    ask(fresh(item))

    packed = pack(item, PUBLISHED_ON + days(200))

    asked, claimed, silent = packed.extensions[0], packed.claims[0], packed.stale[0]
    assert (asked.extension.text, str(asked.new_due)) == ("供货晚", "2026-08-31")
    assert asked.extension.post == item.owner_post.name
    assert (claimed.claim.text, claimed.claim.evidence) == ("全部换新", "现场禁止拍照")
    assert claimed.claimed_done_on == PUBLISHED_ON + days(2)
    assert silent.row.last_text == "全部换新"


def test_gaps_are_told_in_sentences():
    (item,) = several(1)
    factories.vacate(item.supervisor_post)

    assert [sentence for sentence in pack(item).gaps if "空缺" in sentence]


def test_pack_needs_no_more_questions_for_more_items(few, many):

    assert questions(lambda: pack(few[0], LATE)) == questions(lambda: pack(many[0], LATE)) <= 38
