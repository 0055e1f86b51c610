"""The numbers of items, in every spelling, and what a whole column of them means."""

from datetime import date

import pytest

from items.sheets.errors import BadCell
from items.sheets.numbers import STYLES, Number, is_outside, parse_number, read_codes, style_of
from items.sheets.parsing import parse_table
from items.sheets.table import read_table
from tests.sheets.files import csv, xlsx

pytestmark = pytest.mark.usefixtures("english")

NUMBERS = {
    1: (1, ""),
    2.0: (2, ""),
    "12": (12, ""),
    "１２": (12, ""),
    "\u200b7 ": (7, ""),
    "1.": (1, ""),
    "1、": (1, ""),
    "1.0": (1, ""),
    "(1)": (1, ""),
    "（1）": (1, ""),
    "3)": (3, ""),
    "①": (1, ""),
    "⑴": (1, ""),
    "一": (1, ""),
    "(一)": (1, ""),
    "十二": (12, ""),
    "二十": (20, ""),
    "一百零三": (103, ""),
    "二四": (24, ""),
    "第3项": (3, ""),
    "第一件": (1, ""),
    "No.3": (3, ""),
    "24号": (24, ""),
    "1.1": (1, "1"),
    1.2: (1, "2"),
    "1-1": (1, "1"),
    "1(1)": (1, "1"),
    "一（二）": (1, "2"),
    "1.2.3": (1, "2.3"),
    "1.a": (1, "a"),
    "1#": (1, ""),
    "#1": (1, ""),
    "1＃": (1, ""),
    "【1】": (1, ""),
    "[1]": (1, ""),
    "〔12〕": (12, ""),
    "《3》": (3, ""),
    "Ⅻ": (12, ""),
    "Ⅳ、": (4, ""),
    "ⅲ": (3, ""),
    "XII": (12, ""),
    "XIV": (14, ""),
    "❶": (1, ""),
    "➓": (10, ""),
    "㈠": (1, ""),
    "1️⃣": (1, ""),
    "★1": (1, ""),
    "1*": (1, ""),
    "壹": (1, ""),
    "拾贰": (12, ""),
    "001": (1, ""),
    "№ 7": (7, ""),
    "1-": (1, ""),
    "序号3": (3, ""),
    "第 3 号": (3, ""),
}
NO_NUMBERS = ["0", 0, -1, "1、2", "1和2", "A", "合计", 100_000, "1" * 13, True, "²x", "1.5.x"]
NO_NUMBERS += ["X", "x", "i", "MS-01", "IIII", "第", "()", "1" * 100, "一二三四五六七八九十" * 5]


@pytest.mark.parametrize(("value", "expected"), NUMBERS.items())
def test_a_number_in_every_spelling(value, expected):
    assert parse_number(value) == Number(*expected)


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_number(value):
    with pytest.raises(BadCell, match="is not a number"):
        parse_number(value)


def test_a_number_that_excel_made_a_day_of():
    with pytest.raises(BadCell, match="Excel made a day of this number"):
        parse_number(date(2021, 1, 1))


@pytest.mark.parametrize("value", [None, "", " ", "\u3000\u200b"])
def test_a_blank_cell_is_no_number(value):
    assert parse_number(value) is None


@pytest.mark.parametrize("typed", ["5(新增)", "5（续）", "第5项（市级）"])
def test_words_beside_a_number_are_kept(typed):
    noted = parse_number(typed)

    assert (noted.value, noted.kept) == (Number(5), typed)


STYLE = {
    "第一部分": "part",
    "第二类": "part",
    "A": "letter",
    "甲": "letter",
    "Ⅰ": "roman",
    "一": "han",
    "十二、": "han",
    "（一）": "han in brackets",
    "㈠": "han in brackets",
    1: "figure",
    2.0: "figure",
    "1、": "figure",
    "1.1": "figure",
    "（1）": "in brackets",
    "1)": "in brackets",
    "【1】": "in brackets",
    "①": "circled",
    "❶": "circled",
    "": "",
    "浴室": "",
    None: "",
}


@pytest.mark.parametrize(("value", "style"), STYLE.items())
def test_the_style_of_a_number(value, style):
    assert style_of(value) == style


def test_styles_stand_over_each_other():
    assert set(STYLE.values()) == {*STYLES, ""}
    assert is_outside("han", "figure")
    assert not is_outside("figure", "figure")
    assert not is_outside("figure", "han")
    assert not is_outside("", "figure")


CODES = [
    [f"2026-{n:02}" for n in range(1, 19)],
    [f"2026-{n}" for n in range(1, 19)],
    [f"2026.{n:02}" for n in range(1, 19)],
    [f"2026{n:03}" for n in range(1, 19)],
    [int(f"2026{n:02}") for n in range(1, 19)],
    [f"2026年第{n}号" for n in range(1, 19)],
    [f"〔2026〕{n}号" for n in range(1, 19)],
    [f"MS-{n:03}" for n in range(1, 19)],
    [f"LT2026-{n:03}" for n in range(1, 19)],
    [f"炼铁{n:02}" for n in range(1, 19)],
    [f"A{n}" for n in range(1, 19)],
    [date(2026, n, 1) if n < 13 else f"2026-{n}" for n in range(1, 19)],
]


@pytest.mark.parametrize("column", CODES, ids=lambda column: str(column[0]))
def test_a_column_of_codes_is_so_many_numbers(column):
    assert list(read_codes(column).values()) == list(range(1, 19))


@pytest.mark.parametrize(
    "column",
    [
        ["1.1", "1.2", "1.3"],
        ["1-1", "1-2"],
        [1, 2, 3],
        ["一", "二"],
        ["A1", "B1"],
        ["2026-01", "2025-02"],
        ["2026-01", 2],
        ["2026-00"],
        [date(2026, 1, 1), date(2026, 1, 2)],
        [],
        [None],
    ],
)
def test_what_are_no_codes(column):
    assert read_codes(column) == {}


def numbers_of(*numbers):
    rows = [[number, f"事项{at}"] for at, number in enumerate(numbers)]
    parsed = parse_table(read_table(xlsx(["序号", "实事项目"], *rows)), 2026)
    return [(item.number, len(item.parts())) for item in parsed.items], parsed


def test_eighteen_codes_are_eighteen_items():
    items, parsed = numbers_of(*CODES[0])

    assert items == [(number, 0) for number in range(1, 19)]
    assert parsed.problems == []


def test_decimals_typed_as_numbers_lose_no_row_and_say_so():
    items, parsed = numbers_of(1, *[float(f"1.{n}") for n in range(1, 11)], 2)

    assert items == [(1, 10), (2, 0)]
    assert [(note.row, note.original) for note in parsed.notes] == [(12, "1.1")]


def test_numbers_in_brackets_under_figures_are_parts():
    items, parsed = numbers_of("1", "（1）", "（2）", "2", "（1）", "（2）")

    assert items == [(1, 2), (2, 2)]
    assert parsed.problems == []
    assert "Row 3 is numbered as a part: read as a part of no. 1." in parsed.warnings


def test_a_number_that_excel_was_to_leave_alone():
    table = read_table(csv(["序号", "实事项目"], ['"=""001"""', '"=""浴室"""']).encode())

    assert [line.text("number") for line in table.lines] == ["001"]
    assert [line.text("title") for line in table.lines] == ["浴室"]
