"""Bringing a list in: what is shown is what is done, all or nothing, and only into a draft."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from items import actions
from items.errors import Refused
from items.models import Committee, Item, ItemList, Organisation, Person, Post, Role
from items.sheets.importing import do_import, plan_import

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
DUE = date(2026, 11, 30)
HEADINGS = "序号,实事项目,牵头领导,联系督导责任人,具体措施,完成时限,责任单位"
ROWS = [
    "1,更换座椅,设备副厂长,机关支部联系人,统计;更换,11月底前,设备室;一车间",
    "2,改善浴室,工会主席,机关支部联系人,换管路,2026-12-20,厂工会",
]


@pytest.fixture
def committee():
    organisation = Organisation.objects.create(name="示范公司")
    return Committee.objects.create(organisation=organisation, slug="ironmaking", name="厂党委")


@pytest.fixture
def office(committee):
    person = Person.objects.create_user("office", name="活动办公室")
    Role.objects.create(person=person, committee=committee, kind="office")
    return person


@pytest.fixture
def unsaved(committee):
    return ItemList(committee=committee, slug="list-2026", name="2026年清单", year=2026)


@pytest.fixture
def bring_in(unsaved, office, tmp_path):
    """Import rows of CSV into the list and return the plan that was done."""

    def bring_in(*rows, headings=HEADINGS, dry_run=False):
        path = tmp_path / "台账.csv"
        path.write_text("\n".join([headings, *rows]), encoding="utf-8-sig")
        held = ItemList.objects.filter(slug=unsaved.slug).first()
        plan = plan_import(path, held or unsaved, name=path.name)
        if not dry_run:
            do_import(plan, by=office)
        return plan

    return bring_in


def cells(plan):
    return [(change.number, change.column, change.old, change.new) for change in plan.changes]


def test_a_new_list_is_drawn_up_with_all_that_the_sheet_says(bring_in):
    bring_in(*ROWS)
    item = Item.objects.get(number=1)
    assert item.list.is_draft
    assert (item.title, item.due, item.due_words) == ("更换座椅", DUE, "11月底前")
    assert (item.owner_post.name, item.owner_post.is_leader) == ("设备副厂长", True)
    assert (item.supervisor_post.name, item.supervisor_post.is_leader) == ("机关支部联系人", False)
    assert [measure.text for measure in item.measures.all()] == ["统计", "更换"]
    shares = [(share.unit.name, share.role) for share in item.unit_shares.all()]
    assert shares == [("设备室", "lead"), ("一车间", "joint")]


def test_a_sheet_says_what_done_looks_like(bring_in):
    sheet = {"headings": "序号,实事项目,办结标准"}
    row = '1,更换座椅,"1. 16把，升降正常；2. 各班都试坐过"'
    bring_in(row, **sheet)

    again = bring_in(row, **sheet)

    said = [row.text for row in Item.objects.get(number=1).criteria.all()]
    assert said == ["16把，升降正常", "各班都试坐过"]
    assert cells(again) == []


def test_the_same_file_again_changes_nothing(bring_in):
    bring_in(*ROWS)
    again = bring_in(*ROWS)
    assert (again.new, cells(again)) == ([], [])
    assert Item.objects.count() == 2


def test_a_changed_file_shows_exactly_the_changed_cells(bring_in):
    bring_in(*ROWS)
    changed = [ROWS[0].replace("更换座椅", "换新座椅"), ROWS[1].replace("12-20", "12-31")]
    plan = bring_in(*changed)
    assert cells(plan) == [
        (1, "title", "更换座椅", "换新座椅"),
        (2, "due", "2026-12-20", "2026-12-31"),
    ]
    assert Item.objects.get(number=2).due == date(2026, 12, 31)


def test_themes_are_found_by_name_or_made(bring_in, committee):
    known = committee.themes.create(name="设施提升")
    bring_in("1,修浴室,设施提升,", "2,车棚,暖心,Warm", headings="序号,实事项目,专项行动,theme_en")
    themes = [item.theme for item in Item.objects.order_by("number")]
    assert themes == [known, committee.themes.get(name_en="Warm")]
    plan = bring_in("1,修浴室,", "2,车棚,设施提升", headings="序号,实事项目,主题")
    assert cells(plan) == [(1, "theme", "设施提升", ""), (2, "theme", "暖心", "设施提升")]


def test_a_trial_run_writes_nothing(bring_in):
    plan = bring_in(*ROWS, dry_run=True)
    assert len(plan.new) == 2
    assert not ItemList.objects.exists()
    assert not Post.objects.exists()


def test_all_or_nothing_when_a_row_is_bad(bring_in):
    with pytest.raises(Refused) as refused:
        bring_in(ROWS[0], ROWS[1].replace("2026-12-20", "13月40日"), ROWS[1].replace("2,", "x,"))
    said = "\n".join(refused.value.sentences)
    assert "F3" in said
    assert "A4" in said
    assert not ItemList.objects.exists()


def test_never_into_a_published_list(bring_in, office):
    bring_in(*ROWS)
    for post in Post.objects.all():
        person = Person.objects.create_user(f"p{post.pk}", name=f"人{post.pk}")
        actions.appoint(post, person, by=office)
    actions.name_review_posts(post.committee, post, by=office)
    actions.publish_list(ItemList.objects.get(), by=office)
    with pytest.raises(Refused):
        bring_in(ROWS[0].replace("更换座椅", "换新座椅"))
    assert Item.objects.get(number=1).title == "更换座椅"


def test_a_sheet_without_a_column_leaves_it_alone(bring_in):
    bring_in(*ROWS)
    plan = bring_in("1,更换座椅", headings="序号,实事项目")
    assert cells(plan) == []
    assert Item.objects.get(number=1).due == DUE
    assert any("2" in warning for warning in plan.warnings)  # no. 2 is not in this file


def test_done_in_a_progress_column_is_only_the_owners_claim(bring_in):
    bring_in("1,修路,已完工", headings="序号,实事项目,进展情况")
    before = Item.objects.get().brought_in
    assert (before.status, before.progress) == ("in_progress", "已完工")


def test_the_sheets_own_days_of_holds_and_withdrawals_come_along(bring_in):
    headings = "序号,实事项目,状态,暂缓复核时间,调出时间,回头看"
    rows = ["1,修路,暂缓,2026-09-01,,", "2,修灯,调出清单,,2026-05-02,", "3,修桥,,,2026-05-03,"]
    bring_in(*rows, "4,修门,暂缓,,,2026-12-01", headings=headings)

    road, lamp, bridge, door = Item.objects.order_by("number")
    held = road.brought_in
    assert (held.status, held.hold_review_on) == ("on_hold", date(2026, 9, 1))
    for item, day in ((lamp, 2), (bridge, 3)):
        before = item.brought_in
        assert (before.status, before.withdrawn_on) == ("withdrawn", date(2026, 5, day))
    assert (door.brought_in.hold_review_on, door.recheck_on) == (None, date(2026, 12, 1))
    assert cells(bring_in(*rows, headings=headings)) == []


def test_day_of_withdrawal_beside_another_status_is_no_row(bring_in):
    with pytest.raises(Refused):
        bring_in("1,修路,正在推进,2026-05-02", headings="序号,实事项目,状态,调出时间")


def test_only_a_sign_off_column_makes_a_row_resolved(bring_in):
    headings = "序号,实事项目,联系督导责任人,销号时间,销号人,状态"
    bring_in("1,修路,支部,2026-05-01,王强,已销号", "2,修灯,支部,,,已解决", headings=headings)
    resolved, called = Item.objects.order_by("number")
    assert resolved.brought_in.status == "resolved"
    assert resolved.brought_in.signed_off_on == date(2026, 5, 1)
    assert resolved.brought_in.signed_off_by == "王强"
    assert (resolved.brought_in.file, resolved.brought_in.row) == ("台账.csv", 2)
    assert called.brought_in.status == "in_progress"


@pytest.mark.parametrize(
    "row",
    [
        "1,修路,,2026-05-01,王强,",  # nobody supervises it
        "1,修路,支部,,王强,",  # no day
        "1,修路,支部,2026-05-01,王强,正在推进",  # two truths
    ],
)
def test_a_sign_off_that_cannot_be_right_is_refused(bring_in, row):
    with pytest.raises(Refused):
        bring_in(row, headings="序号,实事项目,联系督导责任人,销号时间,销号人,状态")
    assert not Item.objects.exists()


def test_starting_is_no_completion_unless_it_is_the_matter(bring_in):
    headings = "序号,实事项目,完成时限,启动即完成"
    bring_in("1,建楼,5月底前动工,", "2,建馆,5月底前动工,是", headings=headings)
    begun, matter = Item.objects.order_by("number")
    assert (begun.start_by, begun.due) == (date(2026, 5, 31), None)
    assert (matter.start_by, matter.due) == (date(2026, 5, 31), date(2026, 5, 31))


def test_several_leaders_in_a_cell_leave_one_owner_and_lose_nobody(bring_in):
    plan = bring_in("1,修路,甲;乙", headings="序号,实事项目,牵头领导")
    item = Item.objects.get()
    assert item.owner_post.name == "甲"
    assert "乙" in item.remark
    assert any("乙" in warning for warning in plan.warnings)
    assert cells(bring_in("1,修路,甲;乙", headings="序号,实事项目,牵头领导")) == []


def test_a_leader_named_by_name_is_found_by_the_post(bring_in, committee, office):
    post = Post.objects.create(committee=committee, name="厂长", is_leader=True)
    actions.appoint(post, Person.objects.create_user("w", name="王强"), by=office)
    bring_in("1,修路,王强", headings="序号,实事项目,牵头领导")
    assert Item.objects.get().owner_post == post
    assert Post.objects.count() == 1


def test_handlers_are_found_by_name_or_made_without_a_login(bring_in, office):
    bring_in("1,修路,活动办公室;李梅", headings="序号,实事项目,承办人")
    handlers = {person.name: person for person in Item.objects.get().handlers.all()}
    assert handlers["活动办公室"] == office
    assert not handlers["李梅"].has_usable_password()
    bring_in("1,修路,活动办公室;李梅", headings="序号,实事项目,承办人")
    assert Person.objects.filter(name="李梅").count() == 1


def test_marks_beside_names_make_no_second_person_post_or_unit(bring_in, committee, office):
    headings = "序号,实事项目,牵头领导,责任单位,承办人,联系督导责任人"
    rows = [
        "1,修路,设备副厂长,设备管理室(牵头);一车间(配合),张　三,李 四",
        "2,修灯,设备　副厂长(王强),1.设备管理室,张三(设备室) 13812345678,李四",
        "3,修门,牵头：设备副厂长,设备管理室,买买提·吐尔逊、Zhang San,李四 科长",
    ]
    plan = bring_in(*rows, headings=headings)

    assert {post.name for post in Post.objects.all()} == {"设备副厂长", "李四"}
    handlers = [{p.name for p in item.handlers.all()} for item in Item.objects.order_by("number")]
    assert handlers == [{"张三"}, {"张三"}, {"买买提·吐尔逊", "Zhang San"}]
    first, second, _third = Item.objects.order_by("number")
    shares = [(share.unit.name, share.role) for share in first.unit_shares.all()]
    assert shares == [("设备管理室", "lead"), ("一车间", "support")]
    assert second.remark == "牵头领导：设备 副厂长(王强)\n承办人：张三(设备室)"
    assert not any("13812345678" in str(note.sentence) for note in plan.notes)
    assert cells(bring_in(*rows, headings=headings)) == []


def test_people_named_among_units_are_handlers(bring_in):
    bring_in("1,修路,设备管理室 张三", headings="序号,实事项目,责任单位及责任人")
    item = Item.objects.get()
    assert [person.name for person in item.handlers.all()] == ["张三"]
    assert [share.unit.name for share in item.unit_shares.all()] == ["设备管理室"]


def test_headings_within_the_list_become_categories(bring_in):
    headings = "序号,实事项目,责任单位"
    rows = ["一,生活设施,", "1,浴室,厂工会", "二,作业环境,", "2,粉尘,安环部"]
    bring_in(*rows, headings=headings)
    said = [(item.number, item.category.name) for item in Item.objects.order_by("number")]
    assert said == [(1, "生活设施"), (2, "作业环境")]
    assert cells(bring_in(*rows, headings=headings)) == []


def test_words_of_the_progress_and_a_status_come_along(bring_in):
    headings = "序号,实事项目,完成进度,状态"
    rows = [
        "1,修路,7.7/11.2公里,序时推进",
        "2,修灯,119%,超额完成",
        "3,修门,,未整改",
        "4,修桥,尚未开工,",
        "5,修墙,已完工,蓝色",
    ]
    bring_in(*rows, headings=headings)
    road, lamp, door, bridge, wall = Item.objects.order_by("number")
    assert (road.done_count, road.target_count, road.count_unit) == (7700, 11200, "米")
    assert road.brought_in.progress == "序时推进\n7.7/11.2公里"
    assert (lamp.percent, lamp.brought_in.progress) == (100, "超额完成\n119%")
    assert (door.brought_in.status, door.brought_in.progress) == ("not_started", "未整改")
    assert (bridge.brought_in.status, bridge.brought_in.progress) == ("not_started", "尚未开工")
    assert (wall.brought_in.status, wall.brought_in.progress) == ("in_progress", "蓝色\n已完工")
    assert cells(bring_in(*rows, headings=headings)) == []


def test_one_post_for_both_duties_is_refused_with_its_row(bring_in):
    with pytest.raises(Refused, match=r"2.*甲"):
        bring_in("1,修路,甲,甲", headings="序号,实事项目,牵头领导,联系督导责任人")
    assert not Item.objects.exists()


def test_a_name_that_may_be_two_people_is_refused(bring_in, committee):
    for login in ("l1", "l2"):
        person = Person.objects.create_user(login, name="李梅")
        Role.objects.create(person=person, committee=committee, kind="auditor")
    with pytest.raises(Refused, match="l1"):
        bring_in("1,修路,李梅", headings="序号,实事项目,承办人")


def test_a_number_that_comes_back_later_is_refused(bring_in):
    with pytest.raises(Refused):
        bring_in("1,修路", "2,修灯", "1,修门", headings="序号,实事项目")


def test_the_real_list_of_ten_items_in_eleven_lines(unsaved, office):
    plan = plan_import(DATA / "dazhu_2016.csv", unsaved, name="dazhu_2016.csv")
    do_import(plan, by=office)
    assert (len(plan.diffs), plan.lines) == (10, 11)
    parts = Item.objects.get(number=5).parts.all()
    assert [(p.title, p.due, p.start_by) for p in parts] == [
        ("开工建设县老年养护楼", None, date(2026, 5, 31)),
        ("开工建设老年大学", date(2026, 12, 31), None),
    ]
    again = plan_import(DATA / "dazhu_2016.csv", ItemList.objects.get(), name="dazhu_2016.csv")
    assert (again.new, again.changes) == ([], [])


def test_the_real_progress_table_of_three_items_in_ten_lines(unsaved, office):
    plan = plan_import(DATA / "xinjian_2024.csv", unsaved, name="xinjian_2024.csv")
    do_import(plan, by=office)
    assert (len(plan.diffs), plan.lines) == (3, 10)
    assert [item.parts.count() for item in Item.objects.order_by("number")] == [3, 3, 4]
    assert {item.brought_in.status for item in Item.objects.all()} == {"in_progress"}


def test_a_workbook_under_title_rows(unsaved, office, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["2026年“我为群众办实事”项目清单"])
    sheet.append([])
    sheet.append(["实事项目", "序号", "完成时限"])
    sheet.append(["修路", 1, DUE])
    sheet.merge_cells("A1:C1")
    book.save(tmp_path / "清单.xlsx")
    do_import(plan_import(tmp_path / "清单.xlsx", unsaved, name="清单.xlsx"), by=office)
    assert Item.objects.get().due == DUE


def test_what_was_brought_in_is_said_when_published(bring_in, office):
    headings = HEADINGS + ",销号时间,销号人"
    bring_in(ROWS[0] + ",2026-05-01,王强", ROWS[1] + ",,", headings=headings)
    for post in Post.objects.all():
        person = Person.objects.create_user(f"p{post.pk}", name=f"人{post.pk}")
        actions.appoint(post, person, by=office)
    actions.name_review_posts(post.committee, post, by=office)
    actions.publish_list(ItemList.objects.get(), by=office)
    item = Item.objects.get(number=1)
    entry = item.entries.get()
    assert (item.status, item.signed_off_on) == ("resolved", date(2026, 5, 1))
    assert (entry.verb, entry.words.new, entry.words.evidence) == ("bring_in", "王强", "台账.csv")
    assert entry.facts["row"] == 2


def test_rows_under_a_merged_matter_are_one_item(unsaved, office, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "实事项目", "具体措施", "责任单位"])
    sheet.append([1, "修路", "设计", "设备室"])
    sheet.append([None, None, "施工", "后勤室"])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    do_import(plan_import(tmp_path / "a.xlsx", unsaved, name="a.xlsx"), by=office)
    item = Item.objects.get()
    assert [measure.text for measure in item.measures.all()] == ["设计", "施工"]
    assert [share.unit.name for share in item.unit_shares.all()] == ["设备室", "后勤室"]
    assert not item.parts.exists()


def test_a_row_that_continues_may_not_say_two_things(bring_in):
    with pytest.raises(Refused, match="3"):
        bring_in("1,修路,6月底前", ",,9月底前", headings="序号,实事项目,完成时限")


def test_a_first_deadline_that_was_not_moved_is_the_deadline(bring_in):
    bring_in("1,修路,6月底前,", headings="序号,实事项目,原定时限,完成时限")
    item = Item.objects.get()
    assert (item.first_due, item.due) == (date(2026, 6, 30), date(2026, 6, 30))


def test_a_row_whose_number_cannot_be_read_is_nobodys_further_line(unsaved, tmp_path):
    (tmp_path / "a.csv").write_text("序号,实事项目\n1,修路\nx,修灯\n", encoding="utf-8")
    plan = plan_import(tmp_path / "a.csv", unsaved, name="a.csv")
    assert [diff.values["title"] for diff in plan.diffs] == ["修路"]
    assert [problem.address for problem in plan.problems] == ["A3"]
    assert plan.warnings == []


def test_beginnings_months_and_words_of_completion_come_in_as_what_they_are(bring_in):
    plan = bring_in(
        "1,修路,自6月起长期坚持,",
        "2,修灯,春节前,已完成",
        "3,换椅子,12月底前,2026年5月",
        headings="序号,实事项目,完成时限,完成时间",
    )

    road, lamps, chairs = Item.objects.order_by("number")
    assert (road.start_by, road.due, road.term) == (date(2026, 6, 1), None, "standing")
    assert (lamps.due, lamps.due_words) == (date(2026, 2, 16), "春节前")
    assert [item.brought_in.status for item in (lamps, chairs)] == ["in_progress", "in_progress"]
    assert chairs.brought_in.progress == "完成时间：2026年5月"
    assert chairs.brought_in.done_on is None
    assert [(note.row, note.column) for note in plan.notes] == [
        (2, "due"),
        (3, "due"),
        (3, "done_on"),
        (4, "done_on"),
    ]
