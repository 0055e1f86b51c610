"""Persons, posts and units out of cells as people fill them."""

import pytest

from items.actions.names import named_person
from items.sheets.errors import BadCell
from items.sheets.names import (
    Units,
    parse_people,
    parse_posts,
    parse_signer,
    parse_units,
    parse_units_by_role,
)
from items.sheets.notes import Noted

pytestmark = pytest.mark.usefixtures("english")

PEOPLE = {
    "张三": ["张三"],
    "张　三": ["张三"],
    "张  三": ["张三"],
    "王 小明": ["王小明"],
    "欧阳 娜": ["欧阳娜"],
    "欧阳娜娜": ["欧阳娜娜"],
    "李 四、王 五": ["李四", "王五"],
    "张三 李四": ["张三", "李四"],
    "张三、李四，王五;赵六": ["张三", "李四", "王五", "赵六"],
    "1.张三 2.李四": ["张三", "李四"],
    "①张三②李四": ["张三", "李四"],
    "张三(设备室)": ["张三"],
    "张三（设备室）、李四（后勤）": ["张三", "李四"],
    "李四 科长": ["李四"],
    "李四科长": ["李四"],
    "科长李四": ["李四"],
    "设备管理室 张三": ["张三"],
    "设备室张三": ["张三"],
    "承办人：张三": ["张三"],
    "组长：张三；组员：李四、王五": ["张三", "李四", "王五"],
    "张三（组长）、李四": ["张三", "李四"],
    "牵头:张三;配合:李四": ["张三", "李四"],
    "买买提·吐尔逊": ["买买提·吐尔逊"],
    "买买提•吐尔逊": ["买买提·吐尔逊"],
    "艾力．买买提（主任）": ["艾力·买买提"],
    "Zhang San": ["Zhang San"],
    "（张三）": ["张三"],
    # Posts and units, which no name is taken out of
    "安全员": ["安全员"],
    "安全科长": ["安全科长"],
    "高炉车间": ["高炉车间"],
    "活动办公室": ["活动办公室"],
    "工会干事": ["工会干事"],
    "机关支部联系人": ["机关支部联系人"],
    "厂部安全员": ["厂部安全员"],
}
POSTS = {
    "设备副厂长": ["设备副厂长"],
    "设备　副厂长": ["设备副厂长"],
    "1.设备副厂长": ["设备副厂长"],
    "牵头：设备副厂长": ["设备副厂长"],
    "设备副厂长(王强)": ["设备副厂长"],
    "设备副厂长 王强": ["设备副厂长"],
    "设备副厂长：王强": ["设备副厂长"],
    "设备副厂长王强": ["设备副厂长"],
    "王强(设备副厂长)": ["设备副厂长"],
    "王强 设备副厂长": ["设备副厂长"],
    "王强副厂长": ["王强"],
    "王强(副厂长)": ["王强"],
    "厂长 王强、书记 李梅": ["厂长", "书记"],
    "王强（厂长）、李梅（设备副厂长）": ["厂长", "设备副厂长"],
    "李四 科长": ["李四"],
    "张  三": ["张三"],
    "张三(设备室)": ["张三"],
    "烧结厂长、副厂长": ["烧结厂长", "副厂长"],
    "车间主任、副主任": ["车间主任", "副主任"],
    "生产副厂长、安全副厂长": ["生产副厂长", "安全副厂长"],
    "党委书记、厂长": ["党委书记、厂长"],
    "党委副书记、厂长": ["党委副书记、厂长"],
    "王强、李梅": ["王强", "李梅"],
    "甲;乙": ["甲", "乙"],
    "安全科长": ["安全科长"],
    "高炉车间主任": ["高炉车间主任"],
    "王厂长": ["王厂长"],
    "机关支部联系人": ["机关支部联系人"],
    "Chief Engineer": ["Chief Engineer"],
}
UNITS = {
    "设备管理室": Units(["设备管理室"], [], []),
    "设备　管理室": Units(["设备管理室"], [], []),
    "设备管理室 一车间": Units(["设备管理室", "一车间"], [], []),
    "1.设备管理室": Units(["设备管理室"], [], []),
    "1.设备管理室2.一车间": Units(["设备管理室", "一车间"], [], []),
    "责任单位：设备管理室": Units(["设备管理室"], [], []),
    "设备管理室(牵头)": Units(["设备管理室"], [], []),
    "一车间、设备管理室（牵头）": Units(["设备管理室", "一车间"], [], []),
    "设备管理室(牵头)、一车间(配合)": Units(["设备管理室"], ["一车间"], []),
    "牵头:设备管理室;配合:一车间、二车间": Units(["设备管理室"], ["一车间", "二车间"], []),
    "牵头单位：设备管理室\n配合单位：一车间": Units(["设备管理室"], ["一车间"], []),
    "设备管理室牵头，一车间配合": Units(["设备管理室"], ["一车间"], []),
    "设备管理室(张三)": Units(["设备管理室"], [], []),
    "设备管理室 张三": Units(["设备管理室"], [], []),
    "设备管理室：张三": Units(["设备管理室"], [], []),
    "区教体局(区国资公司代建)": Units(["区教体局(区国资公司代建)"], [], []),
    "区教体局（牵头；区城投代建）、区城管局": Units(
        ["区教体局（牵头；区城投代建）", "区城管局"], [], []
    ),
}


