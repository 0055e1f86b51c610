"""The ledger in a file, as the office knows it: from the desk, by a search, by the command."""

import io
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from items import actions
from items.columns import COLUMNS
from items.models import Item, ItemList, LedgerExport
from items.models.ledger_export import unpacked
from items.sheets.importing import do_import, plan_import
from items.sheets.table import read_table
from items.staff import LEDGER
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import fresh, report

pytestmark = pytest.mark.django_db
SECRETS = ("职工来信", "张经办", "三万元", "等发票")


@pytest.fixture
def item():
    item = factories.Item(
        list__slug="plant-2026",
        list__name="2026年实事清单",
        title="=1+1 改善浴室",
        source=SECRETS[0],
        budget=SECRETS[2],
        remark=SECRETS[3],
        due=TODAY + days(9),
        target_count=120,
        done_count=0,
        count_unit="间",
    )
    item.handlers.add(factories.Person(name=SECRETS[1]))
    unit = factories.Unit(committee=item.list.committee, name="设备室/一")
    item.unit_shares.create(unit=unit, role="lead")
    other = factories.another(item, title="新建车棚")
    factories.publish(item.list)
    report(fresh(item), text="改完30间", done_count=30)
    factories.start(fresh(other), NOW)
    return fresh(item)


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def exported(client, kind="xlsx", **query):
    answer = client.get(f"/desk/lists/plant-2026/export/ledger.{kind}", query)
    return answer, b"".join(answer.streaming_content) if answer.status_code == 200 else b""


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(page, row=4):
    headings = [cell.value for cell in page[3]]
    return dict(zip(headings, [cell.value for cell in page[row]], strict=True))


def everything(book):
    rows = (row for page in book.worksheets for row in page.iter_rows(values_only=True))
    return " ".join(str(value) for row in rows for value in row)


def test_office_gets_its_own_sheet(office, item):
    answer, content = exported(office)

    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    named = unquote(answer.headers["Content-Disposition"])
    assert f"2026年实事清单台账_{TODAY.isoformat()}.xlsx" in named
    book = book_of(content)
    page = book.worksheets[0]
    assert page["A1"].value == "2026年实事清单整改台账"
    assert "填报单位：" in page["A2"].value
    assert f"截至{TODAY.year}年{TODAY.month}月{TODAY.day}日" in page["A2"].value
    told = cells(page)
    assert (told["序号"], told["实事项目"]) == (1, "=1+1 改善浴室")
    assert (told["状态"], told["完成进度"]) == ("正在推进", "30/120间")
    assert told["完成时限"].date() == TODAY + days(9)
    assert told["进展情况"] == "改完30间"
    written = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=3)]
    assert ["改完30间" in row for row in written].count(True) == 1
    assert len(written) == item.list.entries.public().count()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_stays_inside_comes_only_with_a_tick(office, kind):
    def text(**query):
        _answer, content = exported(office, kind, **query)
        return everything(book_of(content)) if kind == "xlsx" else content.decode()

    assert [secret in text() for secret in SECRETS] == [False] * 4
    assert [secret in text(inside="on") for secret in SECRETS] == [True] * 4


def test_nobody_else_gets_what_stays_inside(item, as_):
    owner = as_(factories.owner_of(item))

    assert b'name="inside"' not in owner.get("/desk/lists/plant-2026/export/").content
    _answer, content = exported(owner, inside="on")
    assert not any(secret in everything(book_of(content)) for secret in SECRETS)


def test_unreleased_entry_is_in_the_ledger_by_date_only_with_a_tick(office, item):
    by = factories.office_of(item)
    actions.enter_for_owner(fresh(item), by=by, text="代报的话", now=NOW)

    plain, inside = (
        everything(book_of(exported(office, **query)[1])) for query in ({}, {"inside": "on"})
    )
    assert ("代报的话" in plain, "代报的话" in inside) == (False, True)


def test_search_is_exported_as_it_is_seen(office):
    _answer, content = exported(office, q="车棚")

    page = book_of(content).worksheets[0]
    assert [row[1].value for row in page.iter_rows(min_row=4)] == ["新建车棚"]
    listed = office.get("/desk/lists/plant-2026/", {"q": "车棚"}).content.decode()
    assert "/desk/lists/plant-2026/export/?q=%E8%BD%A6%E6%A3%9A" in listed


@pytest.mark.parametrize("split", ["owner", "unit"])
def test_each_leader_or_unit_has_a_sheet(office, item, split):
    _answer, content = exported(office, split=split)

    names = book_of(content).sheetnames
    posts = [row.owner_post.name for row in Item.objects.order_by("pk")]
    assert names == (sorted(set(posts)) if split == "owner" else ["设备室 一", "未定"])


def test_own_reader_reads_it_back(office):
    _answer, content = exported(office, inside="on")

    table = read_table(content, name="台账.xlsx")

    assert {"number", "title", "due", "percent", "budget"} <= set(table.columns)
    assert [line.cell("title").value for line in table.lines] == ["=1+1 改善浴室", "新建车棚"]


def test_draft_is_exported_by_those_who_read_it(as_):
    item = factories.Item(list__slug="plant-2026", title="拟办的事")
    office = as_(factories.office_of(item))
    stranger = as_(factories.Person())

    _answer, content = exported(office)

    assert "拟办的事" in everything(book_of(content))
    assert exported(stranger)[0].status_code == 404
    assert office.get("/desk/lists/plant-2026/export/").status_code == 200
    assert exported(office, kind="exe")[0].status_code == 404


