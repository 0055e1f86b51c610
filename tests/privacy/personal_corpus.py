"""Made texts for the finder of personal data: some that hold it, ordinary lines, hostile ones.

No number in them is anybody's: the digits are drawn from a fixed seed.
"""

import csv
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import items.demo

PROVINCES = ["110105", "360502", "440305", "510104"]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
MATHEMATICAL = {0x30 + digit: 0x1D7CE + digit for digit in range(10)}


# What holds personal data


def digits(draw: random.Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def mobile(draw):
    return f"1{draw.choice('3456789')}{digits(draw, 9)}"


def id_number(draw):
    day = f"19{draw.randint(50, 99)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    number = draw.choice(PROVINCES) + day + digits(draw, 3)
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True))
    return number + "10X98765432"[total % 11]


def old_id_number(draw):
    number = id_number(draw)
    return number[:6] + number[8:17]


def bank_card(draw):
    number = f"62{digits(draw, draw.choice([13, 16]))}"
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(number))]
    total = sum(digit // 10 + digit % 10 for digit in doubled)
    return number + str(-total % 10)


def landline(draw):
    return draw.choice(["0790", "0791", "0755"]) + draw.choice("2345678") + digits(draw, 6)


GROUPS = {
    "mobile": [(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1,) * 11],
    "id_number": [(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (1,) * 18],
    "bank_card": [(4, 4, 4, 4, 3), (6, 13), (1,) * 19],
    "landline": [(4, 7), (4, 3, 4)],
}
MADE = {"mobile": mobile, "id_number": id_number, "bank_card": bank_card, "landline": landline}
BEFORE = {
    "mobile": ["", "电话", "TEL", "wx", "0086", "+86 ", "手机:", "（", "1.", "No.3 "],
    "id_number": ["", "身份证", "ID", "证号：", "no.", "（"],
    "bank_card": ["", "卡号", "card", "账号：", "（"],
    "landline": ["", "电话", "Tel ", "家里：", "（"],
}
SEPARATORS = [
    " ", "-", "·", ".", "/", "、", "，", ",", "_", "—", "–", "  ", "\t", "\n", "\u3000", "\xa0",
    "\u200b", "\ufeff", " - ", "．", "－",
]  # fmt: skip
WIDTHS = [{}, FULL_WIDTH, MATHEMATICAL]
AROUND = [
    "{}",
    "找张师傅{}，随时",
    "椅子坏了，{}谢谢",
    "Call {} please",
    "一、换椅子（{}）二、修灯",
]
TOLD_BY_WORDS = {
    "email": [
        "zhang.san@example.com", "li_si+a@mail.example.com.cn",
        "ｗａｎｇ＠example.com", "10001@qq.com",
    ],
    "chat": [
        "微信zhangsan_88", "微信号：wx_li4567", "VX:abc12345", "wechat: li_si_1988",
        "加我wx号zs198808",
        "QQ12345678", "QQ号：987654321", "扣扣 1234567", "ＱＱ：１２３４５６",
    ],
    "plate": ["赣K12345", "赣K·A1B23", "京AD12345", "赣Ｋ 8888挂", "粤B-12F45"],
    "landline": [
        "电话6291234", "座机：8629 1234", "Tel: 629-1234", "（0790）6291234",
        "0791-8629 1234转8301",
    ],
}  # fmt: skip


def written(number, groups, separator):
    """Return a number in groups of these sizes; the last may have more or fewer digits."""
    ends = [sum(groups[: nth + 1]) for nth in range(len(groups) - 1)]
    parts = [number[a:b] for a, b in zip([0, *ends], [*ends, len(number)], strict=True)]
    return separator.join(filter(None, parts))


def all_personal() -> Iterator[tuple[str, str]]:
    """Yield each kind, before it each word, in each grouping, width and surroundings."""
    draw = random.Random(19)
    for kind, make in MADE.items():
        ways = [((99,), ""), *product(GROUPS[kind], SEPARATORS)]
        for (groups, separator), before, width in product(ways, BEFORE[kind], WIDTHS):
            text = before + written(make(draw), groups, separator)
            yield kind, draw.choice(AROUND).format(text.translate(width))
    for around, width in product(AROUND, WIDTHS[:1]):
        yield "id_number", around.format(old_id_number(draw).translate(width))
        yield "mobile", around.format(f"（{mobile(draw)[:3]}）{digits(draw, 4)} {digits(draw, 4)}")
    for kind, texts in TOLD_BY_WORDS.items():
        for text, around in product(texts, AROUND):
            yield kind, around.format(f" {text} ")


def personal(count: int = 400) -> list[tuple[str, str]]:
    """Return `count` texts with the kind of what each holds, as many of each kind as there are."""
    draw = random.Random(20)
    by_kind: dict[str, list[str]] = {}
    for kind, text in all_personal():
        by_kind.setdefault(kind, []).append(text)
    chosen = []
    for nth, (kind, texts) in enumerate(by_kind.items()):
        share = (count - len(chosen)) // (len(by_kind) - nth)
        chosen += [(kind, text) for text in draw.sample(texts, min(share, len(texts)))]
    while len(chosen) < count:
        kind = draw.choice(["mobile", "id_number", "bank_card"])
        chosen.append((kind, draw.choice(by_kind[kind])))
    return chosen


# What doesn't


def demonstration() -> list[str]:
    """Return every different cell and line of the demonstration."""
    folder = Path(items.demo.__file__).parent
    lines = [line for path in folder.glob("*.txt") for line in path.read_text().splitlines()]
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            lines += [cell for row in csv.reader(file) for cell in row]
    return sorted({line for line in lines if line.strip()})


PATTERNS = [
    "合同号{year}-{n}，{day}签订",
    "合同编号XG{year}{n:04d}-{m:02d}",
    "厂党发〔{year}〕{m}号",
    "〔{year}〕{m}号会议纪要第{n}条",
    "更换座椅{n}把，投资{money}元",
    "概算{big:,}元，已付{money}元（{percent}%）",
    "预算{big:,}.00元",
    "{day}至{later}，每天{m}:30-1{m}:00",
    "{year}.{m}.{d}、{year}.{m}.{d2}两次停水",
    "{year}/{m:02d}/{d:02d} {m:02d}:15:30验收",
    "完成棚户区改造{n}户，{big}平方米",
    "今年{m}月底前完成{percent}%，{later}前投用",
    "满意{n}票，基本满意{m}票，不满意{d}票",
    "{n}\t{m}\t{d}\t{n}\t{d2}\t{m}\t{year}\t{d}",
    "{m}、{d}、{d2}、{n}号楼的路灯",
    "打分：{m},{d},{d2},{n},{m},{d},{d2},{n},{m}",
    "一期{n}间、二期{money}间，共{big}间",
    "设备编号{year}{m:02d}{d:02d}{n:04d}",
    "流水号{year}{m:02d}{d:02d}{n:04d}{big:08d}",
    "新建Φ{n}×{d}管道{money}米，压力1.{m}MPa",
    "热线12345，内线{n}，分机{n}-{m}",
    "客服400-{n:03d}-{n:04d}",
    "GB/T {n}-{year}，Q235B，{n}kV{m}号线",
    "坐标{n}.{big},{m}.{money}",
    "产量{big}吨，比上年{percent}%",
    "版本{m}.{d}.{d2}.{n}，端口{n}",
    "{n}r/min，{money}kWh，{percent}℃，{n}m³/h",
    "邮编338001，信箱{n}号",
    "第{m}批{n}人，{day}{m:02d}:00在{d}号会议室",
    "No. {n}: {day}, {money} yuan, {percent} %",
    "Contract {year}-{n:03d}, {n}/{money} done",
    "{year}-{m:02d}-{d:02d}T{m:02d}:15:30+08:00",
    "铭牌：SN{year}{n:04d}A{d}",
    "公众号“厂工会”{day}推送，阅读{money}次",
    "微信群里有{n}人反映，QQ群{m}个",
    "新A区{n}号、川B栋{m}层",
]


def ordinary(count: int = 1000) -> list[str]:
    """Return lines as lists, notices and ledgers have them, in which nobody is found."""
    draw = random.Random(21)
    lines = demonstration()[: count // 2]
    while len(lines) < count:
        year, m, d = draw.randint(2019, 2027), draw.randint(1, 9), draw.randint(1, 28)
        lines.append(
            draw.choice(PATTERNS).format(
                year=year,
                m=m,
                d=d,
                d2=draw.randint(1, 28),
                n=draw.randint(10, 999),
                money=draw.choice([13800, 15000, 18600, draw.randint(1000, 200_000)]),
                big=draw.choice([13_800_138, 150_000_000, 1_860_000, draw.randint(10**6, 10**8)]),
                percent=f"{draw.uniform(0, 100):.1f}",
                day=draw.choice([f"{year}年{m}月{d}日", f"{year}-{m:02d}-{d:02d}"]),
                later=f"{year}年12月{d}日",
            )
        )
    return lines


# What would keep a careless finder busy

HOSTILE = [
    "1", "1 ", "1\n3\n", "13 ", "13\n", "6 ", "62 ", "6222 ", "4.", "1-", "138-", "138 0", "1.1",
    "a", "a@", "a.", "a@a.", "@a.", "微信", "微信a", "qq1", "wx_", "x", "X ", "1x", "中",
    "\u0300\u0316",
    "ﷺ", "１", "0790-", "0 ", "86", "0086 ", "赣K1", "赣KA1A", "13800138000 ", "4 4 4 4 5 ",
    "110105194912310021 ", "电话2", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 ", "(1)", "1、", "\u200b",
    "1\u200b", "13,", "𝟏", "30000 0", " ", "\t", "1    ", "9 ", "8 6 1 3 ", "_", "tel:2", "京A",
    "１－", "4.3-", "1、１－", "1 3 00 8 6 1 3 ",
]  # fmt: skip
LONG = 20_000
