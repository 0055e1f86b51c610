"""An export that can come back: its number in every sheet, and what it said on the site alone."""

import csv
import io
from contextlib import contextmanager

import openpyxl
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from items import actions
from items.exports.ledger import Wanted, write_ledger, write_numbered, write_separated
from items.models import Entry, LedgerExport
from items.models.ledger_export import unpacked
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import close, fresh, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    item = factories.Item(list__slug="plant-2026", title="=1 改善浴室", budget="三万元", number=7)
    factories.another(item, title="新建车棚", number=9)
    factories.publish(item.list)
    report(fresh(item), text="改完30间", percent=55)
    return fresh(item)


def export(item, write=write_ledger, **wanted):
    file = io.BytesIO()
    items = item.list.items.published().order_by("number")
    by = factories.office_of(item)
    write_numbered(write, file, item.list, Wanted(items, **wanted), TODAY, by=by, now=NOW)
    return file.getvalue()


def above(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: page["A2"].value for page in book.worksheets}


@contextmanager
def refused(sql):
    """Let the database refuse statements that begin so, as one that takes no row does."""

    def refuse(execute, said, *args):
        if said.startswith(sql):
            raise OperationalError("attempt to write a readonly database")
        return execute(said, *args)

    with connection.execute_wrapper(refuse):
        yield


def test_every_sheet_says_its_number(item):
    said = above(export(item, split="owner"))

    code = LedgerExport.objects.get().code
    assert len(said) == 1
    assert {line.endswith(f"    导出号 {code}") for line in said.values()} == {True}


def test_separated_values_say_it_over_their_headings(item):
    rows = list(csv.reader(io.StringIO(export(item, write_separated).decode("utf-8-sig"))))

    assert rows[0][0].endswith(f"导出号 {LedgerExport.objects.get().code}")
    assert rows[1][0] == "序号"


def test_base_says_what_each_cell_says(item):
    export(item, inside=True)

    kept = LedgerExport.objects.get()
    names = [name for name, _heading in kept.columns]
    rows = {n: dict(zip(names, said, strict=True)) for n, said in unpacked(kept.base)}
    assert list(rows) == [7, 9]
    assert rows[7]["title"] == "=1 改善浴室"
    assert rows[7]["budget"] == "三万元"
    assert rows[7]["percent"] == "55%"
    assert rows[7]["due"] == item.due.isoformat()
    assert rows[9]["overdue_days"] == ""


def test_base_knows_what_stays_inside_only_if_it_went_out(item):
    export(item)

    kept = LedgerExport.objects.get()
    assert "budget" not in dict(kept.columns)
    assert "三万元" not in str(list(unpacked(kept.base)))


def test_book_holds_no_base(item):
    """A file that is passed on, its column deleted, must not pass on what stood there."""
    content = export(item, inside=True)
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert [page.sheet_state for page in book.worksheets] == ["visible"] * len(book.worksheets)
    for page in book.worksheets:
        heads = [cell.value for cell in page[3]]
        if "经费" in heads:
            page.delete_cols(heads.index("经费") + 1)
    passed_on = io.BytesIO()
    book.save(passed_on)
    again = openpyxl.load_workbook(io.BytesIO(passed_on.getvalue()))
    cells = (value for page in again for row in page.iter_rows(values_only=True) for value in row)
    assert "三万元" not in str(list(cells))


@pytest.mark.parametrize("sql", ["INSERT INTO", "UPDATE"])
def test_site_that_takes_no_row_exports_without_a_number(item, sql):
    with refused(f'{sql} "items_ledgerexport"'):
        content = export(item)

    assert all("未编导出号" in line for line in list(above(content).values())[:1])
    assert not LedgerExport.objects.exclude(base=b"").exists()


def test_without_the_column_of_numbers_there_is_no_number(item):
    content = export(item, names=["title"])

    assert "未编导出号" in above(content)["台账"]
    assert not LedgerExport.objects.exists()


def test_number_is_of_the_site_the_list_and_the_moment(item, settings):
    export(item)
    kept = LedgerExport.objects.get()
    number, signature = kept.code.split("-")

    assert (int(number), len(signature), kept.is_signed(signature)) == (kept.pk, 6, True)
    assert not kept.is_signed("AAAAAA")
    kept.exported_at += days(1)
    assert not kept.is_signed(signature)
    kept.exported_at -= days(1)
    kept.list_id += 1
    assert not kept.is_signed(signature)
    kept.list_id -= 1
    settings.SECRET_KEY = "another site's"
    assert not kept.is_signed(signature)


def test_command_numbers_too(item, tmp_path):
    call_command("export_ledger", "plant-2026", output=tmp_path / "a.csv")

    assert LedgerExport.objects.get().code in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert LedgerExport.objects.get().by is None
    call_command("export_ledger", "plant-2026", output=tmp_path, template=True)
    assert LedgerExport.objects.count() == 1


@pytest.mark.parametrize(
    "ready", [None, lambda item: (factories.publish(item.list), close(item.list))]
)
def test_command_numbers_no_draft_and_no_closed_list(ready, tmp_path):
    item = factories.Item(list__slug="plant-2026")
    if ready:
        ready(item)

    call_command("export_ledger", "plant-2026", output=tmp_path / "a.csv")

    assert not LedgerExport.objects.exists()


# What is forgotten


def erase(item):
    by = factories.office_of(item)
    entry = Entry.objects.get(item=item, verb="report_progress")
    actions.erase_words(entry, by=by, reason="写到了别人", now=NOW)


def test_words_that_are_erased_leave_the_bases_too(item):
    other = factories.published_item(list__slug="plant-2025")
    export(item)
    export(other)

    erase(item)

    assert [export.base == b"" for export in LedgerExport.objects.order_by("pk")] == [True, False]


def test_words_that_are_erased_while_they_go_out_arent_kept(item):
    def write(*args):
        write_ledger(*args)
        erase(item)

    export(item, write)

    assert LedgerExport.objects.get().base == b""


def test_base_is_kept_for_its_days(item, settings):
    export(item)

    assert actions.forget_exports(NOW + days(settings.EXPORT_DAYS)) == 0
    assert actions.forget_exports(NOW + days(settings.EXPORT_DAYS + 1)) == 1
    assert actions.forget_exports(NOW + days(settings.EXPORT_DAYS + 1)) == 0
