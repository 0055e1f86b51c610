"""What adds up in an assessment, and the grade that follows: without a database."""

import pytest
from django.utils import translation

from items.rules.ballots import faults, grade_of, rule_sentence

ALL = "satisfied basically unsatisfied abstained valid invalid returned given present members"


def figures(text):
    """Return the figures of a line of numbers in the order of ALL; "." is one that is missing."""
    values = [None if word == "." else int(word) for word in text.split()]
    return dict(zip(ALL.split(), values, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        # sat bas not abst val inv ret giv pre mem
        "28 1 0 . . . . . 29 .",  # a sheet without the columns of the ballots: the sum is present
        "28 1 0 0 29 1 30 31 32 40",
        "0 0 0 0 0 3 3 3 3 3",
        "28 1 0 . 29 . 30 . . .",  # how many were invalid isn't said
        "27 1 0 . . 1 29 29 29 .",
        ". . . . . . . . 29 40",  # a source that gives only a grade
    ],
)
def test_what_adds_up(text):
    assert faults(figures(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("28 1 1 . . . . . 29 .", "28 + 1 + 1 = 30票，但到场29人。两个数应当相等。"),
        ("28 1 0 1 29 . . . . .", "28 + 1 + 0 + 1 = 30票，但有效29票。两个数应当相等。"),
        ("28 1 0 . 29 2 30 . . .", "有效29 + 无效2 = 31，但收回30。两个数应当相等。"),
        ("28 1 . . . . . . 29 .", "满意、基本满意、不满意的票数都要填，没有人投的填0。"),
        ("28 1 0 . . . . . . .", "请填实到人数或有效票数，票数要和它对上。"),
        ("28 1 0 . . . . 30 31 .", "请填有效票数，票数要和它对上。"),
        ("28 1 0 . 29 1 30 29 40 .", "收回30多于发出29。"),
        ("28 1 0 . 29 1 30 30 29 28", "收回30多于实到29。"),
    ],
)
def test_what_does_not_add_up(text, said):
    with translation.override("zh-hans"):
        assert said in faults(figures(text))


@pytest.mark.parametrize(
    ("text", "majority", "basis", "grade"),
    [
        ("28 1 0 . . . . . 29 .", "half", "present", "satisfied"),
        ("17 11 1 . . . . . 29 .", "half", "present", "satisfied"),
        ("14 11 4 . . . . . 29 .", "half", "present", "basically"),  # 28 of 29 is no half
        ("15 10 4 . . . . . 29 .", "half", "present", "satisfied"),
        ("10 4 15 . . . . . 29 .", "half", "present", "unsatisfied"),
        ("15 0 15 . 30 . . . . .", "half", "valid", "unsatisfied"),  # just half isn't more
        ("20 0 10 . 30 . . . . .", "two_thirds", "valid", "satisfied"),  # just two thirds are
        ("19 0 11 . 30 . . . . .", "two_thirds", "valid", "unsatisfied"),
        ("28 1 0 . . . . . 29 60", "half", "members", "unsatisfied"),
        ("28 1 0 . . . . . 29 .", "half", "members", None),  # how many there are isn't known
        ("28 1 0 . . . . . 29 .", "half", "valid", None),  # nor computed
        ("0 0 0 . 0 . . . . .", "half", "valid", None),
        (". . . . . . . . 29 40", "half", "present", None),
    ],
)
def test_grade_by_the_rule(text, majority, basis, grade):
    assert grade_of(figures(text), majority, basis) == grade


def test_rule_is_printed():
    with translation.override("zh-hans"):
        assert rule_sentence("half", "members") == (
            "“满意”票超过一半（按应到人数算），评为满意；没到，但“满意”“基本满意”合计超过一半，"
            "评为基本满意；其余评为不满意。"
        )
