"""Every act on an item, as it is done rightly: by whom, from which status, with which words."""

from dataclasses import dataclass
from datetime import date

from items import actions
from items.errors import Refused
from items.models import Committee
from items.words import Words
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days

DONE_ON = PUBLISHED_ON + days(2)
NEW_DUE = date(2026, 8, 31)
REVIEW_ON = date(2026, 7, 1)
PUT_RIGHT_BY = date(2026, 7, 15)


def fresh(row):
    """Return the row as it stands in the database."""
    return type(row).objects.get(pk=row.pk)


def happens(act) -> bool:
    """Tell whether an act is done rather than refused."""
    try:
        act()
    except Refused:
        return False
    return True


@dataclass
class Act:
    """An act, who does it, on an item in which status, and what the call says."""

    do: object
    who: str
    status: str
    said: dict
    before: object = None  # what has to happen first

    def ready(self):
        """Return an item on which the act can be done."""
        item = factories.item_at(self.status)
        if self.before:
            self.before(item)
            item.refresh_from_db()
        return item

    def __call__(self, item, by=None, **said):
        by = by or getattr(factories, f"{self.who}_of")(item)
        return self.do(item, by=by, now=NOW, **(self.said | said))


def another_post(item):
    """Return another post of the committee; a second item keeps its leader at work."""
    return factories.Post(committee=item.list.committee)


def hand_over(item, *, by, now, **said):
    said = {"to": another_post(item)} | said
    return actions.hand_over_item(item, by=by, now=now, **said)


def enter(item):
    by = factories.colleague_of(item)
    return actions.enter_for_owner(item, by=by, text="代填", percent=40, now=NOW)


def ask(item):
    by = factories.owner_of(item)
    return actions.ask_extension(item, by=by, reason="供货晚", new_due=NEW_DUE, now=NOW)


def put_up(item):
    """Put a withdrawal up for objections."""
    committees = Committee.objects.filter(pk=item.list.committee_id)
    committees.update(announces_withdrawals=True)
    return factories.withdraw(fresh(item), now=NOW)


def set_task(item):
    said = {"text": "报供货日期", "who": "owner", "by_when": REVIEW_ON}
    return actions.set_task(item, by=factories.colleague_of(item), now=NOW, **said)


def deliver(item, **said):
    said = {"what": "冰箱", "count": 3, "team": "甲班", "now": NOW} | said
    return actions.deliver(item, by=said.pop("by", None) or factories.owner_of(item), **said)


def take_back(item, **said):
    delivery = item.deliveries.get()
    delivery.item = item  # in the state that the reader saw
    return actions.take_back(delivery, **said)


def plan(item, **said):
    said = {"what": "高温送清凉", "on": TODAY + days(3), "now": NOW} | said
    by = said.pop("by", None) or factories.owner_of(item)
    return actions.plan_occasion(item, by=by, **said)


def on_occasion(act):
    """Return an act on the item's only date, in the state that the reader saw."""

    def do(item, **said):
        occasion = item.occasions.get()
        occasion.item = item
        return act(occasion, **said)

    return do


hold = on_occasion(actions.hold_occasion)
call_off = on_occasion(actions.call_off_occasion)


def add_part(item, **said):
    said = {"by": factories.office_of(item), "title": "一区", "due": TODAY, "now": NOW} | said
    return actions.add_part(item, reason="职工提出", **said)


def finish_part(item):
    add_part(item)
    said = {"text": "一区完工", "parts": [item.parts.get()], "parts_done_on": TODAY, "now": NOW}
    actions.report_progress(fresh(item), by=factories.owner_of(item), **said)


def on_part(act):
    """Return an act on the item's only part, in the state that the reader saw."""

    def do(item, **said):
        part = item.parts.get()
        part.item = item
        return act(part, **said)

    return do


def tick(item):
    """Let the owner tick all of the item's measures."""
    said = {"text": "都做了", "measures": list(item.measures.all()), "now": NOW}
    actions.report_progress(item, by=factories.owner_of(item), **said)


def undo_measures(item, **said):
    return actions.undo_measures(item, measures=list(item.measures.all()), **said)


def finish_task(item, **said):
    task = item.entries.tasks().get()
    entry = actions.finish_task(task, **said)
    item.refresh_from_db()
    return entry


