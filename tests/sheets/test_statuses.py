"""Which status a cell names, and which words of it are kept."""

import pytest

from items.sheets.notes import Noted
from items.sheets.statuses import GOING_ON, SAID_DONE, STATUSES, is_not_begun, parse_status

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("正在推进", "in_progress"),
        ("in_progress", "in_progress"),
        ("In progress", "in_progress"),
        ("open", "in_progress"),
        ("進行中", "in_progress"),
        ("未启动", "not_started"),
        ("未啟動", "not_started"),
        ("申请销号", "pending_check"),
        ("验收中", "pending_check"),
        ("暂缓", "on_hold"),
        ("调出清单", "withdrawn"),
        ("拟列", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_status_and_no_more(text, status):
    found = parse_status(text)

    assert (found.status, found.words) == (status, "")


@pytest.mark.parametrize(
    "text",
    [
        "已完工", "完成", "已完成。", "完成并长期坚持", "阶段性完成", "已整改到位", "整改到位",
        "已落实", "提前完成", "超期完成", "超额完成", "√", "100%", "顺利推进", "序时推进", "达序时",
        "未达序时", "按计划推进", "严重滞后", "未销号", "启动", "施工", "长期坚持", "已完成（3月）",
    ],
)  # fmt: skip
def test_words_that_say_more_than_going_on_are_kept(text):
    found = parse_status(text)

    assert (found.status, found.words) == ("in_progress", text)


@pytest.mark.parametrize(
    "text",
    ["未整改", "尚未启动", "还没开始", "目前尚未开工", "未动工", "待实施", "未推进"],
)  # fmt: skip
def test_what_has_not_begun_is_not_going_on(text):
    assert parse_status(text).status == "not_started"
    assert is_not_begun(text)


@pytest.mark.parametrize("text", ["未完成", "未销号", "未启动二期,一期已完成", "已启动", ""])
def test_what_is_no_word_for_not_begun(text):
    assert not is_not_begun(text)


@pytest.mark.parametrize("text", ["已销号（9月22日）", "resolved", "Closed", "已闭环"])
def test_called_resolved_keeps_its_words(text):
    found = parse_status(text)

    assert (found.status, found.words) == ("resolved", text)


@pytest.mark.parametrize("text", ["是", "否", "×", "No"])
def test_a_yes_or_no_is_kept_with_its_heading(text):
    assert parse_status(text, "是否办结").words == f"是否办结：{text}"
    assert parse_status(text).status == "in_progress"


@pytest.mark.parametrize("text", ["A类", "不予办理", "进行中50%", "待定", "蓝灯", "很长" * 500])
def test_unknown_words_become_words_of_the_progress(text):
    noted = parse_status(text)

    assert isinstance(noted, Noted)
    assert (noted.value.status, noted.value.words) == ("in_progress", text)
    assert "kept as words of the progress" in noted.sentence


def test_no_word_means_two_statuses():
    words = [word for words in STATUSES.values() for word in words]
    words += [*GOING_ON, *SAID_DONE]

    assert len(words) == len(set(words))
    for status, its_words in STATUSES.items():
        assert {parse_status(word).status for word in its_words} == {status}
