"""Deadlines of a list of 2026 as offices write them, by kind: what each means, what is said."""

from datetime import date

import pytest

from items.sheets.deadline import Deadline, parse_deadline, parse_planned
from items.sheets.errors import BadCell

pytestmark = pytest.mark.usefixtures("english")

YEAR = 2026

PARTS_OF_A_MONTH = {
    "6月上旬": "06-10",
    "6月中旬": "06-20",
    "6月下旬": "06-30",
    "6月中下旬": "06-30",
    "6月上中旬": "06-20",
    "6月中上旬": "06-20",
    "6月上旬至中旬": "06-20",
    "6月上旬—中旬": "06-20",
    "6月中旬至下旬": "06-30",
    "6月中旬到月底": "06-30",
    "6月上、中旬": "06-20",
    "6月中、下旬": "06-30",
    "6月上/中旬": "06-20",
    "6月上旬或中旬": "06-20",
    "六月中下旬前": "06-30",
    "2026年6月中下旬": "06-30",
    "2026.6中下旬": "06-30",
    "6月上半月": "06-15",
    "6月下半月": "06-30",
    "6月底7月初": "07-10",
    "6月中旬至7月上旬": "07-10",
    "6月末": "06-30",
    "2026年前三季度": "09-30",
    "3/6/9/12月": "12-31",
    "2026全年": "12-31",
    "2026底": "12-31",
    "2026年6月（力争5月）": "06-30",
    "2026年6月30日（原定3月31日）": "06-30",
    "2026年6月底，力争5月完成": "06-30",
    "原定5月31日，调整至6月30日": "06-30",
    "6月30日→9月30日": "09-30",
    "6月份内": "06-30",
    "二月底": "02-28",
}
QUARTERS = {
    "Q1": "03-31",
    "Q2": "06-30",
    "q2": "06-30",
    "Q2末": "06-30",
    "Q3底": "09-30",
    "2026Q2": "06-30",
    "2026-Q2": "06-30",
    "2026年Q2": "06-30",
    "2026年Q2末": "06-30",
    "Q2/2026": "06-30",
    "Q2 2026": "06-30",
    "Q2'26": "06-30",
    "Q2/26": "06-30",
    "Q22026": "06-30",
    "26Q2": "06-30",
    "2Q26": "06-30",
    "2Q2026": "06-30",
    "Q2-Q3": "09-30",
    "Q2-3": "09-30",
    "Q2至Q3": "09-30",
    "二季度末": "06-30",
    "第2季度末": "06-30",
    "二季度底前": "06-30",
    "二、三季度": "09-30",
    "二季度初": "04-10",
    "四季度": "12-31",
    "H1": "06-30",
    "2026H2": "12-31",
    "H1 2026": "06-30",
    "上半年": "06-30",
    "上半年末": "06-30",
    "下半年初": "07-10",
    "年终": "12-31",
    "2026年尾": "12-31",
}
DASHES_AND_MARKS = {
    "2026–6–30": "06-30",
    "2026—06—30": "06-30",
    "2026‑06‑30": "06-30",
    "2026−6−30": "06-30",
    "2026一6一30": "06-30",
    "2026。6。30": "06-30",
    "2026。06。30日": "06-30",
    "2026·6·30": "06-30",
    "2026,6,30": "06-30",
    "2026，6，30": "06-30",
    "2026、6、30": "06-30",
    "2026 6 30": "06-30",
    "2026_06_30": "06-30",
    "2026\\6\\30": "06-30",
    "2026／6／30": "06-30",
    "2026.6-30": "06-30",
    "2026-6.30": "06-30",
    "2026年6.30": "06-30",
    "2026年6-30": "06-30",
    "2026年6/30": "06-30",
    "2026年06月30": "06-30",
    "2026年6月30曰": "06-30",
    "2026.6月30日": "06-30",
    "2026-0630": "06-30",
    "202606.30": "06-30",
    "2026年0630": "06-30",
    "6月1日–6月30日": "06-30",
    "2026.6.1–2026.6.30": "06-30",
    "2026年6月—8月": "08-31",
    "6–8月": "08-31",
    "6月一8月": "08-31",
    "2026年06": "06-30",
    "6月20完成": "06-20",
    "6月20左右": "06-20",
    "6月20号前": "06-20",
    "6月15、16日": "06-16",
    "6月15日、20日": "06-20",
    "2026年6月20全部完工": "06-20",
    "二〇二六年六月三十日": "06-30",
    "二0二六年六月三十日": "06-30",
    "二O二六年六月三十日前": "06-30",
    "2026/3-6": "06-30",
    "2026年3-6": "06-30",
    "2026.03—06": "06-30",
    "2026年6-8月": "08-31",
    "2026.6.30/2026.9.30": "09-30",
    "６月３０日": "06-30",
    "⼋⽉三⼗⽇": "08-30",
    "2026年6月廿五日": "06-25",
    "六月十五前": "06-15",
    "6月30前": "06-30",
    "6月30 日前": "06-30",
    "2026-06-30 24:00前": "06-30",
    "2026年6月30日18:00前": "06-30",
}
ENGLISH = {
    "30-Jun-26": "06-30",
    "30-Jun-2026": "06-30",
    "30/Jun/2026": "06-30",
    "30 June 2026": "06-30",
    "30th June, 2026": "06-30",
    "30th of June 2026": "06-30",
    "June 30, 2026": "06-30",
    "Jun. 30th, 2026": "06-30",
    "Jun 30 2026": "06-30",
    "2026-Jun-30": "06-30",
    "30-Jun": "06-30",
    "30 June": "06-30",
    "by 30 June": "06-30",
    "June 2026": "06-30",
    "Jun-2026": "06-30",
    "2026-Jun": "06-30",
    "Sept 2026": "09-30",
    "end of June 2026": "06-30",
    "by the end of June": "06-30",
    "end-June": "06-30",
    "mid-June": "06-15",
    "early June 2026": "06-10",
    "late June": "06-30",
    "Complete by June 2026": "06-30",
    "December": "12-31",
    "year-end": "12-31",
    "Tuesday, June 30, 2026": "06-30",
    "Tue Jun 30 2026 00:00:00 GMT+0800 (中国标准时间)": "06-30",
    "2026-06-30T00:00:00.000Z": "06-30",
    "6/30/2026 12:00 AM": "06-30",
    "end of Q2": "06-30",
    "end of year": "12-31",
    "by end of 2026": "12-31",
}
# What is computed or taken for one of several: the other readings stand behind it.
FIGURES = {
    "6.30": ("06-30",),
    "06.30": ("06-30",),
    6.15: ("06-15",),
    12.31: ("12-31",),
    "06-30": ("06-30",),
    "6-30": ("06-30",),
    "6–30": ("06-30",),
    "06-08": ("06-08",),
    "6/30": ("06-30",),
    "6/8": ("06-08",),
    "30/6": ("06-30",),
    "6.30前": ("06-30",),
    "6.30日前": ("06-30",),
    "6.30之前完成": ("06-30",),
    "6.3前": ("06-03",),
    "6.15-6.30": ("06-30",),
    "6.1至6.30": ("06-30",),
    "6/1-6/30": ("06-30",),
    "2026.6.1-6.30": ("06-30",),
    "12.31完成": ("12-31",),
    "2.3": ("02-03",),
    "今年6.30": ("06-30",),
    "5.1前": ("04-30", "05-01"),
    "5.1节前": ("04-30", "05-01"),
    "5·1前": ("04-30", "05-01"),
    "“5.1”前": ("04-30", "05-01"),
    "7.1前": ("06-30", "07-01"),
    "10.1前": ("09-30", "10-01"),
    "10.1国庆节前": ("09-30", "10-01"),
    "8.1之前": ("07-31", "08-01"),
    "5.1日前": ("05-01",),
    "Jun-26": ("06-30", "06-26"),
    "Jun 26": ("06-26", "06-30"),
    "Jun'26": ("06-30", "06-26"),
    "Jun’26": ("06-30", "06-26"),
    "Jun-30": ("06-30",),
    "June 30": ("06-30",),
    "Dec-26": ("12-31", "12-26"),
    "26.6.30": ("06-30",),
    "26-06-30": ("06-30",),
    "'26/6/30": ("06-30",),
    "6/30/26": ("06-30",),
    "202606": ("06-30",),
    "260630": ("06-30",),
    202606: ("06-30",),
    260630: ("06-30",),
    "2026630": ("06-30",),
    "0630": ("06-30",),
    "0630前": ("06-30",),
    1231: ("12-31",),
    "202601-202606": ("06-30",),
    46203: ("06-30",),
    46203.75: ("06-30",),
    "46203": ("06-30",),
    "6月第一周": ("06-07",),
    "6月第3周": ("06-21",),
    "6月第四个星期": ("06-28",),
}
SLIPS = {
    "2O26-06-30": "06-30",
    "2026-O6-30": "06-30",
    "2026-06-3O": "06-30",
    "2026-06-3o": "06-30",
    "2026.6.3O": "06-30",
    "2026年6月3O日": "06-30",
    "2O26年6月底": "06-30",
    "1O月底前": "10-31",
    "l2月底前": "12-31",
    "I2月底前": "12-31",
    "2026-l2-3l": "12-31",
    "12月3l日": "12-31",
    "lO月": "10-31",
    "2O260630": "06-30",
}
EVES = {
    "春节前": "02-16",
    "2026年春节前": "02-16",
    "今年春节前": "02-16",
    "春节假期前": "02-16",
    "春节前夕": "02-16",
    "春节到来之前": "02-16",
    "国庆黄金周前": "09-30",
    "中秋佳节前": "09-24",
    "农历春节前": "02-16",
    "农历新年前": "02-16",
    "元宵节前": "03-02",
    "正月十五前": "03-02",
    "“三八”节前": "03-07",
    "清明前": "04-04",
    "清明节之前": "04-04",
    "五一前": "04-30",
    "“五一”前": "04-30",
    "“五一”节前": "04-30",
    "五·一前": "04-30",
    "“五·一”劳动节前": "04-30",
    "五一劳动节前": "04-30",
    "五一小长假前": "04-30",
    "力争五一前完成": "04-30",
    "“五四”青年节前": "05-03",
    "六一儿童节前": "05-31",
    "端午前": "06-18",
    "2026年端午节前": "06-18",
    "七一前": "06-30",
    "“七一”前": "06-30",
    "“七一”建党节前": "06-30",
    "建党节前": "06-30",
    "八一前": "07-31",
    "教师节前": "09-09",
    "中秋前": "09-24",
    "中秋节来临前": "09-24",
    "国庆前": "09-30",
    "国庆节之前": "09-30",
    "十一前": "09-30",
    "“十一”国庆节前": "09-30",
    "重阳节前": "10-17",
    "元旦前": "12-31",
    "中秋、国庆前": "09-24",
    "五一端午前": "04-30",
    "国庆、中秋双节前": "09-24",
    "“三八”妇女节前": "03-07",
    "建党105周年前": "06-30",
    "“七一”建党105周年前": "06-30",
    "元旦春节两节前": "02-16",
}
FEASTS_OF_OTHER_YEARS = {
    "明年春节前": "2027-02-05",
    "二0二七年春节前": "2027-02-05",
    "2027年元旦前": "2026-12-31",
    "明年元旦前": "2026-12-31",
    "2027年春节前": "2027-02-05",
    "2025年国庆前": "2025-09-30",
}
FEASTS = {"国庆节": "10-01", "中秋": "09-25", "端午节当天": "06-19", "春节": "02-17"}
BEGINNINGS = {
    "6月起": "06-01",
    "6月份起": "06-01",
    "自6月起": "06-01",
    "从6月份开始": "06-01",
    "3月份开始": "03-01",
    "6月开始实施": "06-01",
    "自6月实施": "06-01",
    "2026年6月起": "06-01",
    "2026.6起": "06-01",
    "6月起每月一次": "06-01",
    "从2026年1月起每月一次": "01-01",
    "自2026年1月1日起每季度开展": "01-01",
    "6月1日起": "06-01",
    "6月1日起实施": "06-01",
    "2026-06-01起": "06-01",
    "6.1起": "06-01",
    "6月中旬起": "06-11",
    "6月下旬开始": "06-21",
    "6月底起": "06-30",
    "二季度起": "04-01",
    "Q2起": "04-01",
    "下半年起": "07-01",
    "2026年起": "01-01",
    "6月以来": "06-01",
    "6月30日以后": "06-30",
    "6月30日之后": "06-30",
    "6月30日后": "06-30",
    "2026-06-30以后": "06-30",
    "6月以后": "06-30",
    "6月底前开始实施": "06-30",
    "不早于6月30日": "06-30",
    "7月份之后": "07-31",
    "from June 2026": "06-01",
    "since 1 June 2026": "06-01",
    "after 30 June 2026": "06-30",
}
STANDING_BEGINNINGS = {
    "2026年1月至长期": "01-01",
    "2026年1月1日-长期": "01-01",
    "长期（2026年起）": "01-01",
    "自6月起长期坚持": "06-01",
    "6月起，长期坚持": "06-01",
    "3月份开始,长期坚持": "03-01",
    "2026年6月起常态化开展": "06-01",
    "自2026年起持续推进": "01-01",
    "6月底前启动,长期坚持": "06-30",
    "6月底前启动，常态化推进": "06-30",
    "from June 2026, ongoing": "06-01",
}
STANDING_WITH_A_DAY = {
    "长期坚持,6月底前见成效": "06-30",
    "长期坚持（6月底前取得阶段性成效）": "06-30",
    "6月底前完成，长期坚持": "06-30",
    "立行立改，6月底前完成并长期坚持": "06-30",
}
NO_BEGINNING = {
    "更换Q235管道，6月底前": "06-30",
    "1号炉6月20日，2号炉9月20日": "09-20",
    "1号炉6月20日、2号炉9月20日": "09-20",
    "6月20日完成、3日内上报": "06-20",
    "1-3号炉6月，4-6号炉9月": "09-30",
    "改造2.5公里，更换2-3台，6月底": "06-30",
    "完成1.2.3号机检修，6月": "06-30",
    "24小时热饮点,6月30日": "06-30",
    "H2检测仪6月底前": "06-30",
    "O2检测仪6月底前": "06-30",
    "6月起草方案": "06-30",
    "6月起至12月": "12-31",
    "6月1日起至6月30日": "06-30",
    "自6月1日至6月30日": "06-30",
    "从5月推迟到9月": "09-30",
    "持续到6月底": "06-30",
    "6月后期": "06-30",
    "6月30日前后": "06-30",
}
TRADITIONAL = {
    "年內": (None, "12-31", ""),
    "6月30號前": (None, "06-30", ""),
    "長期堅持": (None, None, "standing"),
    "常態化推進": (None, None, "standing"),
    "6月底前啟動，長期堅持": ("06-30", None, "standing"),
    "3月開工，12月底竣工": ("03-31", "12-31", ""),
    "6月30日以後": ("06-30", None, ""),
    "從6月開始": ("06-01", None, ""),
    "春節前": (None, "02-16", ""),
    "國慶節前": (None, "09-30", ""),
    "中秋節前": (None, "09-24", ""),
    "“七一”建黨節前": (None, "06-30", ""),
    "農曆八月十五前": (None, None, ""),
    "6月第二週": (None, "06-14", ""),
}
YEARS_TO_COME = {
    "2026-2027年": "2027-12-31",
    "2026—2028年度": "2028-12-31",
    "2026-2027": "2027-12-31",
    "2026年9月启动，6月底建成": "2027-06-30",
    "2026年11月至3月": "2027-03-31",
    "“十五五”末": "2030-12-31",
}
AMBIGUOUS = {
    "6.3": ("2026-06-03", "2026-06-30"),
    6.3: ("2026-06-03", "2026-06-30"),
    "5.1": ("2026-05-01", "2026-05-10"),
    11.2: ("2026-11-02", "2026-11-20"),
    "6-8": ("2026-06-08", "2026-08-31"),
    "11-12": ("2026-11-12", "2026-12-31"),
    "2026.1": ("2026-01-31", "2026-10-31"),
    2026.1: ("2026-01-31", "2026-10-31"),
    "26.6": ("2026-06-30", "2026-06-26"),
    "26/6": ("2026-06-30", "2026-06-26"),
    "2026111": ("2026-01-11", "2026-11-01"),
    "3/4/2026": ("2026-03-04", "2026-04-03"),
    "5/6/26": ("2026-05-06", "2026-06-05"),
}


