"""An item's answer: the sentence that stands first, after every act that can come last."""

from datetime import date

import pytest
from django.utils import translation

from items import actions, public, queries
from items.public.moves import WHAT
from items.states import LIST_MOVES, MOVES, Verb
from tests import factories
from tests.factories import TODAY, days
from tests.items.actions.acts import ACTS, bring_in, claim, closed_item, fresh, report

pytestmark = pytest.mark.django_db

BEGUN = "还没办完：开始办了"
# What the headline says after each act, read as a worker reads it. What isn't news of the work
# leaves it as it was.
AFTER = dict.fromkeys(ACTS, BEGUN) | {
    "start": "还没办完：开始办了，已进场",
    "report_progress": "还没办完：做完一半",
    "release": "还没办完：代填",
    "deliver": "还没办完：发放3份，冰箱 · 甲班",
    "take_back": "还没办完：一笔发放记错了，已撤回：写错了",
    "hold_occasion": "还没办完：已办，送到三个班",
    "claim": "责任人今天报办完了，等督导人核查",
    "sign_off": "已解决：6月1日督导人到现场看过，“逐把坐过”",
    "send_back": "核查还差：还差两把，请7月15日前补好",
    "log_visit": "还没办完：6月1日督导人到现场看过，“正在施工”",
    "put_on_hold": "暂缓：停机",
    "resume": "还没办完：恢复办理，复工",
    "withdraw": "调出清单：车间搬迁",
    "reopen": "改为重新办：原3月5日算已解决，因为又坏了",
    "review": "已解决：3月5日督导人到现场看过，“逐一看过”",
    "look_back": "已解决：3月5日督导人到现场看过，“逐一看过”",
    "open_verdict": "已解决：3月5日督导人到现场看过，“逐一看过”",
    "undo_measures": "还没办完：“更换座椅”其实没办完：又松了",
    "undo_part": "还没办完：“一区”其实没办完：返潮",
}


def page_of(item, today=TODAY):
    return queries.item_page(item.list.slug, item.number, today)


def answer(item, today=TODAY):
    with translation.override("zh-hans"):
        return public.answer(page_of(item, today))


def marks(item, today=TODAY):
    return [mark.text for mark in answer(item, today).marks]


@pytest.mark.parametrize("verb", ACTS)
def test_headline_after_every_act(verb):
    act = ACTS[verb]
    item = act.ready()
    act(item)

    assert answer(item).headline == AFTER[verb]


def test_no_verb_is_without_a_sentence():
    assert set(WHAT) == set(Verb)
    others = {"publish", "bring_in", "carry_in", "bring_back", "add_photo", "release_photo"}
    others |= {"say_blocked", "photograph_back", "slip_back"}  # below, and with a look back
    others |= {"put_up"}  # below
    others |= {"make_link", "revoke_link", "report_by_link"}  # inside: no headline says them
    assert set(MOVES) - set(ACTS) == others | {"correct_part"}, "a new verb: say it in AFTER"
    assert {row.written_as or verb for verb, row in LIST_MOVES.items()} <= {
        *Verb.values,
        "import_into",
        "return_ledger",
        "write_assessment",
        "write_bulletin",
    }


@pytest.mark.parametrize(
    ("status", "headline"),
    [
        ("not_started", "还没开始办"),
        ("in_progress", BEGUN),
        ("pending_check", "责任人报办完了，等督导人核查，已等89天"),
        ("resolved", "已解决：3月5日督导人到现场看过，“逐一看过”"),
        ("on_hold", "暂缓：等待供货"),
        ("withdrawn", "调出清单：车间搬迁"),
    ],
)
def test_every_status(status, headline):
    assert answer(factories.item_at(status)).headline == headline


def test_newer_report_is_the_answer_of_what_was_reopened():
    item = factories.item_at("resolved")
    ACTS["reopen"](item)
    report(item, text="重新焊好")

    page = page_of(item)

    assert answer(item).headline == "还没办完：重新焊好"
    assert page.finding.verb == "reopen"  # and not the sign-off that no longer holds


