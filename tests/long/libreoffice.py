"""LibreOffice opens and saves what we write: the same cells are in it, and it prints as meant.

A ledger that it saved is brought back without a change.

Kept out of `make test`, which has no LibreOffice: `make check-long` runs it, and writes what it
found to docs/measured/libreoffice.md.
"""

import io
import re
import subprocess
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from items.demo import story
from items.exports.ledger import SPLITS, Wanted, write_ledger, write_numbered
from items.exports.template import write_template
from items.models import ItemList
from items.sheets.errors import BadTable
from items.sheets.importing import plan_import
from items.sheets.xlsx_reader import Workbook
from tests import factories
from tests.sheets.test_round_trip import assert_no_change

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
TODAY = date(2026, 11, 22)
TABLE = Path(__file__).parents[2] / "docs/measured/libreoffice.md"
A3_LANDSCAPE = (1191, 842)  # points
FOUND: dict[str, str] = {}  # a line of the table by the file's name


@pytest.fixture(scope="module")
def item_list(kept_rows):
    return ItemList.objects.get(slug=story.load("a password", TODAY).slug)


@pytest.fixture(scope="module", autouse=True)
def _table():
    yield
    version = run("soffice", "--version").split("(")[0].split("40")[0].strip()
    head = "| file | worksheets | cells | the same | pages of A3 | seconds |\n"
    head += "| - | - | - | - | - | - |\n"
    lines = "".join(f"{FOUND[name]}\n" for name in sorted(FOUND))
    TABLE.write_text(
        f"# What {version} makes of our workbooks\n\nOpened, saved, read and brought back without a"
        f" change; printed to a PDF. Written by `make check-long`.\n\n{head}{lines}"
    )


@pytest.fixture
def soffice(tmp_path):
    """Return a function that lets LibreOffice save a workbook in another format."""

    def convert(content: bytes, kind: str) -> bytes:
        source = tmp_path / "in" / "book.xlsx"
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, source)
        return (tmp_path / f"book.{kind}").read_bytes()

    return convert


def run(*command) -> str:
    done = subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True, timeout=300
    )
    return done.stdout


def exported(item_list, split: str = "") -> bytes:
    file = io.BytesIO()
    wanted = Wanted(item_list.items.published().order_by("number"), inside=True, split=split)
    write_numbered(write_ledger, file, item_list, wanted, TODAY, by=None)
    return file.getvalue()


def template(item_list) -> bytes:
    file = io.BytesIO()
    write_template(file, item_list, TODAY)
    return file.getvalue()


FILES = {
    "the demonstration's ledger": exported,
    **{f"a sheet for each {by}": lambda rows, by=by: exported(rows, split=by) for by in SPLITS},
    "the template": template,
}


def cells(content: bytes) -> dict:
    """Return what our reader finds in a workbook, by worksheet, row and column."""
    book = Workbook(content)
    return {
        (sheet.name, row, column): cell.value
        for sheet in book.worksheets
        for row, there in book.grid(sheet).rows.items()
        for column, cell in there.items()
    }


@pytest.mark.parametrize("name", FILES)
def test_it_is_saved_with_the_same_cells_prints_as_meant_and_comes_back(item_list, soffice, name):
    began = time.monotonic()
    content = FILES[name](item_list)
    saved = soffice(content, "xlsx")

    before, after = cells(content), cells(saved)
    assert before == after
    assert len(before) > 50
    books = [openpyxl.load_workbook(io.BytesIO(each)) for each in (content, saved)]
    assert printed_as(books[0]) == printed_as(books[1])
    pages = pages_of(soffice(content, "pdf"))
    assert [page for page in pages if page.size != A3_LANDSCAPE] == []
    assert [page.words for page in pages if not page.has_head] == []
    if name != "the template":
        assert_no_change(saved, item_list)
    same = sum(after.get(at) == value for at, value in before.items())
    count, seconds = len(books[0].sheetnames), round(time.monotonic() - began, 1)
    FOUND[name] = f"| {name} | {count} | {len(before)} | {same} | {len(pages)} | {seconds} |"


def printed_as(book) -> dict:
    """Return by worksheet how it is printed and filled in, as both programs write it.

    Not how it is scrolled: without a window LibreOffice saves no frozen head.
    """
    return {
        sheet.title: (
            int(sheet.page_setup.paperSize),
            sheet.page_setup.orientation,
            bool(sheet.sheet_properties.pageSetUpPr.fitToPage),
            int(sheet.page_setup.fitToWidth or 1),
            int(sheet.page_setup.fitToHeight or 0),
            sheet.print_title_rows,
            sorted((str(v.sqref).split(":")[0], v.type, v.errorStyle) for v in checks(sheet)),
        )
        for sheet in book
    }


def checks(sheet):
    return sheet.data_validations.dataValidation


class Page:
    """A page of a PDF: its size in points, its words, and whether a table's head is on it."""

    def __init__(self, size: tuple[int, int], words: str):
        self.size, self.words = size, words
        # The names of the choices stand in a sheet of their own, under other headings.
        self.has_head = "实事项目" in words or "期限类型" in words


def pages_of(pdf: bytes) -> list[Page]:
    path = Path(f"/tmp/check-long-{time.monotonic_ns()}.pdf")
    path.write_bytes(pdf)
    try:
        words = run("pdftotext", "-raw", path, "-").split("\f")[:-1]
        sizes = run("pdfinfo", "-l", len(words), path)
    finally:
        path.unlink()
    found = re.findall(r"size: +([\d.]+) x ([\d.]+)", sizes)
    return [
        Page((round(float(wide)), round(float(high))), said)
        for (wide, high), said in zip(found, words, strict=True)
    ]


def test_the_template_filled_in_there_imports_its_rows(item_list, soffice):
    with pytest.raises(BadTable):  # nothing was filled in
        plan_import(soffice(template(item_list), "xlsx"), next_year(item_list), name="模板.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(template(item_list)))
    sheet = book["清单"]
    headings = {cell.value: cell.column for cell in sheet[3]}
    for heading, value in {"序号": 1, "实事项目": "修路", "完成时限": date(2027, 6, 30)}.items():
        sheet.cell(6, headings[heading], value)
    file = io.BytesIO()
    book.save(file)

    plan = plan_import(soffice(file.getvalue(), "xlsx"), next_year(item_list), name="模板.xlsx")

    assert (plan.problems, [diff.number for diff in plan.new]) == ([], [1])
    assert plan.new[0].values["due"].due == date(2027, 6, 30)


def next_year(item_list):
    return factories.ItemList(committee=item_list.committee, year=2027)
