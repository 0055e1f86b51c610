"""The ledger of a list as the office knows it: headings, order, title and days of its own sheet."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import translation

from items import actions, queries, staff
from items.exports.separated import said, separated
from items.exports.workbook import Sheet, SheetColumn, write_workbook
from items.models import Item, ItemList, Person, Post, Unit
from items.models.ledger_export import Base

CHINESE = "zh-hans"  # a ledger is written in Chinese, whoever asks for it
SPLITS = ("owner", "unit")

LINES = (
    SheetColumn("发生日期", "day"),
    SheetColumn("登记日期", "day"),
    SheetColumn("序号", "number"),
    SheetColumn("实事项目", "title"),
    SheetColumn("事项", "line"),
    SheetColumn("办后状态", "line"),
    SheetColumn("经办", "line"),
    SheetColumn("内容", "long"),
    SheetColumn("完成依据", "long"),
    SheetColumn("原内容", "long"),
    SheetColumn("现内容", "long"),
)
NUMBERED, UNNUMBERED = "导出号", "未编导出号，改后带不回系统"
ERASED = "（已按规定抹去）"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a list: which items, by whom they are parted, and what stays inside."""

    items: QuerySet[Item]  # in the order of the sheet's rows
    inside: bool = False  # also what only the office and auditors read
    names: Collection[str] = ()  # of the columns that are wanted; none: those of the ledger
    split: str = ""  # "owner" or "unit": a sheet for each; "": one, and the ledger by date
    number: str = ""  # what the book says of its export's number
    base: Base | None = None  # gathers what the cells say

    def columns(self, layout: staff.SheetLayout) -> list[staff.LedgerColumn]:
        """Return the columns: first those of the office's own sheet, in its order and words."""
        known = {c.name: c for c in staff.LEDGER if self.inside or not c.inside}
        if chosen := [column for name, column in known.items() if name in self.names]:
            return chosen
        own = [
            replace(known[name], heading=heading)
            for name, heading in layout.headings.items()
            if name in known
        ]
        rest = (c for name, c in known.items() if c.in_sheets and name not in layout.headings)
        return [*own, *rest]


Writer = Callable[[IO[bytes], ItemList, Wanted, date], None]


def write_numbered(
    write: Writer,
    file: IO[bytes],
    item_list: ItemList,
    wanted: Wanted,
    today: date,
    *,
    by: Person | None,
    now: datetime | None = None,
) -> None:
    """Write a published list's ledger so that it can be edited and brought back.

    Its number stands in the book, what the cells say is kept here. Without the column of numbers
    its rows can't be told, and on a site that takes no rows nothing is kept: the book says that.
    """
    columns = wanted.columns(queries.sheet_layout(item_list))
    export, base = None, Base()
    if any(column.name == "number" for column in columns):
        headings = [(column.name, column.heading) for column in columns]
        export = actions.number_export(
            item_list, by=by, inside=wanted.inside, columns=headings, now=now
        )
    if export:
        write(
            file, item_list, replace(wanted, number=f"{NUMBERED} {export.code}", base=base), today
        )
        if actions.keep_base(export, base.packed()):
            return
        file.seek(0)
        file.truncate()
    write(file, item_list, replace(wanted, number=UNNUMBERED), today)


def write_ledger(file: IO[bytes], item_list: ItemList, wanted: Wanted, today: date) -> None:
    """Write a list's ledger as a workbook: one sheet and the ledger by date, or one for each."""
    with translation.override(CHINESE):
        write_workbook(file, _sheets(item_list, wanted, today))


def write_separated(file: IO[bytes], item_list: ItemList, wanted: Wanted, today: date) -> None:
    """Write a list's ledger as comma-separated values."""
    with translation.override(CHINESE):
        sheet = ledger_sheet(item_list, wanted, today, wanted.items, "台账")
        for line in separated(sheet, sheet.above[1:] if wanted.number else ()):
            file.write(line.encode())


def _sheets(item_list: ItemList, wanted: Wanted, today: date) -> Iterator[Sheet]:
    if wanted.split:
        for name, items in _parted(item_list, wanted):
            yield ledger_sheet(item_list, wanted, today, items, name)
        return
    yield ledger_sheet(item_list, wanted, today, wanted.items, "台账")
    above, lines = [f"{item_list.name} 全部经过"], _lines(item_list, wanted)
    yield Sheet("全部经过", above, LINES, lines, ruled=False)


def ledger_sheet(
    item_list: ItemList, wanted: Wanted, today: date, items: QuerySet[Item], name: str
) -> Sheet:
    """Return a worksheet of some items of a list."""
    layout = queries.sheet_layout(item_list)
    title, columns = layout.title or f"{item_list.name}整改台账", wanted.columns(layout)
    facts = [
        f"填报单位：{item_list.committee.name}",
        f"截至{_written(item_list.as_of(today))}",
        wanted.number,
    ]
    above = [f"{title}（{name}）" if wanted.split else title, "    ".join(filter(None, facts))]
    headings = [SheetColumn(column.heading, _shown(column)) for column in columns]
    return Sheet(name, above, headings, _rows(item_list, columns, items, today, wanted.base))


def file_name(item_list: ItemList, today: date, kind: str) -> str:
    """Return what the file is called: the list and the day, "xlsx" or "csv" behind it."""
    return f"{item_list.name}台账_{item_list.as_of(today).isoformat()}.{kind}"


def _shown(column: staff.LedgerColumn) -> str:
    return "title" if column.name == "title" else column.kind


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rows(
    item_list: ItemList,
    columns: Sequence[staff.LedgerColumn],
    items: QuerySet[Item],
    today: date,
    base: Base | None,
) -> Iterator[list[Any]]:
    for row in queries.ledger_rows(item_list, items, today):
        values = [row.values[column.name] for column in columns]
        if base:
            base.take(row.number, list(map(said, values)))
        yield values


def _lines(item_list: ItemList, wanted: Wanted) -> Iterator[list[Any]]:
    for line in queries.ledger_lines(item_list, wanted.items, inside=wanted.inside):
        yield [
            line.happened_on,
            line.written_at.date(),
            line.number,
            line.title,
            line.label,
            line.status,
            line.by,
            ERASED if line.erased else line.text,
            line.evidence,
            line.old,
            line.new,
        ]


def _parted(item_list: ItemList, wanted: Wanted) -> Iterator[tuple[str, QuerySet[Item]]]:
    """Yield the items of each leader or unit that has some, with its name; then those of none."""
    items = wanted.items.order_by()
    if wanted.split == "owner":
        for post in Post.objects.filter(owned_items__in=items).distinct().order_by("name", "pk"):
            yield item_list.called(post).zh, wanted.items.filter(owner_post=post)
        rest = wanted.items.filter(owner_post=None)
    else:
        units = Unit.objects.filter(shares__item__in=items).distinct().order_by("name", "pk")
        for unit in units:
            of_unit = wanted.items.filter(unit_shares__unit=unit)
            yield item_list.called(unit).zh, of_unit
        rest = wanted.items.filter(unit_shares=None)
    if rest.exists():
        yield "未定", rest
