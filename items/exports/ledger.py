"""The ledger of a list as the office knows it: headings, order, title and days of its own sheet."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import translation

from items import queries, staff
from items.exports.separated import separated
from items.exports.workbook import Sheet, SheetColumn, write_workbook
from items.models import Item, ItemList, Post, Unit

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
ERASED = "（已按规定抹去）"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a list: which items, by whom they are parted, and what stays inside."""

    items: QuerySet[Item]  # in the order of the sheet's rows
    inside: bool = False  # also what only the office and auditors read
    names: Collection[str] = ()  # of the columns that are wanted; none: those of the ledger
    split: str = ""  # "owner" or "unit": a sheet for each; "": one, and the ledger by date

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


def write_ledger(file: IO[bytes], item_list: ItemList, wanted: Wanted, today: date) -> None:
    """Write a list's ledger as a workbook: one sheet and the ledger by date, or one for each."""
    with translation.override(CHINESE):
        write_workbook(file, _sheets(item_list, wanted, today))


def write_separated(file: IO[bytes], item_list: ItemList, wanted: Wanted, today: date) -> None:
    """Write a list's ledger as comma-separated values."""
    with translation.override(CHINESE):
        for line in separated(ledger_sheet(item_list, wanted, today, wanted.items, "台账")):
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
    above = [
        f"{title}（{name}）" if wanted.split else title,
        f"填报单位：{item_list.committee.name}    截至{_written(item_list.as_of(today))}",
    ]
    headings = [SheetColumn(column.heading, _shown(column)) for column in columns]
    return Sheet(name, above, headings, _rows(item_list, columns, items, today))


def file_name(item_list: ItemList, today: date, kind: str) -> str:
    """Return what the file is called: the list and the day, "xlsx" or "csv" behind it."""
    return f"{item_list.name}台账_{item_list.as_of(today).isoformat()}.{kind}"


def _shown(column: staff.LedgerColumn) -> str:
    return "title" if column.name == "title" else column.kind


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rows(
    item_list: ItemList, columns: Sequence[staff.LedgerColumn], items: QuerySet[Item], today: date
) -> Iterator[list[Any]]:
    for row in queries.ledger_rows(item_list, items, today):
        yield [row.values[column.name] for column in columns]


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
