from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from items.public import Carried, Earlier, GradeCount, Measure, Progress, VerdictRound
from items.states import Grade, Status
from items.words import Words
from tests.board import sample_items, samples
from tests.board.reading import read

LIST = "/en/lists/ironmaking-2026/"
NOTHING = {"claim": None, "finding": None, "timeline": (), "extensions": (), "units": ()}


def page(number=4, language="en", rows=None, **changes):
    return read("board/item.html", language, page=sample_items.item_page(number, rows, **changes))


def marks(shown):
    return [mark.words.strip() for mark in shown.all("span", "mark")]


def facts(shown):
    return dict(zip(shown.words("dt"), shown.words("dd"), strict=True))


def test_item_of_a_closed_list_says_so_and_what_came_after():
    head = replace(samples.HEAD, closed_on=date(2026, 12, 31))
    next_year = Words("2027年清单", "The list of 2027")
    later = Carried("ironmaking-2027", next_year, 3, date(2027, 1, 5))

    shown = page(head=head, carried_to=(later,))

    assert shown.words("p", "last") == [
        "The list was closed on 31 December 2026: everything is as of that day."
    ]
    assert shown.words("aside", "after-closing") == [
        "Since the closing Carried over on 5 January 2027: The list of 2027 no. 3"
    ]
    assert "/en/lists/ironmaking-2027/3/" in shown.links()


def test_item_says_where_it_was_carried_over_from():
    last_year = Words("2025年清单", "The list of 2025")
    before = Carried("ironmaking-2025", last_year, 9, date(2025, 5, 1))

    shown = page(carried_from=before)

    assert facts(shown)["Carried over from"] == "The list of 2025 no. 9"
    assert "/en/lists/ironmaking-2025/9/" in shown.links()


def test_item_tells_its_story_on_earlier_lists_apart():
    last_year = Words("2025年清单", "The list of 2025")
    before = Carried("ironmaking-2025", last_year, 9, date(2025, 5, 1))
    told = sample_items.timeline()

    shown = page(timeline=told[:1], earlier=(Earlier(before, told[1:]),))

    assert shown.words("p", "earlier") == ["Before that: The list of 2025 no. 9"]
    assert len(shown.all("ol", "timeline")) == 2


def test_what_was_written_after_the_closing_stands_apart():
    head = replace(samples.HEAD, closed_on=date(2026, 12, 31))
    told = sample_items.timeline()

    shown = page(head=head, timeline=told[1:], since=told[:1])

    assert told[0].text in shown.words("aside", "after-closing")[0]


def test_first_promise_that_ran_out_stands_beside_the_new_deadline():
    rows = tuple(replace(row, first_days_ago=214) for row in samples.eventful())

    shown = page(rows=rows)

    assert "first promised by 20 September, 214 days ago" in marks(shown)


def test_the_eight_facts_come_before_the_rest():
    words = " ".join(page().all("main")[0].words.split())
    early = words[: words.index("What was wrong")]

    for fact in (
        "4 Improve bathhouses for frontline workers",
        "Not done yet",
        "latest news 16 November (6 days ago)",
        "Replace the hot-water pipes",
        "deadline by 5 December (first by 20 September, extended 2 times)",
        "Deputy director for equipment",
        "Contact at the Party and mass work office 10 November",
    ):
        assert fact in early


def test_promise_is_told_in_full():
    shown = page(**NOTHING)

    assert shown.words("ul", "measures") == [
        "Replace the hot-water pipes done on 3 August"
        " Make the floors slip-proof now Work zone by zone, without closing to come"
    ]
    assert facts(shown) == {
        "Who is responsible": "Deputy director for equipment",
        "Who checks": "Contact at the Party and mass work office",
        "Where": "Blast-furnace workshop",
        "Start by": "10 July 2026",
        "Category": "Welfare facilities",
        "How long it takes": "中长期",
    }


def test_units_stand_with_whom_they_work_for():
    told = facts(page())

    assert told["Who is responsible"] == "Deputy director for equipment Equipment office"
    assert told["配合单位"] == "Services office"


def test_resolved_item_tells_both_dates():
    shown = page(1, rows=samples.story_rows(), **NOTHING)

    assert "done on 13 November" in marks(shown)[0]
    assert "checked 17 November" in shown.words("ol", "path")[0]


def test_result_stands_in_full():
    assert "40台冰箱到了9个班组" in page(16, result="40台冰箱到了9个班组").words("p")


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(66.7, 2, 3, "zones"), "2 of 3 zones (66.7%)"),
        (Progress(75, None, None, ""), "75% done"),
        (Progress(98.4, None, None, ""), "98.4% done"),
    ],
)
def test_progress_in_words(progress, said):
    shown = page(4, rows=(samples.row(4, progress=progress),))

    assert shown.words("p", "progress") == [said]


def test_extensions_tell_dates_reason_and_who_agreed():
    assert page().words("ol", "extensions") == [
        "From 20 September to 5 November 设计变更，增加三区。"
        " 党委会2026年9月12日同意延期（纪要〔2026〕7号）"
        " From 5 November to 5 December 管材到货晚。"
        " 党委会2026年10月13日同意延期（纪要〔2026〕8号）"
    ]


def test_parts():
    parts = (
        sample_items.part("东区"),
        sample_items.part("西区", done_on=date(2026, 10, 1), progress="已完工"),
        sample_items.part("北区", due=None, due_words="12月底前"),
    )

    assert page(parts=parts).words("ol", "parts") == [
        "东区 Equipment office · by 31 October 2026"
        " 西区 Equipment office · done on 1 October 2026 已完工"
        " 北区 Equipment office · 12月底前"
    ]


