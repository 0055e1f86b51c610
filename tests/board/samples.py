"""Pages of literal data: the story's 18 items on the day it is told, and what may befall them.

They are built without a database, so that a page can be looked at in any state.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from items.public import (
    Arithmetic,
    Board,
    Event,
    Extension,
    GroupCount,
    Head,
    Holder,
    Home,
    HomeList,
    ItemPage,
    Part,
    Progress,
    Row,
    UnitShare,
)
from items.states import GROUP_OF, Group, Status, Verb
from items.words import Words

TODAY = date(2026, 11, 22)
SHIFT = TODAY - date(2021, 9, 27)  # the story's day falls on TODAY

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

EQUIPMENT = Words("设备副厂长", "Deputy director, equipment")
SAFETY = Words("安全副厂长", "Deputy director, safety")
PRODUCTION = Words("生产副厂长", "Deputy director, production")
UNION = Words("工会主席", "Union chair")
DISCIPLINE = Words("纪委书记", "Discipline secretary")
SECRETARY = Words("党委书记", "Party secretary")
DIRECTOR = Words("厂长", "Plant director")
PARTY_OFFICE = Words("党群工作室联系人", "Contact, Party and masses office")
BRANCH = Words("机关支部联系人", "Contact, office branch")
EQUIPMENT_ROOM = Words("设备管理室", "Equipment office")

# number, matter, place, owner, supervisor, deadline, day done (None: still open)
STORY = [
    (1, "更新喷煤车间一区主控室操作座椅", "Replace the worn chairs in the Zone 1 main control room", "喷煤车间一区主控室", "Coal-injection workshop, Zone 1 main control room", EQUIPMENT, PARTY_OFFICE, "2021-09-25", "2021-09-22"),
    (2, "改善一线职工休息室", "Improve rest rooms for frontline workers", "高炉车间", "Blast-furnace workshop", EQUIPMENT, PARTY_OFFICE, "2021-08-31", "2021-08-27"),
    (3, "改善一线职工更衣室", "Improve changing rooms for frontline workers", "喷煤车间", "Coal-injection workshop", EQUIPMENT, BRANCH, "2021-07-31", "2021-07-29"),
    (4, "改善一线职工浴室", "Improve bathhouses for frontline workers", "高炉车间", "Blast-furnace workshop", EQUIPMENT, PARTY_OFFICE, "2021-11-30", None),
    (5, "改善一线职工厕所", "Improve toilets for frontline workers", "原料车间", "Raw-materials workshop", EQUIPMENT, BRANCH, "2021-08-31", "2021-08-20"),
    (6, "为一线班组配备冰箱", "Provide refrigerators for frontline teams", "各车间休息室", "Rest rooms of all workshops", UNION, BRANCH, "2021-06-30", "2021-06-25"),
    (7, "为一线班组配备洗衣机", "Provide washing machines for frontline teams", "各车间更衣室", "Changing rooms of all workshops", UNION, BRANCH, "2021-06-30", "2021-06-28"),
    (8, "为一线班组配备微波炉", "Provide microwave ovens for frontline teams", "各车间休息室", "Rest rooms of all workshops", UNION, BRANCH, "2021-06-30", "2021-06-25"),
    (9, "改善现场作业环境", "Improve the on-site working environment", "喷煤车间制粉区", "Coal-injection workshop, pulverising area", SAFETY, PARTY_OFFICE, "2021-09-20", "2021-09-16"),
    (10, "帮助困难职工家庭解决难题", "Help the families of workers in difficulty", "全厂", "Whole plant", SECRETARY, BRANCH, "2021-08-31", "2021-08-30"),
    (11, "开展职工关心关爱活动", "Run care activities for workers", "全厂", "Whole plant", UNION, PARTY_OFFICE, "2021-07-31", "2021-07-30"),
    (12, "更换高炉主控室空调", "Replace the air conditioners in the blast-furnace control room", "高炉车间主控室", "Blast-furnace workshop, main control room", PRODUCTION, BRANCH, "2021-06-30", "2021-06-22"),
    (13, "增设一线岗位饮水机", "Add drinking-water dispensers at frontline posts", "原料车间", "Raw-materials workshop", DISCIPLINE, PARTY_OFFICE, "2021-06-30", "2021-06-29"),
    (14, "保障高温岗位防暑降温用品", "Supply heat-relief goods to hot posts", "高炉车间炉前", "Blast-furnace cast house", SAFETY, BRANCH, "2021-06-15", "2021-06-11"),
    (15, "修补厂区步道并增设路灯", "Repair walkways and add street lights", "厂区东侧通道", "East passage of the plant", SAFETY, PARTY_OFFICE, "2021-08-15", "2021-08-12"),
    (16, "改进夜班热餐供应", "Improve hot meals on the night shift", "厂食堂", "Plant canteen", PRODUCTION, BRANCH, "2021-07-15", "2021-07-13"),
    (17, "治理矿槽转运点粉尘", "Reduce dust at the ore-bin transfer point", "原料车间矿槽", "Raw-materials workshop, ore bins", DIRECTOR, PARTY_OFFICE, "2021-12-31", None),
    (18, "新建电动车停车棚及充电设施", "Build a shed with charging for electric bicycles", "厂区西门", "West gate", DISCIPLINE, BRANCH, "2021-10-31", None),
]  # fmt: skip  # noqa: E501

NEWS = {  # of the open items: days ago, what the owner wrote
    4: (6, "二区热水管路换完，三区正在做防滑地面。"),
    17: (3, "密封罩已装好，下周试运行并测粉尘。"),
    18: (11, "消防审核通过，基础已浇筑。"),
}


def row(number=4, **changes):
    """Return one row of the story, changed as told."""
    told = next(line for line in STORY if line[0] == number)
    return replace(told_row(*told), **changes)


def told_row(number, zh, en, place_zh, place_en, owner, supervisor, due, done):
    """Return a row as the story tells it."""
    due = date.fromisoformat(due) + SHIFT
    done_on = date.fromisoformat(done) + SHIFT if done else None
    last_on = done_on + timedelta(1) if done_on else TODAY - timedelta(NEWS[number][0])
    return Row(
        number=number,
        title=Words(zh, en),
        place=Words(place_zh, place_en),
        **standing(Status.RESOLVED if done else Status.IN_PROGRESS),
        owner=Holder(owner, "", False),
        supervisor=Holder(supervisor, "", False),
        lead_unit=EQUIPMENT_ROOM,
        illustrative=number > 11,
        due=due,
        first_due=due,
        due_words="",
        times_extended=0,
        overdue_days=0,
        due_in_days=None if done else (due - TODAY).days,
        light="",
        progress=Progress(None, None, None, ""),
        done_on=done_on,
        signed_off_on=last_on if done else None,
        done_late_days=0,
        hold_review_on=None,
        withdrawn_on=None,
        added_on=None,
        times_reopened=0,
        brought_in=False,
        last_verb=str((Verb.SIGN_OFF if done else Verb.REPORT_PROGRESS).label),
        last_text="" if done else NEWS[number][1],
        last_on=last_on,
        last_days_ago=(TODAY - last_on).days,
        stale=False,
    )


def standing(status):
    """Return a status, its words and its group, as a row holds them."""
    return {
        "status": str(status),
        "status_label": str(status.label),
        "group": str(GROUP_OF[status]),
    }


def story():
    """Return the 18 rows of the story: 15 resolved, 3 in progress."""
    return tuple(told_row(*line) for line in STORY)


def eventful():
    """Return the 18 rows with everything that can befall an item."""
    rows = {told.number: told for told in story()}
    changes = {
        2: {"done_late_days": 12},
        4: {"times_extended": 2, "first_due": date(2026, 9, 20), "due": date(2026, 12, 5), "due_in_days": 13, "progress": Progress(Decimal("66.7"), 2, 3, "个区")},
        5: {**standing(Status.IN_PROGRESS), "times_reopened": 1, "overdue_days": 27, "done_on": None, "signed_off_on": None, "last_verb": str(Verb.REOPEN.label), "last_text": "排水管再次堵塞。", "light": "red"},
        6: {"brought_in": True},
        11: {**standing(Status.ON_HOLD), "hold_review_on": date(2027, 1, 10), "done_on": None, "last_verb": str(Verb.PUT_ON_HOLD.label), "last_text": "与上级活动合并安排，待通知。", "overdue_days": 58},
        13: {**standing(Status.NOT_STARTED), "due": date(2026, 11, 27), "due_in_days": 5, "light": "yellow", "done_on": None, "last_verb": str(Verb.PUBLISH.label), "last_text": "", "stale": True, "last_days_ago": 41},
        14: {**standing(Status.WITHDRAWN), "withdrawn_on": date(2026, 9, 3), "done_on": None, "last_verb": str(Verb.WITHDRAW.label), "last_text": "已列入年度劳保计划，不再单列。"},
        15: {**standing(Status.WITHDRAWN), "withdrawn_on": date(2026, 9, 3), "done_on": None, "last_verb": str(Verb.WITHDRAW.label), "last_text": "并入第9件。"},
        16: {**standing(Status.NOT_STARTED), "added_on": date(2026, 9, 1), "due_in_days": 37, "due": date(2026, 12, 29), "done_on": None, "last_verb": str(Verb.ADD_ITEM.label), "last_text": ""},
        17: {"behind": "far", "light": "red", "progress": Progress(Decimal("20"), None, None, "")},
        18: {**standing(Status.PENDING_CHECK), "overdue_days": 3, "due": date(2026, 11, 19), "due_in_days": None, "last_verb": str(Verb.CLAIM.label), "last_text": "车棚建成，充电桩已通电。", "light": "red"},
    }  # fmt: skip
    return tuple(replace(told, **changes.get(n, {})) for n, told in rows.items())


def many(count):
    """Return `count` rows of all kinds, numbered from 1."""
    kinds = eventful()
    return tuple(replace(kinds[n % 18], number=n + 1) for n in range(count))


def long_titles():
    """Return rows with the longest words that an office may write."""
    zh = "关于进一步改善高炉车间、喷煤车间、原料车间一线职工休息室更衣室浴室及配套生活设施条件的实事项目（第二阶段）" * 2
    en = "Further improvement of the rest rooms, changing rooms and bathhouses of the blast-furnace, coal-injection and raw-materials workshops, second stage"
    return (
        row(4, title=Words(zh, en), place=Words(zh, en), last_text=zh),
        row(17, title=Words("治理矿槽转运点粉尘", "")),  # the English is missing
        row(18, title=Words("", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")),
    )  # fmt: skip  # noqa: E501


def arithmetic(rows):
    """Return the equation that these rows add up to."""
    counts = {group: sum(told.group == group for told in rows) for group in Group}
    always = {Group.RESOLVED, Group.IN_PROGRESS}
    groups = (
        GroupCount(str(group), str(group.label), n)
        for group, n in counts.items()
        if n or group in always
    )
    share = Decimal(100 * counts[Group.RESOLVED]) / len(rows) if rows else None
    return Arithmetic(len(rows), tuple(groups), share and round(share, 1))


def board(rows=None, group="", **head):
    """Return a list's page with these rows, or with the story's."""
    rows = story() if rows is None else rows
    moved = sorted((told for told in rows if told.last_on), key=lambda told: told.last_days_ago)
    return Board(
        head=replace(HEAD, **head),
        arithmetic=arithmetic(rows),
        strip=rows,
        rows=tuple(told for told in rows if group in ("", told.group)),
        group=group,
        moved_lately=tuple(moved[:3]),
        as_of=TODAY,
        last_change_on=moved[0].last_on if moved else None,
        last_change_days_ago=moved[0].last_days_ago if moved else 0,
        overdue_count=sum(told.overdue_days > 0 for told in rows),
    )


def home(*boards, earlier=()):
    """Return the home page with these boards' lists."""
    return Home(
        current=tuple(
            HomeList(
                told.head,
                told.arithmetic,
                told.strip,
                told.overdue_count,
                told.last_change_on,
                told.last_change_days_ago,
            )
            for told in boards
        ),
        earlier=tuple(earlier),
        demonstration=True,
        as_of=TODAY,
    )


