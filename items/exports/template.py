"""A workbook in which an office writes a new list: its own headings, choices, a hint, an example.

What comes back is imported as any sheet; the hint and the example are passed over.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from string import ascii_uppercase
from typing import IO

from django.utils import translation

from items import queries, staff
from items.columns import COLUMNS
from items.exports.ledger import CHINESE
from items.exports.workbook import Check, Sheet, SheetColumn, write_workbook
from items.models import Category, Committee, ItemList, Person, Place, Post, Theme, Unit
from items.models.post import know_holdings
from items.sheets.headings import as_remembered, column_of
from items.sheets.importing import posts_by_holder, remembered
from items.sheets.names import parse_posts
from items.sheets.table import EXAMPLE, HINT
from items.states import Term

CHOICES = "选项"  # the worksheet that the drop-downs read
BLANK_ROWS = 60  # ruled, to write in
# What is asked of a new list, in the order of the ledger, with its hint
HINTS = {
    "number": HINT,
    "title": "必填。一句话写清办什么",
    "source": "如座谈会、职代会。不公开",
    "problem": "现在差在哪里",
    "category": "从下拉中选，也可以写新的",
    "theme": "从下拉中选，可不填",
    "place": "从下拉中选，也可以写新的",
    "measures": "一条一行（Alt+回车换行）",
    "criteria": "一至三条：职工看到什么就算办好",
    "owner_post": "写岗位，也可以写现任的姓名",
    "shares": "几个单位用顿号隔开，第一个牵头",
    "support_units": "几个单位用顿号隔开",
    "handlers": "写姓名，几个人用顿号隔开。不公开",
    "supervisor_post": "写岗位，不能和牵头领导是同一人",
    "term": "从下拉中选",
    "start_by": "日期，如2026/5/31。可不填",
    "due": "日期，或“12月底前”这样的话",
    "percent": "按数量算的写目标，如0/120间",
    "budget": "不公开",
    "remark": "不公开",
}
SAYS = {
    "list": "下拉里没有这个名称。是新名称就保留，导入时会请您确认。",
    "day": "这里一般写日期，如2026/12/31。写“12月底前”这样的话也可以。",
    "count": "序号写整数，如1、2、3。",
}
SEVERAL = ("shares", "support_units")  # names in one cell: a list is offered, others aren't asked
IN_LINES = {
    "measures": "摸清座椅数量\n选型采购\n整批更换",
    "criteria": "16把座椅都能坐，各班试坐过",
}
EXAMPLES = IN_LINES | {
    "number": EXAMPLE,
    "title": "更换控制室座椅",
    "source": "班组座谈会",
    "problem": "座椅破损，坐久了腰疼",
    "due": "12月底前",
    "percent": "0/16把",
    "budget": "3万元",
}
# What a heading of the column means as it is read
MEANT = {column.name: (column.in_sheets,) for column in COLUMNS} | {
    "shares": ("units", "lead_unit")
}
# The choices of each column, by their heading
OFFERED = {
    "category": "类别",
    "theme": "专题",
    "place": "地点",
    "owner_post": "岗位",
    "supervisor_post": "岗位",
    "shares": "单位",
    "support_units": "单位",
    "term": "期限类型",
}
MODELS = {"category": Category, "theme": Theme, "place": Place, "shares": Unit}


def write_template(file: IO[bytes], item_list: ItemList, today: date) -> None:
    """Write the workbook for a list, with the choices of its committee."""
    with translation.override(CHINESE):
        write_workbook(file, _sheets(item_list, today))


def file_name(item_list: ItemList) -> str:
    """Return what the file is called."""
    return f"{item_list.name}模板.xlsx"


def _sheets(item_list: ItemList, today: date) -> Iterator[Sheet]:
    layout, choices = queries.sheet_layout(item_list), _choices(item_list.committee, today)
    headings = _headings(item_list.committee, layout)
    shown = [SheetColumn(words, _kind(name)) for name, words in headings.items()]
    title = layout.title or f"{item_list.name}整改台账"
    above = [title, f"填报单位：{item_list.committee.name}"]
    checks = {at: _check(name, choices) for at, name in enumerate(headings)}
    yield Sheet(
        name="清单",
        above=above,
        columns=shown,
        rows=_rows(list(headings), choices),
        hints=2,
        checks={at: check for at, check in checks.items() if check},
    )
    longest = max(map(len, choices.values()), default=0)
    padded = [[*names, *[None] * (longest - len(names))] for names in choices.values()]
    columns = [SheetColumn(name, "title") for name in choices]
    yield Sheet(CHOICES, [], columns, zip(*padded, strict=True), ruled=False)


def _headings(committee: Committee, layout: staff.SheetLayout) -> dict[str, str]:
    """Return the heading of each column that is asked, first those of the office's own sheet."""
    own, by_hand = {c.name: c.heading for c in staff.LEDGER}, remembered(committee)
    known = {
        name: words
        for name, words in layout.headings.items()
        if name in HINTS and (column_of(words) in MEANT[name] or as_remembered(words) in by_hand)
    }
    return known | {name: own[name] for name in HINTS if name not in known}


def _kind(name: str) -> str:
    if name in ("title", "percent"):  # 0/120 is words, no share
        return "title" if name == "title" else "line"
    return next(column.kind for column in staff.LEDGER if column.name == name)


def _rows(names: Sequence[str], choices: dict[str, list[str]]) -> Iterator[list[str | None]]:
    yield [HINTS[name] for name in names]
    yield [EXAMPLES.get(name) or _first(name, choices) for name in names]
    for _row in range(BLANK_ROWS):
        yield [None] * len(names)


def _first(name: str, choices: dict[str, list[str]]) -> str:
    """Return what the example says in a column: the first choice, the second of the posts."""
    names = choices.get(OFFERED.get(name, ""), [])
    if name == "supervisor_post":
        return names[1] if len(names) > 1 else ""
    return names[0] if names and name not in ("support_units", "theme") else ""


def _choices(committee: Committee, today: date) -> dict[str, list[str]]:
    """Return the names that can be chosen, by their heading; beside each post who holds it."""
    named = {
        OFFERED[name]: list(
            model._default_manager.filter(committee=committee)
            .order_by("name")
            .values_list("name", flat=True)
        )
        for name, model in MODELS.items()
    }
    posts = list(Post.objects.filter(committee=committee).order_by("-is_leader", "name"))
    know_holdings(posts)
    holders = [post.holder(today) for post in posts]
    of_holder = posts_by_holder(committee)
    return named | {
        "岗位": [
            _as_read(post, holder, of_holder) for post, holder in zip(posts, holders, strict=True)
        ],
        "现任": [holder.name if holder else "" for holder in holders],
        "期限类型": [str(term.label) for term in Term],
    }


def _as_read(post: Post, holder: Person | None, of_holder: dict[str, str]) -> str:
    """Return what names a post in a sheet: it, or its holder where its own words say more."""
    if parse_posts(post.name) == [post.name] or holder is None:
        return post.name
    return holder.name if of_holder.get(holder.name) == post.name else post.name


def _check(name: str, choices: dict[str, list[str]]) -> Check | None:
    """Return what is asked of a column's cells."""
    if name in OFFERED:
        offered = OFFERED[name]
        if not (count := len(choices[offered])):
            return None
        letter = ascii_uppercase[list(choices).index(offered)]
        source = f"='{CHOICES}'!${letter}$2:${letter}${count + 1}"
        return Check("list", source, "" if name in SEVERAL else SAYS["list"])
    if name in ("start_by", "due"):
        return Check("day", says=SAYS["day"])
    return Check("count", says=SAYS["count"]) if name == "number" else None
