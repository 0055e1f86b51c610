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
        ("TEL13800138000", "mobile"),
        ("加wx13800138000", "mobile"),
        ("008613800138000", "mobile"),
        ("（138）0013-8000", "mobile"),
        ("13800138000wx", "mobile"),
        *[(f"138{sign}0013{sign}8000", "mobile") for sign in "./、,，_—\t\n\u200b"],
        ("138  0013  8000", "mobile"),
        ("1 3 8 0 0 1 3 8 0 0 0", "mobile"),
        ("𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "mobile"),
        ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "mobile"),
        (f"ID{ID}", "id_number"),
        ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "id_number"),
        ("老证110105491231002", "id_number"),
        ("0790-6291234", "landline"),
        ("家里电话6291234", "landline"),
        ("微信zhang_san1", "chat"),
        ("QQ：123456", "chat"),
        ("赣K·12345", "plate"),
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
        "110105499931002",  # fifteen digits, but no day
        "概算150,000,000.00元",
        "13,800,138,000元",
        "28、29、30、31、18、19、20",
        "36\t28\t1\t0\t20\t8\t1\t26\t3\t0",
        "2026.9.17、2026.9.27",
        "合同号2026-17,〔2026〕9号,13:30-15:00",
        "公众号 xinyu_2026,企业微信 wecom2026",
        "0123-4567890",
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
