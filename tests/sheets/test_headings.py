"""Which columns people's headings mean."""

import pytest
from openpyxl import Workbook

from items.sheets.errors import BadTable
from items.sheets.headings import HEADINGS, STAND_INS, column_of
from items.sheets.table import read_table
from tests.sheets.files import csv, saved

pytestmark = pytest.mark.usefixtures("english")

DEMO = {
    "no": "number",
    "title_zh": "title",
    "title_en": "title_en",
    "category_zh": "category",
    "category_en": "category_en",
    "theme": "theme",
    "theme_en": "theme_en",
    "place_zh": "place",
    "place_en": "place_en",
    "measures_zh": "measures",
    "measures_en": "measures_en",
    "term": "term",
    "leader_post_zh": "owner",
    "lead_unit_zh": "lead_unit",
    "supervisor_post_zh": "supervisor",
    "due_date": "due",
    "status": "status",
    "closed_on": "signed_off_on",
    "basis": "basis",
}
AS_WRITTEN = {
    "序 号": "number",
    "No.": "number",
    "＃": None,
    "*项目名称：": "title",
    "实事\n项目": "title",
    "专题": "theme",
    "主题": "theme",
    "专项行动": "theme",
    "Matter": "title",
    "完成时限\n（2021年）": "due",
    "完成时限(年月)": "due",
    "DEADLINE": "due",
    "责任单位（盖章）": "units",
    "责任领导/牵头领导": "owner",
    "牵头领导及责任领导": "owner",
    "责任领导/责任单位": None,
    "联系督导\n责任人": "supervisor",
    "\u200b备\u3000注\ufeff": "remark",
    "完成进度%": None,
    "": None,
    "序号" * 100: None,
}


@pytest.mark.parametrize(("heading", "column"), [*DEMO.items(), *AS_WRITTEN.items()])
def test_a_heading_means_a_column(heading, column):
    assert column_of(heading) == column


def test_no_heading_means_two_columns():
    means = {}
    for column, headings in HEADINGS.items():
        for heading in headings:
            assert means.setdefault(column_of(heading), column) == column, heading
    assert set(means) == set(HEADINGS)


def test_what_stands_in_is_itself_a_known_heading():
    for lacking, headings, column in STAND_INS:
        assert column in lacking
        assert None not in {column_of(heading) for heading in headings}


def columns_of(*rows) -> dict[str, str]:
    """Read rows as CSV and return which letter each column has."""
    table = read_table(csv(*rows).encode())
    return {column: letter for column, (letter, _heading) in table.columns.items()}


def test_headings_come_in_any_order():
    assert columns_of(["备注", "完成时限", "项目", "序号"], ["", "年底", "浴室", 1]) == {
        "remark": "A",
        "due": "B",
        "title": "C",
        "number": "D",
    }


def test_title_rows_above_are_passed_over():
    rows = [["附件1"], ["2021年“我为群众办实事”项目清单"], ["填报单位:炼铁厂", "", "2021年4月"]]

    table = read_table(csv(*rows, ["序号", "项目"], [1, "浴室"]).encode())

    assert table.heading_row == 4
    assert table.title_rows[1] == "2021年“我为群众办实事”项目清单"


def test_unknown_and_computed_columns_are_said():
    rows = [["序号", "项目", "满意度", "颜色", "预警"], [1, "浴室", "98%", "红", "绿"]]

    table = read_table(csv(*rows).encode())

    assert set(table.columns) == {"number", "title"}
    assert table.warnings == [
        "Column C “满意度” is computed here. It was not read.",
        "Column D “颜色” is not known. It was not read.",
        "Column E “预警” is computed here. It was not read.",
    ]


