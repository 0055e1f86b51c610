"""Pages of literal data: the story's 18 items on the day it is told, and what may befall them.

They are built without a database, so that a page can be looked at in any state.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from items.demo import story
from items.public import (
    Arithmetic,
    Board,
    BoardSearch,
    GroupCount,
    Head,
    Holder,
    Home,
    HomeList,
    Line,
    Lines,
    Move,
    Progress,
    Recent,
    Row,
    Sum,
    Truth,
)
from items.states import GROUP_OF, Group, Status, Verb
from items.words import Words

TODAY = date(2026, 11, 22)
SHIFT = TODAY - story.LAST_DAY  # the story's day falls on TODAY

HEAD = Head(
    slug="ironmaking-2026",
    name=Words("2026年“我为群众办实事”项目清单", "Practical matters for the workers, 2026"),
    programme=Words("我为群众办实事", "I do practical things for the masses"),
    year=2026,
    committee=Words("炼铁厂党委", "Ironmaking Plant Committee"),
    organisation=Words("示范钢铁", "Model Steel"),
    published_on=date(2026, 6, 25),
    closed_on=None,
    demonstration=True,
)

POSTS = {row["post"]: Words(row["post"], row["post_en"]) for row in story.table("people")}
STORY = {int(row["no"]): row for row in story.table("list")}
SIGNED = {int(row["no"]): row for row in story.table("events") if row["verb"] == "sign_off"}

NEWS = {  # of the open items: days ago, what the owner wrote
    4: (6, "二区热水管路换完，三区正在做防滑地面。"),
    17: (3, "密封罩已装好，下周试运行并测粉尘。"),
    18: (11, "消防审核通过，基础已浇筑。"),
}


def row(number=4, **changes):
    """Return one row of the story, changed as told."""
    told = STORY[number]
    due = day(told["due"])
    signed = SIGNED.get(number)
    last_on = day(signed["on"]) if signed else TODAY - timedelta(NEWS[number][0])
    shown = Row(
        number=number,
        title=Words(told["title"], told["title_en"]),
        place=Words(told["place"], told["place_en"]),
        **standing(Status.RESOLVED if signed else Status.IN_PROGRESS),
        owner=Holder(POSTS[told["owner"]], "", False),
        supervisor=Holder(POSTS[told["supervisor"]], "", False),
        illustrative=told["basis"] == "illustrative",
        due=due,
        first_due=due,
        due_words="",
        times_extended=0,
        overdue_days=0,
        due_in_days=None if signed else (due - TODAY).days,
        light="",
        progress=Progress(None, None, None, ""),
        done_on=day(signed["done_on"]) if signed else None,
        signed_off_on=last_on if signed else None,
        done_late_days=0,
        hold_review_on=None,
        withdrawn_on=None,
        added_on=None,
        times_reopened=0,
        brought_in=False,
        last_verb=(Verb.SIGN_OFF if signed else Verb.REPORT_PROGRESS).label,
        last_text="" if signed else NEWS[number][1],
        last_on=last_on,
        last_days_ago=(TODAY - last_on).days,
        stale=False,
    )
    return replace(shown, **changes)


def day(iso):
    """Return a day of the story, moved so that the story is told on TODAY."""
    return date.fromisoformat(iso) + SHIFT


def standing(status):
    """Return a status, its words and its group, as a row holds them."""
    return {
        "status": str(status),
        "status_label": status.label,
        "group": str(GROUP_OF[status]),
    }


def unresolved(status):
    """Return what a row holds that has this status instead of being resolved."""
    return {**standing(status), "done_on": None, "signed_off_on": None}


def story_rows():
    """Return the 18 rows of the story: 15 resolved, 3 in progress."""
    return tuple(row(number) for number in STORY)


def eventful():
    """Return the 18 rows with everything that can befall an item."""
    rows = {told.number: told for told in story_rows()}
    changes = {
        2: {"done_late_days": 12},
        4: {
            "times_extended": 2,
            "first_due": date(2026, 9, 20),
            "due": date(2026, 12, 5),
            "due_in_days": 13,
            "progress": Progress(Decimal("66.7"), 2, 3, "个区"),
        },
        5: {
            **unresolved(Status.IN_PROGRESS),
            "times_reopened": 1,
            "overdue_days": 27,
            "last_verb": Verb.REOPEN.label,
            "last_text": "排水管再次堵塞。",
            "light": "red",
        },
        6: {"brought_in": True},
        11: {
            **unresolved(Status.ON_HOLD),
            "hold_review_on": date(2027, 1, 10),
            "last_verb": Verb.PUT_ON_HOLD.label,
            "last_text": "与上级活动合并安排，待通知。",
            "overdue_days": 58,
        },
        13: {
            **unresolved(Status.NOT_STARTED),
            "due": date(2026, 11, 27),
            "due_in_days": 5,
            "light": "yellow",
            "last_verb": Verb.PUBLISH.label,
            "last_text": "",
            "stale": True,
            "last_days_ago": 41,
        },
        14: {
            **unresolved(Status.WITHDRAWN),
            "withdrawn_on": date(2026, 9, 3),
            "last_verb": Verb.WITHDRAW.label,
            "last_text": "已列入年度劳保计划，不再单列。",
        },
        15: {
            **unresolved(Status.WITHDRAWN),
            "withdrawn_on": date(2026, 9, 3),
            "last_verb": Verb.WITHDRAW.label,
            "last_text": "并入第9件。",
        },
        16: {
            **unresolved(Status.NOT_STARTED),
            "added_on": date(2026, 9, 1),
            "due_in_days": 37,
            "due": date(2026, 12, 29),
            "last_verb": Verb.ADD_ITEM.label,
            "last_text": "",
        },
        17: {"behind": "far", "light": "red", "progress": Progress(Decimal("20"), None, None, "")},
        18: {
            **unresolved(Status.PENDING_CHECK),
            "overdue_days": 3,
            "due": date(2026, 11, 19),
            "due_in_days": None,
            "last_verb": Verb.CLAIM.label,
            "last_text": "车棚建成，充电桩已通电。",
            "light": "red",
        },
    }
    return tuple(replace(told, **changes.get(n, {})) for n, told in rows.items())


def many(count):
    """Return `count` rows of all kinds, numbered from 1."""
    kinds = eventful()
    return tuple(replace(kinds[n % 18], number=n + 1) for n in range(count))


def long_titles():
    """Return rows with the longest words that an office may write."""
    zh = "关于进一步改善各车间一线职工休息室更衣室浴室及配套生活设施条件的实事项目（第二阶段）" * 2
    en = "Further improvement of the rest rooms and bathhouses of all workshops, stage two " * 2
    return (
        row(4, title=Words(zh, en), place=Words(zh, en), last_text=zh),
        row(17, title=Words("治理矿槽转运点粉尘", "")),  # the English is missing
        row(18, title=Words("", "Unbreakable" * 6)),
    )


def arithmetic(rows):
    """Return the equation that these rows add up to."""
    counts = {group: sum(told.group == group for told in rows) for group in Group}
    always = {Group.RESOLVED, Group.IN_PROGRESS}
    groups = (
        GroupCount(str(group), group.label, n)
        for group, n in counts.items()
        if n or group in always
    )
    share = Decimal(100 * counts[Group.RESOLVED]) / len(rows) if rows else None
    return Arithmetic(len(rows), tuple(groups), share and round(share, 1))


def board(rows=None, group="", **head):
    """Return a list's page with these rows, or with the story's."""
    rows = story_rows() if rows is None else rows
    moved = sorted((told for told in rows if told.last_on), key=lambda told: told.last_days_ago)
    of_group = tuple(told for told in rows if group in ("", told.group))
    return Board(
        head=replace(HEAD, **head),
        arithmetic=arithmetic(rows),
        strip=rows,
        rows=of_group,
        count=len(of_group),
        dim=frozenset(told.number for told in rows if told not in of_group),
        group=group,
        recent=None if group else recent(moved),
        truth=None if group else truth(rows),
        as_of=TODAY,
        last_change_on=moved[0].last_on if moved else None,
        last_change_days_ago=moved[0].last_days_ago if moved else 0,
        overdue_count=sum(told.overdue_days > 0 for told in rows),
    )


def recent(moved):
    """Return what moved in the last seven days, as the rows say it."""
    since = TODAY - timedelta(6)
    moves = tuple(
        Move(
            number=told.number,
            title=told.title,
            status=told.status,
            late=told.overdue_days > 0,
            sentence=told.last_text or str(told.last_verb),
            happened_on=told.last_on,
            written_on=told.last_on,
            slug=HEAD.slug,
            committee=HEAD.committee,
        )
        for told in moved
        if told.last_on >= since
    )
    return Recent(since, TODAY, moves[:6], len(moves), len(moves)) if moves else None


def truth(rows):
    """Return what a list of these rows has to own up to."""
    return Truth(
        overdue=sum(told.overdue_days > 0 for told in rows),
        pending=sum(told.status == Status.PENDING_CHECK for told in rows),
        fresh=sum(told.last_days_ago <= 30 for told in rows),
        silent=sum(told.stale for told in rows),
    )


def home_list(told):
    """Return a board's list as the home page shows it."""
    return HomeList(
        told.head,
        told.arithmetic,
        told.strip,
        told.overdue_count,
        told.last_change_on,
        told.last_change_days_ago,
    )


def sum_of(*boards):
    """Return what the lists of these boards come to."""
    rows = [row for told in boards for row in told.strip]
    return Sum(len(boards), arithmetic(rows), sum(told.overdue_count for told in boards))


def line(slug, *boards, lists=None, **columns):
    """Return a committee as a line, with what these boards' lists come to."""
    together = sum_of(*boards) if boards else None
    name = boards[0].head.committee if boards else Words("公司", "Company")
    columns = {"path": (), "sum": together} | columns
    return Line(slug, name, lists=len(boards) if lists is None else lists, **columns)


def lines(*rows, page=1, pages=1):
    """Return a page of committees as lines."""
    return Lines(rows, len(rows) + 60 * (pages - 1), page, pages)


def home(*rows, q="", page=1, pages=1, **changes):
    """Return the home page with these lines."""
    return Home(
        lines=lines(*rows, page=page, pages=pages) if rows or q else None,
        search=BoardSearch(q=q),
        demonstration=True,
        as_of=TODAY,
        **changes,
    )
