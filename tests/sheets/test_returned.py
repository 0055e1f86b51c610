"""A book that comes back: saved anew it says the same, and what is no export is told apart."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from items.exports.ledger import Wanted, write_ledger, write_numbered, write_separated
from items.exports.workbook import CUT
from items.models import LedgerExport
from items.sheets import returned as returned_book
from items.sheets.errors import BadTable
from items.sheets.grid import MAX_ROWS
from items.sheets.returned import Returned, read_returned
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import fresh, report
from tests.sheets.files import MATTER, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    item = factories.Item(
        list__slug="plant-2026",
        title="=1+1 改善浴室",
        problem="墙面\n\n渗水  多处 ",
        source="-5℃以下",
        budget="12.50",
        remark="字" * 40_000,
        internal_note="3/4",
        target_count=120,
        done_count=0,
        count_unit="间",
        start_by=TODAY,
        recheck_on=TODAY + days(99),
        measures=["更换 座椅", "（一）加１０把", "1. 一起验收"],
    )
    item.criteria.create(text="都能坐")
    for role in ("lead", "joint", "support"):
        unit = factories.Unit(committee=item.list.committee)
        item.unit_shares.create(unit=unit, role=role)
    factories.another(item, title="新建车棚", number=9)
    factories.publish(item.list)
    report(fresh(item), text="改完\r\n90间", done_count=90)
    report(fresh(item.list.items.get(number=9)), text="'带引号", percent=Decimal("55.5"))
    return fresh(item)


def exported(item, write=write_ledger, **wanted):
    file, by = io.BytesIO(), factories.office_of(item)
    wanted = {"items": item.list.items.published().order_by("number"), "inside": True} | wanted
    write_numbered(write, file, item.list, Wanted(**wanted), TODAY, by=by, now=NOW)
    return file.getvalue()


def edited(content, *edits):
    """Open a book, do something to each sheet that can come back, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for page in book.worksheets:
        if page.title != "全部经过":
            for edit in edits:
                edit(page)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column(page, heading):
    return next(cell.column for cell in page[3] if cell.value == heading)


