"""Votes out of a sheet: a real one, others' headings, and what can't be read."""

from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook

from items.models import Item
from items.sheets.errors import BadTable
from items.sheets.votes import missing_columns, read_votes
from items.states import Satisfaction
from tests.items.assessments.zhenhai import FILE

ITEMS = [Item(number=1, title="更换座椅"), Item(number=24, title="修浴室（二期）")]


def csv(*lines):
    return "\n".join(lines).encode()


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_zhenhai_to_the_last_vote():
    titles = [line.split(",")[1] for line in FILE.read_text("utf-8-sig").splitlines()[1:]]
    items = [Item(number=number, title=title) for number, title in enumerate(titles, start=1)]

    votes = read_votes(FILE, items)

    assert votes.wrong == []
    assert votes.columns == ["satisfied", "basically", "unsatisfied"]
    assert votes.rows[5] == {"satisfied": "17", "basically": "11", "unsatisfied": "1"}
    assert sum(int(n) for row in votes.rows.values() for n in row.values()) == 8 * 29
    assert missing_columns(votes) == [
        "abstained", "valid", "invalid", "returned", "given", "present", "members",
    ]  # fmt: skip


def test_workbook_with_title_rows_and_a_total():
    votes = read_votes(
        workbook(
            ["2025年度实事项目满意度测评表"],
            ["序号", "项目", "满意（票）", "基本满意票数", "不满意票", "弃权", "应到数", "评定"],
            ["1", "更换座椅", 28, "1票", 0, "/", 40, "满意"],
            [24, "修浴室(二期)", 20, 8, 1, None, 40, "基本满意"],
            ["合计", None, 48, 9, 1],
        ),
        ITEMS,
    )  # fmt: skip

    assert votes.wrong == []
    first = dict(zip(votes.columns, ["28", "1", "0", "", "40", "satisfied"], strict=True))
    assert votes.rows[1] == first
    assert votes.rows[24]["grade"] == Satisfaction.BASICALLY


def test_title_alone_names_the_item_and_a_grade_alone_is_enough():
    votes = read_votes(csv("项目,评定", "修浴室（二期）,不满意"), ITEMS)

    assert votes.rows == {24: {"grade": "unsatisfied"}}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("9,换灯,1,2,3", "第2行：这份清单参加测评的事里没有9号。"),
        ("1,换灯,1,2,3", "第2行：1号在这里叫“更换座椅”，表里写的是“换灯”。"),
        (",换灯,1,2,3", "第2行：这份清单里没有叫“换灯”的事。"),
        ("1,更换座椅,很多,2,3", "第2行：C2：“很多”不是整数。"),
        ("1,更换座椅,-1,2,3", "第2行：C2：“-1”不是整数。"),
        ("1,更换座椅,1.5,2,3", "第2行：C2：“1.5”不是整数。"),
    ],
)
def test_row_that_cannot_be_read_is_named(line, said):
    with translation.override("zh-hans"):
        votes = read_votes(csv("序号,项目,满意,基本满意,不满意", line), ITEMS)

    assert (votes.wrong, votes.rows) == ([said], {})


def test_same_item_twice_is_refused():
    lines = ["1,更换座椅,1,0,0", "1,更换座椅,2,0,0"]
    votes = read_votes(csv("序号,项目,满意,基本满意,不满意", *lines), ITEMS)

    assert len(votes.wrong) == 1
    assert votes.rows[1]["satisfied"] == "1"


@pytest.mark.parametrize(
    "content",
    [b"", csv("a,b,c"), csv("序号,项目,满意"), csv("序号,项目,满意,基本满意,不满意"), b"%PDF-1.4"],
)
def test_what_is_no_such_sheet_is_refused(content):
    with pytest.raises(BadTable):
        read_votes(content, ITEMS)