def read(found):
    return found.value if isinstance(found, Noted) else found


@pytest.mark.parametrize(("cell", "names"), PEOPLE.items())
def test_people(cell, names):
    assert read(parse_people(cell)) == names


@pytest.mark.parametrize(("cell", "posts"), POSTS.items())
def test_posts(cell, posts):
    assert read(parse_posts(cell)) == posts


@pytest.mark.parametrize(("cell", "units"), UNITS.items())
def test_units_and_their_roles(cell, units):
    assert read(parse_units_by_role(cell, has_people=False)) == units


@pytest.mark.parametrize(
    "cell", ["设备管理室、张三", "设备管理室 张三", "设备管理室(张三)", "设备管理室：张三"]
)
def test_people_in_a_column_of_units_and_people(cell):
    assert read(parse_units_by_role(cell, has_people=True)) == Units(["设备管理室"], [], ["张三"])


@pytest.mark.parametrize(
    ("parse", "cell", "kept"),
    [
        (parse_people, "张三(设备室)", "张三(设备室)"),
        (parse_people, "李四 科长", "李四 科长"),
        (parse_posts, "设备副厂长(王强)", "设备副厂长(王强)"),
        (parse_units, "设备管理室(张三)", "设备管理室(张三)"),
        (parse_people, "张　三", ""),
        (parse_units, "设备管理室(牵头)", ""),
    ],
)
def test_what_was_made_of_a_cell_is_said_and_marks_are_kept(parse, cell, kept):
    noted = parse(cell)

    assert noted.kept == kept
    assert noted.sentence.startswith("Read: ")


@pytest.mark.parametrize("cell", ["张三", "张三、李四", "买买提·吐尔逊", "Zhang San"])
def test_plain_names_need_no_word(cell):
    assert not isinstance(parse_people(cell), Noted)


PHONES = [
    "张三13812345678", "张三 138 1234 5678", "张三(138-1234-5678)", "张三（+86 13812345678）",
    "张三：13812345678", "张三（0791-86712345）", "张三 86712345", "张三(短号66123)",
    "张三，电话：13812345678", "张三１３８１２３４５６７８",
]  # fmt: skip


@pytest.mark.parametrize("parse", [parse_people, parse_posts, parse_units])
@pytest.mark.parametrize("cell", PHONES)
def test_telephone_numbers_are_left_out_of_names_and_said(parse, cell):
    noted = parse(cell)

    assert noted.value == ["张三"]
    assert not any(char.isdigit() for char in noted.kept)
    assert noted.sentence.startswith("A telephone number stands in it.")


def test_other_personal_data_among_names_is_refused():
    with pytest.raises(BadCell, match="Take it out"):
        parse_people("张三 13812345678 a@example.com")


def test_who_signed_is_a_name_too():
    assert read(parse_signer("王 强13812345678")) == "王强"


def test_a_name_that_is_too_long_is_refused_before_anything_is_saved():
    with pytest.raises(BadCell, match="too long for a name"):
        parse_people("很" * 51)
    with pytest.raises(BadCell, match="too long for a name"):
        parse_posts("长" * 101)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "Zhang San",
        "张三(设备室)",
        "买买提·吐尔逊",
        "J. R. O'Neil",
        "（）",
        "名" * 50,
        "😀",
        "张三/李四",
    ],
)
def test_every_name_that_a_sheet_may_give_can_be_held(name):
    assert named_person(name).name == name
