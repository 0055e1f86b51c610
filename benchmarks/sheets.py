"""Import 10,000 rows with 26 columns: its preview, its import, and openpyxl reading the same file.

    DATABASE_URL=… .venv/bin/python benchmarks/sheets.py [ROWS]

Wants an empty database, which it migrates; prints seconds, and the most megabytes until then.
"""

import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

import openpyxl
from django.core.management import call_command

from items.models import Committee, ItemList, Organisation, Person, Role
from items.sheets.importing import do_import, plan_import
from items.sheets.preview import preview

HEADINGS = """
序号 实事项目 问题来源 存在问题 类别 地点 具体措施 牵头领导 责任单位 配合单位 承办人
联系督导责任人 期限类型 启动时间 首次时限 完成时限 进展情况 完成进度 完成情况 完成时间 销号时间
销号人 回头看 经费 备注 专题
""".split()  # noqa: SIM905


def row(n: int) -> list:
    return [
        n, f"更换第{n}号休息室的座椅和空调", f"职工座谈会第{n % 9}场",
        "座椅老旧、扶手破损，夏天没有空调", f"类别{n % 6}", f"地点{n % 400}",
        f"1.统计数量{n};2.采购;3.安装验收", f"副厂长{n % 12}",
        f"车间{n % 60}、设备室", f"后勤{n % 20}", f"张{n % 200}三", f"机关联系人{n % 15}", "短期",
        "2026-03-01", "2026年9月底前", "2026年10月底前", "已采购，正在安装", f"{n % 100}%",
        "初步见效", "", "", "", "2026-12-01", f"{n % 50}万元", f"备注{n}", f"专题{n % 3}",
    ]  # fmt: skip


def write(path: Path, rows: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    for cells in [["2026年清单"], HEADINGS, *map(row, range(1, rows + 1))]:
        sheet.append(cells)
    book.save(path)


def office() -> tuple[Committee, Person]:
    organisation = Organisation.objects.create(name="示范公司")
    committee = Committee.objects.create(organisation=organisation, slug="plant", name="厂党委")
    person = Person.objects.create_user("office", name="活动办公室")
    Role.objects.create(person=person, committee=committee, kind="office")
    return committee, person


def timed(what: str, do):
    begun = time.perf_counter()
    result = do()
    print(f"{what:40} {time.perf_counter() - begun:6.1f} s   {most_memory():4.0f} MB")
    return result


def most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_by_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for _cells in book.active.iter_rows(values_only=True):
        pass


def imported(path: Path, item_list: ItemList, by: Person) -> ItemList:
    plan = timed("read, compared and checked", lambda: plan_import(path, item_list, name="a"))
    timed("the first page of the preview", lambda: preview(plan, page=1))
    return timed("written, SQLite's lock held", lambda: do_import(plan, by=by))


def main(rows: int) -> None:
    call_command("migrate", verbosity=0)
    committee, by = office()
    item_list = ItemList(committee=committee, slug="plant-2026", name="清单", year=2026)
    with TemporaryDirectory() as folder:
        path = Path(folder, "清单.xlsx")
        write(path, rows)
        timed("openpyxl reads it", lambda: read_by_openpyxl(path))
        held = imported(path, item_list, by)
        again = timed("the same file again", lambda: plan_import(path, held, name="a"))
        assert not again.prepared


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
