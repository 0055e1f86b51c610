"""Which columns people's headings mean."""

import pytest
from openpyxl import Workbook

from items.sheets.cells import split_lines
from items.sheets.errors import BadTable
from items.sheets.headings import HEADINGS, STAND_INS, column_of, meaning_of
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
    "完成进度%": "percent",
    "": None,
    "序号" * 100: None,
}


# Headings as published lists have them, which nobody listed before.
OF_REAL_LISTS = {
    "title": "省重点民生实事项目名称 重点民生实事 2026年度实事项目 “我为群众办实事”项目"
    " 实事项目内容 具体事项 督办事项 议定事项 标题 实事名称及内容 市民生实事项目 民生工程"
    " 重点工作 办实事内容 實事項目",
    "problem": "问题及诉求 检查发现问题 问题表现 隐患描述 职工意见建议 诉求内容 急难愁盼问题",
    "criteria": "工作目标 一季度目标 整改目标 考核指标 年度目标",
    "owner": "区政府分管领导 牵头校领导 主要责任人 区级责任人 挂钩领导 党委委员 挂牌领导 包案领导"
    " 整改牵头领导 责任科长 第一责任人 分管厂领导 牽頭領導",
    "units": "责任单位、责任人 责任车间 落实单位 责任方 责任分厂 主办科室 责任班组 责任部门及责任人"
    " 責任單位 責任部門（蓋章）",
    "lead_unit": "主体责任单位 牵头科室",
    "support_units": "相关单位 协同配合单位 配合处室 协助部门",
    "handlers": "联络员 经办人及联系方式 承办人员 联系人及电话 项目负责人",
    "supervisor": "验收单位 跟踪人 督查单位 督办单位 督导责任领导 复查人 督办领导 监督单位 验收人",
    "status": "完成 是否完成 是否办结 销号状态 销号情况 问题状态 是否销号 办结状态",
    "due": "办理时限 到期日 截止时间 结束时间 预计完成日期 完成时间节点 时间进度安排 要求完成时间"
    " 承诺时限 计划完成日期 整改时间 完成時限",
    "start_by": "计划开始日期 预计开工时间 开工日期",
    "first_due": "原定完成日期",
    "progress": "工作进展及成效 项目实施进展情况 目前完成情况 整改完成情况 办理进展"
    " 进展情况、存在问题及下一步打算 目标完成情况 推进情况(截至6月底) 工作进度情况 一季度进展情况",
    "percent": "累计完成 当前进度 任务完成率 完成率(%) 落实进度",
    "category": "问题类别 领域 项目属性 所属板块 问题分类",
    "place": "所在单位 施工地点 责任区域 实施范围 建设地址 项目所在地",
    "budget": "计划投资额 所需资金 投资金额（万元） 预算金额",
    "satisfaction": "职工评价 群众满意度评价",
    "measures": "项目概况 整改要求 建设规模及内容 对策/答案 改善措施 解决方案 具体做法",
    "source": "申报单位 征集渠道 提出单位 建议人",
    "remark": "服务对象 已完成投资 实际开工时间 受益职工 佐证材料 惠及人群 图片",
    "result": "取得实效 验收情况 回复情况",
    "done_on": "实际办结日期",
}
LISTED = [(words, column) for column, row in OF_REAL_LISTS.items() for words in row.split()]
# What must not be taken for something else.
OF_NO_COLUMN = [
    "填报单位",
    "审批人",
    "提出时间",
    "受理编号",
    "项目数",
    "优先级",
    "风险等级",
    "联系电话",
    "责任书",
]


@pytest.mark.parametrize(("heading", "column"), LISTED)
def test_headings_of_real_lists(heading, column):
    assert column_of(heading) == column


@pytest.mark.parametrize("heading", OF_NO_COLUMN)
def test_what_no_column_is_for(heading):
    assert column_of(heading) is None


def test_a_listed_heading_is_sure_of_its_column():
    assert meaning_of("责任单位").is_sure
    assert not meaning_of("责任车间").is_sure


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
    rows = [["序号", "项目", "颜色"], [1, "浴室", "问题"], [2, "食堂", "备注"]]

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
        (["序号", "检查发现问题", "整改措施"], "title", "B"),
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


def warnings_of(*rows):
    table = read_table(csv(*rows).encode())
    return {column: letter for column, (letter, _words) in table.columns.items()}, table