def test_two_columns_of_one_meaning_are_refused_by_name():
    with pytest.raises(BadTable) as refused:
        columns_of(["序号", "项目", "责任单位", "承办单位"], [1, "浴室", "甲", "乙"])

    assert str(refused.value) == (
        "Columns C “责任单位” and D “承办单位” mean the same. Rename or delete one."
    )


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        (["项目", "责任单位"], "(row 1) lacks 序号. It has: 项目、责任单位."),
        (["责任单位", "完成时限"], "(row 1) lacks 序号、实事项目. It has: 责任单位、完成时限."),
        (["序号", "姓名"], "No heading row was found."),
        (["甲", "乙"], "No heading row was found."),
    ],
)
def test_what_is_lacking_is_said_with_what_was_found(headings, sentence):
    with pytest.raises(BadTable) as refused:
        columns_of(headings, [1, "浴室"])

    assert sentence in str(refused.value)


def test_two_levels_of_headings():
    top = ["序号", "项目", "责任落实", "", "", "完成时限", "", "备注"]
    low = ["", "", "牵头领导", "责任单位", "督导人", "首次", "现行", ""]

    table = read_table(
        csv(["清单"], top, low, [1, "浴室", "甲", "乙", "丙", "6月", "9月", "-"]).encode()
    )

    assert table.columns == {
        "number": ("A", "序号"),
        "title": ("B", "项目"),
        "owner": ("C", "责任落实 / 牵头领导"),
        "units": ("D", "责任落实 / 责任单位"),
        "supervisor": ("E", "责任落实 / 督导人"),
        "first_due": ("F", "完成时限 / 首次"),
        "due": ("G", "完成时限 / 现行"),
        "remark": ("H", "备注"),
    }
    assert table.heading_row == 3
    assert [line.row for line in table.lines] == [4]


def test_two_levels_with_merged_cells():

    book = Workbook()
    book.active.append(["序号", "基本情况", None, "完成时限"])
    book.active.append([None, "项目名称", "地点", "（2021年）"])
    book.active.append([1, "浴室", "高炉车间", "9月"])
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")

    (line,) = read_table(saved(book)).lines

    assert {column: cell.text for column, cell in line.cells.items()} == {
        "number": "1",
        "title": "浴室",
        "place": "高炉车间",
        "due": "9月",
    }


def test_the_first_row_of_data_is_no_second_heading_row():
    rows = [["序号", "项目", "其他"], [1, "浴室", "问题"], [2, "食堂", "备注"]]

    assert columns_of(*rows) == {"number": "A", "title": "B"}


def test_a_heading_of_its_own_wins_over_the_part_of_a_group():
    top = ["序号", "项目", "责任单位", "进展", ""]
    low = ["", "", "", "责任单位", "进展情况"]

    table = read_table(csv(top, low, [1, "浴室", "甲", "乙", "完成"]).encode())

    assert table.columns["units"] == ("C", "责任单位")
    assert table.warnings == ["Column D “进展 / 责任单位” is not known. It was not read."]


@pytest.mark.parametrize(
    ("headings", "column", "letter"),
    [
        (["序号", "项目", "完成时间"], "due", "C"),
        (["序号", "项目", "完成时限", "完成时间"], "done_on", "D"),
        (["序号", "项目", "实际完成时间"], "done_on", "C"),
        (["序号", "项目", "实施单位"], "units", "C"),
        (["序号", "项目", "牵头单位", "实施单位"], "part_unit", "D"),
        (["序号", "存在问题", "整改措施"], "title", "B"),
        (["序号", "存在问题（职工诉求）", "整改措施"], "title", "B"),
        (["序号", "主要内容", "责任单位"], "title", "B"),
        (["序号", "项目", "主要内容"], "measures", "C"),
        (["序号", "项目", "怎样算办好"], "criteria", "C"),
        (["序号", "项目", "整改措施", "验收标准"], "criteria", "D"),
    ],
)
def test_one_heading_means_two_things_in_two_lists(headings, column, letter):
    assert columns_of(headings, [1, "浴室", "甲", "乙"])[column] == letter


def test_a_column_that_stands_in_for_another_is_said():
    table = read_table(csv(["序号", "项目", "完成时间"], [1, "浴室", "9月"]).encode())

    assert table.warnings == [
        "Column C “完成时间” was read as the deadline, since no other column gives it."
    ]
