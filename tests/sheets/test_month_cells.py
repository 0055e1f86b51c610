"""Cells that show less than a day, or a bare number, in columns of days."""

from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from items.sheets.parsing import parse_table
from items.sheets.table import read_table
from tests.sheets.files import csv, raw_xlsx, saved, text_cell, text_row

pytestmark = pytest.mark.usefixtures("english")

HEADINGS = ["序号", "实事项目", "完成时限", "启动时间", "完成时间"]
FIRST_OF_JUNE, LAST_OF_JUNE = date(2026, 6, 1), date(2026, 6, 30)

# What a format shows of 2026-06-01 decides what the deadline is.
MONTHS = [
    "mmm-yy", 'yyyy"年"m"月"', 'yyyy"年"m"月";@', '[$-804]yyyy"年"m"月"', "yyyy-mm", "yyyy/m",
    "yyyy.mm", 'm"月"', 'm"月份"', "mmmm", "mmmm\\ yyyy", '[DBNum1][$-804]yyyy"年"m"月"', "yy/m",
    "yyyy\\-mm;@", '[$-F800]yyyy"年"m"月"',
]  # fmt: skip
YEARS = ["yyyy", 'yyyy"年"', 'yyyy"年度"']
WHOLE_DAYS = [
    "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'm"月"d"日"', "m/d", "d-mmm", "d-mmm-yy", "yyyy.mm.dd",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "m/d/yyyy h:mm", "yyyy-mm-dd hh:mm:ss", "dddd",
    '[DBNum1][$-804]yyyy"年"m"月"d"日"',
]  # fmt: skip
# Of Chinese Excel, which no file spells out
BUILT_IN_MONTHS, BUILT_IN_DAYS = (17, 27, 36, 50, 52, 57), (14, 15, 16, 22, 28, 31, 51, 58)


def sheet_with(value, number_format: str) -> bytes:
    """Write a matter whose deadline, start and day of completion are the same cell."""
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append([1, "浴室", value, value, value])
    for cell in book.active[2][2:]:
        cell.number_format = number_format
    return saved(book)


def read(content: bytes):
    """Return the values of the only line, and the sentences about its cells by column."""
    parsed = parse_table(read_table(content), 2026)
    assert parsed.problems == []
    (line,) = parsed.items[0].lines
    return line, {note.column: note for note in parsed.notes}


@pytest.mark.parametrize("number_format", MONTHS)
def test_a_month_alone_means_its_end_and_no_day_on_which_it_was_done(number_format):
    line, notes = read(sheet_with(FIRST_OF_JUNE, number_format))

    assert (line.get("due").due, line.get("due").words) == (LAST_OF_JUNE, "2026年6月")
    assert line.get("start_by") == LAST_OF_JUNE
    assert line.get("done_on", None) is None
    assert line.get("progress") == "完成时间：2026年6月"
    assert notes["done_on"].original == "2026年6月"
    assert "is not one day. It is kept in the progress" in notes["done_on"].sentence


@pytest.mark.parametrize("number_format", YEARS)
def test_a_year_alone_means_its_end(number_format):
    line, notes = read(sheet_with(date(2026, 1, 1), number_format))

    assert line.get("due").due == date(2026, 12, 31)
    assert (line.get("done_on", None), list(notes)) == (None, ["done_on"])


@pytest.mark.parametrize("number_format", WHOLE_DAYS)
def test_a_day_that_is_shown_is_that_day(number_format):
    line, notes = read(sheet_with(FIRST_OF_JUNE, number_format))

    assert (line.get("due").due, line.get("due").words) == (FIRST_OF_JUNE, "")
    assert line.get("done_on") == FIRST_OF_JUNE
    assert notes == {}


def built_in(format_id: int, serial: int) -> bytes:
    """Write a deadline in a format that only its number tells."""
    styles = f'<styleSheet><cellXfs><xf/><xf numFmtId="{format_id}"/></cellXfs></styleSheet>'
    row = f'<row r="2"><c r="A2"><v>1</v></c>{text_cell("B2", "浴室")}<c r="C2" s="1"><v>{serial}'
    return raw_xlsx(
        text_row(1, *HEADINGS[:3]) + f"{row}</v></c></row>", parts={"xl/styles.xml": styles}
    )


