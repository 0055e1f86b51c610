"""Every act on an item: it works, leaves its entry, and tells whom it concerns."""

import pytest

from items.ledger.verify import verify
from items.models import EntryWords, Item
from items.rules.permission import WITH_THE_LIST
from items.states import MOVES
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, WRONG

pytestmark = pytest.mark.django_db

TASK = {"who": "supervisor", "by_when": "2026-07-01"}
URGED = {"who": "owner", "by_when": "2026-07-01"}
PLANNED = {"planned_on": "2026-06-04"}
REVIEWED = {"outcome": "put_right", "opened_on": "2026-03-05", "due": "2026-03-16"}
VISIT = {"how": "on_site", "next_visit_on": "2026-07-01"}

# verb: (role, status from, status to, facts, who is told)
ENTRIES = {
    "start": ("owner", "not_started", "in_progress", {}, ""),
    "report_progress": ("owner", "", "", {"percent": "50.0"}, "supervisor"),
    "enter_for_owner": ("office", "", "", {"percent": "40.0"}, "colleague"),
    "release": ("office", "", "", {"percent": "40.0"}, "owner supervisor"),
    "refuse_entry": ("office", "", "", {}, "colleague"),
    "deliver": ("owner", "", "", {"count": 3, "received_on": "2026-06-01"}, "supervisor"),
    "take_back": ("owner", "", "", {"count": 3}, "supervisor"),
    "plan_occasion": ("owner", "", "", PLANNED, "supervisor"),
    "hold_occasion": ("owner", "", "", PLANNED, "supervisor"),
    "call_off_occasion": ("owner", "", "", PLANNED, "supervisor"),
    "claim": (
        "owner",
        "in_progress",
        "pending_check",
        {"done_on": "2026-03-04", "has_evidence": True},
        "supervisor",
    ),
    "sign_off": (
        "supervisor",
        "pending_check",
        "resolved",
        {"done_on": "2026-03-04", "how": "on_site"},
        "owner",
    ),
    "send_back": (
        "supervisor",
        "pending_check",
        "in_progress",
        {"put_right_by": "2026-07-15"},
        "owner",
    ),
    "log_visit": ("supervisor", "", "", VISIT, "owner"),
    "put_on_hold": (
        "office",
        "in_progress",
        "on_hold",
        {"review_on": "2026-07-01", "decided_on": "2026-06-01", "smaller": "waiting"},
        "owner supervisor",
    ),
    "resume": ("office", "on_hold", "in_progress", {}, "owner supervisor"),
    "withdraw": (
        "office",
        "in_progress",
        "withdrawn",
        {"decided_on": "2026-06-01", "smaller": "dropped"},
        "owner supervisor",
    ),
    "take_down": ("office", "", "", {"verb": "withdraw"}, "owner supervisor"),
    "reopen": (
        "supervisor",
        "resolved",
        "in_progress",
        {"done_on": "2026-03-04", "signed_off_on": "2026-03-05", "put_right_by": "2026-07-15"},
        "owner",
    ),
    "ask_extension": (
        "owner",
        "",
        "",
        {"old_due": "2026-06-30", "new_due": "2026-08-31"},
        "office colleague",
    ),
    "decide_extension": (
        "office",
        "",
        "",
        {
            "old_due": "2026-06-30",
            "new_due": "2026-08-31",
            "agreed": True,
            "decided_on": "2026-06-01",
        },
        "owner",
    ),
    "add_part": ("office", "", "", {"part": 1}, "owner supervisor"),
    "undo_part": (
        "office",
        "",
        "",
        {"part": 1, "part_was_done_on": "2026-06-01"},
        "owner supervisor",
    ),
    "extend_part": (
        "office",
        "",
        "",
        {"part": 1, "old_due": "2026-06-01", "new_due": "2026-06-10"},
        "owner supervisor",
    ),
    "undo_measures": ("office", "", "", {"unticked": [1]}, "owner supervisor"),
    "reduce": (
        "office",
        "",
        "",
        {"field": "measures", "smaller": "scope", "decided_on": "2026-06-01"},
        "owner supervisor",
    ),
    "hand_over": ("office", "", "", {"duty": "supervisor"}, "supervisor successor"),
    "correct": ("office", "", "", {"field": "title"}, ""),
    "annotate": ("office", "", "", {"field": "remark"}, ""),
    "set_task": ("office", "", "", TASK, "supervisor"),
    "review": ("reviewer", "", "", REVIEWED, "owner supervisor"),
    "look_back": ("looker", "", "", {"kept": "holds", "how": "on_site"}, "owner supervisor"),
    "open_verdict": ("office", "", "", {"verdict_until": "2026-07-01"}, "owner supervisor"),
    "urge": ("office", "", "", URGED, "owner"),
    "finish_task": ("owner", "", "", {}, "office colleague"),
}
DECIDED = {"post": "党委会", "evidence": "纪要〔2026〕9号"}
# verb: the entry's words, but for the name; {post} is that of whoever acts
WORDS = {
    "start": {"text": "已进场", "post": "{post}"},
    "report_progress": {"text": "做完一半", "post": "{post}"},
    "enter_for_owner": {"text": "代填", "post": "{owner_post}"},
    "release": {"text": "代填", "post": "{owner_post}"},
    "refuse_entry": {"text": "与现场不符"},
    "deliver": {"text": "冰箱 · 甲班", "post": "{post}"},
    "take_back": {"text": "写错了", "post": "{post}"},
    "plan_occasion": {"text": "高温送清凉", "post": "{post}"},
    "hold_occasion": {"text": "送到三个班", "post": "{post}"},
    "call_off_occasion": {"text": "下雨", "post": "{post}"},
    "claim": {"text": "全部换新", "evidence": "验收单", "post": "{post}"},
    "sign_off": {"text": "逐把坐过", "post": "{post}"},
    "send_back": {"text": "还差两把", "post": "{post}"},
    "log_visit": {"text": "正在施工", "post": "{post}"},
    "put_on_hold": {"text": "停机", **DECIDED},
    "resume": {"text": "复工"},
    "withdraw": {"text": "车间搬迁", **DECIDED},
    "take_down": {"text": "再议一次"},
    "reopen": {"text": "又坏了", "post": "{post}"},
    "ask_extension": {"text": "供货晚", "post": "{post}"},
    "decide_extension": {"text": "属实", **DECIDED},
    "add_part": {"text": "职工提出"},
    "undo_part": {"text": "返潮"},
    "undo_measures": {"text": "又松了", "old": "更换座椅"},
    "extend_part": {"text": "供货晚"},
    "reduce": {"text": "经费不足", "old": "更换座椅", "new": "只换坐垫", **DECIDED},
    "hand_over": {"text": "分工调整", "old": "{supervisor_post}", "new": "{new_post}"},
    "correct": {"text": "错别字", "old": "{title}", "new": "更换座椅"},
    "annotate": {"new": "合同号 2026-17"},
    "set_task": {"text": "核对数量"},
    "review": {"text": "16把都坐过", "evidence": "职工代表李敏", "post": "{review_post}"},
    "look_back": {"text": "椅子都好", "post": "{looker_post}"},
    "open_verdict": {"text": "回头看"},
    "urge": {"text": "请报供货日期"},
    "finish_task": {"text": "七月到货", "post": "{post}"},
}
PRIVATE = {"enter_for_owner", "refuse_entry", "annotate", "set_task", "finish_task", "urge"}


