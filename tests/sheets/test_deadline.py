"""Deadlines as lists write them."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items.sheets.dates import parse_date
from items.sheets.deadline import Deadline, parse_deadline, parse_planned
from items.sheets.errors import BadCell
from items.sheets.notes import Noted

pytestmark = pytest.mark.usefixtures("english")

YEAR = 2021

DAYS = {
    date(2021, 9, 25): "2021-09-25",
    datetime(2021, 9, 25, 17, 30): "2021-09-25",
    "2021-09-25": "2021-09-25",
    "2021/9/25": "2021-09-25",
    "2021.9.25": "2021-09-25",
    "2021年9月25日": "2021-09-25",
    "２０２１年９月２５日": "2021-09-25",
    " 2021 年 9 月 25 日\u200b": "2021-09-25",
    "20210925": "2021-09-25",
    20210925: "2021-09-25",
    "2021-09-25 00:00:00": "2021-09-25",
    "2021-09-25T08:00:00+08:00": "2021-09-25",
    "2021/9/25 0:00": "2021-09-25",
    "9/25/2021": "2021-09-25",
    "25/9/2021": "2021-09-25",
    "2024年2月29日": "2024-02-29",
}
DAYS_IN_WORDS = {
    "9月25日": "2021-09-25",
    "9月25日前": "2021-09-25",
    "9月25": "2021-09-25",
    "2021年9月25日前": "2021-09-25",
    "九月二十五日": "2021-09-25",
    "二〇二一年九月二十五日前": "2021-09-25",
    "二○二二年十月三十一日之前": "2022-10-31",
}
WORDS = {
    "12月底前": "2021-12-31",
    "十二月底": "2021-12-31",
    "9月投入使用": "2021-09-30",
    "2021年11月底": "2021-11-30",
    "21年11月底": "2021-11-30",
    "2021.11": "2021-11-30",
    "2021/11": "2021-11-30",
    2021.11: "2021-11-30",
    "2021年2月": "2021-02-28",
    "2024年2月": "2024-02-29",
    "11月上旬": "2021-11-10",
    "11月中旬": "2021-11-20",
    "11月下旬": "2021-11-30",
    "11月中": "2021-11-15",
    "年底前": "2021-12-31",
    "年内": "2021-12-31",
    "全年": "2021-12-31",
    "今年": "2021-12-31",
    "2021": "2021-12-31",
    "2022年完成": "2022-12-31",
    "本年度内": "2021-12-31",
    "上半年": "2021-06-30",
    "2022年上半年": "2022-06-30",
    "下半年": "2021-12-31",
    "年中": "2021-06-30",
    "第三季度": "2021-09-30",
    "三季度末": "2021-09-30",
    "2022年一季度": "2022-03-31",
    "明年6月底前": "2022-06-30",
    "次年3月": "2022-03-31",
    "2021年9月—11月": "2021-11-30",
    "9月至11月": "2021-11-30",
    "9-11月": "2021-11-30",
    "2021.9-11": "2021-11-30",
    "2021年9月-2022年3月": "2022-03-31",
    "2021年11月至3月": "2022-03-31",
    "11月至3月": "2022-03-31",
    "9月1日-30日": "2021-09-30",
    "6月底前完成一期，12月底前完成二期": "2021-12-31",
    "5月底前启动并完成": "2021-05-31",
    "12月底前（视天气）": "2021-12-31",
}
STARTING = {
    "5月底前动工": "2021-05-31",
    "3月开工": "2021-03-31",
    "6月份陆续开始": "2021-06-30",
    "6月着手": "2021-06-30",
    "第四季度启动建设": "2021-12-31",
    "力争于9月进场": "2021-09-30",
    "2021年6月30日前开建": "2021-06-30",
}
BOTH = {
    "3月开工，12月底完工": ("2021-03-31", "2021-12-31"),
    "3月开工12月底完工": ("2021-03-31", "2021-12-31"),
    "3月开工\n12月投入使用": ("2021-03-31", "2021-12-31"),
    "完工:12月;开工:3月": ("2021-03-31", "2021-12-31"),
    "2021年9月启动，6月底建成": ("2021-09-30", "2022-06-30"),
}
NO_DAY = [
    "尽快",
    "待定",
    "月底前",
    "上旬",
    "每月25日前",
    "每年6月底",
    "国庆前后",
    "春节后",
    "1990年春节前",
]
NO_DAY += ["每个季度6月20日前", "每半年6月底前", "按月25日前", "逐月6月底"]
NO_DAY += ["3个月内", "1年内", "10年内", "三年内", "3-5天内", "2-3周", "3.5万元", "农历八月十五前"]
STANDING = ["长期坚持", "长期", "常态化推进", "持续推进"]
BAD = {
    "13月40日": "not in the calendar",
    "2月30日": "not in the calendar",
    "2021-02-30": "not in the calendar",
    "2月29日": "not in the calendar",
    "9月31日前": "not in the calendar",
    "13月底": "not in the calendar",
    "第5季度": "not in the calendar",
    "20211340": "not in the calendar",
    "11.3": "two ways",
    11.3: "two ways",
    "3/4/2021": "two ways",
    "2021.1": "two ways",
    2021.1: "two ways",
    "11-12": "two ways",
    45: "is a number, not a day",
    "45": "is a number, not a day",
    -1: "is a number, not a day",
    1e300: "is a number, not a day",
    float("nan"): "is a number, not a day",
    "9999年底": "cannot be right",
    "1921-09-25": "cannot be right",
    "99999": "cannot be right",
    True: "A yes or no",
    "很长" * 200: "too long",
}


def iso(day):
    return day.isoformat() if day else None


@pytest.mark.parametrize(("value", "due"), DAYS.items())
def test_a_whole_day_needs_no_words(value, due):
    found = parse_deadline(value, YEAR)

    assert found == Deadline(due=date.fromisoformat(due))


@pytest.mark.parametrize(("words", "due"), [*WORDS.items(), *DAYS_IN_WORDS.items()])
def test_words_are_kept_beside_the_day_they_mean(words, due):
    found = parse_deadline(words, YEAR)

    assert (iso(found.due), found.start_by, found.words) == (due, None, str(words))
    assert found.warning == ""


@pytest.mark.parametrize(("words", "start_by"), STARTING.items())
def test_words_about_beginning_are_no_deadline(words, start_by):
    found = parse_deadline(words, YEAR)

    assert (iso(found.start_by), found.due, found.words) == (start_by, None, words)


@pytest.mark.parametrize(("words", "days"), BOTH.items())
def test_a_beginning_and_an_end(words, days):
    found = parse_deadline(words, YEAR)

    assert (iso(found.start_by), iso(found.due)) == days


@pytest.mark.parametrize("words", NO_DAY)
def test_words_without_a_day_are_kept_with_a_warning(words):
    assert parse_deadline(words, YEAR) == Deadline(
        words=words, warning=f"“{words}” names no day. Add one before the list is published."
    )


@pytest.mark.parametrize("words", STANDING)
def test_standing_matters_have_no_day_until_the_years_end_is_chosen(words):
    found = parse_deadline(words, YEAR)

    assert (found.due, found.words, found.term) == (None, words, "standing")
    as_it_is, with_a_day = found.choices
    assert as_it_is == words
    chosen = parse_deadline(with_a_day, YEAR)
    assert (iso(chosen.due), chosen.term, chosen.choices) == ("2021-12-31", "standing", ())


def test_years_end_of_a_standing_matter_leaves_its_beginning():
    _as_it_is, with_a_day = parse_deadline("自6月起长期坚持", YEAR).choices

    chosen = parse_deadline(with_a_day, YEAR)
    assert (iso(chosen.start_by), iso(chosen.due)) == ("2021-06-01", "2021-12-31")


def test_a_standing_matter_may_have_a_day():
    found = parse_deadline("12月底前并长期坚持", YEAR)

    assert (iso(found.due), found.term) == ("2021-12-31", "standing")


@pytest.mark.parametrize(("value", "why"), BAD.items())
def test_what_must_be_written_anew(value, why):
    with pytest.raises(BadCell, match=why):
        parse_deadline(value, YEAR)


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b\u3000"])
def test_a_blank_cell_says_nothing(value):
    assert parse_deadline(value, YEAR) == Deadline()


@pytest.mark.parametrize(
    ("words", "day"),
    [("9月前", "2021-08-31"), ("2022年1月以前", "2021-12-31"), ("二季度前", "2021-03-31")],
)
def test_before_a_month_is_read_strictly_and_said(words, day):
    found = parse_deadline(words, YEAR)

    assert iso(found.due) == day
    assert f"was read as {day}" in found.warning


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("2012年底", "2012-12-31 lies far from 2021. Check the year."),
        ("12月开工，6月完工", "It ends before it starts. Check both days."),
    ],
)
def test_days_that_can_hardly_be_meant_are_said(words, warning):
    assert parse_deadline(words, YEAR).warning == warning


def test_no_year_means_the_year_of_the_list():
    assert iso(parse_deadline("12月底前", 2016).due) == "2016-12-31"


@pytest.mark.parametrize(
    ("words", "day"), [("3月", "2021-03-31"), ("5月底前动工", "2021-05-31"), ("", None)]
)
def test_a_planned_day_takes_the_same_words(words, day):
    assert iso(parse_planned(words, YEAR)) == day


@pytest.mark.parametrize("words", ["待定", "尽快", "长期坚持", "已启动"])
def test_words_where_a_day_is_planned_are_set_aside_and_said(words):
    assert parse_planned(words, YEAR) == Noted(
        None, f"“{words}” names no day. It is kept in the remark.", kept=words
    )


@pytest.mark.parametrize("parse", [parse_planned, parse_date])
def test_prose_in_a_column_of_days_is_set_aside_too(parse):
    found = parse("设备已到货，" * 50, YEAR)

    assert (found.value, found.kept) == (None, "设备已到货，" * 50)


@pytest.mark.parametrize(("value", "day"), [*DAYS.items(), *DAYS_IN_WORDS.items()])
def test_a_plain_day_is_read_in_every_spelling(value, day):
    assert iso(parse_date(value, YEAR)) == day


@pytest.mark.parametrize(
    "value", ["9月", "6月底", "2021年", "年底", "9月1日、9月5日", "9月1日起", 45]
)
def test_a_plain_day_must_be_one_day(value):
    found = parse_date(value, YEAR)

    assert (found.value, found.kept) == (None, str(value))
    assert "is not one day. It is kept in the remark" in found.sentence


@pytest.mark.parametrize(
    ("value", "why"),
    [("11.3", "two ways"), ("2月30日", "not in the calendar"), (True, "yes or no")],
)
def test_a_plain_day_must_exist_and_be_no_other(value, why):
    with pytest.raises(BadCell, match=why):
        parse_date(value, YEAR)


@pytest.mark.parametrize("value", [None, "", " "])
def test_a_blank_plain_day_is_none(value):
    assert parse_date(value, YEAR) is None


DATE_CHARACTERS = "0123456789年月日底前中上下旬半季度第一二三十至-—./:，；每今明次动开完工长期国庆"
DATE_WORDS = st.text(DATE_CHARACTERS, max_size=16)
VALUES = st.one_of(
    st.text(max_size=60),
    DATE_WORDS,
    st.floats(),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.none(),
    st.dates(),
)


@given(VALUES, st.integers(1990, 2100))
@pytest.mark.slow
def test_any_value_is_read_or_refused(value, year):
    for read in (parse_deadline, parse_planned, parse_date):
        with suppress(BadCell):
            read(value, year)


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_itself_in_each_spelling(day):
    spellings = [day, day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"]
    spellings += [f"{day.year}.{day.month}.{day.day}", (day - date(1899, 12, 30)).days]

    assert {parse_deadline(spelling, day.year).due for spelling in spellings} == {day}
