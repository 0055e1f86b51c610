"""Name parsers: persons, posts and units out of a cell, what stands beside them kept apart.

A mark beside a name ("张三(设备室)", "李四 科长", "设备管理室(牵头)") makes no other person, post
or unit of it. Telephone numbers are left out, and it is said: names are read by others.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.utils.translation import gettext as _

from items.privacy import personal_data

from .cells import UNIT_MARKS, at_ordinals, cut
from .errors import BadCell
from .notes import Noted
from .text import clean, figure_as_text, is_placeholder, one_line, quoted

LONGEST_PERSON, LONGEST_NAME = 50, 100  # characters that the database takes
LONGEST_CELL = 5_000  # characters; what is longer is prose

_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚"
    "卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康"
    "施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂苗谷"
    "盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤穆司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫"
    "米柏宗瞿桂佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查麻苑迟邝"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "夏侯",
    "端木",
)
# Words that begin as names do: 安全员 is nobody called 安.
_NO_NAMES = {
    "安全", "安环", "安保", "安检", "安装", "高炉", "高压", "高管", "党建", "党务", "党委",
    "党群", "党政", "党支", "武装", "车间", "车辆", "车队", "车站", "温控", "温度", "金工",
    "金属", "焦化", "焦炉", "石灰", "石油", "石化", "水泵", "成本", "成品", "方案", "和谐",
    "经营", "经济", "计划", "纪检", "纪委", "项目", "古建", "司机", "司炉", "司磅", "管理",
    "管道", "管网", "管线", "文化", "文体", "文明", "白班", "单身", "单位", "单元", "柴油",
    "季度", "周边", "周末", "连铸", "连轧", "关键", "关爱", "康复", "康养", "路灯", "路面",
    "常务", "常委", "房建", "房管", "华东", "江南", "万能", "牛奶", "应急", "施工", "时代",
    "明火", "景观", "包装", "包保", "和平", "万元", "万人", "沙石",
}  # fmt: skip
_OFFICE = (
    r"(?:总工程师|工程师|会计师|联系人|督导员|联络员|负责人|厂长|书记|主席|经理|主任|科长|处长|部长|院长|校长|局长|所长"
    r"|站长|班长|组长|队长|工长|段长|主管|总监|总工|委员|干事|专员|专工|助理|秘书|会计|师傅|同志)"
)
_HEADS = ("厂长", "书记", "经理", "总经理", "院长", "校长", "局长", "主席")  # there is one of each
_JUST_OFFICE = re.compile(rf"(?:副|总|正)?{_OFFICE}")
_ENDS_IN_OFFICE = re.compile(rf"{_OFFICE}$")
_OFFICE_BEFORE = re.compile(rf"^(?P<post>.{{0,20}}{_OFFICE})(?P<name>.{{2,4}})$")
_OFFICE_BEHIND = re.compile(rf"^(?P<name>.{{2,3}}?)(?P<post>(?:副|总|正)?{_OFFICE})$")
_ENDS_IN_UNIT = re.compile(
    r"(?:[部室科处局厂会办院所队班组站委段库区团镇乡村社校]|车间|中心|公司|集团|支部|工段|街道|学校)$"
)
_UNIT_BEFORE = re.compile(
    r"^(?P<unit>.{1,20}(?:[部室科处局厂会办院所队站委]|车间|中心|公司|支部|工段|班组))(?P<name>.{2,4})$"
)
_CHINESE = re.compile("[㐀-鿿豈-﫿]+")
_ROLE_WORD = (
    r"(?:总?牵头|主办|承办|主责|第一责任|责任|负责|主体|配合|协办|协助|协同|参与|参加|落实|督办|监督"
    r"|联系)"
)
_LEADS = re.compile("牵头|主办|主责|第一责任")
_SUPPORTS = re.compile("配合|协办|协助|协同|参与|参加")
_ROLE = re.compile(rf"{_ROLE_WORD}(?:单位|部门|科室|人|方|领导)?")
_LABEL = re.compile(
    rf"^(?P<role>{_ROLE_WORD}(?:单位|部门|科室|人员?|方|领导)?|经办人|承办人)\s?[:：]\s?"
)
_ROLE_BEHIND = re.compile(
    r"(?<=[部室科处局厂会办院所队站委间心司段])(?P<role>总?牵头|主办|负责|配合|协办|协助)$"
)
_ORDINAL = re.compile(r"^(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[(（]\d{1,2}[)）])\s?")
_BRACKETS = re.compile(r"\s?[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s?")
_DOTS = re.compile(r"(?<=[㐀-鿿])\s?[·•∙⋅・‧.．]\s?(?=[㐀-鿿])")
_PHONE = re.compile(
    r"(?:联系)?(?:电话|手机|短号|tel|phone|☎|📞)?\s?[:：]?\s?"
    r"(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}"
    r"|\d{3,4}-\d{3,4}|\d{5,12})(?!\d)",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"[(（\[【]\s?[:：,，;；]?\s?[)）\]】]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name out of a cell, the mark beside it, and the role that a unit has by its mark."""

    name: str
    mark: str = ""
    role: str = ""

    @property
    def supports(self) -> bool:
        """Tell a unit in support from one that is responsible."""
        return bool(_SUPPORTS.search(self.role))

    @property
    def leads(self) -> bool:
        """Tell the unit that leads."""
        return bool(_LEADS.search(self.role))


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a cell: those responsible, those in support, and people named among them."""

    units: list[str]
    supports: list[str]
    people: list[str]


def parse_people(value: object) -> list[str] | Noted:
    """Parse a 承办人 cell: the persons' names."""
    return _noted(value, _people, _names, LONGEST_PERSON)