def days(deadline: Deadline) -> tuple[str | None, str | None]:
    """Return start and deadline, without the list's year."""
    return tuple(
        day.isoformat().removeprefix("2026-") if day else None
        for day in (deadline.start_by, deadline.due)
    )


@pytest.mark.parametrize(
    ("words", "due"),
    [
        *PARTS_OF_A_MONTH.items(),
        *QUARTERS.items(),
        *DASHES_AND_MARKS.items(),
        *ENGLISH.items(),
        *NO_BEGINNING.items(),
    ],
)
def test_days_that_are_read_plainly(words, due):
    found = parse_deadline(words, YEAR)

    assert (days(found), found.warning, found.term) == ((None, due), "", "")


@pytest.mark.parametrize(("value", "readings"), FIGURES.items())
def test_figures_are_read_and_said(value, readings):
    found = parse_deadline(value, YEAR)

    assert days(found) == (None, readings[0])
    assert f"was read as 2026-{readings[0]}." in found.warning
    others = [f"2026-{day}" for day in readings]
    assert found.choices == (tuple(others) if len(others) > 1 else ())
    assert all(other in found.warning for other in others)


@pytest.mark.parametrize(("value", "readings"), AMBIGUOUS.items())
def test_figures_that_may_mean_two_days_are_refused_with_both(value, readings):
    with pytest.raises(BadCell, match="can be read in two ways") as refused:
        parse_deadline(value, YEAR)

    assert refused.value.choices == readings
    again = [parse_deadline(reading, YEAR).due.isoformat() for reading in readings]
    assert tuple(again) == readings


