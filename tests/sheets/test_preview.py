"""The preview's shapes: every cell as it would be saved, beside the sheet's own words."""

import pytest

from items.models import Category, Committee, ItemList, Organisation, Post
from items.sheets.corrections import Corrections
from items.sheets.importing import do_import, plan_import
from items.sheets.labels import label
from items.sheets.notes import Note
from items.sheets.preview import Choice, preview
from items.sheets.sheet_item import Problem
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADINGS = (
    "序号,实事项目,类别,具体措施,牵头领导,责任单位,配合单位,承办人,完成时限,完成进度,进展情况"
)


@pytest.fixture
def committee():
    organisation = Organisation.objects.create(name="示范公司")
    return Committee.objects.create(organisation=organisation, slug="plant", name="厂党委")


@pytest.fixture
def plan_of(committee):
    item_list = ItemList(committee=committee, slug="list-2026", name="清单", year=2026)

    def plan_of(*rows, headings=HEADINGS, into=None, corrections=None):
        sheet = "\n".join([headings, *rows]).encode()
        return plan_import(sheet, into or item_list, name="a.csv", corrections=corrections)

    return plan_of


def cells(shown, at=0):
    return {cell.column: cell for cell in shown.rows[at].cells}


ROW = "1,更换座椅,环境,1.统计 2.更换,厂长,设备室、后勤科,一车间,张三;李四,9月投入使用,3/10间,已完工"


def test_every_cell_is_shown_as_it_would_be_saved(plan_of):
    shown = cells(preview(plan_of(ROW)))

    said = {name: (cell.lines, cell.original) for name, cell in shown.items()}
    assert said == {
        "title": (("更换座椅",), ""),
        "category": (("环境",), ""),
        "measures": (("统计", "更换"), "1.统计 2.更换"),
        "owner": (("厂长",), ""),
        "units": (
            ("设备室 (Leading unit)", "后勤科 (Joint unit)", "一车间 (Supporting unit)"),
            "设备室、后勤科；一车间",
        ),
        "handlers": (("张三", "李四"), "张三;李四"),
        "due": (("30 September 2026",), "9月投入使用"),
        "percent": (("3/10间",), ""),
        "status": (("In progress", "已完工"), ""),
    }


def test_all_that_would_be_made_new_is_in_one_list(plan_of, committee):
    Category.objects.create(committee=committee, name="环境")

    new = preview(plan_of(ROW, "2,修浴室,环境,,支部,设备室,,张三,,,")).new

    assert [(name.kind, name.name) for name in new] == [
        ("post", "厂长"),
        ("post", "支部"),
        ("person", "张三"),
        ("person", "李四"),
        ("unit", "设备室"),
        ("unit", "后勤科"),
        ("unit", "一车间"),
    ]
    assert [(name.owns, name.is_leader) for name in new[:2]] == [((1,), True), ((2,), True)]
    assert new[2].used == (1, 2)


def test_leaders_posts_are_those_that_were_chosen(plan_of):
    plan = plan_of(ROW, corrections=Corrections(leaders=()))

    assert [name.is_leader for name in preview(plan).new[:1]] == [False]


def test_what_is_asked_set_aside_and_refused_stands_at_its_cell(plan_of):
    plan = plan_of(ROW)
    plan.notes = [
        Note(2, "I2", "due", "5.30", "Two days.", ("2026-05-30", "2026-05-31")),
        Note(2, "J2", "percent", "x", "No figure.", is_aside=True),
    ]
    plan.problems = [Problem(2, "E2", "No post.", choices=("厂长", "书记"))]

    shown = preview(plan)

    found = cells(shown)
    edges = {name: cell.edge for name, cell in found.items() if cell.edge}
    assert edges == {"owner": "refused", "due": "asked", "percent": "aside"}
    assert found["due"].choices == (Choice("2026-05-30", True), Choice("2026-05-31", False))
    assert [choice.chosen for choice in found["owner"].choices] == [False, False]
    assert shown.counts == {"all": 1, "asked": 1, "aside": 1, "noted": 1}
    assert not shown.can_be_saved


def test_what_would_change_stands_beside_what_the_list_holds(plan_of, committee):
    by = factories.office(committee)
    row = ROW.replace("张三;李四", "张三")
    item_list = do_import(plan_of(row), by=by)
    again = preview(plan_of(row, into=item_list))
    assert (again.added, again.changed, again.can_be_saved) == (0, 0, False)

    shown = preview(plan_of(row.replace("更换座椅", "换新座椅"), into=item_list))

    before = {name: cell.before for name, cell in cells(shown).items() if cell.before is not None}
    assert before == {"title": "更换座椅"}
    assert (shown.added, shown.changed) == (0, 1)


def test_correction_is_read_as_if_it_stood_in_the_sheet(plan_of, committee):
    Post.objects.create(committee=committee, name="书记")
    plan = plan_of(ROW, corrections=Corrections({"E2": "书记", "H2": "", "C2": "设施"}))

    shown = preview(plan)

    found = cells(shown)
    assert (found["owner"].lines, found["category"].lines) == (("书记",), ("设施",))
    assert "handlers" not in found
    assert [name.name for name in shown.new if name.kind in ("post", "person")] == []


def test_columns_are_called_in_the_readers_language():
    assert [label(column) for column in ("due", "units", "title_en")] == [
        "Deadline",
        "Responsible units",
        "Matter in English",
    ]