def test_every_verb_of_an_item_is_here():
    verbs = set(MOVES) - set(WITH_THE_LIST)  # a list's: see test_list.py
    verbs -= {"bring_back"}  # test_change_of_year.py
    verbs -= {"add_photo", "release_photo"}  # tests/photos/test_actions.py
    verbs -= {"put_up"}  # comes with what is up for objections: test_announcements.py
    verbs -= {"say_blocked"}  # comes with a report: test_blocked.py
    verbs -= {"photograph_back", "slip_back"}  # come with a look back: test_look_back.py
    verbs -= {"make_link", "revoke_link", "report_by_link"}  # test_report_link.py
    verbs -= {"correct_part"}  # written as "correct": test_part.py

    assert [set(table) for table in (ACTS, ENTRIES, WORDS, WRONG)] == [verbs] * 4


@pytest.mark.parametrize("verb", ACTS)
def test_act_leaves_its_entry(ready, verb):
    item = ready(verb)
    factories.colleague_of(item)  # somebody to tell
    seq = item.list.chain.seq

    entry = ACTS[verb](item)

    role, status_from, status_to, facts, _told = ENTRIES[verb]
    assert (entry.verb, entry.role, entry.facts) == (verb, role, facts)
    assert (entry.status_from, entry.status_to) == (status_from, status_to)
    assert (entry.seq, entry.item, entry.list) == (seq + 1, item, item.list)
    assert (entry.happened_on, entry.written_at) == (TODAY, NOW)
    assert entry.public is (verb not in PRIVATE)
    assert verify(item.list) == []