ACTS = {
    "start": Act(actions.start_item, "owner", "not_started", {"note": "已进场"}),
    "report_progress": Act(
        actions.report_progress, "owner", "in_progress", {"text": "做完一半", "percent": 50}
    ),
    "enter_for_owner": Act(
        actions.enter_for_owner, "office", "in_progress", {"text": "代填", "percent": 40}
    ),
    "release": Act(actions.release_entry, "office", "in_progress", {}, before=enter),
    "refuse_entry": Act(
        actions.refuse_entry, "office", "in_progress", {"reason": "与现场不符"}, before=enter
    ),
    "deliver": Act(
        actions.deliver,
        "owner",
        "in_progress",
        {"what": "冰箱", "count": 3, "team": "甲班", "received_by": "罗班长"},
    ),
    "take_back": Act(take_back, "owner", "in_progress", {"reason": "写错了"}, before=deliver),
    "plan_occasion": Act(
        actions.plan_occasion,
        "owner",
        "in_progress",
        {"what": "高温送清凉", "on": TODAY + days(3)},
    ),
    "hold_occasion": Act(hold, "owner", "in_progress", {"text": "送到三个班"}, before=plan),
    "call_off_occasion": Act(call_off, "owner", "in_progress", {"reason": "下雨"}, before=plan),
    "claim": Act(
        actions.claim_item,
        "owner",
        "in_progress",
        {"note": "全部换新", "done_on": DONE_ON, "evidence": "验收单"},
    ),
    "sign_off": Act(
        actions.sign_off_item,
        "supervisor",
        "pending_check",
        {"found": "逐把坐过", "how": "on_site", "done_on": DONE_ON},
    ),
    "send_back": Act(
        actions.send_back_item,
        "supervisor",
        "pending_check",
        {"reason": "还差两把", "put_right_by": PUT_RIGHT_BY},
    ),
    "log_visit": Act(
        actions.log_visit,
        "supervisor",
        "in_progress",
        {"seen": "正在施工", "how": "on_site", "next_visit_on": REVIEW_ON},
    ),
    "put_on_hold": Act(
        actions.put_on_hold,
        "office",
        "in_progress",
        {"reason": "停机", "review_on": REVIEW_ON, "decision": factories.decision()},
    ),
    "resume": Act(actions.resume_item, "office", "on_hold", {"reason": "复工"}),
    "withdraw": Act(
        actions.withdraw_item,
        "office",
        "in_progress",
        {"reason": "车间搬迁", "decision": factories.decision()},
    ),
    "take_down": Act(
        actions.take_down, "office", "in_progress", {"reason": "再议一次"}, before=put_up
    ),
    "reopen": Act(
        actions.reopen_item,
        "supervisor",
        "resolved",
        {"reason": "又坏了", "put_right_by": PUT_RIGHT_BY},
    ),
    "ask_extension": Act(
        actions.ask_extension, "owner", "in_progress", {"reason": "供货晚", "new_due": NEW_DUE}
    ),
    "decide_extension": Act(
        actions.decide_extension,
        "office",
        "in_progress",
        {"agreed": True, "reason": "属实", "decision": factories.decision()},
        before=ask,
    ),
    "add_part": Act(
        actions.add_part, "office", "in_progress", {"title": "一区", "reason": "职工提出"}
    ),
    "undo_part": Act(
        on_part(actions.undo_part),
        "office",
        "in_progress",
        {"reason": "返潮"},
        before=finish_part,
    ),
    "extend_part": Act(
        on_part(actions.extend_part),
        "office",
        "in_progress",
        {"reason": "供货晚", "new_due": TODAY + days(9)},
        before=add_part,
    ),
    "undo_measures": Act(undo_measures, "office", "in_progress", {"reason": "又松了"}, before=tick),
    "reduce": Act(
        actions.reduce_item,
        "office",
        "in_progress",
        {
            "field": "measures",
            "value": [Words("只换坐垫")],
            "reason": "经费不足",
            "decision": factories.decision(),
        },
    ),
    "hand_over": Act(
        hand_over, "office", "in_progress", {"duty": "supervisor", "reason": "分工调整"}
    ),
    "correct": Act(
        actions.correct_item,
        "office",
        "in_progress",
        {"field": "title", "value": "更换座椅", "reason": "错别字"},
    ),
    "annotate": Act(actions.annotate_item, "office", "in_progress", {"remark": "合同号 2026-17"}),
    "set_task": Act(
        actions.set_task,
        "office",
        "in_progress",
        {"text": "核对数量", "who": "supervisor", "by_when": REVIEW_ON},
    ),
    "review": Act(
        actions.review_item,
        "reviewer",
        "resolved",
        {"outcome": "put_right", "found": "16把都坐过", "companion": "职工代表李敏"},
        before=factories.review,
    ),
    "open_verdict": Act(
        actions.open_verdict,
        "office",
        "resolved",
        {"reason": "回头看", "ends_on": REVIEW_ON},
    ),
    "look_back": Act(
        actions.look_back,
        "looker",
        "resolved",
        {"kept": "holds", "found": "椅子都好", "how": "on_site"},
        before=factories.look_back_asked,
    ),
    "urge": Act(
        actions.urge_item,
        "office",
        "in_progress",
        {"text": "请报供货日期", "who": "owner", "by_when": REVIEW_ON},
    ),
    "finish_task": Act(finish_task, "owner", "in_progress", {"text": "七月到货"}, before=set_task),
}
WRONG = dict.fromkeys(ACTS, "not_started") | {
    "start": "in_progress",
    "report_progress": "pending_check",
    "enter_for_owner": "pending_check",
    "release": "pending_check",
    "refuse_entry": None,  # whatever waits can be refused
    "deliver": "pending_check",
    "take_back": None,  # only what is in progress has deliveries to take back
    "plan_occasion": "pending_check",
    "hold_occasion": None,  # no other status has a date to hold or to call off
    "call_off_occasion": None,
    "log_visit": "resolved",
    "look_back": "in_progress",
    "put_on_hold": "resolved",
    "withdraw": "resolved",
    "take_down": None,  # no other status has anything that is up
    "ask_extension": "resolved",
    "decide_extension": None,  # with its sign-off a request ends
    "add_part": "pending_check",
    "undo_part": None,  # no other status has a part that is done, or one that isn't
    "extend_part": None,
    "undo_measures": None,  # no other status has a measure that is ticked, or none
    "reduce": "on_hold",
    "hand_over": None,  # every published status is right
    "correct": None,
    "annotate": None,
    "set_task": None,
    "urge": "on_hold",
    "finish_task": None,
}


