"""What single cells mean."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items.numerals import read_numeral, with_digits
from items.sheets.cells import (
    STATUSES,
    Number,
    Progress,
    parse_number,
    parse_percent,
    parse_status,
    parse_term,
    parse_yes,
)
from items.sheets.errors import BadCell

pytestmark = pytest.mark.usefixtures("english")

NUMBERS = {
    1: (1, ""),
    2.0: (2, ""),
    "12": (12, ""),
    "１２": (12, ""),
    "\u200b7 ": (7, ""),
    "1.": (1, ""),
    "1、": (1, ""),
    "1.0": (1, ""),
    "(1)": (1, ""),
    "（1）": (1, ""),
    "3)": (3, ""),
    "①": (1, ""),
    "⑴": (1, ""),
    "一": (1, ""),
    "(一)": (1, ""),
    "十二": (12, ""),
    "二十": (20, ""),
    "一百零三": (103, ""),
    "二四": (24, ""),
    "第3项": (3, ""),
    "第一件": (1, ""),
    "No.3": (3, ""),
    "24号": (24, ""),
    "1.1": (1, "1"),
    1.2: (1, "2"),
    "1-1": (1, "1"),
    "1(1)": (1, "1"),
    "一（二）": (1, "2"),
    "1.2.3": (1, "2.3"),
    "1.a": (1, "a"),
}
NO_NUMBERS = ["0", 0, -1, "1、2", "1和2", "A", "合计", 100_000, "1" * 13, True, "²x", "1.5.x"]


@pytest.mark.parametrize(("value", "expected"), NUMBERS.items())
def test_a_number_in_every_spelling(value, expected):
    assert parse_number(value) == Number(*expected)


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_number(value):
    with pytest.raises(BadCell, match="is not a number"):
        parse_number(value)


def test_a_number_that_excel_made_a_day_of():
    with pytest.raises(BadCell, match="Excel made a day of this number"):
        parse_number(date(2021, 1, 1))


@pytest.mark.parametrize("parse", [parse_number, parse_percent])
@pytest.mark.parametrize("value", [None, "", " ", "\u3000\u200b"])
def test_a_blank_cell_is_none(parse, value):
    assert parse(value) is None


@given(st.integers(1, 199))
def test_numerals_are_read_as_they_are_counted(number):
    ones = dict(enumerate("零一二三四五六七八九"))
    hundreds, tens, rest = number // 100, number // 10 % 10, number % 10
    text = f"{ones[hundreds]}百" if hundreds else ""
    text += f"{ones[tens]}十" if tens > 1 or (hundreds and tens) else "十" if tens else ""
    text += "零" if hundreds and not tens and rest else ""
    text += ones[rest] if rest or not text else ""

    assert read_numeral(text) == number


def test_numerals_become_digits_only_before_a_unit():
    assert with_digits("二〇二一年十二月三十一日五一前") == "2021年12月31日五一前"
    assert read_numeral("百十") is None
    assert read_numeral("") is None


PERCENTS = {
    ("98.4%", False): "98.4",
    ("９８．４％", False): "98.4",
    (0.984, True): "98.4",
    (0.3, True): "30",
    (1, True): "100",
    (0.5, True): "50",
    (100, False): "100",
    (33.3333, False): "33.33",
    (0, False): "0",
    ("60", False): "60",
    ("约60%", False): "60",
    ("已完成90%", False): "90",
}
COUNTS = {
    "90/120间": (90, 120, "间"),
    "90间/120间": (90, 120, "间"),
    "90 / 120": (90, 120, ""),
    "９０／１２０": (90, 120, ""),
    "已完成90间，共120间": (90, 120, "间"),
    "完成90间共120间": (90, 120, "间"),
    "0/18": (0, 18, ""),
    "130/120": (130, 120, ""),
}


@pytest.mark.parametrize(("cell", "percent"), PERCENTS.items())
def test_a_percent(cell, percent):
    found = parse_percent(*cell)

    assert found == Progress(percent=Decimal(percent))
    assert str(found.percent) == percent


@pytest.mark.parametrize(("value", "count"), COUNTS.items())
def test_a_count_is_kept_as_a_count(value, count):
    done, target, unit = count

    assert parse_percent(value) == Progress(done=done, target=target, count_unit=unit)


@pytest.mark.parametrize("words", ["正在施工", "已完成", "一期100%，二期60%", "-5%"])
def test_words_in_a_progress_column_are_kept(words):
    assert parse_percent(words) == Progress(words=words)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (0.984, "“0.984” can be read in two ways"),
        (1, "“1” can be read in two ways"),
        ("0.5", "“0.5” can be read in two ways"),
        ("101%", "is not between 0 and 100 %"),
        (-1, "is not between 0 and 100 %"),
        (1e300, "is not between 0 and 100 %"),
        (float("nan"), "is not between 0 and 100 %"),
        ("0/0", "counts to nothing"),
        ("1/9999999999", "counts to nothing"),
    ],
)
def test_a_percent_that_must_be_written_anew(value, why):
    with pytest.raises(BadCell, match=why):
        parse_percent(value)


@pytest.mark.parametrize(
    ("text", "term"),
    [("短期", "short"), ("中长期（2年）", "mid_long"), ("长期坚持", "standing"), ("SHORT", "short"),
     ("mid_long", "mid_long"), ("standing", "standing"), ("", ""), (None, "")],
)  # fmt: skip
def test_a_term(text, term):
    assert parse_term(text) == term


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("已完工", "in_progress"),
        ("完成", "in_progress"),
        ("已完成。", "in_progress"),
        ("正在推进", "in_progress"),
        ("in_progress", "in_progress"),
        ("In progress", "in_progress"),
        ("未启动", "not_started"),
        ("申请销号", "pending_check"),
        ("已销号（9月22日）", "resolved"),
        ("resolved", "resolved"),
        ("Closed", "resolved"),
        ("暂缓", "on_hold"),
        ("调出清单", "withdrawn"),
        ("拟列", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_done_is_a_claim_and_only_a_sign_off_resolves(text, status):
    assert parse_status(text) == status


def test_no_word_means_two_statuses():
    words = [word for words in STATUSES.values() for word in words]

    assert len(words) == len(set(words))
    assert [parse_status(word) for word in words] == [
        status for status, words in STATUSES.items() for _word in words
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("是", True), ("√", True), ("Yes", True), (True, True), (1, True), (1.0, True), ("否", False),
     ("×", False), ("", False), (None, False), (0, False), (False, False)],
)  # fmt: skip
def test_yes_or_no(value, expected):
    assert parse_yes(value) is expected


@pytest.mark.parametrize(
    ("parse", "why"),
    [
        (parse_term, "“也许” is not a term. Write 短期, 中长期 or 长期坚持."),
        (parse_status, "“也许” is not a status. Write one such as 正在推进."),
        (parse_yes, "“也许” is neither yes nor no. Write 是 or 否."),
    ],
)
def test_a_word_that_is_none_of_them(parse, why):
    with pytest.raises(BadCell) as refused:
        parse("也许")

    assert str(refused.value) == why


def test_a_long_value_is_quoted_shortly():
    with pytest.raises(BadCell) as refused:
        parse_status("很长" * 500)

    assert len(str(refused.value)) < 120


VALUES = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.%/()（）-、一二十百间共已完成", max_size=20),
    st.floats(),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.none(),
    st.dates(),
)


@pytest.mark.parametrize(
    "parse", [parse_number, parse_percent, parse_term, parse_status, parse_yes]
)
@given(value=VALUES)
def test_any_value_is_read_or_refused(parse, value):
    with suppress(BadCell):
        parse(value)
