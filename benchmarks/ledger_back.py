"""Export 10,000 published items with 28 columns, without and with a base, and bring it back.

    DATABASE_URL=… .venv/bin/python benchmarks/ledger_back.py [ROWS [CHANGES]]

Wants an empty database, which it migrates, or the one that it filled before: then the megabytes are
without those of the import. Prints seconds, and the most megabytes until then.
"""

import sys
import time
from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import sheets
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from items import actions
from items.exports.ledger import Wanted, write_ledger, write_numbered
from items.models import Holding, ItemList, LedgerExport, Person, Post
from items.models.ledger_export import unpacked
from items.sheets.importing import do_import, plan_import
from items.sheets.returned import CellBack, read_returned
from items.sheets.returning import do_return, plan_return

NEW = {
    "progress": "主体完工，正在验收",
    "budget": "六十万元",
    "title": "更换休息室的座椅、空调和窗",
}


def timed(what: str, do):
    begun, cpu = time.perf_counter(), time.process_time()
    result = do()
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{what:30} {wall:6.1f} s   {cpu:6.1f} s of CPU   {sheets.most_memory():4.0f} MB")
    return result


def published(rows: int) -> None:
    committee, by = sheets.office()
    item_list = ItemList(committee=committee, slug="plant-2026", name="清单", year=2026)
    with TemporaryDirectory() as folder:
        path = Path(folder, "清单.xlsx")
        sheets.write(path, rows)
        item_list = do_import(plan_import(path, item_list, name="a"), by=by)
    day = timezone.localdate().replace(month=1, day=1)
    for post in Post.objects.filter(holdings=None):
        person = Person.objects.create(username=f"holder{post.pk}", name=f"任职{post.pk}")
        Holding.objects.create(post=post, person=person, since=day)
    actions.name_review_posts(committee, Post.objects.order_by("pk")[0], by=by)
    actions.publish_list(item_list, by=by)


def main(rows: int, changes: int) -> None:
    call_command("migrate", verbosity=0)
    if not ItemList.objects.exists():
        timed("brought in and published", lambda: published(rows))
    item_list, by = ItemList.objects.get(), Person.objects.get(username="office")
    LedgerExport.objects.all().delete()
    today = timezone.localdate()
    wanted = Wanted(item_list.items.published().order_by("number"), inside=True)
    plain, numbered = BytesIO(), BytesIO()
    timed("exported", lambda: write_ledger(plain, item_list, wanted, today))
    timed(
        "exported with its base",
        lambda: write_numbered(write_ledger, numbered, item_list, wanted, today, by=by),
    )
    base = LedgerExport.objects.get()
    print(f"{'the base, packed':40} {len(base.base) / 1024:6.0f} kB")
    returned = timed(
        "read back, nothing changed", lambda: read_returned(numbered.getvalue(), item_list)
    )
    assert not returned.cells
    edit(returned, base, changes)
    plan = timed(f"{changes} changes compared", lambda: plan_return(returned, item_list, by=by))
    print(Counter(each.kind for each in plan.ready()), [each.problem for each in plan.refused[:1]])
    timed("saved", lambda: do_return(plan, {}, by=by, reason="与原件核对"))


def edit(returned, base, changes: int) -> None:
    """Let so many cells differ: a third of each kind."""
    names = [name for name, _heading in base.columns]
    rows = unpacked(bytes(base.base))
    kinds = list(NEW)
    for at, (number, said) in zip(range(changes), rows, strict=False):
        column = kinds[at % len(kinds)]
        exported = dict(zip(names, said, strict=True))[column]
        returned.cells[number] = {column: CellBack(exported, f"{NEW[column]}{number}", "")}


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given or [10_000]), *([200] if len(given) < 2 else []))
    print(connection.vendor)