def parse_signer(value: object) -> str | Noted:
    """Parse a 销号人 cell: who signed, in words."""
    return _noted(value, _people, lambda names: "、".join(_names(names)), LONGEST_NAME)


def parse_posts(value: object) -> list[str] | Noted:
    """Parse a 牵头领导 cell: the posts; "党委书记、厂长" is one post, "厂长、副厂长" are two."""
    return _noted(value, _posts, _names, LONGEST_NAME)


def parse_units(value: object) -> list[str] | Noted:
    """Parse a cell of units whose role its column says."""
    return _noted(value, _units, _names, LONGEST_NAME)


def parse_units_by_role(value: object, *, has_people: bool) -> Units | Noted:
    """Parse a 责任单位 cell: units in support are told from those responsible by their marks.

    `has_people` says that the heading asks for people too (责任单位、责任人).
    """

    def by_role(names: list[Name]) -> Units:
        people = [n.name for n in names if has_people and _is_person(n.name)]
        people += [n.mark for n in names if has_people and _is_person(n.mark)]
        units = [n for n in names if n.name not in people]
        supports = [n.name for n in units if n.supports]
        responsible = sorted((n for n in units if not n.supports), key=lambda n: not n.leads)
        return Units(_names(responsible), _once(supports), _once(people))

    return _noted(value, _units, by_role, LONGEST_NAME)


Found = TypeVar("Found")


def _noted(
    value: object,
    reader: Callable[[str], tuple[Name, ...]],
    result: Callable[[list[Name]], Found],
    longest: int,
) -> Found | Noted:
    """Read the names of a cell, and note what was made of it unless that is plain."""
    typed = clean(figure_as_text(value))
    if len(typed) > LONGEST_CELL:
        raise BadCell(_("This is too long for names. Is it in the wrong column?"))
    text = _without_phones(typed)
    names = [name for name in reader(text) if name.name and not is_placeholder(name.name)]
    for name in names:
        if len(name.name) > longest:
            raise BadCell(
                _("“%(words)s” is too long for a name. Is it in the wrong column?")
                % {"words": quoted(name.name)}
            )
    found = result(names)
    kept = one_line(text) if any(name.mark for name in names) else ""
    if text != typed:
        sentence = _(
            "A telephone number stands in it. It was left out, since names are read by others."
            " Read: %(names)s."
        )
    elif kept:
        sentence = _("Read: %(names)s. The words beside the names are kept in the remark.")
    elif _is_plain(typed, names):
        return found
    else:
        sentence = _("Read: %(names)s.")
    shown = "；".join(_once(f"{n.name}({n.role})" if n.role else n.name for n in names))
    return Noted(found, sentence % {"names": shown}, kept=kept)


