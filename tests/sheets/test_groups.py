"""Headings within a list: no matters, but they name the category of what stands under them."""

import pytest
from openpyxl import Workbook

from items.sheets.parsing import parse_table
from items.sheets.table import read_table
from tests.sheets.files import csv, saved, xlsx

pytestmark = pytest.mark.usefixtures("english")

HEAD = ["序号", "实事项目", "责任单位"]


def items_of(content):
    """Return number, title, number of parts and category of each item, and the parsed sheet."""
    parsed = parse_table(read_table(content), 2026)
    items = [(i.number, i.title, len(i.parts()), i.first("category")) for i in parsed.items]
    return items, parsed


BATHS = [1, "浴室", "甲"], [2, "食堂", "乙"]
DUST = [3, "粉尘", "丙"]
GROUPED = [(1, "浴室", 0, "生活设施"), (2, "食堂", 0, "生活设施"), (3, "粉尘", 0, "作业环境")]
LISTS = {
    "numerals": (["一", "生活设施", ""], ["二", "作业环境", ""]),
    "numerals in brackets": (["（一）", "生活设施", ""], ["（二）", "作业环境", ""]),
    "in one cell": (["一、生活设施", "", ""], ["二、作业环境", "", ""]),
    "in one cell with a count": (["一、生活设施（2项）", "", ""], ["二、作业环境(1件)：", "", ""]),
    "counted": (["一", "生活设施(2项)", ""], ["二", "作业环境（共1项）", ""]),
    "title only": (["", "生活设施", ""], ["", "作业环境", ""]),
    "title only, numbered": (["", "一、生活设施", ""], ["", "（二）作业环境", ""]),
    "words only": (["生活设施", "", ""], ["作业环境", "", ""]),
    "sections": (["第一部分", "生活设施", ""], ["第二部分", "作业环境", ""]),
    "sections in one cell": (["第一类 生活设施", "", ""], ["第二类：作业环境", "", ""]),
    "roman": (["Ⅰ", "生活设施", ""], ["Ⅱ", "作业环境", ""]),
    "letters": (["A", "生活设施", ""], ["B", "作业环境", ""]),
    "stems": (["甲", "生活设施", ""], ["乙", "作业环境", ""]),
}


@pytest.mark.parametrize("headings", LISTS.values(), ids=LISTS.keys())
def test_headings_are_said_and_give_the_category(headings):
    life, work = headings
    items, parsed = items_of(xlsx(HEAD, life, *BATHS, work, DUST))

    assert items == GROUPED
    assert parsed.problems == []
    assert len(parsed.warnings) == 2
    assert all("is a heading within the list" in warning for warning in parsed.warnings)


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_name_merged_across_is_a_heading_wherever_it_begins(first):
    book = Workbook()
    sheet = book.active
    sheet.append(["部门", "类型", *HEAD[:1], "实事项目", "责任单位", "完成时限"])
    row = 2
    for name, rows in (("生活设施", BATHS), ("作业环境", [DUST])):
        sheet.cell(row, first).value = name
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=6)
        for number, title, unit in rows:
            row += 1
            sheet.append(["", "", number, title, unit, ""])
        row += 1

    items, parsed = items_of(saved(book))

    assert items == GROUPED
    assert parsed.problems == []


def test_a_category_of_its_own_stays():
    head = [*HEAD, "类别"]
    rows = [["一", "生活设施"], [1, "浴室", "甲", "洗浴"], [2, "食堂", "乙", "/"]]
    items, parsed = items_of(csv(head, *([*row, "", ""][:4] for row in rows)).encode())

    assert items == [(1, "浴室", 0, "洗浴"), (2, "食堂", 0, "生活设施")]
    assert len(parsed.warnings) == 1


def test_numerals_that_count_the_matters_are_no_headings():
    items, parsed = items_of(xlsx(HEAD, ["一", "浴室", "甲"], ["二", "食堂", ""], ["三", "粉尘"]))

    assert [number for number, *_rest in items] == [1, 2, 3]
    assert parsed.warnings == []


def test_list_of_nothing_but_numbers_and_matters():
    rows = [["一", "生活设施"], [1, "浴室"], [2, "食堂"], ["二", "作业环境"], [3, "粉尘"]]
    items, _parsed = items_of(xlsx(HEAD[:2], *rows))

    assert items == GROUPED


def test_headings_of_two_levels():
    rows = [["一", "民生"], ["（一）", "生活设施"], *BATHS, ["（二）", "作业环境"], DUST]
    items, parsed = items_of(xlsx(HEAD, *rows))

    assert items == GROUPED
    assert len(parsed.warnings) == 3


def test_a_further_line_of_a_matter_is_no_heading():
    items, parsed = items_of(xlsx(HEAD, [1, "学校", "甲"], ["", "学位", ""], [2, "食堂", "乙"]))

    assert items == [(1, "学校；学位", 2, ""), (2, "食堂", 0, "")]
    assert parsed.warnings == ["Row 3 has no number: read as a further line of no. 1."]


@pytest.mark.parametrize("words", ["续表", "（续）", "第2页 共3页", "单位：件", "以下空白"])
def test_what_is_between_pages_names_no_category(words):
    items, parsed = items_of(xlsx(HEAD, BATHS[0], [words], BATHS[1]))

    assert [category for *_rest, category in items] == ["", ""]
    assert parsed.warnings == [f"Row 3, “{words}”, is not a matter. It was not read."]


def test_a_heading_with_nothing_under_it_is_a_remark():
    _items, parsed = items_of(xlsx(HEAD, *BATHS, ["本表一式两份"]))

    assert parsed.warnings == ["Row 4, “本表一式两份”, is not a matter. It was not read."]


RESTARTS = {
    "each from one": ([1, "甲"], [2, "乙"], [1, "丙"], [2, "丁"]),
    "one in each": ([1, "甲"], [1, "丙"]),
    "the last again": ([1, "甲"], [2, "乙"], [2, "丙"], [3, "丁"]),
}


@pytest.mark.parametrize("rows", RESTARTS.values(), ids=RESTARTS.keys())
def test_numbers_that_begin_again_are_refused_once_for_each_heading(rows):
    half = next(at for at, row in enumerate(rows) if row[1] == "丙")
    content = xlsx(HEAD, ["一、生活"], *rows[:half], ["二、作业"], *rows[half:])

    items, parsed = items_of(content)

    (problem,) = parsed.problems
    assert problem.row == half + 4
    assert "Under “二、作业” the numbers begin again" in problem.sentence
    assert all(parts == 0 for _number, _title, parts, _category in items)


def test_numeral_with_a_unit_is_a_matter_and_never_one_with_the_next():
    rows = [["一", "生活设施", "厂工会"], *BATHS, ["二", "作业环境", "安环部"], DUST]
    _items, parsed = items_of(xlsx(HEAD, *rows))

    assert [problem.row for problem in parsed.problems] == [2, 5]
    assert "numbered like a heading" in parsed.problems[0].sentence


@pytest.mark.parametrize(
    "numbers", [("1", "（2）", "3"), ("（1）", "（2）", "3"), ("一", "2", "3")]
)
def test_numbers_of_mixed_styles_that_count_on_are_numbers(numbers):
    rows = [[number, title, "甲"] for number, title in zip(numbers, "甲乙丙", strict=True)]
    items, parsed = items_of(xlsx(HEAD, *rows))

    assert [(number, parts) for number, _title, parts, _category in items] == [
        (1, 0),
        (2, 0),
        (3, 0),
    ]
    assert parsed.problems == []