def test_an_open_review_is_said_before_anything_else():
    item = factories.reviewed_item()
    reviewing = "核查通过，正在复查：3月5日督导人到现场看过，“逐一看过”"

    assert answer(item).headline == reviewing
    said = {"outcome": "unfounded", "found": "16把都坐过", "now": factories.NOW}
    actions.review_item(fresh(item), by=factories.reviewer_of(item), **said)
    assert answer(item).headline == AFTER["review"]


def test_a_closed_list_says_what_it_said_when_it_closed():
    item, _running = closed_item()
    before = answer(item).headline
    factories.doubt(item, TODAY, "again")
    actions.open_reviews(TODAY + days(1))

    assert page_of(item, TODAY + days(1)).reviewing
    assert answer(item, TODAY + days(1)).headline == before


def test_erased_words_leave_a_whole_sentence():
    item = factories.item_at("resolved")
    entry = ACTS["reopen"](item)
    actions.erase_words(entry, by=factories.office_of(item), reason="涉及个人")

    assert answer(item).headline == "改为重新办：原3月5日算已解决"


def test_state_from_a_sheet_says_whence_it_comes():
    draft = factories.Item()
    bring_in(draft, signed_off_on=date(2026, 2, 20), signed_off_by="张三")
    factories.publish(draft.list)
    item = fresh(draft)

    assert answer(item).headline == "已解决"
    assert "本系统启用前已解决" in marks(item)[0]


def test_resolved_in_time_on_its_last_day_and_late():
    said = {}
    for name, done_on in (("early", -2), ("last", 0), ("late", 3)):
        item = factories.item_at("in_progress", due=TODAY - days(10))
        done = TODAY + days(done_on - 10)
        claim(item, done_on=done)
        ACTS["sign_off"](fresh(item), done_on=done)
        said[name] = marks(item)[0]

    assert said == {
        "early": "5月20日办完，比时限早2天",
        "last": "5月22日办完，正好在时限当天",
        "late": "5月25日办完，比时限晚3天",
    }


def test_standing_matter_is_kept_up():
    item = factories.item_at("resolved", term="standing")

    assert answer(item).headline.startswith("已办成，长期坚持：")


def test_hold_and_withdrawal_say_who_decided():
    for verb in ("put_on_hold", "withdraw"):
        item = ACTS[verb].ready()
        ACTS[verb](item)

        assert marks(item)[0] == "党委会2026年6月1日决定（纪要〔2026〕9号）"


def test_long_words_are_cut_at_a_comma_and_stand_whole_in_the_story():
    item = factories.item_at("in_progress")
    report(item, text="已拆除旧管道，" * 12)

    assert answer(item).headline == "还没办完：" + "，".join(["已拆除旧管道"] * 6) + "…"
    assert page_of(item).timeline[0].text.count("拆除") == 12


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("not_started", "done now to_come to_come"),
        ("in_progress", "done done now to_come"),
        ("pending_check", "done done done now"),
        ("resolved", "done done done done"),
        ("on_hold", "done done stopped"),
        ("withdrawn", "done stopped"),
    ],
)
def test_path(status, states):
    steps = public.path(page_of(factories.item_at(status)))

    assert " ".join(step.state for step in steps) == states
    assert all(step.on for step in steps if step.state in ("done", "stopped"))


def test_what_blocks_the_work_heads_its_answer():
    item = factories.item_at("in_progress")
    report(item, text="旧密封已拆", blocked="等新件到货", unblocker="设备室")

    told = answer(item)

    assert told.headline == "还没办完，卡在：等新件到货，需要设备室"
    assert told.quote == "旧密封已拆"
    ACTS["log_visit"](fresh(item))
    told = answer(item)
    assert (told.quote, told.marks[0].text) == ("", "6月1日督导人到现场看过，“正在施工”")
