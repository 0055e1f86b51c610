"""A book that comes back: what each change becomes, what is refused, and how it is saved."""

import io
from decimal import Decimal

import pytest
from zeal import zeal_ignore

from items import actions
from items.errors import Conflict, Refused
from items.exports.ledger import Wanted, write_numbered, write_separated
from items.ledger.verify import verify
from items.models import Entry, Item, LedgerExport, Notice
from items.models.ledger_export import unpacked
from items.privacy.personal_data import PersonalData
from items.rules.releasing import state_of, waiting_in
from items.sheets import returning
from items.sheets.errors import BadTable
from items.sheets.returned import CellBack, Returned
from items.sheets.returned_values import split_numbered
from items.sheets.returning import MINE, THERE, do_return, plan_return
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, fresh, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    item = factories.Item(
        title="改善浴室",
        title_en="Better baths",
        problem="渗水",
        budget="三万元",
        measures=[],
        start_by=TODAY - days(90),
    )
    item.measures.create(text="更换座椅十把", text_en="Ten new chairs", order=0)
    item.measures.create(text="墙面重新做防水", text_en="Walls made tight", order=1)
    of = {"committee": item.list.committee}
    item.place = factories.Place(**of, name="浴室")
    item.category = factories.Category(**of, name="后勤")
    item.save()
    for name, role in [("设备室", "lead"), ("工会/女工", "joint"), ("后勤科", "support")]:
        item.unit_shares.create(unit=factories.Unit(**of, name=name), role=role)
    other = factories.another(item, title="新建车棚", target_count=120, done_count=0)
    Item.objects.filter(pk=other.pk).update(count_unit="间")
    factories.publish(item.list)
    for each in (item, other):
        factories.start(fresh(each), NOW)
    report(fresh(item), text="已进场", percent=Decimal(30))
    return fresh(item)


@pytest.fixture
def office(item):
    return factories.office_of(item)


@pytest.fixture
def base(item, office):
    """Export the list with what stays inside; return what each cell said."""
    wanted = Wanted(item.list.items.published().order_by("number"), inside=True)
    told = {"by": office, "now": NOW}
    write_numbered(write_separated, io.BytesIO(), item.list, wanted, TODAY, **told)
    names = [name for name, _heading in LedgerExport.objects.get().columns]
    rows = unpacked(LedgerExport.objects.get().base)
    return {number: dict(zip(names, row, strict=True)) for number, row in rows}


@pytest.fixture
def plan(item, base, office):
    """Return a function that plans a return of cells that were changed: 1={"budget": "…"}."""

    def plan(of=1, **changed):
        cells = {name: CellBack(base[of][name], yours, "第4行") for name, yours in changed.items()}
        returned = Returned(LedgerExport.objects.get().pk, {of: cells}, rows=2)
        return plan_return(returned, item.list, by=office, today=TODAY)

    return plan


def save(plan, choices=None, reason="与原件核对", **said):
    by = factories.office(plan.item_list.committee)
    return do_return(plan, choices or {}, by=by, reason=reason, now=NOW, **said)


def waiting(item):
    return Entry.objects.filter(item=item, verb="enter_for_owner").waiting().last()


# Entries for owners


def test_progress_becomes_an_entry_for_the_owner(item, plan):
    save(plan(progress="主体完工", percent="60%"))

    entry = waiting(item)
    assert (entry.words.text, entry.facts["percent"]) == ("主体完工", "60.0")
    assert fresh(item).percent == 30
    assert not entry.public
    actions.release_entry(fresh(item), by=factories.colleague_of(item), now=NOW)
    assert fresh(item).percent == 60
    assert verify(item.list) == []


def test_entries_of_one_book_are_one_batch(item, plan, base):
    cells = {name: CellBack(base[1][name], "新话", "") for name in ["progress"]}
    second = {"percent": CellBack(base[2]["percent"], "90/120", "")}
    returned = Returned(LedgerExport.objects.get().pk, {1: cells, 2: second})
    by, colleague = factories.office_of(item), factories.colleague_of(item)
    save(plan_return(returned, item.list, by=by, today=TODAY))

    entries = Entry.objects.filter(verb="enter_for_owner").order_by("seq")
    assert [entry.words.text for entry in entries] == ["新话", "完成进度：90/120间"]
    assert entries[1].facts["done_count"] == 90
    (batch,) = {entry.facts["batch"] for entry in entries}
    assert Notice.objects.filter(person=colleague).count() == 1
    seen = state_of(waiting_in(item.list, colleague, TODAY, batch))
    with zeal_ignore():  # each is an act of its own
        released = actions.release_batch(item.list, batch, by=colleague, seen=seen, now=NOW)
    assert len(released) == 2