def put(cell, value):
    """Write into a cell; a text that looks like a formula stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def write(heading, value, row=4):
    return lambda page: setattr(page.cell(row, column(page, heading)), "value", value)


def back(item, content):
    return read_returned(content, item.list)


def said(returned):
    return {
        number: {name: cell.yours for name, cell in cells.items()}
        for number, cells in returned.cells.items()
    }


def refusal(item, content):
    with pytest.raises(BadTable) as refused:
        back(item, content)
    return " ".join(refused.value.sentences)


# No change


@pytest.mark.parametrize("split", ["", "owner", "unit"])
def test_saved_anew_it_says_the_same(item, split):
    returned = back(item, edited(exported(item, split=split)))

    assert (said(returned), returned.rows, returned.missing, returned.notes) == ({}, 2, 0, [])


def test_separated_values_say_the_same(item):
    content = exported(item, write_separated)

    assert said(back(item, content)) == {}
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    anew = io.StringIO()
    csv.writer(anew, lineterminator="\r\n").writerows(rows)
    assert said(back(item, anew.getvalue().encode("gb18030"))) == {}


def as_text(page):
    """Write days, numbers and percents as texts, as they are shown."""
    for cells in page.iter_rows(min_row=4):
        for cell in cells:
            if cell.is_date and cell.value:
                cell.value, cell.number_format = f"{cell.value:%Y年%m月%d日}", "@"
            elif isinstance(cell.value, float):
                cell.value, cell.number_format = f"{cell.value:.2%}", "@"
            elif cell.value is not None:
                put(cell, f"{cell.value} ")
                cell.number_format = "@"


def as_numbers(page):
    page.cell(4, column(page, "经费")).value = 12.5
    page.cell(5, column(page, "完成进度")).value = 0.555
    page.cell(5, column(page, "完成进度")).number_format = "General"


def with_carriage_returns(page):
    for cells in page.iter_rows(min_row=4):
        for cell in cells:
            if isinstance(cell.value, str):
                put(cell, cell.value.replace("\n", "_x000D_\n"))


def upside_down(page):
    for first, second in zip(page[4], page[5], strict=True):
        one, other = first.value, second.value
        put(first, other)
        put(second, one)


def moved_down(page):
    page.insert_rows(4, 2)
    page.insert_rows(1, 1)


def headings_again(page):
    for cell in page[3]:
        page.cell(page.max_row + (cell.column == 1), cell.column).value = cell.value


@pytest.mark.parametrize(
    "edit",
    [
        as_text,
        as_numbers,
        with_carriage_returns,
        upside_down,
        moved_down,
        headings_again,
        lambda page: page.delete_cols(column(page, "经费")),
        lambda page: page.move_range(f"AA1:AA{page.max_row}", cols=40),
        lambda page: page.insert_cols(3),
        write("序号", "１"),
        write("序号", "1"),
    ],
)
def test_what_says_the_same_is_no_change(item, edit):
    returned = back(item, edited(exported(item), edit))

    assert (said(returned), returned.rows, returned.missing, returned.notes) == ({}, 2, 0, [])


def test_text_that_was_cut_is_known_again(item):
    content = exported(item)

    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert page.cell(4, column(page, "备注")).value.endswith(CUT)
    assert said(back(item, content)) == {}


def test_rows_that_are_deleted_are_missing(item):
    returned = back(item, edited(exported(item), lambda page: page.delete_rows(4)))

    assert (said(returned), returned.rows, returned.missing) == ({}, 1, 1)


# Changes


def test_changes_are_told_by_number_and_column(item):
    content = edited(
        exported(item),
        upside_down,
        write("进展情况", "主体完工"),  # now the row of number 9
        write("回头看", TODAY + days(120), row=5),
        write("备注", None, row=5),
    )

    returned = back(item, content)

    day = (TODAY + days(120)).isoformat()
    assert said(returned) == {9: {"progress": "主体完工"}, 1: {"recheck_on": day, "remark": ""}}
    assert returned.cells[9]["progress"].exported == "'带引号"
    assert returned.cells[9]["progress"].place.startswith("台账 · ")
    assert Returned.from_json(returned.as_json()) == returned


def test_sheets_of_one_book_add_up(item):
    """An item of two units stands on two sheets, of which one is enough to write on."""
    content = exported(item, split="unit")
    book = openpyxl.load_workbook(io.BytesIO(content))
    lead, joint = book.worksheets[0], book.worksheets[1]
    write("经费", "六万元")(lead)
    write("备注", "等货")(joint)
    file = io.BytesIO()
    book.save(file)

    assert said(back(item, file.getvalue())) == {1: {"budget": "六万元", "remark": "等货"}}


# What is refused


def again(page):
    last = page.max_row + 1
    for cell in page[4]:
        put(page.cell(last, cell.column), cell.value)


def test_same_number_with_different_words_is_refused(item):
    def twice(page):
        again(page)
        page.cell(4, column(page, "经费")).value = "六万元"
        page.cell(page.max_row, column(page, "经费")).value = "七万元"

    assert "1" in refusal(item, edited(exported(item), twice))
    same = edited(exported(item), again)
    assert said(back(item, same)) == {}


def test_number_that_was_not_exported_is_refused(item):
    assert "77" in refusal(item, edited(exported(item), write("序号", 77)))


def test_row_without_a_number_is_told(item):
    def more(page):
        page.cell(9, column(page, "实事项目")).value = "想加的一件"

    returned = back(item, edited(exported(item), more))

    assert said(returned) == {}
    assert "想加的一件" in returned.notes[0]


@pytest.mark.parametrize(
    ("heading", "refused"), [("经费", True), ("序号", True), ("逾期天数", False)]
)
def test_formula_is_refused_in_a_cell_that_counts(item, heading, refused):
    content = with_result(edited(exported(item), write(heading, "=1+1")))

    if refused:
        assert "4" in refusal(item, content)
    else:
        assert said(back(item, content)) == {1: {"overdue_days": "2"}}


def with_result(content):
    """Let a formula have the result that Excel saves beside it."""
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            new.writestr(name, part.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"))
    return file.getvalue()


def test_book_without_a_number_says_what_to_do(item):
    assert "导出号" in refusal(item, edited(exported(item), lambda page: page.delete_rows(2)))
    assert "导出号" in refusal(item, xlsx(["序号", "实事项目"], MATTER[:2]))


def test_book_of_another_list_is_refused(item):
    other = factories.ItemList(committee=item.list.committee)
    content = exported(item)

    with pytest.raises(BadTable, match=f"“{other}”"):
        read_returned(content, other)


def test_book_of_another_site_is_refused(item, settings):
    content = exported(item)
    settings.SECRET_KEY = "another site's"

    assert str(item.list) in refusal(item, content)


def test_sheets_of_two_exports_are_refused(item):
    first, second = exported(item), exported(item)
    code = openpyxl.load_workbook(io.BytesIO(second)).worksheets[0]["A2"].value
    book = openpyxl.load_workbook(io.BytesIO(first))
    book.create_sheet("另一张")["A1"] = code
    file = io.BytesIO()
    book.save(file)

    assert refusal(item, file.getvalue())


def test_export_whose_base_is_gone_is_refused(item):
    content = exported(item)
    LedgerExport.objects.all().forget()

    assert refusal(item, content)


def test_column_of_numbers_has_to_stay(item):
    assert "序号" in refusal(item, edited(exported(item), write("序号", "号码", row=3)))


def test_column_that_stands_twice_is_refused(item):
    assert "经费" in refusal(item, edited(exported(item), write("满意度", "经费", row=3)))


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04broken", b""])
def test_what_is_no_workbook_is_refused(item, content):
    assert refusal(item, content)


def test_sheet_that_was_split_off_is_read_alone(item):
    """As it is for the round of the 25th: a file for each leader, under another name."""
    book = openpyxl.load_workbook(io.BytesIO(exported(item, split="unit")))
    for page in book.worksheets[1:]:
        book.remove(page)
    book.worksheets[0].title = "Sheet1"
    write("进展情况", "主体完工")(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)

    returned = back(item, file.getvalue())
    assert said(returned) == {1: {"progress": "主体完工"}}
    assert (returned.rows, returned.missing) == (1, 1)


def test_sheet_without_a_number_may_be_of_any_length(item):
    """As the ledger by date is, which has a row for each entry."""
    book = openpyxl.load_workbook(io.BytesIO(exported(item)))
    for row in range(MAX_ROWS + 200):
        book["全部经过"].append([row])
    file = io.BytesIO()
    book.save(file)

    assert said(back(item, file.getvalue())) == {}


def test_column_that_was_sorted_by_itself_is_told(item, monkeypatch):
    content = edited(exported(item), write("经费", "甲"), write("经费", "乙", row=5))
    assert len(back(item, content).cells) == 2
    monkeypatch.setattr(returned_book, "MOST_DIFFERENT", 1)

    assert "2" in refusal(item, content)


def test_password_is_told(item):
    name = "EncryptedPackage".encode("utf-16-le")

    assert refusal(item, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name)
