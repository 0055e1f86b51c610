"""The template of a new list: choices of the committee's own, and what is filled in comes back."""

import io
from datetime import date

import openpyxl
import pytest

from items.actions.sheet_heading import remember_headings, remember_layout
from items.exports.template import BLANK_ROWS, HINTS, write_template
from items.models import Holding
from items.sheets.errors import BadTable
from items.sheets.importing import do_import, plan_import
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)
FORMULAS = ["=1+1", "+1班", "-5℃库", "@工会"]


@pytest.fixture
def item_list():
    item_list = factories.ItemList(name="2026年实事清单", status="draft", published_on=None)
    committee = item_list.committee
    for name in ("厂长", "设备副厂长（兼安全）"):
        factories.Post(committee=committee, name=name, is_leader=True)
    post = committee.posts.get(name="设备副厂长（兼安全）")
    Holding.objects.filter(post=post).delete()
    Holding.objects.create(post=post, person=factories.Person(name="王强"), since=date(2020, 1, 1))
    factories.Post(committee=committee, name="工会主席")
    for name in FORMULAS:
        factories.Place(committee=committee, name=name)
    factories.Unit(committee=committee, name="设备室")
    factories.Category(committee=committee, name="环境")
    return item_list


def template(item_list):
    file = io.BytesIO()
    write_template(file, item_list, TODAY)
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()))


def planned(book, item_list):
    file = io.BytesIO()
    book.save(file)
    return plan_import(file.getvalue(), item_list, name="模板.xlsx")


def headings(sheet):
    return {cell.value: cell.column for cell in sheet[3] if cell.value}


def filled(item_list, *rows):
    """Return the workbook with rows written under the example, by their headings."""
    book = template(item_list)
    sheet = book["清单"]
    for at, row in enumerate(rows, start=6):
        for heading, value in row.items():
            cell = sheet.cell(at, headings(sheet)[heading], value)
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # as Excel has it
    return book


def test_brought_back_as_it_is_it_imports_nothing(item_list):
    with pytest.raises(BadTable, match="请先填写清单"):
        planned(template(item_list), item_list)


ROWS = [
    {
        "序号": 1, "实事项目": "换座椅", "问题来源": "座谈会", "存在问题": "坐垫破",
        "类别": "环境", "地点": "=1+1", "具体措施": "选型\n更换", "怎样算办好": "都能坐",
        "牵头领导": "厂长", "责任单位": "设备室、动力室", "配合单位": "工会", "承办人": "张三",
        "联系督导责任人": "工会主席", "期限类型": "短期", "启动时间": date(2026, 5, 31),
        "完成时限": "12月底前", "经费": "3万元", "备注": "等发票",
        "完成进度": "0/120间",
    },
    {"序号": 2, "实事项目": "修浴室", "牵头领导": "王强", "完成时限": date(2026, 9, 30)},
]  # fmt: skip


def test_filled_in_it_imports_exactly_its_rows(item_list):
    plan = planned(filled(item_list, *ROWS), item_list)

    assert (plan.problems, plan.notes) == ([], [])
    assert [(diff.number, diff.values["title"]) for diff in plan.new] == [
        (1, "换座椅"),
        (2, "修浴室"),
    ]
    do_import(plan, by=factories.office(item_list.committee))
    first, second = item_list.items.order_by("number")
    assert (first.place.name, first.category.name) == ("=1+1", "环境")
    assert [row.text for row in first.measures.all()] == ["选型", "更换"]
    assert [(row.unit.name, row.role) for row in first.unit_shares.all()] == [
        ("设备室", "lead"),
        ("动力室", "joint"),
        ("工会", "support"),
    ]
    assert (first.due, first.due_words) == (date(2026, 12, 31), "12月底前")
    assert (first.start_by, first.term, first.remark) == (date(2026, 5, 31), "short", "等发票")
    assert (first.target_count, first.count_unit, first.done_count) == (120, "间", 0)
    assert not hasattr(first, "brought_in")
    assert second.owner_post.name == "设备副厂长（兼安全）"
    assert second.due == date(2026, 9, 30)


def test_what_was_written_into_the_example_is_said(item_list):
    book = filled(item_list, ROWS[1])
    book["清单"].cell(5, 2, "我写错了行")

    plan = planned(book, item_list)

    assert len(plan.new) == 1
    assert [said for said in plan.warnings if "示例" in said] != []


def test_headings_are_the_offices_own_and_the_rest_stands_behind(item_list):
    own = {"number": "编号", "title": "办实事项目", "due": "啥时候", "lead_unit": "牵头单位"}
    remember_layout(item_list, "炼铁厂清单", own)
    words = list(headings(template(item_list)["清单"]))
    assert words[:3] == ["编号", "办实事项目", "牵头单位"]  # nobody knows 啥时候 any more
    assert "完成时限" in words

    remember_headings(item_list.committee, {"啥时候": "due"})
    book = template(item_list)
    assert list(headings(book["清单"]))[:4] == list(own.values())
    assert book["清单"]["A1"].value == "炼铁厂清单"
    plan = planned(
        filled(item_list, {"编号": 7, "办实事项目": "修路", "啥时候": "6月底"}), item_list
    )
    assert [(diff.number, diff.values["due"].due) for diff in plan.new] == [(7, date(2026, 6, 30))]
    assert plan.title == "炼铁厂清单"


def test_each_choice_is_the_committees_own_and_nothing_is_forbidden(item_list):
    book = template(item_list)
    sheet, choices = book["清单"], book["选项"]
    lists = {
        cell.value: [row.value for row in column[1:] if row.value]
        for column in choices.iter_cols()
        if (cell := column[0])
    }
    assert lists["地点"] == sorted(FORMULAS, key=lambda name: name.encode())
    assert [cell.data_type for cell in choices["C"][1:5]] == ["s"] * 4
    assert lists["岗位"][:2] == ["厂长", "王强"]  # the post's own words would be read as two things
    assert lists["期限类型"] == ["短期", "中长期", "长期坚持"]
    checks = {
        next(iter(check.sqref.ranges)).min_col: check
        for check in sheet.data_validations.dataValidation
    }
    columns = headings(sheet)
    assert checks[columns["地点"]].formula1 == "'选项'!$C$2:$C$5"
    assert checks[columns["完成时限"]].type == "date"
    strict = [c for c in checks.values() if c.showErrorMessage and c.errorStyle != "information"]
    assert strict == []
    assert not checks[columns["责任单位"]].showErrorMessage  # several names stand in a cell


def test_it_prints_as_the_ledger_does(item_list):
    sheet = template(item_list)["清单"]

    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$3", "C4")
    assert sheet.max_row == 3 + 2 + BLANK_ROWS
    blank = {cell.value: sheet.cell(6, cell.column) for cell in sheet[3]}
    assert blank["完成时限"].number_format == "yyyy/m/d"
    assert blank["实事项目"].number_format == "@"
    assert [cell.value for cell in sheet[6] if not cell.border.top.style] == []
    assert len(headings(sheet)) == len(HINTS)