@pytest.mark.parametrize(
    ("value", "choice"),
    [("6月31日", "2026-06-30"), ("2026-02-30", "2026-02-28"), (6, "6月底"), ("12", "12月底")],
)
def test_what_is_refused_brings_what_may_be_meant(value, choice):
    with pytest.raises(BadCell) as refused:
        parse_deadline(value, YEAR)

    assert refused.value.choices == (choice,)
    assert parse_deadline(choice, YEAR).due


@pytest.mark.parametrize("value", [0, 0.0, "0", "1900/1/0", "1900-01-00", "1900年1月0日"])
def test_references_to_blank_cells_are_blank(value):
    assert parse_deadline(value, YEAR) == Deadline()
    assert parse_planned(value, YEAR) is None


@pytest.mark.parametrize(("words", "due"), SLIPS.items())
def test_letters_for_digits_are_read_and_said(words, due):
    found = parse_deadline(words, YEAR)

    assert days(found) == (None, due)
    assert found.warning == f"A letter in “{words}” was read as a digit: 2026-{due}."


@pytest.mark.parametrize(
    "words",
    ["206-06-30", "22026-06-30", "2026-06-300", "2026-006-30", "2026-06-31", "6月31日",
     "2206-06-30", "2026-13-01", "2026.06.155", "20261340"],
)  # fmt: skip
def test_slips_that_may_be_anything_are_refused(words):
    with pytest.raises(BadCell):
        parse_deadline(words, YEAR)


