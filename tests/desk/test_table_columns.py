"""The columns of the table of drafts: which are shown, and what each takes."""

from copy import deepcopy
from datetime import date

import pytest

from items.actions.sheet_heading import remember_layout
from items.columns import STORED, placed
from items.models import Item, Person
from tests import factories
from tests.desk.drafting import at, table, text_of
from tests.items.actions.acts import fresh
from welfare.desk.drafts.columns import COLUMNS, FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    item = factories.Item(title="换座椅", due=date(2026, 6, 30))
    committee = item.list.committee
    for name in ("设备室", "后勤室", "工会"):
        factories.Unit(committee=committee, name=name)
    handler = factories.Person(name="王强")
    item.handlers.add(handler)
    lead, support = committee.units.get(name="设备室"), committee.units.get(name="工会")
    item.unit_shares.create(unit=lead, role="lead")
    item.unit_shares.create(unit=support, role="support", order=1)
    hidden = {"problem": "座椅破", "source": "座谈会", "budget": "3万", "remark": "等发票"}
    hidden |= {"target_count": 16, "count_unit": "把", "recheck_on": date(2026, 12, 1)}
    Item.objects.filter(pk=item.pk).update(**hidden)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(as_, item):
    return as_(factories.office(item.list.committee))


def save(client, item, columns=COLUMNS, **changes):
    sent = table(client, item.list, columns=columns, **changes)
    return client.post(at("table", item.list), sent)


def shown(client, item, **query):
    return client.get(at("table", item.list), query).context["table"].shown


def units(item):
    return [(share.unit.name, share.role) for share in fresh(item).unit_shares.all()]


def test_columns_are_chosen_and_always_number_and_matter(office, item):
    assert shown(office, item) == FIRST
    assert shown(office, item, columns=["due", "remark"]) == ["number", "title", "due", "remark"]
    assert shown(office, item, columns=["no-such-column", "light"]) == FIRST


def test_columns_of_the_offices_own_sheet_are_shown(office, item):
    remember_layout(
        item.list, "清单", {"number": "序号", "problem": "存在问题", "units": "责任单位"}
    )

    assert shown(office, item) == [*FIRST, "problem", "shares"]


def test_what_is_hidden_stays_as_it_was(office, item):
    untouched = {column.name for column in STORED} - {"title", "version", "search_text"}
    before = Item.objects.values(*untouched).get()

    save(office, item, columns=["number", "title"], row_0_title="别的")

    assert fresh(item).title == "别的"
    assert Item.objects.values(*untouched).get() == before
    assert units(item) == [("设备室", "lead"), ("工会", "support")]
    assert fresh(item).handlers.get().name == "王强"


def test_shown_as_it_is_it_changes_nothing(office, item):
    save(office, item)

    assert fresh(item).version == item.version


WRITTEN = {
    "problem": ("座椅破\r\n开裂", "座椅破\n开裂"),
    "source": ("职代会", "职代会"),
    "effect": ("腰疼", "腰疼"),
    "start_by": ("5月底", date(2026, 5, 31)),
    "budget": ("5万元", "5万元"),
    "remark": ("", ""),
    "recheck_on": ("2027年1月5日", date(2027, 1, 5)),
}


def test_each_column_is_written(office, item):
    sent = {f"row_0_{name}": words for name, (words, _value) in WRITTEN.items()}

    response = save(office, item, **sent, row_0_target_count="１２０ 间")

    assert response.status_code == 302
    now = fresh(item)
    assert {name: getattr(now, name) for name in WRITTEN} == {
        n: v for n, (_w, v) in WRITTEN.items()
    }
    assert (now.target_count, now.count_unit) == (120, "间")
    assert now.due == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("column", "words"),
    [("target_count", "很多"), ("start_by", "等通知"), ("recheck_on", "12.3"), ("number", "x")],
)
def test_what_cannot_be_read_is_said_at_its_cell(office, item, column, words):
    response = save(office, item, **{f"row_0_{column}": words})

    assert response.status_code == 422
    assert list(response.context["table"].wrong[0].errors) == [column]
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("responsible", "supporting", "shares"),
    [
        ("后勤室、设备室", "工会", [("后勤室", "lead"), ("设备室", "joint"), ("工会", "support")]),
        ("设备室；后勤室（牵头）", "", [("后勤室", "lead"), ("设备室", "joint")]),
        ("设备室、后勤室(配合)", "工会",
         [("设备室", "lead"), ("工会", "support"), ("后勤室", "support")]),
        ("设备室", "设备室", [("设备室", "lead")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_units_are_read_with_their_roles(office, item, responsible, supporting, shares):
    save(office, item, row_0_shares=responsible, row_0_support_units=supporting)

    assert sorted(units(item)) == sorted(shares)


def test_units_of_a_column_that_is_hidden_stay(office, item):
    save(office, item, columns=["number", "title", "shares"], row_0_shares="后勤室")

    assert units(item) == [("后勤室", "lead"), ("工会", "support")]


def test_new_names_are_made_once_their_writer_was_told(office, item):
    new = {
        "row_0_shares": "设备室、动力室",
        "row_0_handlers": "王强、李敏",
        "add": ["unit", "person"],
    }

    told = save(office, item, **new)
    assert told.status_code == 422
    assert "动力室" in text_of(told)
    offers = {offer.kind: offer.told for offer in told.context["offers"]}
    assert (offers["unit"], offers["person"]) == ("动力室", "李敏")
    assert not Person.objects.filter(name="李敏").exists()

    sent = {f"told-{kind}": names for kind, names in offers.items()}
    assert save(office, item, **new, **sent).status_code == 302
    assert units(item)[1] == ("动力室", "joint")
    assert {person.name for person in fresh(item).handlers.all()} == {"王强", "李敏"}


def test_new_name_without_its_tick_is_refused(office, item):
    answer = save(office, item, row_0_shares="动力室", add=["person"], **{"told-unit": "动力室"})

    assert answer.status_code == 422
    assert not item.list.committee.units.filter(name="动力室").exists()


def test_what_stands_beside_a_name_is_not_lost_without_a_word(office, item):
    response = save(office, item, row_0_handlers="王强（电工班）")

    assert response.status_code == 422
    assert "王强" in text_of(response)
    assert "备注" in text_of(response)


def test_search_and_order_hold_in_the_table(office, item):
    factories.another(item, title="修浴室", due=date(2026, 3, 1))
    address = at("table", item.list)

    def titles(**query):
        rows = office.get(address, query).context["table"].rows
        return [row.of.title for row in rows if row.of]

    assert titles() == ["换座椅", "修浴室"]
    assert titles(sort="due") == ["修浴室", "换座椅"]
    assert titles(q="浴室") == ["修浴室"]
    sent = {"rows": 1, "row-0-item": item.pk, "row-0-version": item.version, "columns": "title"}
    sent |= {"row-0-title": "改过", "row-0-number": 1}
    response = office.post(f"{address}?q=浴室", sent)
    assert response.status_code == 302
    assert "?q=" in response.url
    assert fresh(item).title == "改过"


def test_every_column_of_the_table_has_a_label_and_a_field(office, item):
    page = office.get(at("table", item.list), {"columns": COLUMNS}).context["table"]

    assert [field.label for field in page.columns.values() if not field.label] == []
    assert len(page.columns) == len(COLUMNS) == len(placed("table"))