def test_blank_progress_is_no_news(plan):
    planned = plan(progress="", percent=" ")

    assert (planned.changes, planned.silent) == ([], 2)


@pytest.mark.parametrize(
    ("of", "yours", "problem"),
    [
        (1, "60", ""),
        (1, "0.6", "60%"),
        (1, "160%", "60%"),
        (1, "快了", "60%"),
        (1, "90/120间", "60%"),
        (2, "90/120间", ""),
        (2, "90", "90/120间"),
        (2, "90/100间", "90/120间"),
    ],
)
def test_figures(plan, of, yours, problem):
    (change,) = plan(of, percent=yours).changes

    assert bool(change.problem) is bool(problem)
    assert problem in change.problem


def test_second_upload_finds_what_waits(item, plan):
    said = {"progress": "主体完工", "percent": "60%"}
    save(plan(**said))

    again = plan(**said)
    assert (again.changes, again.agreed) == ([], 2)
    assert save(again) == []
    actions.release_entry(fresh(item), by=factories.colleague_of(item), now=NOW)
    assert plan(**said).changes == []
    assert Entry.objects.filter(verb="enter_for_owner").count() == 1


def test_what_waits_and_isnt_in_the_book_stays(item, plan):
    """Mine about the words takes the place of an entry; its percent goes along."""
    by = factories.colleague_of(item)
    actions.enter_for_owner(fresh(item), by=by, text="同事代填", percent=Decimal(50), now=NOW)

    planned = plan(progress="主体完工")
    (conflict,) = planned.conflicts
    assert (conflict.exported, conflict.yours, conflict.now) == ("已进场", "主体完工", "同事代填")
    save(planned, {conflict.key: MINE})
    entry = waiting(item)
    assert (entry.words.text, entry.facts["percent"]) == ("主体完工", "50.0")


def test_count_that_waits_is_what_is_there(item, plan):
    other = item.list.items.get(number=2)
    by = factories.colleague_of(item)
    actions.enter_for_owner(fresh(other), by=by, text="代填", done_count=90, now=NOW)

    (conflict,) = plan(2, percent="100/120间").conflicts
    assert conflict.now == "90/120间"


# What stays inside


def test_internal_columns_change_at_once(item, plan):
    day = TODAY + days(200)
    save(plan(budget="六万元", remark="等货", recheck_on=day.isoformat(), internal_note="问财务"))

    now = fresh(item)
    assert (now.budget, now.remark, now.recheck_on) == ("六万元", "等货", day)
    assert now.internal_note == "问财务"
    entries = Entry.objects.filter(item=item, verb="annotate")
    assert [entry.public for entry in entries] == [False] * 4


def test_internal_column_may_be_emptied(item, plan):
    save(plan(budget=""), reason="")

    assert fresh(item).budget == ""


def test_day_that_is_none_is_refused_by_row(plan):
    (change,) = plan(recheck_on="年底吧").changes

    assert "2026-06-30" in change.problem


# Corrections


def test_published_words_are_corrected_with_one_reason(item, plan):
    planned = plan(title="改善职工浴室", category="", place="", term="短期", result="渗水治好")
    save(planned)

    assert {each.title for each in planned.changes} == {"改善浴室"}
    now = fresh(item)
    assert (now.title, now.title_en) == ("改善职工浴室", "Better baths")
    assert (now.category, now.place, now.term, now.result) == (None, None, "short", "渗水治好")
    entries = Entry.objects.filter(item=item, verb="correct")
    assert {entry.words.text for entry in entries} == {"与原件核对"}
    assert entries.count() == 5
    assert verify(item.list) == []


def test_corrections_need_a_reason(item, plan):
    planned = plan(title="改善职工浴室", budget="六万元")

    with pytest.raises(Refused):
        save(planned, reason=" ")
    assert fresh(item).budget == "三万元"


