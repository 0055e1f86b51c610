from datetime import date

import pytest
from django.utils import translation

from items.public import in_short
from items.public import sentences as item_sentences
from items.words import Words, day
from tests.board import samples
from welfare import sentences

CHINESE, ENGLISH = "zh-hans", "en"
DAY = date(2026, 9, 5)


@pytest.mark.parametrize(
    ("language", "year", "said"),
    [
        (CHINESE, None, "2026年9月5日"),
        (CHINESE, 2026, "9月5日"),
        (CHINESE, 2025, "2026年9月5日"),
        (ENGLISH, None, "5 September 2026"),
        (ENGLISH, 2026, "5 September"),
    ],
)
def test_day_leaves_out_only_the_lists_own_year(language, year, said):
    with translation.override(language):
        assert day(DAY, year) == said


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (0, "today", "今天"),
        (1, "yesterday", "昨天"),
        (2, "2 days ago", "2天前"),
        (41, "41 days ago", "41天前"),
    ],
)
def test_ago(days, english, chinese):
    with translation.override(ENGLISH):
        assert item_sentences.ago(days) == english
    with translation.override(CHINESE):
        assert item_sentences.ago(days) == chinese


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "changed today"), (1, "changed yesterday"), (3, "last change 3 days ago")],
)
def test_last_change(days, said):
    with translation.override(ENGLISH):
        assert sentences.last_change(days) == said


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "by 5 September", "9月5日前"),
        (
            {"times_extended": 1, "first_due": date(2026, 8, 1)},
            "by 5 September (first by 1 August, extended once)",
            "9月5日前（原定8月1日，延期1次）",
        ),
        (
            {"times_extended": 2, "first_due": date(2025, 8, 1)},
            "by 5 September (first by 1 August 2025, extended 2 times)",
            "9月5日前（原定2025年8月1日，延期2次）",
        ),
        (
            {"first_due": date(2026, 8, 1)},  # moved without an extension, whatever moved it
            "by 5 September (first by 1 August)",
            "9月5日前（原定8月1日）",
        ),
        ({"first_due": None}, "by 5 September", "9月5日前"),
        ({"due": None, "due_words": "12月底前"}, "12月底前", "12月底前"),
        ({"due": None}, "no deadline yet", "时限待定"),
    ],
)
def test_deadline_keeps_the_first_one(changes, english, chinese):
    row = samples.row(4, **{"due": DAY, "first_due": DAY, **changes})

    with translation.override(ENGLISH):
        assert item_sentences.deadline(row, 2026) == english
    with translation.override(CHINESE):
        assert item_sentences.deadline(row, 2026) == chinese


CALM = {"due_in_days": None, "illustrative": False}


@pytest.mark.parametrize(
    ("changes", "kind", "english", "chinese"),
    [
        ({"overdue_days": 1}, "late", "1 day overdue", "逾期1天"),
        ({"overdue_days": 12, "due_in_days": 3}, "late", "12 days overdue", "逾期12天"),
        ({"due_in_days": 0, "light": "yellow"}, "soon", "due today", "今天到期"),
        ({"due_in_days": 5, "light": "yellow"}, "soon", "5 days left", "还有5天"),
        ({"due_in_days": 64}, "", "64 days left", "还有64天"),
        ({"behind": "some"}, "soon", "behind the plan", "进度偏慢"),
        ({"due_in_days": 95, "light": "yellow"}, "", "95 days left", "还有95天"),  # its pace is
        ({"due_in_days": 95, "light": "red"}, "", "95 days left", "还有95天"),
        ({"due_in_days": 8, "light": "yellow"}, "", "8 days left", "还有8天"),
        ({"due_in_days": 7, "light": "yellow"}, "soon", "7 days left", "还有7天"),
        ({"behind": "far"}, "late", "far behind the plan", "进度明显落后"),
        (
            {"stale": True, "last_days_ago": 41},
            "soon",
            "no news for 41 days",
            "已41天没有更新",
        ),
        ({"times_reopened": 1}, "", "reopened once", "重新办理1次"),
        ({"times_reopened": 2}, "", "reopened 2 times", "重新办理2次"),
        ({"added_on": DAY}, "", "added on 5 September", "9月5日增列"),
        ({"brought_in": True}, "", "recorded before this system", "本系统启用前的记录"),
        ({"illustrative": True}, "", "illustrative", "演示虚构的一件"),
        (
            {"status": "on_hold", "hold_review_on": DAY},
            "",
            "to be reviewed on 5 September",
            "定于9月5日复核",
        ),
        (
            {"status": "withdrawn", "withdrawn_on": DAY},
            "",
            "withdrawn on 5 September",
            "9月5日调出",
        ),
    ],
)
def test_mark_of_an_open_item(changes, kind, english, chinese):
    row = samples.row(4, **{**CALM, **changes})

    with translation.override(ENGLISH):
        assert item_sentences.marks(row, 2026) == [(kind, english)]
    with translation.override(CHINESE):
        assert item_sentences.marks(row, 2026) == [(kind, chinese)]


@pytest.mark.parametrize(
    ("late_days", "kind", "english", "chinese"),
    [
        (0, "", "done in time", "按期办结"),
        (1, "late", "done, 1 day late", "比期限晚1天办结"),
        (12, "late", "done, 12 days late", "比期限晚12天办结"),
    ],
)
def test_mark_of_a_resolved_item(late_days, kind, english, chinese):
    row = samples.row(1, done_late_days=late_days)

    with translation.override(ENGLISH):
        assert item_sentences.marks(row) == [(kind, english)]
    with translation.override(CHINESE):
        assert item_sentences.marks(row) == [(kind, chinese)]


def test_item_without_anything_to_say_has_no_mark():
    assert item_sentences.marks(samples.row(4, **CALM)) == []


def test_most_pressing_mark_comes_first():
    row = samples.row(17, overdue_days=3, stale=True, times_reopened=1)

    assert [mark.kind for mark in item_sentences.marks(row)] == ["late", "soon", "", ""]


def test_board_title_is_the_equation_in_words():
    arithmetic = samples.arithmetic(samples.story_rows())

    with translation.override(CHINESE):
        assert sentences.board_title(arithmetic, "") == "18件实事：已解决15件，推进中3件"
    with translation.override(ENGLISH):
        assert sentences.board_title(arithmetic, "") == "18 promised: 15 resolved, 3 in progress"


def test_board_title_adds_up_when_there_are_more_groups():
    with translation.override(CHINESE):
        title = sentences.board_title(samples.arithmetic(samples.eventful()), "")

    assert title == "18件实事：已解决9件，推进中4件，另有5件"
    assert item_sentences.width(title) <= sentences.CARD_WIDTH


def test_empty_list_has_its_name_for_a_title():
    assert sentences.board_title(samples.arithmetic(()), "2026年清单") == "2026年清单"


def test_item_title():
    with translation.override(CHINESE):
        assert sentences.item_title(samples.row(4)) == "第4件 改善一线职工浴室：还没办完"


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_long_item_title_fits_the_share_card_and_keeps_the_status(language):
    with translation.override(language):
        row = samples.row(4, title=Words("改善条件" * 20, "Better conditions " * 9))
        title = sentences.item_title(row)

        assert title.endswith(in_short(row.status))
    assert 24 < item_sentences.width(title) <= 26
    assert "…" in title


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [("改善浴室", 4, "改善浴室"), ("改善浴室", 3, "改善…"), ("bath", 2, "bath"), ("改", 0, "…")],
)
def test_cut(text, room, shown):
    assert item_sentences.cut(text, room) == shown
