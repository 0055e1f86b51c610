"""What a column of progress says: percents, counts, and the owner's own words."""

from datetime import date
from decimal import Decimal

import pytest

from items.sheets.errors import BadCell
from items.sheets.notes import Noted
from items.sheets.progress import Progress, parse_percent

pytestmark = pytest.mark.usefixtures("english")


def read(value, percent_format=False):
    """Parse a cell and leave its note aside."""
    found = parse_percent(value, percent_format)
    return found.value if isinstance(found, Noted) else found


@pytest.mark.parametrize("value", [None, "", " ", "\u3000\u200b"])
def test_a_blank_cell_is_none(value):
    assert parse_percent(value) is None


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
    ("已完成90%", False): "90",
    ("完成率：75%", False): "75",
    ("进度达到60%。", False): "60",
    ("百分之六十", False): "60",
    ("完成百分之35", False): "35",
}


@pytest.mark.parametrize(("cell", "percent"), PERCENTS.items())
def test_a_percent_alone(cell, percent):
    found = parse_percent(*cell)

    assert found == Progress(percent=Decimal(percent))
    assert str(found.percent) == percent


PERCENTS_IN_WORDS = {
    "约60%": "60",
    "60%左右": "60",
    "完成60%,设备未到": "60",
    "累计完成项目的70%;主体已完成": "70",
    "目前完成总工程量的85%，预计月底完工": "85",
    "主体封顶,完成形象进度45%": "45",
    "98%以上": "98",
}


@pytest.mark.parametrize(("text", "percent"), PERCENTS_IN_WORDS.items())
def test_a_percent_among_words_is_taken_and_the_words_kept(text, percent):
    noted = parse_percent(text)

    assert noted.value == Progress(percent=Decimal(percent), words=text)
    assert percent in noted.sentence


OVER_100 = {
    ("101%", False): "101%",
    ("119%", False): "119%",
    (1.19, True): "119%",
    ("完成年度任务的137.7%", False): "完成年度任务的137.7%",
}


@pytest.mark.parametrize(("cell", "words"), OVER_100.items())
def test_more_than_all_is_shown_as_all_and_kept_in_words(cell, words):
    assert read(*cell) == Progress(percent=Decimal(100), words=words)


COUNTS = {
    "90/120间": (90, 120, "间"),
    "90间/120间": (90, 120, "间"),
    "90 / 120": (90, 120, ""),
    "９０／１２０": (90, 120, ""),
    "1,300/2,600人": (1300, 2600, "人"),
    "1，300／2，600人": (1300, 2600, "人"),
    "1.2/3万人": (12000, 30000, "人"),
    "1.5万/3万户": (15000, 30000, "户"),
    "已完成90间，共120间": (90, 120, "间"),
    "完成90间共120间": (90, 120, "间"),
    "共120间,已完成90间": (90, 120, "间"),
    "共120间，其中已完成90间": (90, 120, "间"),
    "共120间(已完成90间)": (90, 120, "间"),
    "已完成90间（共120间）": (90, 120, "间"),
    "计划改造120间，已改造90间": (90, 120, "间"),
    "目标1,000户,实际完成900户": (900, 1000, "户"),
    "需更换120盏，已更换90盏": (90, 120, "盏"),
    "总数120间,已完成90间。": (90, 120, "间"),
    "120间已完成90间": (90, 120, "间"),
    "已完成90/120间": (90, 120, "间"),
    "90间（共120间）": (90, 120, "间"),
    "120间中已完成90间": (90, 120, "间"),
    "已完成总数的3/4": (3, 4, ""),
    "0/18": (0, 18, ""),
    "130/120": (130, 120, ""),
    "7558/6300人": (7558, 6300, "人"),
}


@pytest.mark.parametrize(("value", "count"), COUNTS.items())
def test_a_count_is_kept_as_a_count(value, count):
    done, target, unit = count

    assert parse_percent(value) == Progress(done=done, target=target, count_unit=unit)


COUNTS_WITH_WORDS = {
    "7.7/11.2公里": Progress(done=7700, target=11200, count_unit="米"),
    "0.5/2吨": Progress(done=500, target=2000, count_unit="公斤"),
    "完成1.5公里，共3公里": Progress(done=1500, target=3000, count_unit="米"),
    "2.5/10亩": Progress(percent=Decimal(25)),
    "7.7/11.2": Progress(percent=Decimal("68.75")),
    "11.3/11.2亩": Progress(percent=Decimal(100)),
    "11/11已完成": Progress(done=11, target=11),
    "90/120间已完成": Progress(done=90, target=120, count_unit="间"),
    "90/120间,其余6月完成": Progress(done=90, target=120, count_unit="间"),
    "共120间,已完成90间;剩余月底完成": Progress(done=90, target=120, count_unit="间"),
    "已完成90间，剩余30间": Progress(done=90, target=120, count_unit="间"),
    "已安装6台,还剩2台": Progress(done=6, target=8, count_unit="台"),
}


@pytest.mark.parametrize(("text", "count"), COUNTS_WITH_WORDS.items())
def test_a_count_that_says_less_than_its_words_is_noted_beside_them(text, count):
    noted = parse_percent(text)

    assert noted.value == Progress(
        count.percent, count.done, count.target, count.count_unit, words=text
    )
    assert noted.sentence


WORDS = [
    "主体封顶,正在装修",
    "正在施工",
    "已完成",
    "已完工",
    "未完成",
    "√",
    "一期100%，二期60%",
    "-5%",
    "未完成60%",
    "剩余20%",
    "还差20%未完成",
    "不足50%",
    "超过60%",
    "同比增长15%",
    "群众满意率98%",
    "共120间,未完成30间",
    "已完成90间，共120户",
    "6/30前完成",
    "3/4号楼已封顶",
    "2026/6/30",
    "过半",
    "六成",
    "0/0",
    "1/9999999999",
    "很长" * 500,
]


@pytest.mark.parametrize("words", WORDS)
def test_words_in_a_progress_column_are_kept_and_said(words):
    noted = parse_percent(words)

    assert noted.value == Progress(words=words)
    assert "kept" in noted.sentence


def test_a_figure_over_100_without_a_sign_may_be_anything():
    assert read(120) == Progress(words="120")
    assert read("7558") == Progress(words="7558")


def test_a_count_of_which_excel_made_a_day():
    assert read(date(2026, 3, 4)) == Progress(done=3, target=4, words="3/4")
    assert read(date(2026, 9, 4)) == Progress(words="9/4")
    assert "“3/4”" in parse_percent(date(2026, 3, 4)).sentence


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (0.984, "“0.984” can be read in two ways"),
        (1, "“1” can be read in two ways"),
        ("0.5", "“0.5” can be read in two ways"),
        (-1, "is not between 0 and 100 %"),
        (1e300, "is not between 0 and 100 %"),
        (float("nan"), "is not between 0 and 100 %"),
    ],
)
def test_a_figure_that_must_be_written_anew(value, why):
    with pytest.raises(BadCell, match=why):
        parse_percent(value)


@pytest.mark.parametrize(
    ("value", "choices"),
    [(0.984, ["98.4%", "0.984%"]), (1, ["100%", "1%"]), ("0.5", ["50%", "0.5%"])],
)
def test_readings_of_a_share_without_a_sign_are_offered(value, choices):
    with pytest.raises(BadCell) as refused:
        parse_percent(value)

    assert list(refused.value.choices) == choices
    for words in choices:
        assert parse_percent(words).percent is not None
