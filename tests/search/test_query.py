"""Queries as people type them: words between separators, numbers in every way of saying them."""

import pytest

from items.numerals import numeral, read_numeral
from items.search import split, words_of
from items.words import tidy


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("", []),
        ("  浴室  高炉 ", ["浴室", "高炉"]),
        ("浴室、高炉", ["浴室", "高炉"]),
        ("浴室，高炉；食堂。", ["浴室", "高炉", "食堂"]),
        ("《浴室》", ["浴室"]),
        ("“浴室”和「食堂」", ["浴室", "和", "食堂"]),
        ("ＡＥＤ\u3000Chairs", ["aed", "chairs"]),
        ("椅\u200b子", ["椅子"]),  # what nobody sees parts no word
        ("a\x00b", ["a", "b"]),
        ("100%", ["100%"]),
        ("c:\\矿槽", ["c:\\矿槽"]),
        ("《》、，", []),
        ("item 4 dust", ["item 4", "dust"]),
        ("第 4 件", ["第 4 件"]),
        ("第4件浴室", ["第4件", "浴室"]),
    ],
)
def test_words_stand_between_separators(q, words):
    assert split(q) == [word.spellings[0] for word in words_of(q)] == words


@pytest.mark.parametrize(
    ("q", "number"),
    [
        ("4", 4),
        ("４", 4),
        ("004", 4),
        ("第4件", 4),
        ("第 4 件", 4),
        ("第４项", 4),
        ("4号", 4),
        ("4件", 4),
        ("四", 4),
        ("四号", 4),
        ("第十七件", 17),
        ("二十五条", 25),
        ("一百零三", 103),
        ("《第4件》", 4),
        ("（4）", 4),
        ("4.", 4),
        ("#4", 4),
        ("№ 4", 4),
        ("No. 4", 4),
        ("no.4", 4),
        ("item 4", 4),
        ("Item 12", 12),
        ("number 4", 4),
        ("99999", 99_999),
        ("0", None),
        ("100000", None),
        ("第", None),
        ("百", None),
        ("4号高炉", None),
        ("items", None),
        ("²", 2),
        ("٤", None),
        ("浴室", None),
    ],
)
def test_number_is_understood_in_every_way_of_saying_it(q, number):
    (word,) = words_of(q)

    assert word.number == number


@pytest.mark.parametrize("q", ["4号高炉", "四号高炉"])
def test_numerals_and_digits_are_spellings_of_each_other(q):
    (word,) = words_of(q)

    assert word.spellings[0] == q
    assert set(word.spellings) == {"4号高炉", "四号高炉"}
    assert word.is_in("改造4号高炉")
    assert word.is_in("x", "改造四号高炉")


@pytest.mark.parametrize("number", range(1, 100))
def test_small_numeral_is_read_as_what_it_was_written_for(number):
    assert read_numeral(numeral(number)) == number


@pytest.mark.parametrize("text", ["\x00a\ud800", "ａ  b\u2028c", "\ufdfa"])
def test_tidied_text_stays_as_it_is(text):
    assert tidy(tidy(text)) == tidy(text)
