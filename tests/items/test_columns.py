"""One table of an item's columns: it knows them all, and each does what its row says."""

import json
from dataclasses import MISSING, asdict, fields, replace

import pytest
from django.db import models
from django.utils.translation import gettext_lazy

from items import actions, columns
from items.actions.copy import copy_list
from items.actions.draft import DRAFTED, LINES, Draft
from items.columns import COLUMNS, STORED, Column, names, placed
from items.models import Item
from items.privacy.shades import public_texts
from items.sheets.diff import DAYS, POSTS, ROWS, TEXTS
from items.sheets.headings import HEADINGS
from items.sheets.importing import do_import, plan_import
from items.sheets.parsing import COMPUTED, DATED, PARSERS
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, at
from tests.items.actions.acts import change_year, fresh
from tests.items.samples import SAMPLES, sample
from welfare.desk.drafts.forms import DraftForm

pytestmark = pytest.mark.django_db

# The committee's ledger, in its order; the first deadline stands beside the current one.
LEDGER = (
    "序号 实事项目 问题来源 存在问题 类别 地点 具体措施 怎样算办好 牵头领导 责任单位 配合单位"
    " 承办人 联系督导责任人 期限类型 启动时间 首次时限 完成时限 进展情况 完成进度 预警 完成情况"
    " 完成时间 销号时间 销号人 满意度 回头看 经费 备注"
)
MODEL = {field.name: field for field in [*Item._meta.fields, *Item._meta.many_to_many]}
TEXT_FIELDS = (models.CharField, models.TextField)
FIELDS = {
    "line": models.CharField,
    "long": models.TextField,
    "choice": models.CharField,
    "folded": models.TextField,
    "day": models.DateField,
    "yes": models.BooleanField,
    "count": models.PositiveIntegerField,
    "percent": models.DecimalField,
    "row": models.ForeignKey,
    "post": models.ForeignKey,
    "link": models.ForeignKey,
    "people": models.ManyToManyField,
    "key": models.BigAutoField,
    "salt": models.CharField,
    "code": models.CharField,
}


# The table itself


def unlike_the_model(table):
    """Return the columns that only the model has, and those that only the table has."""
    return MODEL.keys() ^ set(names(column for column in table if column.of == "item"))


def test_table_has_the_columns_of_the_model():
    assert unlike_the_model(COLUMNS) == set()


def test_column_that_is_forgotten_is_noticed():
    # The negative control
    assert unlike_the_model(COLUMNS[1:]) == {"id"}
    assert unlike_the_model([*COLUMNS, Column("new", "line", "staff", "free")]) == {"new"}


def test_no_column_stands_there_twice():
    assert len(names(COLUMNS)) == len(set(names(COLUMNS)))


def is_plain(value) -> bool:
    return isinstance(value, str | int) or (
        isinstance(value, tuple) and all(isinstance(one, str | int) for one in value)
    )


def dumped(table) -> str:
    """Return the table as JSON; raise TypeError for what JSON has no word for."""
    return json.dumps([asdict(column) for column in table])


def test_table_is_plain_values():
    assert json.loads(dumped(COLUMNS))[0]["name"] == "id"
    assert [c for c in COLUMNS if not all(map(is_plain, asdict(c).values()))] == []


@pytest.mark.parametrize("value", [models.CharField, len, gettext_lazy("source")])
def test_what_is_not_plain_is_noticed(value):
    # The negative control
    with pytest.raises(TypeError):
        dumped([replace(COLUMNS[0], sheet=value)])


def test_shade_and_guard_have_to_be_said():
    needed = {field.name for field in fields(Column) if field.default is MISSING}

    assert needed == {"name", "kind", "shade", "guard"}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_row_says_what_can_be_said(column):
    assert column.kind in columns.KINDS
    assert column.shade in columns.SHADES
    assert column.guard in columns.GUARDS
    assert column.of in ("item", "lines", "sheet")
    assert column.headings or not column.headings_en
    for name in column.names if column.of == "item" else ():
        assert isinstance(MODEL[name], FIELDS[column.kind])
        assert bool(MODEL[name].is_relation) == (column.kind in (*columns.LINKS, "people"))


@pytest.mark.parametrize("mark", ["correctable", "desk", "admin", "table"])
def test_no_two_have_the_same_place(mark):
    places = [getattr(column, mark) for column in placed(mark)]

    assert len(places) == len(set(places))


def test_rows_stand_in_the_order_of_the_ledger():
    assert [column.headings[0] for column in COLUMNS if column.ledger] == LEDGER.split()


def test_every_column_has_a_sample():
    there = names(column for column in STORED if column.kind != "key")

    assert sorted(SAMPLES) == sorted(there)
    assert [n for n in there if SAMPLES[n] in ("", None, MODEL[n].get_default())] == []


