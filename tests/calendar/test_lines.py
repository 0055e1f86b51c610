"""Three columns of a calendar are read as people write them; each bad line is named."""

from datetime import date

import pytest

from items.calendar import lines
from items.calendar.lines import CalendarLine, DayKind, read_lines
from items.errors import Refused

NEW_YEAR = CalendarLine(date(2026, 2, 17), DayKind.DAY_OFF, "春节")
MAKE_UP = CalendarLine(date(2026, 2, 28), DayKind.WORKING, "春节")


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-17,放假,春节",
        "2026/2/17\t休\t春节",
        "2026年2月17日，放假，春节",
        "２０２６年２月１７日（周二）;假;春节",
        "20260217 | day off | 春节",
        "2026.2.17 放假 春节",
        "2026-02-17 00:00:00\tholiday\t春节\t\t",
    ],
)
def test_day_off_is_read(line):
    assert read_lines(line) == [NEW_YEAR]


def test_lines_are_read_under_a_heading_and_between_empty_ones():
    text = "日期\t类别\t名称\n2026-02-17\t放假\t春节\n\n\t\t\n# 补班\n2026-02-28\t上班\t春节\r\n"

    assert read_lines(text) == [NEW_YEAR, MAKE_UP]


def test_same_line_twice_is_one():
    assert read_lines("2026-02-17,放假,春节\n2026-2-17,休,春节") == [NEW_YEAR]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026-02-17,放假", "lacks a column"),
        ("2026-02-17,放假,春节,多", "lacks a column"),
        ("2月17日,放假,春节", "“2月17日” is no day. Write it with its year"),
        ("2026-02-30,放假,春节", "is no day"),
        ("1026-02-17,放假,春节", "is no day"),
        ("2026-02-17,调休,春节", "“调休” is neither"),
        (f"2026-02-17,放假,{'春' * 31}", "31 letters, at most 30"),
    ],
)
def test_bad_line_is_named(line, said):
    with pytest.raises(Refused) as refused:
        read_lines(f"2026-02-28,上班,春节\n{line}")

    (sentence,) = refused.value.sentences
    assert sentence.startswith("Line 2: ")
    assert said in sentence


def test_day_that_is_two_things_is_named_with_both_lines():
    with pytest.raises(Refused, match=r"Line 2: 17 February 2026 stands in line 1 already"):
        read_lines("2026-02-17,放假,春节\n2026-02-17,上班,春节")


def test_all_bad_lines_are_named_up_to_a_number():
    with pytest.raises(Refused) as refused:
        read_lines("x\n" * 30)

    assert len(refused.value.sentences) == lines.MOST_SAID + 1
    assert refused.value.sentences[-1] == "And 10 more lines can’t be read."


@pytest.mark.parametrize(("text", "said"), [("", "no day in it"), ("x\n" * 1001, "1000 lines")])
def test_nothing_and_too_much_are_refused(text, said):
    with pytest.raises(Refused, match=said):
        read_lines(text)
