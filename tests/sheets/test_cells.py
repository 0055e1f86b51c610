"""What single cells mean."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items.numerals import read_numeral, with_digits
from items.sheets.cells import (
    parse_term,
    parse_yes,
)
from items.sheets.errors import BadCell
from items.sheets.numbers import parse_number
from items.sheets.progress import parse_percent
from items.sheets.statuses import parse_status
from items.sheets.text import is_placeholder

pytestmark = pytest.mark.usefixtures("english")


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


@pytest.mark.parametrize(
    ("text", "term"),
    [("短期", "short"), ("中长期（2年）", "mid_long"), ("长期坚持", "standing"), ("SHORT", "short"),
     ("mid_long", "mid_long"), ("standing", "standing"), ("", ""), (None, "")],
)  # fmt: skip
def test_a_term(text, term):
    assert parse_term(text) == term


@pytest.mark.parametrize(
    ("value", "expected"),
    [("是", True), ("√", True), ("Yes", True), (True, True), (1, True), (1.0, True), ("否", False),
     ("×", False), ("", False), (None, False), (0, False), (False, False)],
)  # fmt: skip
def test_yes_or_no(value, expected):
    assert parse_yes(value) is expected


def test_a_word_that_is_neither_yes_nor_no():
    with pytest.raises(BadCell) as refused:
        parse_yes("也许")

    assert str(refused.value) == "“也许” is neither yes nor no. Write 是 or 否."


@pytest.mark.parametrize("text", ["一年", "6个月", "2026年"])
def test_words_that_are_no_term_are_kept(text):
    noted = parse_term(text)

    assert (noted.value, noted.kept) == ("", text)


def test_a_long_value_is_quoted_shortly():
    with pytest.raises(BadCell) as refused:
        parse_yes("很长" * 500)

    assert len(str(refused.value)) < 120


PLACEHOLDERS = [
    "/", "／", "\\", "＼", "-", "－", "–", "—", "——", "―", "--", "---", "_", "//", "/ /", "…", "……",
    "...", "。", ".", "·", "~", "*", "无", "暂无", "無", "（无）", "[无]", "无。", "空", "N/A",
    "n/a", "NA", "#N/A", "null", "None", "nil", "不涉及", "不适用", "\u3000/\u3000",
]  # fmt: skip
NO_PLACEHOLDERS = [
    "一", "0", "无障碍坡道", "1/2", "√", "×", "无锡", "暂无法施工", "是", "?", 0, None, "",
]  # fmt: skip


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_what_stands_in_a_cell_so_that_it_is_not_blank(value):
    assert is_placeholder(value)


@pytest.mark.parametrize("value", NO_PLACEHOLDERS)
def test_what_is_no_placeholder(value):
    assert not is_placeholder(value)


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
    "parse", [parse_number, parse_percent, parse_term, parse_status, parse_yes, is_placeholder]
)
@given(value=VALUES)
def test_any_value_is_read_or_refused(parse, value):
    with suppress(BadCell):
        parse(value)