@pytest.mark.parametrize(
    ("format_id", "due"),
    [
        *((format_id, LAST_OF_JUNE) for format_id in BUILT_IN_MONTHS),
        *((format_id, FIRST_OF_JUNE) for format_id in BUILT_IN_DAYS),
    ],
)
def test_formats_that_no_file_spells_out(format_id, due):
    line, _notes = read(built_in(format_id, 46174))

    assert line.get("due").due == due


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (44741, LAST_OF_JUNE),  # 2026-06-30 counted from 1904
        (44741.75, LAST_OF_JUNE),
        ("44741", LAST_OF_JUNE),
        (20260630, LAST_OF_JUNE),
        (260630, LAST_OF_JUNE),
    ],
)
def test_bare_numbers_of_a_workbook_that_counts_from_1904(value, day):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([*HEADINGS, "经费"])
    book.active.append([1, "浴室", value, value, value, 44741])

    line, notes = read(saved(book))

    assert [line.get("due").due, line.get("start_by"), line.get("done_on")] == [day] * 3
    assert line.get("budget") == "44741"
    assert {note.original for note in notes.values()} <= {str(value)}


def test_a_bare_number_is_said_to_be_one():
    line, notes = read(sheet_with(46203, "General"))

    assert line.get("due").due == line.get("done_on") == LAST_OF_JUNE
    assert notes["due"].sentence == "Excel’s number for a day was read as 2026-06-30."


CLEAR_WORDS = ["已完成", "未完成", "未开工", "进行中", "已办结", "已完成（分两批）", "一期已完成"]
WORDS_OF_A_COLUMN = ["6月底", "6月", "2026年", "长期", "7月起", "2026年上半年", "Q2", "是", "√"]
WORDS_OF_A_COLUMN += ["5月20日、6月3日"]


@pytest.mark.parametrize(
    ("words", "progress"),
    [
        *((words, words) for words in CLEAR_WORDS),
        *((words, f"完成时间：{words}") for words in WORDS_OF_A_COLUMN),
    ],
)
def test_words_of_completion_never_refuse_the_file(words, progress):
    line, notes = read(csv(HEADINGS, [1, "浴室", "12月底前", "", words]).encode())

    assert line.get("done_on", None) is None
    assert line.get("progress") == progress
    assert notes["done_on"].original == words


def test_words_of_completion_stand_beside_the_progress():
    head, row = [*HEADINGS, "进展情况"], [1, "浴室", "12月底前", "", "6月底", "正在装修"]

    line, _notes = read(csv(head, row).encode())

    assert line.get("progress") == "正在装修\n完成时间：6月底"


def test_words_in_a_column_of_starts_are_set_aside_and_said():
    line, notes = read(csv(HEADINGS, [1, "浴室", "12月底前", "待定", ""]).encode())

    assert line.get("start_by", None) is None
    assert "names no day. It is kept in the remark" in notes["start_by"].sentence


def test_a_cell_that_may_mean_two_days_brings_both():
    parsed = parse_table(read_table(csv(HEADINGS, [1, "浴室", "6.3", "", ""]).encode()), 2026)

    (problem,) = parsed.problems
    assert (problem.column, problem.choices) == ("due", ("2026-06-03", "2026-06-30"))


def test_a_reading_that_was_taken_brings_the_others():
    _line, notes = read(csv(HEADINGS, [1, "浴室", "5.1前", "", ""]).encode())

    assert notes["due"].choices == ("2026-04-30", "2026-05-01")


def test_the_same_day_shown_as_a_month_and_as_a_day_are_two_things():
    book = Workbook()
    book.active.append(HEADINGS[:3])
    for number, number_format in enumerate(["yyyy/m", "yyyy/m/d", 'm"月"', "yyyy"], start=1):
        book.active.append([number, f"第{number}间浴室", FIRST_OF_JUNE])
        book.active.cell(number + 1, 3).number_format = number_format

    parsed = parse_table(read_table(saved(book)), 2026)

    dues = [item.lines[0].get("due").due for item in parsed.items]
    assert dues == [LAST_OF_JUNE, FIRST_OF_JUNE, LAST_OF_JUNE, date(2026, 12, 31)]