def event(seq, verb, days_ago, role="owner", **changes):
    """Return an entry of the ledger, changed as told."""
    told = Event(
        seq=seq,
        verb=verb,
        label=str(Verb(verb).label),
        text="",
        erased_on=None,
        happened_on=TODAY - timedelta(days_ago),
        written_on=TODAY - timedelta(days_ago),
        role={"owner": "牵头领导", "supervisor": "联系督导责任人", "office": "活动办公室"}[role],
        post={"owner": "设备副厂长", "supervisor": "党群工作室联系人", "office": ""}[role],
        name="",
        facts=(),
        status_label="",
    )
    return replace(told, **changes)


def timeline():
    """Return the public entries of an eventful item, the latest first."""
    return (
        event(9, "report_progress", 6, text="二区热水管路换完，三区正在做防滑地面。", facts=(("完成数量", "2个区"),)),
        event(8, "log_visit", 12, "supervisor", text="看了二区，热水够用，地面还有一处积水。", facts=(("方式", "现场"), ("下次查看", "2026年12月1日"))),
        event(7, "decide_extension", 40, "office", text="管材到货晚，同意延期。", facts=(("原期限", "2026年11月5日"), ("新期限", "2026年12月5日"))),
        event(6, "send_back", 44, "supervisor", text="三区地面没有做防滑。", status_label=str(Status.IN_PROGRESS.label)),
        event(5, "claim", 48, text="三个区全部改完。", status_label=str(Status.PENDING_CHECK.label)),
        event(4, "report_progress", 80, erased_on=date(2026, 10, 1), written_on=TODAY - timedelta(77)),
        event(3, "start", 120, status_label=str(Status.IN_PROGRESS.label)),
        event(1, "publish", 150, "office", status_label=str(Status.NOT_STARTED.label)),
    )  # fmt: skip  # noqa: E501