def claim(item, **said):
    return ACTS["claim"](item, **said)


def report(item, **said):
    return ACTS["report_progress"](item, **({"percent": None} | said))


def bring_in(item, **state):
    """Note what a sheet says of a draft item."""
    state = {"status": "resolved", "file": "清单.xlsx", "row": 7} | state
    return actions.bring_in(item, by=factories.office_of(item), now=NOW, **state)


def close(item_list, now=NOW):
    """Close a list, with the change of year where something in it is open; return the entry."""
    by = factories.office(item_list.committee)
    if not item_list.items.not_done().exists():
        return actions.close_list(fresh(item_list), by=by, now=now)
    into = choose(item_list, now=now)
    return actions.change_year(fresh(item_list), into=into, by=by, now=now)[0]


def close_alone(item_list, now=NOW):
    """Close a list, taking off it what is open; return the entry."""
    for item in item_list.items.not_done():
        ACTS["withdraw"](item)
    by = factories.office(item_list.committee)
    return actions.close_list(fresh(item_list), by=by, now=now)


def closed_item(**columns):
    """Return a resolved item of a closed list, and the list that follows and runs."""
    item = factories.item_at("resolved", **columns)
    actions.close_list(fresh(item.list), by=factories.office_of(item), now=NOW)
    running = next_list(item.list)
    factories.another(item, list=running, number=1)
    factories.publish(running, on=TODAY)
    return fresh(item), running


def settle(item_list):
    """Settle all that waits in a list, as those do whose turn it is."""
    for item in item_list.items.published():
        if item.status == "on_hold" and item.hold_review_on < TODAY:
            ACTS["resume"](item)
        for waiting in item.entries.waiting().filter(verb__in=SETTLED).order_by("seq"):
            office = factories.office_of(item)
            by = office if waiting.by != office else factories.colleague_of(item)
            if waiting.verb == "set_task":
                actions.finish_task(waiting, by=office, text="办完", now=NOW)
            else:
                ACTS[SETTLED[waiting.verb]](fresh(item), by=by)
        for photo in item.photos.filter(state="waiting"):
            actions.release_photo(photo, by=factories.office_of(item), now=NOW)


SETTLED = {
    "ask_extension": "decide_extension",
    "enter_for_owner": "release",
    "set_task": "finish_task",
    "put_up": "take_down",
}


def next_list(item_list, **columns):
    """Return a draft list for the year after."""
    year = {"committee": item_list.committee, "year": item_list.year + 1}
    return factories.ItemList(**year | columns)


def choose(item_list, into=None, due=None, now=NOW, **chosen):
    """Let all open items of a list go over into a draft list, but those that are `chosen` else."""
    into = into or next_list(item_list)
    due = due or now.date() + days(90)
    numbers = item_list.items.not_done().values_list("number", flat=True)
    dues = {number: {"due": due, "due_words": ""} for number in numbers} | chosen.get("but", {})
    by = factories.office(item_list.committee)
    actions.carry_over(fresh(item_list), into=fresh(into), chosen=dues, by=by, now=now)
    return fresh(into)


def change_year(item, into=None, now=NOW, **chosen):
    """Change the year of an item's list with all that is open; return the item that goes on."""
    into = choose(item.list, into, now=now, **chosen)
    by = factories.office_of(item)
    actions.change_year(fresh(item.list), into=into, by=by, now=now)
    return into.items.filter(carried_from=item).first()
