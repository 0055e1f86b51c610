"""Receipt codes: the same for the same, and read however they are typed."""

import re

import pytest
from django.test import override_settings

from items.privacy.receipt_codes import SIGNS, code_for, hashed


def test_code_is_four_groups_of_four():
    assert re.fullmatch(rf"([{SIGNS}]{{4}}-){{3}}[{SIGNS}]{{4}}", code_for("没有空调"))


def test_same_words_have_the_same_code():
    assert code_for("a", "b") == code_for("a", "b")


@pytest.mark.parametrize("other", [("a", "c"), ("ab", ""), ("", "ab"), ("a", "b", "")])
def test_other_words_have_another_code(other):
    assert code_for(*other) != code_for("a", "b")


def test_nobody_reckons_a_code_without_the_key():
    with override_settings(SECRET_KEY="another"):
        others = code_for("a")

    assert others != code_for("a")


@pytest.mark.parametrize(
    "typed",
    [
        "7kq2-m9xd-01ab-cdef",
        " 7KQ2 M9XD 01AB CDEF ",
        "7KQ2M9XD01ABCDEF",
        "７ＫＱ２－Ｍ９ＸＤ－０１ＡＢ－ＣＤＥＦ",
        "7KQ2—M9XD—O1AB—CDEF",
        "7KQ2-M9XD-0LAB-CDEF",
        "7KQ2-M9XD-oiAB-CDEF",
    ],
)
def test_code_is_read_however_it_is_typed(typed):
    assert hashed(typed) == hashed("7KQ2-M9XD-01AB-CDEF")


@pytest.mark.parametrize("typed", ["", "7KQ2", "7KQ2-M9XD-01AB-CDEFG", "7KQ2-M9XD-01AB-CDE!", "码"])
def test_what_can_be_no_code_has_no_hash(typed):
    assert hashed(typed) is None


def test_hash_does_not_hold_the_code():
    code = code_for("a")

    assert code.replace("-", "").lower() not in hashed(code)