def test_voices_stand_side_by_side():
    assert page().words("div", "voices") == [
        "What the owner says 16 November 2026 · Progress reported"
        " 二区热水管路换完，三区正在做防滑地面。 完成数量: 2个区 设备副厂长"
        " What the supervisor found 10 November 2026 · Supervisor’s visit"
        " 看了二区，热水够用，地面还有一处积水。 方式: 现场 下次查看: 2026年12月1日"
        " 党群工作室联系人"
        " What the workers say Nobody has said anything yet"
    ]


def a_round(numbers=(0, 0, 0, 0), **said):
    counts = tuple(
        GradeCount(grade.value, grade.label, n) for grade, n in zip(Grade, numbers, strict=True)
    )
    days = {"opened_on": date(2026, 11, 1), "ends_on": date(2026, 12, 1)}
    said = {"ended_why": "", "is_open": True, "from_wall": 0, "unverified": (), "days": ()} | said
    return VerdictRound(counts=counts, total=sum(numbers), **days | said)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"verdicts": (a_round(),)}, "Nobody has said anything yet"),
        ({"verdicts": (a_round((7, 2, 1, 0)),)}, "Well done 7 Nearly 2"),
        ({"verdicts": (a_round((7, 2, 1, 0), from_wall=3),)}, "3 of them came with the code"),
        ({"hardship": True}, "isn’t judged in public"),
    ],
)
def test_workers_are_the_third_voice(changed, said):
    voices = page(**changed).words("div", "voices")[0]

    assert said in voices.partition("What the workers say")[2]
    assert "%" not in voices


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({"verdicts": (a_round(),)}, "/en/lists/ironmaking-2026/4/verdict/"),
        ({"may_break": True}, "grade=again"),
        ({"may_break": True, "verdicts": (a_round(is_open=False),)}, "grade=again"),
        ({}, "/en/suggest/?about=ironmaking-2026/4"),
    ],
)
def test_door_leads_where_it_is_answered(changed, address):
    shown = page(**changed)
    (door,) = shown.all("a", "door")

    assert address in door.attrs["href"]


def test_supervisor_who_found_nothing_yet_is_told():
    assert page(finding=None).words("div", "voices")[0].count("found Nothing yet.") == 1


def timeline(*events):
    return page(timeline=events).words("ol", "timeline")[0]


def test_ledger_tells_what_happened_and_the_status_after_it():
    entry = sample_items.event("claim", 48, text="全部改完。", status_label="Waiting")

    assert timeline(entry) == (
        "5 October 2026 Claimed done 全部改完。 牵头领导 · 设备副厂长 Since then: Waiting"
    )


def test_day_of_writing_is_told_when_it_is_another():
    late = sample_items.event("report_progress", 3, written_on=samples.TODAY)

    assert timeline(late).endswith("设备副厂长 · recorded on 22 November 2026")
    assert "recorded on" not in timeline(sample_items.event("report_progress", 3))


def test_erased_words_leave_a_dated_stub():
    erased = sample_items.event("start", 3, text="secret", erased_on=date(2026, 11, 21))

    assert "These words were erased on 21 November 2026" in timeline(erased)
    assert "secret" not in timeline(erased)


def test_item_links_its_neighbours_and_the_board():
    shown = page(4)

    assert shown.words("p", "back") == ["Practical matters for the workers, 2026"]
    assert [a.attrs["href"] for a in shown.all("a") if a.attrs.get("rel") in ("prev", "next")] == [
        f"{LIST}3/",
        f"{LIST}5/",
    ]


@pytest.mark.parametrize(("number", "rel"), [(1, "next"), (18, "prev")])
def test_list_ends(number, rel):
    assert [
        a.attrs["rel"] for a in page(number).all("a") if a.attrs.get("rel") in ("prev", "next")
    ] == [rel]


def test_item_is_marked_in_the_strip():
    marked = [e.attrs["href"] for e in page(4).all("a") if "aria-current" in e.attrs]

    assert marked == [f"{LIST}4/"]


@pytest.mark.parametrize(
    ("status", "english", "chinese"),
    [
        ("not_started", "Not started yet", "还没开始办"),
        ("in_progress", "Not done yet", "还没办完"),
        ("pending_check", "Said to be done, not checked yet", "报办完了，等核查"),
        ("resolved", "Resolved", "已解决"),
        ("on_hold", "On hold", "暂缓"),
        ("withdrawn", "Taken off the list", "调出清单"),
    ],
)
def test_every_status_has_its_word_and_shape(status, english, chinese):
    rows = (samples.row(4, **samples.standing(Status(status))),)

    for language, word in (("en", english), ("zh-hans", chinese)):
        shown = page(4, language, rows, timeline=())
        assert shown.words("p", "headline") == [word]
        assert shown.words("title")[0].endswith(word[:1].lower() + word[1:])
        assert shown.all("span", "plate")[0].attrs["class"] == f"plate block {status}"


def test_starting_may_be_the_matter():
    assert (
        "deadline for the start of the work by 5 December"
        in marks(page(start_is_the_matter=True))[0]
    )


def test_what_people_wrote_is_only_ever_text():
    attack = "<script>alert(1)</script>"
    entry = sample_items.event(
        "claim", 1, text=attack, post=Words(attack), facts=((attack, attack),)
    )

    shown = page(
        result=attack,
        problem=Words(attack),
        measures=(Measure(Words(attack)),),
        claim=entry,
        finding=entry,
        timeline=(entry,),
        parts=(sample_items.part(attack, progress=attack),),
    )

    assert shown.all("script") == []


def test_headings_are_in_order():
    levels = [int(e.tag[1]) for e in page().elements if e.tag in ("h1", "h2", "h3")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