@pytest.mark.parametrize(
    "words",
    ["2026年6月300日", "6月115日", "6月2次", "6月1号高炉停炉时", "6月1#炉", "226年底", "20266年底"],
)
def test_slips_in_words_name_no_day(words):
    assert parse_deadline(words, YEAR).due is None
    assert "names no day" in parse_deadline(words, YEAR).warning


@pytest.mark.parametrize(
    "words",
    [
        "look into it",
        "TOO late",
        "No.1",
        "I期",
        "II级",
        "oil",
        "O2检测",
        "H2O",
        "H2检测",
        "Q235管道",
        "Q345B",
        "it may take long",
    ],
)
def test_letters_in_words_stay_letters(words):
    found = parse_deadline(words, YEAR)

    assert (found.due, found.words) == (None, words)
    assert "names no day" in found.warning


@pytest.mark.parametrize(("words", "due"), [*EVES.items(), *FEASTS.items()])
def test_festivals_are_looked_up_and_said(words, due):
    found = parse_deadline(words, YEAR)

    assert (days(found), found.words) == ((None, due), words)
    assert f"was read as 2026-{due}." in found.warning


@pytest.mark.parametrize(("words", "due"), [*FEASTS_OF_OTHER_YEARS.items(), *YEARS_TO_COME.items()])
def test_other_years(words, due):
    assert parse_deadline(words, YEAR).due == date.fromisoformat(due)


