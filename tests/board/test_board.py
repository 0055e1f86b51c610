from dataclasses import replace
from itertools import pairwise

import pytest

from items.words import Words
from tests.board import samples
from tests.board.reading import read

LIST = "/en/lists/ironmaking-2026/"


def page(rows=None, group="", language="en", **head):
    return read("board/board.html", language, board=samples.board(rows, group, **head))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "18 promised = 15 resolved + 3 in progress"),
        ("zh-hans", "18 件实事 = 15 已解决 + 3 推进中"),
    ],
)
def test_equation_is_read_in_order(language, said):
    assert page(language=language).words("p", "equation") == [said]


def test_each_number_links_to_what_it_counts():
    shown = page(samples.eventful())

    terms = [link for link in shown.links() if link.startswith(LIST)][:6]

    assert shown.words("p", "equation") == [
        "18 promised = 9 resolved + 4 in progress + 2 not started + 1 on hold + 2 withdrawn"
    ]
    assert terms == [
        LIST,
        f"{LIST}resolved/#found",
        f"{LIST}in_progress/#found",
        f"{LIST}not_started/#found",
        f"{LIST}on_hold/#found",
        f"{LIST}withdrawn/#found",
    ]


@pytest.mark.parametrize(("group", "current"), [("", LIST), ("resolved", f"{LIST}resolved/#found")])
def test_number_shown_is_marked(group, current):
    marked = [link for link in page(group=group).all("a") if "aria-current" in link.attrs]

    assert [(link.attrs["href"], link.attrs["aria-current"]) for link in marked] == [
        (current, "page")
    ]


def test_group_shows_its_items_under_the_whole_equation():
    shown = page(samples.eventful(), "in_progress")

    assert len(shown.links("block")) == 18
    assert [words.split()[0] for words in shown.words("h3")] == ["4", "5", "17", "18"]
    assert shown.words("h2") == ["In progress: 4 items"]
    assert shown.words("title") == ["In progress: 4 items, of 18 promised"]
    assert shown.words("p", "back") == ["Show all 18 items"]


def test_group_without_items_says_so():
    shown = page(group="withdrawn")

    assert shown.words("h2") == ["Withdrawn: 0 items"]
    assert "No item is in this group today." in shown.words("p")


def test_strip_has_a_block_for_each_item_with_its_words():
    blocks = page(samples.eventful()).all("a", "block")

    told = {block.attrs["href"]: block for block in blocks}
    assert list(told) == [f"{LIST}{number}/" for number in range(1, 19)]
    assert told[f"{LIST}1/"].attrs["class"] == "block resolved"
    assert told[f"{LIST}14/"].attrs["class"] == "block withdrawn"
    assert told[f"{LIST}18/"].attrs["class"] == "block pending_check late"
    assert " ".join(told[f"{LIST}5/"].words.split()) == (
        "Item 5, Improve toilets for frontline workers: In progress, 27 days overdue 5"
    )


def test_block_speaks_chinese():
    blocks = page(language="zh-hans").words("span", "unseen")

    assert blocks[3] == "第4件 改善一线职工浴室：正在推进"


@pytest.mark.parametrize(("count", "dense"), [(3, False), (60, False), (61, True), (180, True)])
def test_long_strip_stands_closer(count, dense):
    strips = page(samples.many(count)).all("ol", "strip")

    assert ["dense" in strip.attrs["class"] for strip in strips] == [dense]


def test_row_tells_what_was_promised_by_whom_by_when_and_what_happened():
    row = page((samples.row(4, due_in_days=64),)).words("li", "row")[-1]

    assert row == (
        "4 Improve bathhouses for frontline workers "
        "Blast-furnace workshop by 25 January 2027 "
        "Owner: Deputy director for equipment "
        "Supervisor: Contact at the Party and mass work office "
        "In progress 64 days left "
        "16 November (6 days ago): Progress reported "
        "二区热水管路换完，三区正在做防滑地面。"
    )


def test_resolved_row_is_calm():
    row = page((samples.row(1),)).words("li", "row")[-1]

    assert row.endswith("Resolved done in time 17 November: Checked and signed off")


def test_resolved_row_says_what_came_of_it():
    row = page((samples.row(1, result="40台冰箱到了9个班组"),)).words("li", "row")[-1]

    assert row.endswith("40台冰箱到了9个班组")


def test_what_moved_lately_is_told_only_on_the_whole_board():
    assert "News of 3 items in the last 7 days" in page().words("h2")
    assert not any("News of" in heading for heading in page(group="resolved").words("h2"))


def test_as_of_line():
    shown = page(samples.eventful())

    assert shown.words("p", "asof") == [
        "As of 22 November 3 overdue 1 waiting for the check"
        " news of 6 of 18 in the last 30 days nothing heard of 1 for too long"
    ]
    assert f"{LIST}find/?late=overdue#found" in shown.links("late")


def test_group_lets_the_other_blocks_stand_back():
    blocks = page(samples.eventful(), "withdrawn").all("a", "block")

    assert [b.attrs["href"] for b in blocks if "dim" not in b.attrs["class"].split()] == [
        f"{LIST}14/",
        f"{LIST}15/",
    ]
    assert page(samples.eventful()).all("a", "dim") == []


def test_empty_list_says_what_comes_next():
    shown = page(())

    assert shown.all("p", "equation") == []
    assert shown.words("title") == ["Practical matters for the workers, 2026"]
    assert (
        "This list has no items yet. They appear here when the activity office adds them."
        in shown.words("p")
    )


@pytest.mark.parametrize(("demonstration", "notices"), [(True, 1), (False, 0)])
def test_demonstration_says_so(demonstration, notices):
    assert len(page(demonstration=demonstration).all("p", "notice")) == notices


def test_illustrative_items_say_so():
    rows = page().words("li", "row")

    assert [row.split()[0] for row in rows[3:] if "illustrative" in row] == [
        str(number) for number in range(12, 19)
    ]


def test_missing_english_stands_in_chinese_and_says_so():
    shown = page((samples.row(17, title=Words("治理矿槽转运点粉尘")),))

    in_chinese = {e.words for e in shown.all("span") if e.attrs.get("lang") == "zh-Hans"}
    assert "治理矿槽转运点粉尘" in in_chinese


def test_what_people_wrote_is_only_ever_text():
    attack = "<script>alert(1)</script>"
    row = samples.row(4, title=Words(attack, attack), place=Words(attack), last_text=attack)

    shown = page((replace(row, due=None, due_words=attack),))

    assert shown.all("script") == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("group", ["", "resolved"])
def test_page_is_for_reading_only(language, group):
    shown = page(samples.eventful(), group, language)

    assert [e.tag for e in shown.elements if e.tag in ("script", "style")] == []
    assert [form.attrs.get("method", "get") for form in shown.all("form")] == ["get"]
    assert [e.attrs["name"] for e in shown.all("input")] == ["q"]
    assert [e.attrs for e in shown.elements if "style" in e.attrs] == []
    assert [e.attrs["lang"] for e in shown.all("html")] == [
        {"zh-hans": "zh-Hans", "en": "en"}[language]
    ]


@pytest.mark.parametrize("rows", [(), samples.eventful()])
@pytest.mark.parametrize("group", ["", "resolved", "withdrawn"])
def test_headings_are_in_order(rows, group):
    levels = [int(e.tag[1]) for e in page(rows, group).elements if e.tag in ("h1", "h2", "h3")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
