"""An item as staff work on it."""

import pytest

from items import queries
from items.models import Item
from items.rules import why_not_standing
from items.rules.permission import WITH_THE_LIST
from items.rules.standing import Standing
from items.staff.ledger_table import SAID_ABOVE
from items.states import MOVES
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import ACTS, ask, enter, fresh, report
from tests.items.desk.making import everybody, questions, set_task, several
from tests.privacy.tokens import PRIVATE

pytestmark = pytest.mark.django_db


def on_desk(item, person=None, today=TODAY):
    return queries.item_desk(item, person or factories.office_of(item), today)


def balls(item):
    return [(ball.side, ball.since, ball.days) for ball in on_desk(fresh(item)).balls]


def test_draft_is_not_worked_on_yet():
    assert on_desk(factories.Item()) is None


# Who may do what


@pytest.mark.parametrize("status", factories.ROADS)
def test_acts_are_what_the_rules_say(status):
    (item,) = several(1, status)
    if status == "in_progress":
        ask(item)
        enter(item)
    strangers = [factories.Person(), factories.colleague_of(item)]

    for person in [*everybody(item), *strangers]:
        acts = on_desk(item, person).acts
        assert set(acts) == set(MOVES) - set(WITH_THE_LIST)
        stands = Standing(person, fresh(item), TODAY)
        for verb, said in acts.items():
            assert (verb, said) == (verb, why_not_standing(verb, stands))


def test_everybody_finishes_their_own_tasks_and_the_office_all():
    (item,) = several(1)
    tasks = {who: set_task(item, who).pk for who in ("owner", "supervisor", "office")}
    owner, supervisor, office = everybody(item)

    assert on_desk(item, owner).finishable == {tasks["owner"]}
    assert on_desk(item, supervisor).finishable == {tasks["supervisor"]}
    assert on_desk(item, office).finishable == set(tasks.values())
    mine = [[t.entry.pk for t in on_desk(item, p).line.tasks if t.mine] for p in everybody(item)]
    assert mine == [[tasks["owner"]], [tasks["supervisor"]], [tasks["office"]]]


# Whose turn it is


@pytest.mark.parametrize(
    ("status", "side", "since"),
    [
        ("not_started", "owner", 0),
        ("in_progress", "owner", 0),  # starting passes no ball
        ("pending_check", "supervisor", 2),
        ("on_hold", "office", 2),
    ],
)
def test_ball_lies_with_one_side_since_a_day(status, side, since):
    (item,) = several(1, status)
    day = PUBLISHED_ON + days(since)

    assert balls(item) == [(side, day, (TODAY - day).days)]


@pytest.mark.parametrize("status", ["resolved", "withdrawn"])
def test_what_is_done_is_nobodys_turn(status):
    assert balls(several(1, status)[0]) == []


def test_sending_back_passes_the_ball():
    (item,) = several(1, "pending_check")
    ACTS["send_back"](item)

    assert balls(item) == [("owner", TODAY, 0)]


def test_resuming_passes_the_ball_back_and_the_hold_has_its_review():
    (item,) = several(1, "on_hold")
    assert on_desk(item).balls[0].until == item.hold_review_on

    ACTS["resume"](item)

    assert balls(item) == [("owner", TODAY, 0)]
    assert on_desk(item).balls[0].until is None


def test_requests_are_the_offices_turn_beside():
    (item,) = several(1)
    ask(item)
    enter(item)

    assert balls(item)[1:] == [("office", TODAY, 0), ("office", TODAY, 0)]

    ACTS["decide_extension"](fresh(item))
    assert len(balls(item)) == 2
    ACTS["release"](fresh(item))
    assert len(balls(item)) == 1


# What is told


def test_voices_are_the_latest_of_each_side():
    (item,) = several(1)
    first = on_desk(item)
    assert (first.owner_says.verb, first.supervisor_found) == ("start", None)

    report(item, text="做完一半")
    ACTS["log_visit"](fresh(item))

    told = on_desk(item)
    assert (told.owner_says.text, told.supervisor_found.text) == ("做完一半", "正在施工")


def test_whole_ledger_is_there_newest_first_with_its_days():
    (item,) = several(1)
    enter(item)
    set_task(fresh(item))

    told = on_desk(item).ledger

    assert [each.verb for each in told] == ["set_task", "enter_for_owner", "start", "publish"]
    assert [each.public for each in told] == [False, False, True, True]
    assert (told[0].written_at, told[0].happened_on, told[0].waiting) == (NOW, TODAY, True)
    assert told[2].by == factories.owner_of(item).name
    assert dict(told[0].facts) == {"由谁办": "责任方", "办结期限": "2026年6月8日"}


def test_private_columns_are_for_staff():
    columns = {"source": "来信", "budget": "3万元", "remark": f"{PRIVATE}备注"}
    item = factories.published_item(**columns)
    handler = factories.Person(name="承办人甲")
    ACTS["correct"](item, field="handlers", value=[handler])

    told = on_desk(item)

    assert {cell.column.name: cell.value for cell in told.cells if cell.column.inside} == columns
    owner = on_desk(item, factories.owner_of(item))
    assert [cell.column.name for cell in owner.cells if cell.column.inside] == []
    assert len(owner.cells) == len(told.cells) - len(columns) > 0
    assert told.handlers == ("承办人甲",)
    assert told.version == Item.objects.get(pk=item.pk).version


def test_every_column_of_the_ledger_is_on_the_page():
    item = factories.item_at("resolved")
    ACTS["annotate"](item, budget="3万元")
    (row,) = queries.ledger_rows(item.list, Item.objects.filter(pk=item.pk), TODAY)

    told = on_desk(item)

    shown = {cell.column.name: cell.value for cell in told.cells}
    filled = {name: value for name, value in row.values.items() if value not in (None, "")}
    assert shown == {name: value for name, value in filled.items() if name not in SAID_ABOVE}
    assert shown.keys() >= {"first_due", "due", "done_on", "signed_off_on", "signed_off_by"}
    assert shown["budget"] == "3万元"


# The number of questions


def test_item_needs_no_more_questions_for_more_entries_and_lines():
    (item,) = several(1)
    for person in [*everybody(item), factories.Person()]:
        few = questions(lambda p=person: on_desk(item, p))
        unit = factories.Unit(committee=item.list.committee)
        now = fresh(item)
        ACTS["correct"](now, field="shares", value=[(unit, "lead")])
        ACTS["correct"](fresh(item), field="handlers", value=[factories.Person()])
        for _n in range(3):
            report(fresh(item))
            set_task(fresh(item))

        assert questions(lambda p=person: on_desk(item, p)) == few <= 21