@pytest.mark.parametrize(("words", "meant"), TRADITIONAL.items())
def test_traditional_signs_mean_the_same(words, meant):
    found = parse_deadline(words, YEAR)

    assert ((*days(found), found.term), found.words) == (meant, words)


@pytest.mark.parametrize(("words", "start_by"), BEGINNINGS.items())
def test_beginnings_are_no_deadlines(words, start_by):
    found = parse_deadline(words, YEAR)

    assert (days(found), found.words, found.term) == ((start_by, None), words, "")
    assert parse_planned(words, YEAR).value == date.fromisoformat(f"2026-{start_by}")


@pytest.mark.parametrize(("words", "start_by"), STANDING_BEGINNINGS.items())
def test_standing_matters_that_begin_need_no_invented_end(words, start_by):
    found = parse_deadline(words, YEAR)

    assert (days(found), found.term) == ((start_by, None), "standing")


@pytest.mark.parametrize(("words", "due"), STANDING_WITH_A_DAY.items())
def test_standing_matters_may_have_a_deadline(words, due):
    found = parse_deadline(words, YEAR)

    assert (days(found), found.term) == ((None, due), "standing")


def test_a_beginning_and_an_end():
    found = parse_deadline("3月起实施，年底前完成", YEAR)

    assert (days(found), found.term) == (("03-01", "12-31"), "")