def test_measure_that_stays_keeps_its_english(item, plan):
    save(plan(measures="1. 更换坐椅十把\n2. 墙面重新做防水\n3、加装排气扇"))

    words = [row.words for row in item.measures.order_by("order")]
    assert words == [
        Words("更换坐椅十把"),
        Words("墙面重新做防水", "Walls made tight"),
        Words("加装排气扇"),
    ]
    assert plan(measures="1、更换坐椅十把\n2、墙面重新做防水\n3、加装排气扇").changes == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("换座椅", ["换座椅"]),
        ("1. 换座椅", ["1. 换座椅"]),
        ("1. 甲\n2. 乙", ["甲", "乙"]),
        ("1、甲\n2）乙\n3．丙", ["甲", "乙", "丙"]),
        ("1. 甲\n续行\n2. 乙", ["甲续行", "乙"]),
        ("1. 甲；（1）子（2）丑\n2. 3.5米宽", ["甲；（1）子（2）丑", "3.5米宽"]),
        ("甲\n乙", ["甲", "乙"]),
        ("2. 甲\n3. 乙", ["2. 甲", "3. 乙"]),
    ],
)
def test_numbered_lines(text, lines):
    assert split_numbered(text) == lines


def test_units_keep_their_roles(item, plan):
    factories.Unit(committee=item.list.committee, name="动力车间")
    save(plan(shares="设备室、动力车间", support_units="工会/女工；后勤科"))

    shares = [(share.unit.name, share.role) for share in item.unit_shares.all()]
    assert shares == [
        ("设备室", "lead"),
        ("动力车间", "joint"),
        ("工会/女工", "support"),
        ("后勤科", "support"),
    ]
    assert Entry.objects.filter(item=item, verb="correct").count() == 1
    assert plan(shares="设备室、动力车间", support_units="工会/女工、后勤科").changes == []


def test_unit_has_one_role(plan):
    (refused,) = plan(shares="设备室、工会/女工、后勤科").refused

    assert "后勤科" in refused.problem


def test_other_way_to_write_the_same_is_no_change(plan):
    assert (
        plan(measures="1、更换座椅十把\n2、墙面重新做防水", shares="设备室；工会/女工").changes
        == []
    )


@pytest.mark.parametrize(
    ("column", "yours", "said"),
    [
        ("measures", "墙面重新做防水", "更换座椅十把"),
        ("measures", "", ""),
        ("title", "", ""),
        ("title", "长" * 400, ""),
        ("place", "没有的地方", "没有的地方"),
        ("category", "没有的类", "没有的类"),
        ("shares", "没有的单位", "没有的单位"),
        ("term", "一年", "一年"),
        ("start_by", "2027-01-01", ""),
        ("problem", "很长……（太长，全文见系统）", ""),
    ],
)
def test_what_a_correction_refuses_is_told_by_row(item, plan, column, yours, said):
    planned = plan(**{column: yours}, budget="六万元")

    (refused,) = planned.refused
    assert (refused.column, said in refused.problem) == (column, True)
    save(planned)
    assert fresh(item).budget == "六万元"
    assert Entry.objects.filter(item=item, verb="correct").count() == 0


def test_personal_data_asks_once_for_all(item, plan):
    planned = plan(title="张三 13912345678", problem="李四 13812345678")

    with pytest.raises(PersonalData, match=r"139.*138"):
        save(planned)
    save(planned, yes=True)
    assert fresh(item).problem == "李四 13812345678"


# What no table changes


@pytest.mark.parametrize(
    ("column", "yours", "verb"),
    [
        ("due", "2026-12-31", ""),
        ("first_due", "2026-12-31", ""),
        ("status", "已解决", ""),
        ("owner_post", "书记", "hand_over"),
        ("supervisor_post", "书记", "hand_over"),
        ("handlers", "张三", "correct"),
        ("done_on", "2026-05-31", ""),
        ("overdue_days", "0", ""),
        ("light", "红", ""),
    ],
)
def test_other_columns_are_refused_with_their_verb(item, plan, column, yours, verb):
    planned = plan(**{column: yours})

    (change,) = planned.refused
    assert (change.verb, bool(change.problem)) == (verb, True)
    before = Entry.objects.count()
    assert save(planned) == []
    assert Entry.objects.count() == before


def test_deadline_that_is_asked_for_links_to_the_decision(item, plan):
    owner = factories.owner_of(item)
    said = {"by": owner, "reason": "供货晚", "new_due": item.due + days(9), "now": NOW}
    actions.ask_extension(fresh(item), **said)

    (change,) = plan(due="2026-12-31").changes
    assert change.verb == "decide_extension"


@pytest.mark.parametrize("status", ["pending_check", "resolved", "on_hold", "withdrawn"])
def test_entry_for_an_item_that_takes_none_is_refused(item, plan, status):
    for act in factories.ROADS[status][1:] if status != "withdrawn" else factories.ROADS[status]:
        act(fresh(item), now=NOW)

    (change,) = plan(progress="还在做").changes
    assert change.problem


