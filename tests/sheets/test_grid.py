"""The limits that keep a sheet from hanging the import or eating its memory."""

import time
import tracemalloc

import pytest

from items.sheets import grid
from items.sheets.errors import BadTable
from items.sheets.table import read_table
from tests.sheets.files import HEADINGS, MATTER, csv, raw_xlsx, relations, text_cell, text_row

pytestmark = pytest.mark.usefixtures("english")

HEAD = text_row(1, *HEADINGS)
SECONDS = 8  # of processor time; each takes one or two, and a hang takes for ever


@pytest.mark.slow
def test_a_million_empty_styled_rows_take_a_few_seconds():
    empty = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(3, 1_000_003))
    content = raw_xlsx(HEAD + text_row(2, *MATTER) + empty)
    begin = time.process_time()

    table = read_table(content)

    assert len(table.lines) == 1
    assert time.process_time() - begin < SECONDS


def test_empty_rows_take_no_memory():
    empty = "".join(f'<row r="{row}" s="1"><c s="1"/></row>' for row in range(3, 30_003))
    content = raw_xlsx(HEAD + text_row(2, *MATTER) + empty)
    tracemalloc.start()

    read_table(content)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_row_far_below_is_left_out_and_said():
    far = grid.MAX_EMPTY_ROWS + 10
    content = raw_xlsx(HEAD + text_row(2, *MATTER) + text_row(far, 2, "stray"))

    table = read_table(content)

    assert [line.row for line in table.lines] == [2]
    assert table.warnings == [f"Row {far} lies far below the list. It was not read."]


def test_an_error_outside_the_list_is_nobodys_business():
    errors = '<c r="XFC2" t="e"><v>#REF!</v></c></row><row r="9000"><c t="e"><v>#REF!</v></c>'
    content = raw_xlsx(HEAD + text_row(2, *MATTER).replace("</row>", f"{errors}</row>"))

    (line,) = read_table(content).lines

    assert [cell.error for cell in line.cells.values()] == ["", "", "", ""]


def test_columns_beyond_the_limit_are_left_out_and_said():
    content = raw_xlsx(
        HEAD + f'<row r="2">{text_cell("A2", 1)}{text_cell("B2", "浴室")}{text_cell("XFD2", "x")}'
        "</row>"
    )

    table = read_table(content)

    assert list(table.lines[0].cells) == ["number", "title"]
    assert table.warnings == ["The sheet is too wide. From column XFD on nothing was read."]


def test_too_many_merged_areas_are_refused():
    areas = '<mergeCell ref="A2:A3"/>' * 20_001

    with pytest.raises(BadTable, match="damaged"):
        read_table(raw_xlsx(HEAD, after=f"<mergeCells>{areas}</mergeCells>"))


def test_too_many_elements_are_refused():
    with pytest.raises(BadTable, match="too large"):
        read_table(raw_xlsx(HEAD, book="<a/>" * 20_001))


@pytest.mark.slow
def test_ten_thousand_rows_are_read_and_one_more_is_refused():
    rows = HEAD + "".join(text_row(row + 1, row, "浴室") for row in range(1, grid.MAX_ROWS + 1))
    assert len(read_table(raw_xlsx(rows)).lines) == grid.MAX_ROWS

    rows += text_row(grid.MAX_ROWS + 2, grid.MAX_ROWS + 1, "食堂")
    with pytest.raises(BadTable, match="more than 10000 filled rows"):
        read_table(raw_xlsx(rows))


def test_rows_are_counted_before_they_are_kept():
    rows = csv(HEADINGS) + "1,浴室\n" * 1_000_000

    with pytest.raises(BadTable, match="more than 10000 filled rows"):
        read_table(rows.encode())


def test_too_much_text_in_all_cells_together_is_refused():
    cells = "".join(f'<row><c/><c t="s"><v>{at % 2}</v></c></row>' for at in range(306))
    strings = "".join(f"<si><t>{char * grid.MAX_CELL}</t></si>" for char in "浴室")
    parts = {
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/_rels/workbook.xml.rels": relations("sharedStrings", "sharedStrings.xml"),
    }

    with pytest.raises(BadTable, match="too much text"):
        read_table(raw_xlsx(HEAD + cells, parts=parts))


def test_one_cell_that_is_too_long_is_an_error_of_its_own():
    line = text_row(2, 1, "浴" * (grid.MAX_CELL + 1))

    cell = read_table(raw_xlsx(HEAD + line)).lines[0].cell("title")

    assert cell.text == ""
    assert cell.error.startswith("The cell holds more than 32767 characters.")


def test_merged_areas_that_overlap_cost_no_time():
    rows = HEAD + "".join(text_row(row, row, "a") for row in range(2, 5_000))
    areas = '<mergeCell ref="B2:B1048576"/>' * 20_000
    begin = time.process_time()

    table = read_table(raw_xlsx(rows, after=f"<mergeCells>{areas}</mergeCells>"))

    assert len(table.lines) == 4_998
    assert time.process_time() - begin < SECONDS
