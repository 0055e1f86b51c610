"""Whatever can refuse an import refuses in its preview, at the cell: what it passes is saved."""

import pytest
from django.db import transaction

from items.models import Committee, Item, ItemList, Organisation, Person, Place, Role
from items.sheets.importing import do_import, plan_import
from items.sheets.preview import preview

pytestmark = pytest.mark.django_db
HEADINGS = """
序号 实事项目 title_en 存在问题 类别 地点 专题 具体措施 怎样算办好 牵头领导 责任单位 配合单位 承办人
联系督导责任人 期限类型 启动时间 首次时限 完成时限 进展情况 完成进度 完成情况 完成时间 销号时间
销号人 状态 回头看 经费 备注 子项目 暂缓复核时间 调出时间
""".split()  # noqa: SIM905
NOTHING = "\u200b"  # that can be seen
LONG = "长" * 101
# A column, what stands in it, and whether that is refused; None: as the reader likes it
WORDS = [
    ("实事项目", "长" * 201, True),
    ("实事项目", NOTHING, True),
    ("title_en", "x" * 301, True),
    ("类别", LONG, True),
    ("地点", LONG, True),
    ("专题", LONG, True),
    ("责任单位", LONG, True),
    ("配合单位", LONG, True),
    ("牵头领导", LONG, True),
    ("联系督导责任人", LONG, True),
    ("联系督导责任人", "厂长", True),  # who owns it
    ("承办人", "长" * 51, True),
    ("承办人", "艾力·买买提", False),
    ("承办人", "张 三", False),
    ("承办人", "张三(设备室)", None),
    ("承办人", "A.B@C+D", False),
    ("承办人", "()", None),
    ("承办人", "一" * 50, False),
    ("怎样算办好", "一\n二\n三\n四", False),
    ("完成进度", "-5%", None),
    ("完成进度", "150%", None),
    ("完成进度", "99999999999/99999999999", None),
    ("完成进度", "3/0", None),
    ("完成进度", "1e400", None),
    ("完成时限", "长" * 300, None),
    ("完成时限", "12月底前" + "完" * 250, None),
    ("完成时限", "9999-12-31", None),
    ("启动时间", "13月", None),
    ("首次时限", "2026-02-30", None),
    ("完成时间", "2999-01-01", True),
    ("销号时间", "2999-01-01", True),
    ("调出时间", "2999-01-01", True),
    ("销号人", "长" * 101, None),
    ("进展情况", "完\u202e工\u200b", False),
    ("状态", "draft", None),
    ("状态", "草稿", None),
    ("经费", "长" * 101, True),
    ("子项目", "长" * 201, True),
    ("期限类型", "不知道", None),
    ("序号", "0", True),
    ("序号", "100000", True),
    ("序号", "99999", False),
    ("备注", "长" * 30_000, False),
    ("地点", "休息室", True),  # there are two
    ("承办人", "李梅", True),  # there are two
    ("承办人", "l1", False),
]


@pytest.fixture
def committee():
    organisation = Organisation.objects.create(name="示范公司")
    committee = Committee.objects.create(organisation=organisation, slug="plant", name="厂党委")
    for login in ("l1", "l2"):
        person = Person.objects.create_user(login, name="李梅")
        Role.objects.create(person=person, committee=committee, kind="auditor")
    for parent in ("一车间", "二车间"):
        top = Place.objects.create(committee=committee, name=parent)
        Place.objects.create(committee=committee, name="休息室", parent=top)
    office = Person.objects.create_user("office", name="活动办公室")
    Role.objects.create(person=office, committee=committee, kind="office")
    return committee


def row(**cells):
    cells = {"序号": "1", "实事项目": "更换座椅", "牵头领导": "厂长", **cells}
    if "销号时间" in cells or "销号人" in cells:
        cells = {"联系督导责任人": "支部", "销号时间": "2026-05-01", **cells}
    return cells


def sheet(*rows):
    quoted = [[f'"{cells.get(heading, "")}"' for heading in HEADINGS] for cells in rows]
    lines = [",".join(line) for line in [HEADINGS, *quoted]]
    return "\n".join(lines).encode()


def plan_of(committee, *rows):
    held = ItemList.objects.filter(slug="list-2026").first()
    held = held or ItemList(committee=committee, slug="list-2026", name="清单", year=2026)
    return plan_import(sheet(*rows), held, name="台账.csv")


@pytest.mark.parametrize("onto", ["nothing", "an item"])
def test_what_the_preview_passes_is_saved(committee, onto):
    by = Person.objects.get(username="office")
    if onto == "an item":
        do_import(plan_of(committee, row()), by=by)
    wrong = []
    for column, words, is_refused in WORDS:
        plan = plan_of(committee, row(**{column: words}))
        if is_refused is not None and bool(plan.problems) != is_refused:
            wrong.append((column, words[:20], [str(problem) for problem in plan.problems]))
        preview(plan)  # whatever stands there can be shown
        if plan.problems:
            wrong += [(column, str(p)) for p in plan.problems if not p.address and words != NOTHING]
            continue
        with transaction.atomic():  # an IntegrityError would end the test's own transaction
            do_import(plan, by=by)
            transaction.set_rollback(True)
    assert wrong == []


def test_every_refusal_of_a_sheet_is_said_at_once_at_its_cell(committee):
    plan = plan_of(
        committee,
        row(地点=LONG, 联系督导责任人="厂长"),
        row(序号="2", 实事项目="长" * 201, 经费=LONG),
        row(序号="3", 承办人="李梅"),
    )

    assert [problem.address for problem in plan.problems] == ["F2", "N2", "B3", "AA3", "M4"]
    assert not Item.objects.exists()
