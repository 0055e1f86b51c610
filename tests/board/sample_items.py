"""Items' pages of literal data, each with what may be told of an item."""

from dataclasses import replace
from datetime import date, timedelta

from items.public import Event, Extension, ItemPage, Measure, Part, Promise, UnitShare
from items.states import Status, Verb
from items.words import Words
from tests.board import samples


def event(verb, days_ago, role="owner", **changes):
    """Return an entry of the ledger, changed as told."""
    told = Event(
        verb=verb,
        label=Verb(verb).label,
        text="",
        erased_on=None,
        happened_on=samples.TODAY - timedelta(days_ago),
        written_on=samples.TODAY - timedelta(days_ago),
        role={"owner": "牵头领导", "supervisor": "联系督导责任人", "office": "活动办公室"}[role],
        post=Words({"owner": "设备副厂长", "supervisor": "党群工作室联系人", "office": ""}[role]),
        name="",
        facts=(),
        status_label="",
    )
    return replace(told, **changes)


def timeline():
    """Return the public entries of an eventful item, the latest first."""
    return (
        event(
            "report_progress",
            6,
            text="二区热水管路换完，三区正在做防滑地面。",
            facts=(("完成数量", "2个区"),),
        ),
        event(
            "log_visit",
            12,
            "supervisor",
            text="看了二区，热水够用，地面还有一处积水。",
            facts=(("方式", "现场"), ("下次查看", "2026年12月1日")),
        ),
        event(
            "decide_extension",
            40,
            "office",
            text="管材到货晚，同意延期。",
            facts=(("原期限", "2026年11月5日"), ("新期限", "2026年12月5日")),
        ),
        event(
            "send_back",
            44,
            "supervisor",
            text="三区地面没有做防滑。",
            status_label=Status.IN_PROGRESS.label,
        ),
        event("claim", 48, text="三个区全部改完。", status_label=Status.PENDING_CHECK.label),
        event(
            "report_progress",
            80,
            erased_on=date(2026, 10, 1),
            written_on=samples.TODAY - timedelta(77),
        ),
        event("start", 120, status_label=Status.IN_PROGRESS.label),
        event("publish", 150, "office", status_label=Status.NOT_STARTED.label),
    )


PROMISE = Promise(
    category=Words("生活设施", "Welfare facilities"),
    term="mid_long",
    term_label="中长期",
    problem=Words(
        "三个区的浴室热水时有时无，地面湿滑。",
        "The hot water fails at times and the floors are slippery.",
    ),
    effect=Words(
        "下夜班的职工洗澡要排队，有人滑倒过。",
        "After the night shift workers queue, and some have slipped.",
    ),
    result="",
    start_by=date(2026, 7, 10),
    start_is_the_matter=False,
    measures=(
        Measure(Words("更换热水管路", "Replace the hot-water pipes"), "done", date(2026, 8, 3)),
        Measure(Words("地面做防滑改造", "Make the floors slip-proof"), "now"),
        Measure(Words("分区施工，不停用", "Work zone by zone, without closing"), "to_come"),
    ),
    units=(
        UnitShare(Words("设备管理室", "Equipment office"), "lead", "牵头单位"),
        UnitShare(Words("后勤服务室", "Services office"), "support", "配合单位"),
    ),
    parts=(),
)


def item_page(number=4, rows=None, **changes):
    """Return an item's page with much to tell, changed as told."""
    rows = samples.eventful() if rows is None else rows
    numbers = [told.number for told in rows]
    place = numbers.index(number)
    page = ItemPage(
        head=samples.HEAD,
        arithmetic=samples.arithmetic(rows),
        strip=rows,
        row=rows[place],
        promise=PROMISE,
        extensions=(
            Extension(
                date(2026, 9, 20),
                date(2026, 11, 5),
                "设计变更，增加三区。",
                date(2026, 9, 10),
                "党委会2026年9月12日同意延期（纪要〔2026〕7号）",
            ),
            Extension(
                date(2026, 11, 5),
                date(2026, 12, 5),
                "管材到货晚。",
                date(2026, 10, 11),
                "党委会2026年10月13日同意延期（纪要〔2026〕8号）",
            ),
        ),
        claim=timeline()[0],
        finding=timeline()[1],
        overturned=None,
        timeline=timeline(),
        previous=numbers[place - 1] if place else None,
        next=numbers[place + 1] if place + 1 < len(numbers) else None,
        carried_from=None,
        carried_to=(),
        as_of=samples.TODAY,
    )
    promised = {name: changes.pop(name) for name in list(changes) if hasattr(PROMISE, name)}
    return replace(page, promise=replace(PROMISE, **promised), **changes)


def part(title="东区", **changes):
    """Return a line under a number."""
    told = Part(
        Words(title),
        Words("设备管理室", "Equipment office"),
        None,
        date(2026, 10, 31),
        "",
        None,
        "",
    )
    return replace(told, **changes)
