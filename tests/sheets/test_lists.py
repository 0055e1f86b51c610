"""Several units or measures in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from items.sheets.cells import split_measures
from items.sheets.names import parse_units
from items.sheets.notes import Noted
from items.sheets.text import clean, one_line

UNITS = {
    "县水务局;县住建局;县护城河指挥部": ["县水务局", "县住建局", "县护城河指挥部"],
    "区城管局；区水投": ["区城管局", "区水投"],
    "甲局、乙局，丙局,丁局/戊局\n己局": ["甲局", "乙局", "丙局", "丁局", "戊局", "己局"],
    "区教体局(区国资公司代建)": ["区教体局(区国资公司代建)"],
    "区教体局（牵头；区国资公司、区城投代建）、区城管局": [
        "区教体局（牵头；区国资公司、区城投代建）",
        "区城管局",
    ],
    "甲局（乙、丙": ["甲局（乙", "丙"],
    "甲局、甲局": ["甲局"],
    "设备\n管理室": ["设备", "管理室"],
    "甲局。": ["甲局"],
    "无": [],
    "甲局、无": ["甲局"],
    "/": [],
    "—": [],
    "": [],
}
MEASURES = {
    "统计数量,选型采购,整批更换": ["统计数量", "选型采购", "整批更换"],
    "统计数量，选型采购": ["统计数量", "选型采购"],
    "Count, select and buy, replace all at once": [
        "Count",
        "select and buy",
        "replace all at once",
    ],
    "统计数量；选型,采购；": ["统计数量", "选型,采购"],
    "摸底\n采购\n\n安装": ["摸底", "采购", "安装"],
    "1.统计数量2.选型采购3.更换2.5米": ["统计数量", "选型采购", "更换2.5米"],
    "1、统计，登记；2、采购。": ["统计，登记", "采购"],
    "①甲②乙③丙": ["甲", "乙", "丙"],
    "(1)甲；(2)乙。": ["甲", "乙"],
    "（一）甲（二）乙": ["甲", "乙"],
    "一是摸清底数；二是采购；三是安装。": ["摸清底数", "采购", "安装"],
    "主要措施：\n1、甲\n2、乙": ["甲", "乙"],
    "一、生活：1.浴室 2.食堂 二、作业：1.粉尘": ["浴室", "食堂", "粉尘"],
    "十十、甲": ["十十、甲"],
    "更换2、3号机组": ["更换2、3号机组"],
    "采购1、2号设备": ["采购1、2号设备"],
    "更换1,000盏灯,调试": ["更换1,000盏灯", "调试"],
    "增配更衣柜(含锁,钥匙),加装通风": ["增配更衣柜(含锁,钥匙)", "加装通风"],
    "对全厂一线职工休息室进行全面摸底排查,形成清单": [
        "对全厂一线职工休息室进行全面摸底排查,形成清单"
    ],
    "先摸底。再采购,安装": ["先摸底。再采购,安装"],
    "安装六盏路灯": ["安装六盏路灯"],
    "": [],
}


@pytest.mark.parametrize(("text", "units"), UNITS.items())
def test_units_are_split_and_brackets_kept_whole(text, units):
    found = parse_units(text)

    assert (found.value if isinstance(found, Noted) else found) == units


@pytest.mark.parametrize(("text", "measures"), MEASURES.items())
def test_measures_are_split_where_people_number_or_end_them(text, measures):
    assert split_measures(text) == measures


@given(st.text("甲乙丙,，;；。、()（）1234. \n①②一二十是", max_size=40))
def test_splitting_measures_loses_no_word_of_them(text):
    words = [char for char in "".join(split_measures(text)) if char in "甲乙丙"]

    assert words == [char for char in text if char in "甲乙丙"]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\ufeff\u200b浴\u00ad室\u202e", "浴室"),
        ("a\0b\x1bc\x7f", "abc"),
        ("a\ud800b", "ab"),
        ("  甲 \u3000 乙\t丙\u00a0", "甲 乙 丙"),
        ("一\r\n\r\n 二\r三\u2028四\v五", "一\n二\n三\n四\n五"),
        ("１２，（３）", "１２，（３）"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("甲\u200d乙", "甲乙"),
        ("\U000e0041浴", "浴"),
    ],
)
def test_what_nobody_sees_is_taken_out_and_the_rest_left_as_typed(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("更换主控室\n座椅", "更换主控室座椅"),
        ("Replace\nchairs", "Replace chairs"),
        ("更换 A\n型", "更换 A 型"),
    ],
)
def test_a_title_is_one_line(text, line):
    assert one_line(text) == line


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)
