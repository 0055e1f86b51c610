"""Data about a person is found in a text however it is written, and ordinary figures are not."""

import pytest

from items.privacy.personal_data import PersonalData, ask, find

ID = "11010519491231002X"  # the example of GB 11643
CARD = "6222021234567890128"


def kinds(text):
    return [kind for kind, _text in find(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"身份证{ID}。", "id_number"),
        (f"身份证 {ID.lower()}", "id_number"),
        ("110105 19491231 002X", "id_number"),
        ("１１０１０５１９４９１２３１００２Ｘ", "id_number"),
        ("找张师傅13812345678", "mobile"),
        ("138 1234 5678", "mobile"),
        ("138-1234-5678,随时", "mobile"),
        ("+86 13812345678", "mobile"),
        ("１３８１２３４５６７８", "mobile"),
        (f"卡号{CARD}", "bank_card"),
        ("6222 0212 3456 7890 128", "bank_card"),
        ("写信到 zhang.san@example.com 即可", "email"),
    ],
)
def test_it_is_found(text, kind):
    assert kinds(text) == [kind]


def test_numbers_in_a_row_are_told_apart():
    assert kinds(f"13812345678 8301 139-1234-5678 {ID}") == ["mobile", "mobile", "id_number"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "更换座椅18把,2021年9月27日完工,投资38.5万元",
        "110105194912310021",  # the check digit is wrong
        "110105194913310028",  # there is no such month
        "6222021234567890129",  # and here Luhn's
        "12812345678",
        "合同编号20210927000000000001234",
        "分机8301,内线 6721",
        "2021-09-27至2021-12-31",
        "@all 请看",
    ],
)
def test_ordinary_figures_are_left_alone(text):
    assert kinds(text) == []


def test_without_a_yes_it_is_refused():
    with pytest.raises(PersonalData) as refused:
        ask("没事", f"找{ID}")

    assert ID not in str(refused.value)
    assert "110" in str(refused.value)


def test_with_a_yes_its_kinds_are_recorded():
    assert ask(f"{ID} 13812345678", None, yes=True) == {"personal": ["id_number", "mobile"]}
    assert ask("没事", yes=True) == {}
