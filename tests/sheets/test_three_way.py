"""Three-way comparison: what a program does to a book as it saves it is no change."""

import pytest

from items.sheets.three_way import Outcome, compared, same

SAME = [
    ("", ""),
    ("换座椅", "换座椅  "),
    ("一\n二", "一\r\n二"),
    ("一\n二", "一_x000D_\n二"),
    ("一\n\n二", "一\n二"),
    ("2026-06-30", "2026/6/30"),
    ("2026-06-30", "2026年6月30日"),
    ("2026-06-30", "2026.6.30"),
    ("2026-06-30", "2026-06-30 00:00:00"),
    ("12", "12.0"),
    ("5000", "5,000"),
    ("12.50", "12.5"),
    ("90/120间", "90／120间"),
    ("55%", "５５％"),
    ("55%", "55.00%"),
    ("98.4%", "98.40 %"),
    ("100%", "100%"),
    ("(一)区", "（一）区"),
    ("=1+1", "'=1+1"),
    ("-5℃以下", "'-5℃以下"),
    ("改善　浴室", "改善 浴室"),
    ("3/4", "2026-03-04"),
    ("1-2", "2026/1/2"),
    ("2026-11-25", "11/25/2026"),
    ("3/4", "03/04/2026"),
    ("2026-05-06", "5/6/2026"),
    ("TRUE", "TRUE"),
]
DIFFERENT = [
    ("", "0"),
    ("换座椅", "换坐椅"),
    ("一\n二", "一二"),
    ("2026-06-30", "2026-07-30"),
    ("2026-02-30", "2026-02-28"),
    ("2026-05-06", "06/05/2026"),
    ("wifi", "WiFi"),
    ("12", "12.1"),
    ("90/120间", "91/120间"),
    ("55%", "56%"),
    ("0.55", "55%"),  # of money, say
    ("3/4", "2026-04-03"),
    ("10㎡", "10m2"),
    ("'张三'", "张三'"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_looks_the_same(one, other):
    assert same("remark", one, other)
    assert same("remark", other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_says_something_else(one, other):
    assert not same("remark", one, other)
    assert not same("remark", other, one)


@pytest.mark.parametrize(("one", "other"), [("55%", "0.55"), ("55%", "55"), ("100%", "1")])
def test_share_of_one_is_a_percent_in_its_column_alone(one, other):
    assert same("percent", one, other)
    assert not same("budget", one, other)


@pytest.mark.parametrize(
    ("exported", "yours", "now", "outcome"),
    [
        ("甲", "甲", "甲", Outcome.SAME),
        ("甲", "甲", "乙", Outcome.SAME),
        ("甲", "甲 ", "乙", Outcome.SAME),
        ("甲", "乙", "甲", Outcome.CHANGED),
        ("甲", "", "甲", Outcome.CHANGED),
        ("", "乙", "", Outcome.CHANGED),
        ("甲", "乙", "乙", Outcome.AGREED),
        ("甲", "", "", Outcome.AGREED),
        ("2026-06-30", "2026/7/1", "2026-07-01", Outcome.AGREED),
        ("甲", "乙", "丙", Outcome.CONFLICT),
        ("甲", "乙", "", Outcome.CONFLICT),
        ("", "乙", "丙", Outcome.CONFLICT),
    ],
)
def test_three_ways(exported, yours, now, outcome):
    assert compared("remark", exported, yours, now) == outcome