def item_page(number=4, rows=None, **changes):
    """Return an item's page with much to tell, changed as told."""
    rows = eventful() if rows is None else rows
    numbers = [told.number for told in rows]
    place = numbers.index(number)
    page = ItemPage(
        head=HEAD,
        arithmetic=arithmetic(rows),
        strip=rows,
        row=rows[place],
        category=Words("生活设施", "Welfare facilities"),
        term_label="中长期",
        problem=Words("三个区的浴室热水时有时无，地面湿滑。", "The hot water fails at times and the floors are slippery."),
        effect=Words("下夜班的职工洗澡要排队，有人滑倒过。", "After the night shift workers queue, and some have slipped."),
        result="",
        start_by=date(2026, 7, 10),
        start_is_the_matter=False,
        measures=(
            Words("更换热水管路", "Replace the hot-water pipes"),
            Words("地面做防滑改造", "Make the floors slip-proof"),
            Words("分区施工，不停用", "Work zone by zone, without closing"),
        ),
        units=(
            UnitShare(EQUIPMENT_ROOM, "lead", "牵头单位"),
            UnitShare(Words("后勤服务室", "Services office"), "support", "配合单位"),
        ),
        parts=(),
        extensions=(
            Extension(date(2026, 9, 20), date(2026, 11, 5), "设计变更，增加三区。", date(2026, 9, 10), date(2026, 9, 12), "活动办公室"),
            Extension(date(2026, 11, 5), date(2026, 12, 5), "管材到货晚。", date(2026, 10, 11), date(2026, 10, 13), "活动办公室"),
        ),
        claim=timeline()[0],
        finding=timeline()[1],
        timeline=timeline(),
        previous=numbers[place - 1] if place else None,
        next=numbers[place + 1] if place + 1 < len(numbers) else None,
        carried_from="",
        as_of=TODAY,
    )  # fmt: skip  # noqa: E501
    return replace(page, **changes)


def part(title="东区", **changes):
    """Return a line under a number."""
    told = Part(Words(title, ""), EQUIPMENT_ROOM, None, date(2026, 10, 31), "", None, "")
    return replace(told, **changes)