def test_public_texts_are_those_of_the_table():
    texts = [column for column in STORED if column.kind in columns.TEXT]

    assert sorted(public_texts(Item)) == sorted(names(c for c in texts if c.shade == "public"))


def test_lines_that_a_correction_takes_are_those_that_it_knows():
    lines = [column.name for column in placed("correctable") if not column.stored]

    assert lines == list(LINES)


def test_each_heading_has_a_reader():
    known = {"number", "percent", *COMPUTED, *PARSERS, *DATED}

    assert set(HEADINGS) <= known


# What each column does; a correction of each stands in actions/test_correct.py, its guard in
# test_frozen.py, what is asked about it in actions/test_personal_data.py


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def whole(committee):
    """Return a draft item that says something in every column of a draft."""
    item = factories.Item(list__committee=committee)
    said = {name: sample(name, committee) for name in DRAFTED - {"carried_from"}}
    for post, is_leader in [(item.owner_post, False), (said["owner_post"], True)]:
        post.is_leader = is_leader
        post.save()
    by = factories.office(committee)
    return fresh(actions.write_draft(item.list, item.number, Draft(said), by=by, now=NOW))


def said_by(item, names):
    return {name: getattr(item, name) for name in names}


def test_draft_says_what_it_may(whole):
    plain = DRAFTED - {"carried_from"} - {c.name for c in STORED if c.kind in columns.LINKS}

    assert said_by(whole, plain) == {name: SAMPLES[name] for name in plain}


def test_draft_does_not_say_where_an_item_stands(committee):
    item_list, by = factories.ItemList(committee=committee), factories.office(committee)
    for name in {*names(STORED)} - DRAFTED:
        draft = factories.draft(**{name: 1})
        with pytest.raises(ValueError, match=name):
            actions.write_draft(item_list, 1, draft, by=by, now=NOW)


def blank(among):
    """Return what a new item says in the columns."""
    return said_by(Item(), among)


def test_what_is_carried_over_is_what_the_table_says(whole, committee):
    factories.publish(whole.list)
    old = fresh(whole)

    new = change_year(old)

    carried = set(names(column for column in STORED if column.carried))
    left = DRAFTED - {*carried, "carried_from"}
    same = carried - {"due", "due_words"}  # those are chosen for the next list
    assert said_by(fresh(new), same) == said_by(old, same)
    assert said_by(fresh(new), left) == blank(left)


def test_what_is_copied_is_what_the_table_says(whole, committee):
    factories.publish(whole.list)
    old = fresh(whole)
    into = factories.ItemList(committee=committee, year=2027)

    [new] = copy_list(old.list, into=into, by=factories.office(committee), now=at(PUBLISHED_ON))

    copied = [column for column in STORED if column.copied]
    days = [column.name for column in copied if column.kind == "day"]
    same = set(names(copied)) - set(days)
    left = DRAFTED - {*names(copied)}
    assert said_by(fresh(new), same) == said_by(old, same)
    assert [day.year for day in said_by(fresh(new), days).values()] == [2032] * len(days)
    assert said_by(fresh(new), left) == blank(left)


def test_public_search_knows_the_words_of_the_table(whole):
    whole.hardship = False
    whole.save()
    factories.publish(whole.list)

    for column in STORED:
        for name in column.names if column.kind in columns.TEXT else ():
            assert (SAMPLES[name].casefold() in fresh(whole).search_text) == column.searchable, name


def test_sheet_says_what_the_table_says(committee):
    read = {column.in_sheets: column for column in STORED}
    cells = {"number": "1", "title": SAMPLES["title"], **dict.fromkeys([*ROWS, *POSTS], "某处")}
    cells |= {name: str(SAMPLES[name]) for name in [*TEXTS, *DAYS] if name != "term"}
    cells |= {"supervisor": "另一处", "term": "短期", "progress": "采购中"}
    lines = [",".join(HEADINGS[name][0] for name in cells), ",".join(cells.values())]
    item_list = factories.ItemList(committee=committee, year=2031)

    plan = plan_import("\n".join(lines).encode(), item_list, name="清单.csv")
    do_import(plan, by=factories.office(committee))

    item = item_list.items.get()
    plain = [*TEXTS, *DAYS]
    assert said_by(item, plain) == {name: SAMPLES[name] for name in plain}
    assert [str(getattr(item, read[name].name)) for name in [*ROWS, *POSTS]] == [
        cells[name] for name in [*ROWS, *POSTS]
    ]


def test_desk_asks_for_each_column_that_has_a_place_there(committee):
    form = DraftForm(item_list=factories.ItemList(committee=committee))

    asked = names(column for column in placed("desk") if column.stored)
    assert [name for name in asked if name not in form.fields] == []