def test_a_listed_heading_wins_over_one_that_rules_know():
    columns, table = warnings_of(["序号", "项目", "责任车间", "责任单位"], [1, "浴室", "甲", "乙"])

    assert columns["units"] == "D"
    assert table.warnings == [
        "Column C “责任车间” means the same as D “责任单位”, which was read. It was not."
    ]


def test_what_rules_made_of_a_heading_is_said():
    _columns, table = warnings_of(["序号", "重点工作", "责任车间"], [1, "浴室", "甲"])

    assert table.warnings == [
        "Read by what their headings say: B “重点工作” → 实事项目; C “责任车间” → 责任单位."
        " Rename one that means another."
    ]


def test_a_day_beats_a_duration():
    columns, table = warnings_of(
        ["序号", "项目", "整改期限", "到期日"], [1, "浴室", "30天", "2026-06-30"]
    )

    assert columns["due"] == "D"
    assert "Column C “整改期限” means the same as D “到期日”" in table.warnings[0]


def test_two_columns_of_one_long_text_are_both_read():
    headings = ["序号", "项目", "进展情况", "下一步计划", "备注", "佐证材料"]
    _columns, table = warnings_of(headings, [1, "浴室", "采购", "安装", "", "照片3张"])

    (line,) = table.lines
    assert line.text("progress") == "采购\n下一步计划：安装"
    assert line.text("remark") == "佐证材料：照片3张"


def test_two_columns_of_people_are_both_read():
    table = read_table(
        csv(["序号", "项目", "责任人", "联络员"], [1, "浴室", "张三", "李四"]).encode()
    )

    assert table.lines[0].text("handlers") == "张三\n李四"
    assert table.warnings == []


def test_what_a_matter_holds_is_what_is_done_beside_its_name():
    assert columns_of(["序号", "项目名称", "项目内容"], [1, "浴室", "换管路"]) == {
        "number": "A",
        "title": "B",
        "measures": "C",
    }
    assert columns_of(["序号", "项目内容"], [1, "浴室"])["title"] == "B"


def test_time_of_the_work_is_the_deadline_where_nothing_else_is():
    assert columns_of(["序号", "项目", "实施时间"], [1, "浴室", "3-6月"])["due"] == "C"
    columns = columns_of(["序号", "项目", "实施时间", "完成时限"], [1, "浴室", "3-6月", "6月底"])
    assert (columns["due"], columns["remark"]) == ("D", "C")


LIST = [["序号", "实事项目", "责任单位", "完成时限"], [1, "浴室", "甲", "6月底"]]
SUMMARY = [["序号", "责任单位", "项目数", "备注"], [1, "甲", 1, ""]]
PROBLEMS = [["序号", "问题", "来源"], [1, "桌椅旧", "座谈"]]


def sheet_read(*, opened="", **sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if opened:
        book.active = book.sheetnames.index(opened)
    return read_table(saved(book)).sheet


def test_the_sheet_that_looks_most_like_a_list_is_read():
    assert sheet_read(封面=[["台账"]], 汇总=SUMMARY, 问题=PROBLEMS, 清单=LIST) == "清单"
    assert sheet_read(汇总=SUMMARY, 问题=PROBLEMS, 清单=LIST, opened="问题") == "清单"
    assert sheet_read(短表=[row[:3] for row in LIST], 清单=LIST) == "清单"


def test_a_sheet_without_rows_or_with_stand_ins_is_read_last():
    template = [[*LIST[0], "备注", "类别"]]
    stand_ins = [["序号", "存在问题", "实施单位", "完成时间"], [1, "浴室", "甲", "6月底"]]

    assert sheet_read(模板=template, 清单=LIST) == "清单"
    assert sheet_read(问题=stand_ins, 清单=LIST) == "清单"


def test_among_equals_the_open_sheet_is_read_else_the_first():
    assert sheet_read(一季度=LIST, 二季度=LIST, 三季度=LIST, opened="二季度") == "二季度"
    assert sheet_read(一季度=LIST, 二季度=LIST) == "一季度"


def test_more_lines_of_what_done_looks_like_than_an_item_takes_stay_in_the_last():
    noted = split_lines("甲；乙；丙；丁")

    assert noted.value == ["甲", "乙", "丙；丁"]
    assert split_lines("甲；乙；丙") == ["甲", "乙", "丙"]
