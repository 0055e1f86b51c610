"""Which rows under the headings are lines of the list."""

import pytest

from items.sheets.table import ranges, read_table
from tests.sheets.files import csv

pytestmark = pytest.mark.usefixtures("english")

HEAD = ["序号", "项目", "责任单位"]


def read(*rows):
    table = read_table(csv(HEAD, *rows).encode())
    return [line.row for line in table.lines], table.warnings


def not_read(row, words):
    return f"Row {row}, “{words}”, is not a matter. It was not read."


@pytest.mark.parametrize(
    "words",
    [
        "合计",
        "总计：3件",
        "小 计",
        "备注：以上为第一批",
        "说明:见附件",
        "注1：见附件",
        "填表人：某某",
        "制表：办公室",
    ],
)
def test_totals_and_notes_are_left_out_and_said(words):
    assert read([1, "浴室", "甲"], [words, "", "共3个单位"]) == ([2], [not_read(3, words)])


def test_a_heading_within_the_list_is_left_out_and_said():
    rows = [["一、生活设施"], [1, "浴室", "甲"], ["二、作业环境"], [2, "粉尘", "乙"]]

    lines, warnings = read(*rows)

    assert lines == [3, 5]
    assert warnings == [
        f"Row {row}, “{words}”, is a heading within the list. It gives the category “{name}” to"
        " the rows under it that have none."
        for row, words, name in [(2, "一、生活设施", "生活设施"), (4, "二、作业环境", "作业环境")]
    ]


@pytest.mark.parametrize("title", ["合计三处浴室", "说明栏更换", "备注：浴室"])
def test_a_numbered_row_is_a_line_whatever_its_words(title):
    assert read([1, title, "甲"]) == ([2], [])


def test_rows_that_were_only_numbered_beforehand_are_left_out_and_said():
    rows = [[number, "", ""] for number in range(2, 6)]

    assert read([1, "浴室", "甲"], *rows, [6, "食堂", ""], [7]) == (
        [2, 7],
        ["Rows with a number and nothing else were not read: 3–6, 8."],
    )


def test_headings_that_are_repeated_on_each_page_are_no_lines():
    assert read([1, "浴室", "甲"], HEAD, [2, "食堂", "乙"]) == ([2, 4], [])


def test_a_row_without_a_number_is_a_line():
    assert read([1, "浴室", "甲"], ["", "食堂", "乙"], ["", "", "丙"]) == ([2, 3, 4], [])


def test_a_row_with_a_number_that_cannot_be_read_is_a_line():
    assert read(["A", "浴室", "甲"]) == ([2], [])


def test_a_row_whose_only_words_are_in_an_unknown_column_is_no_line():
    table = read_table(csv([*HEAD, "颜色"], [1, "浴室", "甲", "红"], ["", "", "", "蓝"]).encode())

    assert [line.row for line in table.lines] == [2]


def test_row_numbers_are_written_shortly():
    assert ranges([5, 6, 7, 9, 12, 13]) == "5–7, 9, 12–13"
    assert ranges(range(1, 40, 2)) == "1, 3, 5, 7, 9, 11, 13, 15, 17, 19 …"
    assert ranges([]) == ""


@pytest.mark.parametrize("ditto", ["同上", "（同上）", "〃", "同上。"])
def test_what_stands_as_above_is_written_out_and_said(ditto):
    table = read_table(csv(HEAD, [1, "浴室", "甲"], [2, "食堂", ditto], [3, "灯", ditto]).encode())

    assert [line.text("units") for line in table.lines] == ["甲"] * 3
    assert table.warnings == [f"Row {row}, cell C{row}, “{ditto}”: read as “甲”." for row in (3, 4)]


def test_as_above_in_the_first_row_stays():
    assert read([1, "浴室", "同上"]) == ([2], [])