@pytest.mark.parametrize("verb", ACTS)
def test_act_changes_the_item_with_its_entry(ready, verb):
    item = ready(verb)
    before = Item.objects.get(pk=item.pk)

    entry = ACTS[verb](item)

    row = Item.objects.get(pk=item.pk)
    assert row.status == (ENTRIES[verb][2] or before.status) == item.status
    assert (row.last_entry, row.version) == (entry, before.version + 1)
    silent = {
        "take_back",
        "plan_occasion",
        "call_off_occasion",
        "review",
        "look_back",
        "open_verdict",
        "ask_extension",
        "decide_extension",
        "add_part",
        "extend_part",
        "hand_over",
        "correct",
        "reduce",
        *PRIVATE,
    }
    assert row.last_news == (before.last_news if verb in silent else entry)


@pytest.mark.parametrize("verb", ACTS)
def test_act_writes_the_words_of_its_entry(ready, verb):
    item = ready(verb)
    known = {"title": item.title, "supervisor_post": item.supervisor_post.name}
    known["owner_post"] = item.owner_post.name
    known["review_post"] = item.list.committee.review_post.name

    entry = ACTS[verb](item)

    known["new_post"] = Item.objects.get(pk=item.pk).supervisor_post.name
    post = {"owner": item.owner_post, "supervisor": item.supervisor_post}.get(entry.role)
    known["post"] = post.name if post else ""
    known["looker_post"] = "".join(item.look_backs.values_list("post__name", flat=True))
    expected = {name: text.format(**known) for name, text in WORDS[verb].items()}
    written = {name: getattr(entry.words, name) for name in EntryWords.WORDS}
    assert written == dict.fromkeys(EntryWords.WORDS, "") | expected | {"name": entry.by.name}


@pytest.mark.parametrize("verb", ACTS)
def test_act_tells_whom_it_concerns(ready, verb):
    item = ready(verb)
    names = {
        "owner": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "office": factories.office_of(item),
        "colleague": factories.colleague_of(item),
    }

    entry = ACTS[verb](item)

    names["successor"] = Item.objects.get(pk=item.pk).supervisor_post.holder(TODAY)
    told = {names[who] for who in ENTRIES[verb][4].split()}
    assert {notice.person for notice in entry.notices.all()} == told


def test_words_lose_their_margins(ready):
    item = ready("put_on_hold")

    assert ACTS["put_on_hold"](item, reason="\n 停机　").words.text == "停机"


DATED = ["start", "report_progress", "enter_for_owner", "claim", "sign_off", "send_back"]
DATED += ["log_visit", "reopen", "look_back"]


@pytest.mark.parametrize("verb", DATED)
def test_act_may_be_written_down_afterwards(ready, verb):
    item = ready(verb)

    entry = ACTS[verb](item, happened_on=TODAY - days(3))

    assert (entry.happened_on, entry.written_at) == (TODAY - days(3), NOW)


def test_whoever_acts_need_not_be_told(ready):
    item = ready("log_visit")
    owner = factories.owner_of(item)

    entry = ACTS["claim"](item, by=owner)

    assert owner not in {notice.person for notice in entry.notices.all()}


def test_handler_speaks_for_no_post():
    item = factories.Item()
    handler = factories.Person()
    item.handlers.add(handler)
    factories.publish(item.list)

    entry = ACTS["start"](Item.objects.get(pk=item.pk), by=handler)

    assert (entry.role, entry.words.post, entry.words.name) == ("owner", "", handler.name)


def test_entry_of_the_list_belongs_to_no_item():
    item_list = factories.published_item().list

    entry = item_list.entries.first()

    assert (entry.verb, entry.item, entry.facts) == ("publish", None, {"total": 1})