# Three ways


def test_conflict_stops_the_saving_until_it_is_chosen(item, plan):
    by = factories.colleague_of(item)
    actions.annotate_item(fresh(item), by=by, budget="五万元", now=NOW)
    planned = plan(budget="六万元", remark="等货")

    (conflict,) = planned.conflicts
    assert (conflict.exported, conflict.yours, conflict.now) == ("三万元", "六万元", "五万元")
    with pytest.raises(Refused, match="1"):
        save(planned)
    assert fresh(item).remark == ""
    save(planned, {conflict.key: THERE})
    assert (fresh(item).budget, fresh(item).remark) == ("五万元", "等货")
    save(plan(budget="六万元"), {conflict.key: MINE})
    assert fresh(item).budget == "六万元"


def test_stale_book_changes_nothing_that_others_changed(item, plan):
    """After a day at the desk, cells that nobody touched in the book stay as they are now."""
    by = factories.colleague_of(item)
    actions.annotate_item(fresh(item), by=by, budget="五万元", remark="已付款", now=NOW)
    report(fresh(item), text="主体完工", percent=Decimal(70))
    said = {"field": "title", "value": "改善职工浴室", "reason": "错字"}
    actions.correct_item(fresh(item), by=by, now=NOW, **said)

    planned = plan(budget="五万元", problem="墙面渗水")
    assert [change.column for change in planned.ready()] == ["problem"]
    assert planned.agreed == 1
    save(planned)
    now = fresh(item)
    assert (now.title, now.percent, now.remark) == ("改善职工浴室", 70, "已付款")
    assert now.problem == "墙面渗水"


def test_item_that_moves_between_preview_and_saving_stops_all(item, plan):
    planned = plan(budget="六万元")
    ACTS["set_task"](fresh(item))

    with pytest.raises(Conflict):
        save(planned)
    assert fresh(item).budget == "三万元"
    assert plan(budget="六万元").seen == planned.seen  # and may be saved as it was seen


def test_what_is_seen_changes_with_what_is_there(item, plan):
    planned = plan(budget="六万元")
    by = factories.colleague_of(item)
    actions.annotate_item(fresh(item), by=by, budget="五万元", now=NOW)

    assert plan(budget="六万元").seen != planned.seen


def test_all_or_nothing(item, base, monkeypatch):
    """One refusal that the preview couldn't know undoes what was saved before it."""
    cells = {"budget": CellBack(base[1]["budget"], "六万元", "")}
    second = {"budget": CellBack(base[2]["budget"], "七万元", "")}
    returned = Returned(LedgerExport.objects.get().pk, {1: cells, 2: second})
    by = factories.office_of(item)
    planned = plan_return(returned, item.list, by=by, today=TODAY)
    annotate, saved = returning.annotation.annotate, []

    def refuse_the_second(act, *said):
        if saved:
            raise Refused("不行")
        saved.append(annotate(act, *said))

    monkeypatch.setattr(returning.annotation, "annotate", refuse_the_second)
    with pytest.raises(Refused, match=r"2.*不行"):
        save(planned)
    assert fresh(item).budget == "三万元"


def test_nothing_is_asked_item_by_item(item, base):
    """Zeal fails where something is asked so that can be asked at once."""
    changed = {"title": "改过的题目", "budget": "六万元", "progress": "新话", "result": "好了"}
    cells = {
        number: {name: CellBack(base[number][name], yours, "") for name, yours in changed.items()}
        for number in base
    }
    returned = Returned(LedgerExport.objects.get().pk, cells)
    by = factories.office_of(item)

    planned = plan_return(returned, item.list, by=by, today=TODAY)
    assert len(planned.ready()) == 8
    save(planned)


def test_more_than_the_limits_is_refused(plan, monkeypatch):
    monkeypatch.setattr(returning, "MOST_CHANGES", 1)
    plan(progress="新话")
    with pytest.raises(BadTable, match="2"):
        plan(budget="六万元", remark="等货")
    monkeypatch.setattr(returning, "MOST_ENTRIES", 0)
    with pytest.raises(BadTable, match="1"):
        plan(progress="新话")


def test_base_that_is_gone_meanwhile_is_told(plan):
    LedgerExport.objects.all().forget()

    with pytest.raises(BadTable):
        plan(budget="六万元")
