"""CSV as Excel, WPS and other programs write it."""

import pytest

from items.sheets.encoding import decode
from items.sheets.errors import BadTable
from items.sheets.table import read_table
from tests.sheets.files import HEADINGS, MATTER, csv

pytestmark = pytest.mark.usefixtures("english")

TEXT = csv(HEADINGS, MATTER)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encodings_of_excel_and_wps(encoding):
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""

    table = read_table((mark + TEXT).encode(encoding))

    assert table.columns["number"] == ("A", "序号")
    assert table.lines[0].text("title") == "改善一线职工浴室"


TRADITIONAL = csv(
    ["序號", "實事項目", "責任單位", "完成時限"], [1, "更換桌椅", "設備管理室", "12月底前"]
)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_utf_16_without_a_mark(encoding, delimiter):
    content = csv(HEADINGS, MATTER, delimiter=delimiter).encode(encoding)

    assert read_table(content).lines[0].text("title") == MATTER[1]


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8", "utf-16-le"])
def test_traditional_signs(encoding):
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-16-be"])
def test_simplified_signs(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf_8_with_broken_signs_names_the_line():
    content = TEXT.encode() + b"2,\xe9\xa3,\n" + "3,食堂,厂工会,年底\n".encode() * 20

    with pytest.raises(BadTable, match="Line 3 holds signs that can’t be read"):
        read_table(content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，", "；", "｜"])
def test_the_delimiter_is_told_by_the_headings(delimiter):
    row = [1, "浴室", "设备管理室、后勤服务室", "12月底前"]

    table = read_table(
        csv(["2021年清单, 第一批; 共三件"], HEADINGS, row, delimiter=delimiter).encode()
    )

    assert table.lines[0].text("due") == "12月底前"


@pytest.mark.parametrize("told", ["sep=|\n", '"sep=|"\n'])
def test_the_delimiter_that_excel_is_told(told):
    line = read_table((told + csv(HEADINGS, MATTER, delimiter="|")).encode()).lines[0]

    assert (line.row, line.text("title")) == (2, MATTER[1])


def test_spaces_that_web_pages_bring_are_spaces():
    text = csv(
        ["序号\xa0", "\u3000实事项目", "完成时限&nbsp;"], ["\xa01", "更换\xa0桌椅", "&nbsp;6月底"]
    )

    line = read_table(text.encode()).lines[0]

    assert [line.text(c) for c in ("number", "title", "due")] == ["1", "更换 桌椅", "6月底"]


def test_formulas_that_only_keep_text_as_text():
    line = read_table(csv(HEADINGS, ['"=""001"""', '="浴室"', "", '="2026-06-30"']).encode()).lines[
        0
    ]

    assert [line.text(c) for c in ("number", "title", "due")] == ["001", "浴室", "2026-06-30"]


def test_a_comma_list_full_of_semicolons():
    table = read_table(csv(HEADINGS, [1, "a;b;c;d", "e;f;g", "h;i"]).encode())

    assert table.lines[0].text("units") == "e;f;g"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_line_breaks(end):
    text = end.join(['序号,"实事', '项目"', '1,"浴室', '一期"', "2,食堂", ""])

    lines = read_table(text.encode()).lines

    assert [(line.row, line.text("title")) for line in lines] == [(2, "浴室\n一期"), (3, "食堂")]


def test_rows_are_counted_as_excel_shows_them():
    text = "清单\n\n" + csv(HEADINGS) + "\n,,,\n" + csv(MATTER)

    assert read_table(text.encode()).lines[0].row == 6


def test_the_mark_that_keeps_text_from_becoming_a_formula_is_taken_off():
    line = read_table(csv(HEADINGS, [1, "'=HYPERLINK(1)", "'-甲", "'甲'"]).encode()).lines[0]

    assert [line.text(c) for c in ("title", "units", "due")] == ["=HYPERLINK(1)", "-甲", "'甲'"]


def test_a_quotation_mark_that_never_ends_is_a_sentence():
    text = csv(HEADINGS) + '1,"浴室' + "很长" * 100_000

    with pytest.raises(BadTable, match="A quotation mark may be missing"):
        read_table(text.encode())


def test_invisible_characters_do_not_get_in():
    line = read_table(
        csv(HEADINGS, ["\u200b1", "\ufeff浴\u00ad室\u202e", " \u3000", "\u200b"]).encode()
    )

    assert {c: cell.text for c, cell in line.lines[0].cells.items()} == {
        "number": "1",
        "title": "浴室",
    }


def test_two_million_empty_rows():
    text = TEXT + ",,,\n" * 2_000_000

    assert len(read_table(text.encode()).lines) == 1
