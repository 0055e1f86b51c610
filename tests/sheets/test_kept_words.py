"""What the owner wrote is kept wherever it stands: no word of a row vanishes in silence."""

import pytest
from openpyxl import Workbook

from items.sheets.diff import sheet_values
from items.sheets.parsing import parse_table
from items.sheets.table import read_table
from tests.sheets.files import csv, saved

pytestmark = pytest.mark.usefixtures("english")


def read(content):
    """Return what the sheet says of each item by number, and the parsed sheet."""
    table = read_table(content)
    parsed = parse_table(table, 2026)
    said = {
        item.number: sheet_values(item, set(table.columns), "台账.csv") for item in parsed.items
    }
    return said, parsed


def said_of_one(headings, row):
    said, parsed = read(csv(["序号", "实事项目", *headings], [1, "修路", *row]).encode())
    assert parsed.problems == []
    return said[1], parsed


@pytest.mark.parametrize(
    ("headings", "row", "status", "progress"),
    [
        (["形象进度"], ["正在装修"], "in_progress", "正在装修"),
        (["完成进度"], ["已完工"], "in_progress", "已完工"),
        (["完成进度"], ["√"], "in_progress", "√"),
        (["完成进度"], ["尚未开工"], "not_started", "尚未开工"),
        (["进展情况"], ["未启动"], "not_started", "未启动"),
        (["完成进度", "进展情况"], ["正在装修", "设备未到"], "in_progress", "正在装修\n设备未到"),
        (["完成进度", "进展情况"], ["已完工", "3月已完工"], "in_progress", "3月已完工"),
        (["状态"], ["顺利推进"], "in_progress", "顺利推进"),
        (["状态"], ["未整改"], "not_started", "未整改"),
        (["是否完成"], ["是"], "in_progress", "是否完成：是"),
        (["是否完成"], ["否"], "in_progress", "是否完成：否"),
        (["是否销号"], ["未销号"], "in_progress", "未销号"),
        (["状态"], ["closed"], "in_progress", "closed"),
        (["状态", "进展情况"], ["正在推进", "主体封顶"], "in_progress", "主体封顶"),
        (["状态", "进展情况"], ["严重滞后", "设备未到"], "in_progress", "严重滞后\n设备未到"),
        (["完成情况"], ["已完成;3月投用"], "in_progress", "已完成;3月投用"),
        (["进展情况", "完成情况"], ["已完成", "3月投用"], "in_progress", "已完成"),
    ],
)
def test_words_of_the_progress(headings, row, status, progress):
    said, _parsed = said_of_one(headings, row)

    assert (said["status"]["status"], said["status"]["progress"]) == (status, progress)


def test_result_of_its_own_stays_the_result():
    said, _parsed = said_of_one(["进展情况", "完成情况"], ["已完成", "3月投用"])

    assert said["result"] == "3月投用"


def test_words_of_a_status_are_no_progress_once_it_is_signed_off():
    headings = ["状态", "联系督导责任人", "销号时间"]
    said, _parsed = said_of_one(headings, ["已销号", "支部", "2026-05-01"])

    assert (said["status"]["status"], said["status"]["progress"]) == ("resolved", "")


@pytest.mark.parametrize("heading", ["启动时间", "首次时限", "回头看"])
def test_words_where_a_day_is_planned_go_into_the_remark_and_are_said(heading):
    said, parsed = said_of_one([heading, "备注"], ["待定", "第一批"])

    assert said["remark"] == f"第一批\n{heading}：待定"
    assert [note.sentence for note in parsed.notes] == [
        "“待定” names no day. It is kept in the remark."
    ]


def test_unknown_term_goes_into_the_remark_too():
    said, _parsed = said_of_one(["期限类型"], ["一年"])

    assert (said["term"], said["remark"]) == (None, "期限类型：一年")


ALL = ["类别", "地点", "存在问题", "具体措施", "牵头领导", "责任单位", "配合单位", "承办人"]
ALL += ["联系督导责任人", "期限类型", "启动时间", "完成时限", "首次时限", "进展情况", "完成进度"]
ALL += ["完成情况", "完成时间", "销号时间", "销号人", "回头看", "经费", "备注", "状态"]


@pytest.mark.parametrize("placeholder", ["/", "\\", "-", "——", "无", "暂无", "N/A"])
def test_placeholders_are_blank_in_every_column(placeholder):
    said, parsed = said_of_one(ALL, [placeholder] * len(ALL))

    assert said == said_of_one(ALL, [""] * len(ALL))[0]
    assert parsed.notes == []


def test_placeholder_in_a_merged_cell_is_blank_too():
    book = Workbook()
    for row in (["序号", "实事项目", "地点"], [1, "修路", "/"], [2, "修灯", None]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")

    said, _parsed = read(saved(book))

    assert [values["place"] for values in said.values()] == ["", ""]


def test_number_in_a_column_of_words_is_kept_as_it_is_shown():
    book = Workbook()
    book.active.append(["序号", "实事项目", "进展情况", "备注", "经费"])
    book.active.append([1, "修路", 0.6, 3.0, 12])
    book.active["C2"].number_format = "0%"

    said, _parsed = read(saved(book))

    assert (said[1]["status"]["progress"], said[1]["remark"], said[1]["budget"]) == (
        "60%",
        "3",
        "12",
    )


def test_parts_that_differ_in_their_percent_say_it_each_in_words():
    rows = [[1, "修路", "南段", "60%"], [1, "修路", "北段", "完成80%；缺灯"]]
    said, _parsed = read(csv(["序号", "实事项目", "子项目", "完成进度"], *rows).encode())

    assert said[1]["percent"].figure == ""
    assert [dict(part)["progress"] for part in said[1]["part"]] == ["60%", "完成80%；缺灯"]
    assert said[1]["status"]["status"] == "in_progress"
