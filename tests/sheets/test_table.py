"""What a table is once it is read, whatever file it came from."""

from io import BytesIO
from pathlib import Path

import pytest

from items.sheets.errors import BadTable
from items.sheets.table import read_table
from tests.sheets.files import HEADINGS, MATTER, csv, xlsx

pytestmark = pytest.mark.usefixtures("english")

DATA = Path(__file__).parent / "data"


def test_a_real_list_of_ten_matters_in_eleven_lines():
    table = read_table(DATA / "dazhu_2016.csv", name="dazhu_2016.csv")

    assert table.columns == {
        "number": ("A", "序号"),
        "title": ("B", "民生实事"),
        "units": ("C", "责任单位"),
        "due": ("D", "完成时限"),
    }
    assert [line.text("number") for line in table.lines].count("5") == 2
    assert [line.row for line in table.lines] == list(range(2, 13))
    assert table.lines[0].text("units") == "县水务局;县住建局;县护城河指挥部"
    assert table.lines[3].text("due") == "5月底前动工"
    assert table.lines[5].cell("units") is None
    assert table.warnings == []


def test_a_real_progress_table_with_chinese_numerals_and_parts():
    table = read_table(DATA / "xinjian_2024.csv")

    columns = ["number", "lead_unit", "title", "part", "part_unit", "progress"]
    assert list(table.columns) == columns
    assert [line.text("number") for line in table.lines] == list("一一一二二二三三三三")
    assert table.lines[8].text("part_unit") == "区教体局(区国资公司代建)"


def test_a_cell_knows_its_address_and_a_line_its_row():
    content = xlsx(["2021年实事清单"], [], HEADINGS, MATTER)

    table = read_table(content)

    (line,) = table.lines
    assert line.row == 4
    assert line.cell("due").address == "D4"
    assert line.cell("number").value == 1
    assert line.cell("remark") is None
    assert line.text("remark") == ""
    assert table.heading_row == 3
    assert table.title_rows == ["2021年实事清单"]


def test_path_bytes_and_open_file_read_alike(tmp_path):
    content = xlsx(HEADINGS, MATTER)
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)

    tables = [read_table(source) for source in (path, str(path), content, BytesIO(content))]

    assert tables[0].lines[0].text("title") == "改善一线职工浴室"
    assert all(table == tables[0] for table in tables)


def test_the_content_decides_what_a_file_is_not_its_name():
    assert read_table(xlsx(HEADINGS, MATTER), name="list.csv").sheet == "Sheet"
    assert read_table(csv(HEADINGS, MATTER).encode(), name="list.xlsx").sheet == ""


def test_the_first_visible_sheet_with_headings_is_read_and_the_others_named():
    content = xlsx(["填表须知"], 清单=[HEADINGS, MATTER], 旧清单=[HEADINGS, [2, "旧"]])

    table = read_table(content)

    assert table.sheet == "清单"
    assert table.warnings == ["The sheet “清单” was read. Not read: Sheet、旧清单."]


def test_a_sheet_can_be_chosen():
    content = xlsx(HEADINGS, MATTER, 旧清单=[HEADINGS, [2, "旧"]])

    table = read_table(content, sheet="旧清单")

    assert table.lines[0].text("title") == "旧"


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are():
    content = xlsx(HEADINGS, MATTER, 旧清单=[HEADINGS])

    with pytest.raises(BadTable, match=r"no sheet “新”\. The workbook has: Sheet、旧清单"):
        read_table(content, sheet="新")


def test_headings_without_rows_are_no_list():
    with pytest.raises(BadTable, match="no rows under them"):
        read_table(xlsx(HEADINGS))


def test_a_bad_first_sheet_is_what_the_complaint_is_about():
    content = xlsx(["序号", "责任单位", "备注"], notes=[["hello"]])

    with pytest.raises(BadTable, match=r"row 1\) lacks 实事项目. It has: 序号、责任单位、备注"):
        read_table(content)