def _names(names: list[Name]) -> list[str]:
    return _once(name.name for name in names)


def _once(names: Iterator[str] | list[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _is_plain(typed: str, names: list[Name]) -> bool:
    """Tell whether the names stand in the cell as they were read, without roles."""
    return all(name.name in typed and not name.role for name in names)


def _without_phones(text: str) -> str:
    rest = _PHONE.sub(" ", text)
    if rest == text:
        return text
    rest = clean(_EMPTY_BRACKETS.sub("", rest))
    if list(personal_data.find(rest)):
        raise BadCell(_("An ID number or the like stands among the names. Take it out."))
    return rest


# Persons


@lru_cache(maxsize=2000)  # the same names stand in many rows
def _people(text: str) -> tuple[Name, ...]:
    return tuple(name for piece in _pieces(text) for name in _people_of(piece))


def _people_of(piece: str) -> Iterator[Name]:
    words, mark = _without_marks(piece)
    tokens = _tokens(words)
    people = [token for token in tokens if _is_person(token)]
    others = [token for token in tokens if token not in people]
    if len(people) > 1 and not others:
        yield from (Name(person, mark) for person in people)
    elif len(people) == 1 and others:
        yield Name(people[0], _joined(*others, mark))
    elif not words:
        yield Name(mark)
    else:
        name = "".join(tokens) if len(tokens) == 1 or _is_chinese(words) else words
        yield _without_office(name, mark)


def _without_office(words: str, mark: str) -> Name:
    """Take 李四 out of 李四科长, 科长李四 and 设备室李四."""
    for pattern in (_OFFICE_BEHIND, _OFFICE_BEFORE, _UNIT_BEFORE):
        match = pattern.match(words)
        if match and _is_person(match["name"]):
            return Name(match["name"], _joined(words.replace(match["name"], "", 1), mark))
    return Name(words, mark)


def _is_person(words: str) -> bool:
    """Tell a Chinese person's name by its surname and length, or by the dot in it."""
    if not 2 <= len(words) <= 20 or _ENDS_IN_OFFICE.search(words) or "厂" in words:
        return False
    if words[:2] in _NO_NAMES:
        return False
    if "·" in words:
        return _is_chinese(words.replace("·", ""))
    if len(words) > 4 or not _is_chinese(words) or (len(words) > 2 and _ends_in_unit(words)):
        return False
    return words.startswith(_COMPOUND) or (len(words) < 4 and words[0] in _SURNAMES)


# Posts


@lru_cache(maxsize=2000)
def _posts(text: str) -> tuple[Name, ...]:
    return tuple(name for piece in cut(text, ";；,，/\n") for name in _posts_of(piece))


def _posts_of(piece: str) -> Iterator[Name]:
    posts = [post.strip() for post in piece.split("、")]
    named = [_post(post) for post in posts]
    with_people = all(_is_person(post.name) or _is_person(post.mark) for post in named)
    if len(posts) > 1 and (_are_two_holders(posts) or with_people):
        yield from named
    else:
        yield _post(piece)


def _are_two_holders(posts: list[str]) -> bool:
    """Tell 厂长、副厂长, whom two people hold, from 党委书记、厂长, whom one may."""
    offices = [match[0] for post in posts if (match := _ENDS_IN_OFFICE.search(post))]
    deputies = ["副" in post for post in posts]
    return len(set(offices)) < len(offices) and any(deputies)


def _post(piece: str) -> Name:
    words, mark = _without_marks(piece)
    if not words:
        return Name(mark)
    if _is_person(_unspaced(words)):
        return _post_or_holder(_unspaced(mark), _unspaced(words), "")
    tokens = _tokens(words)
    people = [token for token in tokens if _is_person(token)]
    others = [token for token in tokens if token not in people]
    if people and others:
        return _post_or_holder("".join(others), _joined(*people), mark)
    words = _unspaced(words)
    match = _OFFICE_BEFORE.match(words) or _OFFICE_BEHIND.match(words)
    if match and _is_person(match["name"]):
        return _post_or_holder(match["post"], match["name"], mark)
    return Name(words, mark)


def _post_or_holder(post: str, holder: str, mark: str) -> Name:
    """Name a post by itself; one that many have (副厂长), or a unit, by who holds it."""
    if _ENDS_IN_OFFICE.search(post) and (post in _HEADS or not _JUST_OFFICE.fullmatch(post)):
        return Name(post, _joined(holder, mark))
    return Name(holder, _joined(post, mark))


# Units


@lru_cache(maxsize=2000)
def _units(text: str) -> tuple[Name, ...]:
    names: list[Name] = []
    for part in at_ordinals(text):
        role = ""
        for piece in cut(part, UNIT_MARKS):
            if label := _LABEL.match(piece.strip()):
                role = label["role"]
            names += _units_of(piece, role)
    return tuple(names)


def _units_of(piece: str, role: str) -> Iterator[Name]:
    words = _LABEL.sub("", _ORDINAL.sub("", piece.strip())).rstrip("。 ")
    mark = ""
    for brackets in _BRACKETS.finditer(words):
        inside = _unspaced(brackets[1].strip())
        if _ROLE.fullmatch(inside) or _is_person(inside):
            role, mark = (role, inside) if _is_person(inside) else (inside, "")
            words = (words[: brackets.start()] + words[brackets.end() :]).strip()
            break
    if behind := _ROLE_BEHIND.search(words):
        role, words = behind["role"], words[: behind.start()]
    tokens = [token for token in re.split("[ ：:]", words) if token]
    if len(tokens) > 1 and all(map(_ends_in_unit, tokens)):
        yield from (Name(token, mark, role) for token in tokens)
    elif len(tokens) == 2 and _ends_in_unit(tokens[0]) and _is_person(tokens[1]):
        yield Name(tokens[0], tokens[1], role)
    else:
        yield Name(_unspaced(words), mark, role)


def _ends_in_unit(words: str) -> bool:
    return bool(_ENDS_IN_UNIT.search(words))


# What all have in common


def _pieces(text: str) -> list[str]:
    return [piece for part in at_ordinals(text) for piece in cut(part, UNIT_MARKS)]


def _without_marks(piece: str) -> tuple[str, str]:
    """Return the words of a name, and what stands in brackets beside them."""
    words = _ORDINAL.sub("", _DOTS.sub("·", piece.strip()))
    words = _LABEL.sub("", words)
    marks = [brackets[1].strip() for brackets in _BRACKETS.finditer(words)]
    words = _BRACKETS.sub(" ", words).strip()
    words = words.replace("：", " ").replace(":", " ")
    return words.rstrip("。").strip(), _joined(*marks)


def _tokens(words: str) -> list[str]:
    """Split at spaces, but not within a padded name: 张　三, 王 小明, 欧阳 娜."""
    tokens: list[str] = []
    for token in words.split():
        before = tokens[-1] if tokens else ""
        is_rest = _is_chinese(before + token) and (
            (len(before) == 1 and len(token) <= 2)
            or (before in _COMPOUND and len(token) <= 2)
            or (len(token) == 1 and 1 <= len(before) <= 2)
        )
        if before and is_rest:
            tokens[-1] = before + token
        else:
            tokens.append(token)
    return tokens


def _unspaced(words: str) -> str:
    """Drop the spaces between Chinese characters, which only pad a name; keep others."""
    return _BETWEEN_CHINESE.sub("", words)


_BETWEEN_CHINESE = re.compile(r"(?<=[㐀-鿿]) (?=[㐀-鿿])")


def _is_chinese(words: str) -> bool:
    return bool(_CHINESE.fullmatch("".join(words.split())))


def _joined(*marks: str) -> str:
    return " ".join(mark for mark in marks if mark)
