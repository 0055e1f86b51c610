"""What people do in Excel, and what programs do to workbooks."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from items.sheets.errors import BadTable
from items.sheets.table import read_table
from tests.sheets.files import (
    HEADINGS,
    MAIN,
    MATTER,
    OFFICE,
    raw_xlsx,
    relations,
    saved,
    text_cell,
    text_row,
    xlsx,
)

pytestmark = pytest.mark.usefixtures("english")

HEAD = text_row(1, *HEADINGS)


def book_with(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def test_values_keep_their_kind():
    content = xlsx(
        [*HEADINGS, "完成时间", "经费", "启动即完成"],
        [1, "浴室", "", date(2021, 11, 30), datetime(2021, 11, 22, 8, 30), 1.5, True],
    )

    (line,) = read_table(content).lines

    assert {column: cell.value for column, cell in line.cells.items()} == {
        "number": 1,
        "title": "浴室",
        "due": date(2021, 11, 30),
        "done_on": date(2021, 11, 22),
        "budget": 1.5,
        "start_is_the_matter": True,
    }


def test_a_percent_is_known_by_its_format():
    book, sheet = book_with(["序号", "项目", "完成进度"], [1, "浴室", 0.984], [2, "食堂", 98.4])
    sheet["C2"].number_format = "0.0%"

    lines = read_table(saved(book)).lines

    assert [(line.cell("percent").value, line.cell("percent").percent) for line in lines] == [
        (0.984, True),
        (98.4, False),
    ]


def test_chinese_excel_dates_are_dates():
    """Format 31, "yyyy年m月d日", is built in: nothing in the file spells it out."""
    content = raw_xlsx(HEAD + f'<row r="2"><c r="A2"><v>1</v></c>{text_cell("B2", "浴室")}'
                       '<c r="D2" s="1"><v>44464</v></c></row>')  # fmt: skip

    assert read_table(content).lines[0].cell("due").value == date(2021, 9, 25)


def test_days_count_from_1904_where_the_workbook_says_so():
    content = raw_xlsx(
        HEAD + f'<row r="2"><c r="A2"><v>1</v></c>{text_cell("B2", "浴室")}'
        '<c r="D2" s="1"><v>43002</v></c></row>',
        book='<workbookPr date1904="1"/>',
    )

    assert read_table(content).lines[0].cell("due").value == date(2021, 9, 25)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('s="1"><v>44464.75</v>', date(2021, 9, 25)),
        ('s="1"><v>0.5</v>', 0.5),
        ('s="1"><v>99999999</v>', "99999999"),
        ('t="d"><v>2021-09-25T08:30:00Z</v>', date(2021, 9, 25)),
        ('t="d"><v>08:30:00</v>', "08:30:00"),
        ('t="b"><v>1</v>', True),
        ('t="str"><v>九月</v>', "九月"),
        ("><v>1E20</v>", 1e20),
    ],
)
def test_what_a_cell_can_hold(cell, value):
    rows = f'<row r="2"><c r="A2"><v>1</v></c>{text_cell("B2", "浴室")}<c r="D2" {cell}</c></row>'

    assert read_table(raw_xlsx(HEAD + rows)).lines[0].cell("due").value == value


def test_cells_merged_downwards_say_the_same_for_every_row():
    book, sheet = book_with(
        ["2021年实事清单"],
        ["序号", "项目", "子项目", "责任单位"],
        [1, "改善生活设施", "休息室", "设备管理室"],
        [None, None, "浴室", "后勤服务室"],
        [None, None, "厕所", None],
        [2, "食堂", None, "厂工会"],
    )
    for area in ("A1:D1", "A3:A5", "B3:B5", "D4:D5"):
        sheet.merge_cells(area)

    lines = read_table(saved(book)).lines

    assert [[line.text(c) for c in ("number", "title", "part", "units")] for line in lines] == [
        ["1", "改善生活设施", "休息室", "设备管理室"],
        ["1", "改善生活设施", "浴室", "后勤服务室"],
        ["1", "改善生活设施", "厕所", "后勤服务室"],
        ["2", "食堂", "", "厂工会"],
    ]
    assert lines[1].cell("number").address == "A3"


def test_a_merged_area_makes_no_lines_of_empty_rows():
    book, sheet = book_with(HEADINGS, MATTER)
    sheet.merge_cells("A2:A900")

    assert [line.row for line in read_table(saved(book)).lines] == [2]


def test_a_formula_is_read_by_its_saved_result():
    content = raw_xlsx(
        HEAD + f'<row r="2"><c r="A2"><f>ROW()-1</f><v>1</v></c>{text_cell("B2", "浴室")}'
        '<c r="C2" t="str"><f>""</f><v></v></c></row>'
    )

    (line,) = read_table(content).lines

    assert line.cell("number").value == 1
    assert line.cell("units") is None


def test_a_formula_without_a_result_is_an_error_that_says_what_to_do():
    content = xlsx(HEADINGS, ["=ROW()-1", "浴室", "", "12月底前"])

    cell = read_table(content).lines[0].cell("number")

    assert cell.value is None
    assert cell.error == ("This is a formula without a result. Save the file once in Excel or WPS.")


def test_an_error_value_names_its_cell():
    content = raw_xlsx(
        HEAD + f'<row r="2"><c r="A2"><v>1</v></c>{text_cell("B2", "浴室")}'
        '<c r="D2" t="e"><f>A9</f><v>#REF!</v></c></row>'
    )

    assert read_table(content).lines[0].cell("due").error == (
        "The cell shows #REF!. Repair the formula, or type the value."
    )


def test_hidden_rows_are_read_and_said():
    book, sheet = book_with(HEADINGS, *([number, f"第{number}件"] for number in range(1, 9)))
    for row in (3, 4, 5, 8):
        sheet.row_dimensions[row].hidden = True

    table = read_table(saved(book))

    assert len(table.lines) == 8
    assert table.warnings == [
        "Hidden rows were read too: 3–5, 8. Delete them if they do not count."
    ]


def test_hidden_columns_are_read_and_said():
    book, sheet = book_with(
        [*HEADINGS, "具体措施", "备注", "无人知道"], [*MATTER, "采购", "略", "x"]
    )
    for letter in "CDFG":
        sheet.column_dimensions[letter].hidden = True

    table = read_table(saved(book))

    assert table.lines[0].text("due") == MATTER[3]
    assert table.warnings[-1] == (
        "Hidden columns were read too: C–D, F. Delete them if they do not count."
    )


def test_columns_and_rows_without_width_and_height_are_hidden():
    columns = '<cols><col min="2" max="16384" width="0" customWidth="1"/></cols>'
    rows = HEAD + text_row(2, *MATTER).replace('r="2"', 'r="2" ht="0" customHeight="1"', 1)
    sheet = f"<worksheet>{columns}<sheetData>{rows}</sheetData></worksheet>"

    table = read_table(raw_xlsx("", parts={"xl/worksheets/sheet1.xml": sheet}))

    assert table.warnings == [
        "Hidden rows were read too: 2. Delete them if they do not count.",
        "Hidden columns were read too: B–D. Delete them if they do not count.",
    ]


def test_a_hidden_sheet_is_left_alone_unless_it_is_named():
    book, sheet = book_with(HEADINGS, [1, "旧"])
    sheet.sheet_state = "hidden"
    shown = book.create_sheet("新清单")
    shown.append(HEADINGS)
    shown.append(MATTER)

    assert read_table(saved(book)).sheet == "新清单"
    assert read_table(saved(book), sheet="Sheet").lines[0].text("title") == "旧"


def test_a_workbook_that_hides_every_sheet():
    content = raw_xlsx(HEAD, parts={"xl/workbook.xml": _book('state="veryHidden"')})

    with pytest.raises(BadTable, match=r"No sheet can be seen \(hidden: 清单\)"):
        read_table(content)


def test_charts_are_no_sheets():
    content = raw_xlsx(
        HEAD,
        parts={
            "xl/_rels/workbook.xml.rels": relations("x", "x").replace("/worksheet", "/chartsheet"),
        },
    )

    with pytest.raises(BadTable, match="No sheet can be seen"):
        read_table(content)


def _book(attributes: str = "") -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="清单" sheetId="1" r:id="r1" {attributes}/></sheets></workbook>'
    )


def test_rich_text_is_joined_and_its_pronunciation_left_out():
    string = (
        "<si><r><t>改善</t></r><r><rPr><b/></rPr><t xml:space='preserve'>浴室_x000A_一期</t></r>"
        "<rPh sb='0' eb='2'><t>gaishan</t></rPh></si>"
    )
    content = raw_xlsx(
        HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>',
        parts={
            "xl/sharedStrings.xml": f"<sst>{string}</sst>",
            "xl/_rels/workbook.xml.rels": relations("sharedStrings", "sharedStrings.xml"),
        },
    )

    assert read_table(content).lines[0].text("title") == "改善浴室\n一期"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("vbaProject", "The workbook has macros. They were not run; only values were read."),
        ("externalLink", "The workbook refers to other files. The values saved in it were read."),
    ],
)
def test_macros_and_links_are_said_and_not_followed(kind, expected):
    pointers = {"xl/_rels/workbook.xml.rels": relations(kind, "nowhere.bin")}
    content = raw_xlsx(HEAD + text_row(2, *MATTER), parts=pointers)

    assert read_table(content).warnings == [expected]


def test_elements_may_carry_a_prefix_and_leave_out_their_addresses():
    row = "<x:row>{}</x:row>".format
    cell = '<x:c t="inlineStr"><x:is><x:t>{}</x:t></x:is></x:c>'.format
    rows = "".join(row("".join(map(cell, texts))) for texts in (HEADINGS, MATTER))
    sheet = f'<x:worksheet xmlns:x="m"><x:sheetData>{rows}</x:sheetData></x:worksheet>'

    table = read_table(raw_xlsx("", parts={"xl/worksheets/sheet1.xml": sheet}))

    assert table.lines[0].cell("due").address == "D2"


DAMAGE = {
    "row 0": '<row r="0"><c><v>1</v></c></row>',
    "row of letters": '<row r="x"/>',
    "column ZZZZ": '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>',
    "no such string": '<row r="2"><c r="A2" t="s"><v>7</v></c></row>',
    "number of letters": '<row r="2"><c r="A2"><v>seven</v></c></row>',
    "style of letters": '<row r="2"><c r="A2" s="x"><v>7</v></c></row>',
    "day of letters": '<row r="2"><c r="A2" t="d"><v>soon</v></c></row>',
    "not closed": '<row r="2"><c>',
    "entity unknown": '<row r="2"><c><v>&a;</v></c></row>',
    "merged nowhere": '</sheetData><mergeCells><mergeCell ref="A:A"/></mergeCells><sheetData>',
    "merged without": "</sheetData><mergeCell/><sheetData>",
}


@pytest.mark.parametrize("rows", DAMAGE.values(), ids=DAMAGE)
def test_damage_inside_a_sheet_is_a_sentence(rows):
    with pytest.raises(BadTable, match="damaged"):
        read_table(raw_xlsx(HEAD + rows))


@pytest.mark.parametrize("figure", ["1e999", "nan", "-inf"])
def test_numbers_without_end_stay_text(figure):
    rows = f'<row r="2"><c r="A2"><v>{figure}</v></c>{text_cell("B2", "浴室")}</row>'

    assert read_table(raw_xlsx(HEAD + rows)).lines[0].cell("number").value == figure