def test_command_writes_a_file_and_says_where(item, tmp_path, capsys):
    call_command("export_ledger", "plant-2026", output=tmp_path)

    (file,) = tmp_path.iterdir()
    assert file.name == f"2026年实事清单台账_{TODAY.isoformat()}.xlsx"
    assert str(file) in capsys.readouterr().out
    call_command("export_ledger", "plant-2026", output=tmp_path / "a.csv", inside=True)
    assert SECRETS[2] in (tmp_path / "a.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["a.pdf", "missing/a.xlsx"])
def test_command_says_why_it_writes_none(item, tmp_path, name):
    with pytest.raises(CommandError, match=name.split("/")[-1]):
        call_command("export_ledger", "plant-2026", output=tmp_path / name)


def test_table_has_every_column_of_the_ledger_under_its_heading():
    ledger = {column.name: column.headings[0] for column in COLUMNS if column.ledger}

    headings = {column.name: column.heading for column in LEDGER}
    assert ledger.items() <= headings.items()
    assert [name for name in headings if name in ledger] == list(ledger)
    inside = {column.name for column in COLUMNS if column.shade == "staff"}
    assert {column.name for column in LEDGER if column.inside} == inside


def test_labels_say_in_chinese_what_sheets_call_the_columns():
    with translation.override("zh-hans"):
        labels = {column.name: str(column.label) for column in LEDGER}

    headings = {column.name: column.heading for column in LEDGER}
    assert {name: label for name, label in labels.items() if label != headings[name]} == {}


SHEET = """附件1
2026年实事办理台账
填报单位：炼铁厂党委
编号,办实事项目,拟完成时间,督导领导,牵头领导,经费预算
1,改善浴室,6月底前,工会主席,厂长,三万元
""".encode()


def brought_in(by, committee, year=2026, slug="plant-2026"):
    item_list = ItemList(committee=committee, year=year, slug=slug, name=f"{year}年清单")
    return do_import(plan_import(SHEET, item_list, name="台账.csv"), by=by)


def test_it_looks_as_the_sheet_that_was_first_brought_in(as_):
    committee = factories.Committee()
    by = factories.office(committee)
    item_list = brought_in(by, committee)
    later = SHEET.replace("编号".encode(), "序号".encode()).replace(
        "改善".encode(), "改造".encode()
    )
    do_import(plan_import(later, item_list, name="台账.csv"), by=by)

    _answer, content = exported(as_(by), inside="on")

    page = book_of(content).worksheets[0]
    assert page["A1"].value == "2026年实事办理台账"
    own = ["编号", "办实事项目", "拟完成时间", "督导领导", "牵头领导", "经费预算"]
    headings = [cell.value for cell in page[3]]
    assert headings[: len(own)] == own
    assert {"状态", "逾期天数", "具体措施"} <= set(headings[len(own) :])
    assert len(headings) == len(set(headings))
    _answer, content = exported(as_(by))
    assert [cell.value for cell in book_of(content).worksheets[0][3]][:5] == own[:5]


def test_next_years_list_takes_the_committees_headings_but_not_the_title(as_):
    committee = factories.Committee()
    by = factories.office(committee)
    brought_in(by, committee, year=2025, slug="plant-2025")
    factories.Item(list__committee=committee, list__slug="plant-2026", list__name="2026年清单")

    _answer, content = exported(as_(by))

    page = book_of(content).worksheets[0]
    assert page["A1"].value == "2026年清单整改台账"
    assert [cell.value for cell in page[3]][:2] == ["编号", "办实事项目"]


def test_desk_numbers_for_the_office_by_post_alone(item, as_):
    office, owner = as_(factories.office_of(item)), as_(factories.owner_of(item))
    at = "/desk/lists/plant-2026/export/ledger.xlsx"

    for answer, status in [(owner.get(at), 200), (owner.post(at), 403), (office.get(at), 200)]:
        assert answer.status_code == status
        b"".join(answer)  # which closes the file
    assert not LedgerExport.objects.exists()
    answer = office.post(at, {"q": "车棚"})
    content = b"".join(answer.streaming_content)
    kept = LedgerExport.objects.get()
    assert book_of(content).worksheets[0]["A2"].value.endswith(kept.code)
    assert [number for number, _said in unpacked(kept.base)] == [2]
    form, of_owner = (client.get("/desk/lists/plant-2026/export/") for client in (office, owner))
    assert 'action="/desk/lists/plant-2026/export/ledger.xlsx" method="post"' in str(form.content)
    assert "csrfmiddlewaretoken" not in str(of_owner.content).split("<main")[1]


def test_command_writes_a_template(tmp_path):
    item_list = factories.Item(list__name="明年清单").list

    call_command("export_ledger", item_list.slug, "--template", "--output", str(tmp_path))

    book = openpyxl.load_workbook(tmp_path / "明年清单模板.xlsx")
    assert book.sheetnames == ["清单", "选项"]
    with pytest.raises(CommandError):
        call_command(
            "export_ledger", item_list.slug, "--template", "--output", str(tmp_path / "模板.csv")
        )
