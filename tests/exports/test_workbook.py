"""A workbook that is written: text stays text, nothing is reckoned, and other programs read it."""

import csv
import io
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from items.exports.separated import separated
from items.exports.workbook import (
    MOST_LETTERS,
    Sheet,
    SheetColumn,
    writable,
    write_workbook,
)

COLUMNS = [SheetColumn("序号", "number"), SheetColumn("实事项目", "title")]
RECKONED = ["=1+1", "+1", "-5℃以下", "@SUM(A1)", "\t=1", "\r=1", '=cmd|"/c calc"!A1', "{=1}"]
LINKS = ["http://example.org", "mailto:a@b.c", "internal:Sheet1!A1", "external:c.xlsx"]


def written(*sheets):
    file = io.BytesIO()
    write_workbook(file, sheets)
    return file.getvalue()


def sheet(*values, columns=COLUMNS, name="台账", above=("标题", "截至")):
    return Sheet(name, above, columns, [[number, value] for number, value in enumerate(values, 1)])


def read(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", [*RECKONED, *LINKS, "00123", "1/2", "TRUE", "2026-01-01", " a "])
def test_text_stays_text(text):
    content = written(sheet(text))

    (cell,) = [row[1] for row in read(content).active.iter_rows(min_row=4)]
    assert (cell.value, cell.data_type) == (text.replace("\r", "\n"), "s")
    assert cell.hyperlink is None
    package = zipfile.ZipFile(io.BytesIO(content))
    inside = b"".join(package.read(name) for name in package.namelist())
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside


def test_days_numbers_and_shares_are_such():
    columns = [SheetColumn("甲", kind) for kind in ("day", "number", "percent", "line")]
    rows = [[date(2026, 12, 31), 18, Fraction(984, 1000), None]]

    book = read(written(Sheet("一", ["题"], columns, rows)))

    day, number, share, nothing = next(book.active.iter_rows(min_row=3))
    assert (day.value.date(), day.is_date) == (date(2026, 12, 31), True)
    assert (number.value, share.value, nothing.value) == (18, 0.984, None)
    assert "%" in share.number_format


def test_it_prints_on_a3_one_page_wide_with_its_head_on_each():
    page = read(written(sheet("浴室"))).active

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (
        page.page_setup.fitToHeight == 0
    )  # as many as it takes; and one wide, which is the default
    assert page.print_title_rows == "$1:$3"
    assert page.freeze_panes == "B4"
    assert page.auto_filter.ref == "A3:B4"
    assert page["A1"].value == "标题"


def test_empty_table_has_its_head():
    page = read(written(Sheet("空", ["题"], COLUMNS, []))).active

    assert [cell.value for cell in page[2]] == ["序号", "实事项目"]
    assert page.auto_filter.ref == "A2:B2"


@pytest.mark.parametrize(
    "names",
    [
        ["厂长", "厂长"],
        ["a/b\\c?*[d]:", "'引号'"],
        ["很长" * 20, "很长" * 20 + "二"],
        ["", "\x00"],
        ["History", "history"],
    ],
)
def test_any_names_make_sheets_that_open(names):
    book = read(written(*(sheet("浴室", name=name) for name in names)))

    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_what_no_cell_may_hold_is_left_out_or_cut():
    assert writable("a\x00b\x0bc\ud800d\uffff") == "abcd"
    assert writable("字" * MOST_LETTERS) == "字" * MOST_LETTERS
    cut = writable("字" * (MOST_LETTERS + 1))
    assert len(cut) <= MOST_LETTERS
    assert cut.endswith("（太长，全文见系统）")
    emoji = writable("😀" * MOST_LETTERS)
    assert len(emoji.encode("utf-16-le")) <= 2 * MOST_LETTERS


def test_separated_values_are_read_back_and_nothing_is_reckoned():
    texts = [*RECKONED, '引"号', "两\n行", "a,b", "\x00x"]

    content = "".join(separated(sheet(*texts)))

    assert content.startswith("\ufeff序号,实事项目")
    rows = list(csv.reader(io.StringIO(content[1:], newline="")))
    shown = [row[1] for row in rows[1:]]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for text in shown)
    plain = [text[1:] if text.startswith("'") else text for text in shown]
    assert plain == [text.replace("\x00", "").replace("\r", "\n") for text in texts]
