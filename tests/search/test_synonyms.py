"""The synonyms that are shipped, and how a committee's own are read."""

import re

import pytest

from items.errors import Refused
from items.search import Thesaurus, groups_of, shipped, shipped_lines, whole, words_of
from items.search.synonyms import LONGEST, MOST_SPELLINGS
from items.words import fold

GROUPS = groups_of("\n".join(shipped_lines()))
# What is said where none of this is meant: no word of a group may be a part of it.
HARMLESS = (
    "炼铁厂车间 工厂车间 转运班车站 龙头企业 行车记录 早上学习 增加点位 矿槽转运点 皮带廊 高炉炉前"
)
HARMLESS += " 党委办公室 我为群众办实事 职工代表 设备管理室 综合办公室 责任单位 完成时限 整改措施"
HARMLESS += " theatre newcomer infant sheath overheated workshop committee seatbelts fantastic"


def test_there_are_eighty_groups_or_more_and_no_word_is_in_two():
    words = [word for group in GROUPS for word in group]

    assert len(GROUPS) >= 80
    assert len(words) == len(set(words))


def test_every_line_is_a_group():
    assert len(GROUPS) == len(shipped_lines())


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_each_word_of_a_group_finds_each_other_one(group):
    for word in group:
        (sought,) = words_of(word)
        for other in group:
            assert sought.is_in(f"更换{other}。" if not other.isascii() else f"the {other}s, now")


def test_no_word_of_a_group_is_found_where_it_is_not_said():
    wrong = []
    for group in GROUPS:
        for word in group:
            latin = re.search(whole(word), HARMLESS) if word.isascii() else word in HARMLESS
            wrong += [word] if latin and word != "班车" else []

    assert wrong == []


@pytest.mark.parametrize(
    ("q", "text", "is_found"),
    [
        ("椅子", "更换操作座椅", True),
        ("换椅子", "换座椅", True),
        ("茅房", "卫生间改造", True),
        ("饭堂", "职工食堂", True),
        ("chairs", "更换座椅", True),
        ("椅子", "New chairs", True),
        ("WC", "the toilets", True),
        ("厕所", "a newcomer", False),  # wc is no word of it
        ("暖气", "the theatre", False),
        ("heat", "the theatre", True),  # as it was written, it is found in words as ever
        ("washing machine", "洗衣机", True),
        ("rest rooms", "休息室", True),
        ("卫生间", "rest room", False),
        ("四号高炉椅子", "4号高炉", False),
        ("停车费", "清单", False),
        ("椅", "座椅", True),
        ("椅", "凳子", False),  # one sign has no synonyms
    ],
)
def test_words_are_found_as_people_say_them(q, text, is_found):
    assert all(word.is_in(text) for word in words_of(q)) == is_found


def test_words_of_a_committee_stand_beside_those_that_are_shipped():
    known = shipped().and_more(groups_of("铁水罐 鱼雷罐 Torpedo_Car # 炉前的话\n\n椅子=马扎"))

    (sought,) = words_of("鱼雷罐", known)
    assert sought.is_in("铁水罐检修")
    (sought,) = words_of("torpedo cars", known)
    assert sought.is_in("铁水罐检修")
    (sought,) = words_of("椅子", known)
    assert sought.is_in("马扎")
    assert sought.is_in("座椅")
    (sought,) = words_of("马扎", known)
    assert not sought.is_in("座椅")  # what means the same as a third isn't the same
    assert not words_of("鱼雷罐")[0].is_in("铁水罐检修")


@pytest.mark.parametrize(
    "line", ["椅子 座椅", "椅子、座椅", "椅子，座椅", "椅子＝座椅", "　椅子　座椅　椅子"]
)
def test_words_of_a_line_stand_between_any_signs(line):
    assert groups_of(line) == [("椅子", "座椅")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("椅子", r"1.*椅子"),
        ("椅子 座椅\n\n灯 照明", r"3.*灯"),
        ("a b", r"1.*a"),
        (f"{'长' * (LONGEST + 1)} 短的", r"1.*长"),
        ("第4件 浴室", r"1.*第4件"),
        ("十七 浴室", r"1.*十七"),
        (" ".join(f"词语{n}个" for n in range(40)), r"1.*30"),
        ("椅子 座椅\n" * 400, r"300"),
    ],
)
def test_line_that_is_no_group_is_named_with_its_number(lines, said):
    with pytest.raises(Refused, match=said):
        groups_of(lines)


def test_no_word_has_so_many_spellings_that_a_search_gets_slow():
    (sought,) = words_of("浴室椅子桌子灯光空调食堂饭菜")

    assert len(sought.spellings) <= MOST_SPELLINGS + 2
    assert sought.spellings[0] == "浴室椅子桌子灯光空调食堂饭菜"


def test_no_synonyms_are_no_spellings():
    (sought,) = words_of(fold("椅子"), Thesaurus(()))

    assert sought.spellings == ("椅子",)
