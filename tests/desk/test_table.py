"""The ledger as one table at the desk: every column, looked for, sorted, chosen, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, queries
from items.models import Item, ItemList
from items.staff import LEDGER, ItemSearch
from items.states import Status
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import fresh, report

pytestmark = pytest.mark.django_db
URL = "/desk/lists/plant-2026/table/"


@pytest.fixture
def item():
    committee = factories.Committee()
    place = factories.Place(committee=committee, name="高炉车间")
    item = factories.Item(
        list__slug="plant-2026",
        list__committee=committee,
        title="改善浴室",
        place=place,
        term="short",
        due=TODAY - days(3),
        remark="等发票",
    )
    unit = factories.Unit(committee=committee, name="设备室")
    item.unit_shares.create(unit=unit, role="lead")
    theme = factories.Theme(committee=committee, name="暖心")
    factories.another(item, title="新建车棚", due=TODAY + days(30), theme=theme)
    factories.publish(item.list)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def shown(client, **query):
    """Return the table's rows as they are read, its head first."""
    answer = client.get(URL, query)
    assert answer.status_code == 200
    head = [str(column.label) for column, _order, _now in answer.context["columns"]]
    rows = [[cell.value for cell in cells] for _row, cells, _form in answer.context["rows"]]
    return [head, *rows]


def titles(client, **query):
    _head, *rows = shown(client, columns=["title"], **query)
    return [title for (title,) in rows]


def test_it_shows_what_an_office_looks_at_first(office):
    head, first, _second = shown(office)

    told = dict(zip(head, first, strict=True))
    assert (told["序号"], told["实事项目"], told["地点"]) == (1, "改善浴室", "高炉车间")
    assert (told["状态"], told["预警"], told["备注"]) == ("未启动", "红", "等发票")
    assert "/desk/lists/plant-2026/1/" in office.get(URL).content.decode()


def test_any_column_of_the_ledger_is_chosen(office):
    names = [column.name for column in LEDGER]

    head, *rows = shown(office, columns=[*names, "no-such-column"])

    assert head == [str(column.label) for column in LEDGER]
    assert len(rows) == 2


def test_inner_columns_are_for_those_who_read_them(item, as_):
    owner = as_(factories.owner_of(item))

    head, *_rows = shown(owner, columns=["title", "remark"])

    assert head == ["实事项目"]
    assert "等发票" not in text_of(owner.get(URL))


@pytest.mark.parametrize("sort", sorted(queries.SORTED))
def test_it_is_sorted_by_any_heading_both_ways(office, sort):
    forwards, backwards = titles(office, sort=sort), titles(office, sort=f"-{sort}")

    assert sorted(forwards) == sorted(backwards) == ["改善浴室", "新建车棚"]
    page = office.get(URL, {"columns": sort, "sort": sort}).content.decode()
    assert 'aria-sort="ascending"' in page
    assert f"sort=-{sort}" in page


def test_deadlines_are_sorted_as_days_and_nonsense_as_numbers(office):
    assert titles(office, sort="-due") == ["新建车棚", "改善浴室"]
    assert (
        titles(office, sort="due") == titles(office, sort="due; DROP") == ["改善浴室", "新建车棚"]
    )


def test_what_is_blank_stands_last_either_way(office, item):
    for sort in ("remark", "-remark", "visited_on", "shares", "-shares"):
        assert titles(office, sort=sort) == ["改善浴室", "新建车棚"], sort
    other = Item.objects.get(number=2)
    unit = factories.Unit(committee=item.list.committee, name="安环科")
    said = {"field": "shares", "value": [(unit, "lead")], "reason": "漏写了", "now": NOW}
    actions.correct_item(other, by=factories.office_of(item), **said)
    assert titles(office, sort="shares") == titles(office, sort="-shares")[::-1]
    by = factories.supervisor_of(other)
    actions.log_visit(fresh(other), by=by, seen="看过", how="on_site", now=NOW)
    assert titles(office, sort="visited_on") == ["新建车棚", "改善浴室"]


def test_each_choice_finds(office, item):
    first = Item.objects.get(number=1)
    chosen = {
        "q": "浴室",
        "late": "overdue",
        "owner": first.owner_post_id,
        "supervisor": first.supervisor_post_id,
        "unit": first.unit_shares.get().unit_id,
        "place": first.place_id,
        "term": "short",
        "status": "not_started",
    }
    both = {"owner", "supervisor", "status"}
    for name, value in chosen.items():
        found = titles(office, **{name: value})
        assert found == ["改善浴室", "新建车棚"] if name in both else ["改善浴室"], name
    theme = Item.objects.get(number=2).theme_id
    assert titles(office, theme=theme) == ["新建车棚"]
    assert titles(office, theme="9" * 30) == titles(office, term="x") == titles(office)


def test_silent_and_extended_ones_are_found(item):
    search = {late: ItemSearch(late=late) for late in ("silent", "extended")}
    item_list = ItemList.objects.get()
    soon = PUBLISHED_ON + days(item_list.committee.stale_after_days)
    later = soon + days(1)

    def numbers(late, today):
        page = queries.ledger_page(item_list, today, search[late])
        return [row.number for row in page.rows]

    assert (numbers("silent", soon), numbers("silent", later)) == ([], [1, 2])
    assert numbers("extended", TODAY) == []
    factories.start(Item.objects.get(number=1), at(later))
    assert numbers("silent", later) == [2]


def test_export_takes_what_is_shown(office):
    page = office.get(URL, {"q": "浴室", "columns": ["number", "due"], "sort": "-due"})

    address = "/desk/lists/plant-2026/export/?q=%E6%B5%B4%E5%AE%A4&amp;columns=number"
    assert address in page.content.decode()
    form = office.get("/desk/lists/plant-2026/export/", {"columns": ["number", "due"]})
    for name in ("number", "due"):
        assert f'name="columns" value="{name}"' in form.content.decode()
    answer = office.get("/desk/lists/plant-2026/export/ledger.csv", {"columns": ["due", "number"]})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["序号,完成时限", "1,2026-05-29", "2,2026-07-01"]


def test_draft_is_a_table_too(as_):
    item = factories.Item(list__slug="plant-2026", title="拟办的事")
    office, stranger = as_(factories.office_of(item)), as_(factories.Person())

    factories.another(item, title="修路")
    assert titles(office, view="read") == ["拟办的事", "修路"]
    assert titles(office, view="read", q="路") == ["修路"]
    assert titles(office, view="read", owner=item.owner_post_id, q="路") == ["修路"]
    assert {"status", "late"}.isdisjoint(office.get(URL, {"view": "read"}).context["form"].fields)
    file = office.get("/desk/lists/plant-2026/export/ledger.csv", {"q": "路", "columns": "title"})
    assert b"".join(file.streaming_content).decode("utf-8-sig").split() == ["实事项目", "修路"]
    assert stranger.get(URL).status_code == 404


def test_it_comes_in_pages_and_asks_no_more_for_more(office, item, monkeypatch):
    def asked():
        with CaptureQueriesContext(connection) as found:
            page = queries.ledger_page(item.list, TODAY, ItemSearch())
        return len(found), page

    two, _page = asked()
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    more = factories.ItemList(committee=item.list.committee)
    for number in range(1, 6):
        factories.Item(list=more, number=number, **posts)
    factories.publish(more)
    item.list = more

    five, page = asked()

    assert five <= two
    assert (page.count, len(page.rows)) == (5, 5)
    monkeypatch.setattr("items.queries.ledger_table.PAGE", 2)
    page = queries.ledger_page(more, TODAY, ItemSearch(), page=2)
    assert ([row.number for row in page.rows], page.pages) == ([3, 4], 3)


def test_progress_is_what_the_owners_side_said_last(item):
    def progress():
        row, _other = queries.ledger_page(ItemList.objects.get(), TODAY, ItemSearch()).rows
        return row.values["progress"]

    assert progress() == ""
    report(fresh(item), text="水管换完")
    visit = {"by": factories.supervisor_of(item), "seen": "还漏水", "how": "on_site", "now": NOW}
    actions.log_visit(fresh(item), **visit)
    assert progress() == "水管换完"
    by = factories.office_of(item)
    actions.enter_for_owner(fresh(item), by=by, text="瓷砖贴完", now=NOW)
    assert progress() == "水管换完"  # nobody has released it yet
    actions.release_entry(fresh(item), by=factories.colleague_of(item), now=NOW)
    assert progress() == "瓷砖贴完"


def test_progress_of_a_draft_is_what_its_sheet_says():
    item = factories.Item()
    by = factories.office_of(item)
    told = {"status": "in_progress", "progress": "主体封顶", "file": "台账.xlsx", "row": 4}
    actions.bring_in(item, by=by, **told)

    (row,) = queries.ledger_page(item.list, TODAY, ItemSearch()).rows
    assert row.values["progress"] == "主体封顶"


def test_state_and_signer_are_words():
    items = [factories.item_at(status) for status in (Status.RESOLVED, Status.WITHDRAWN)]

    rows = [queries.ledger_page(item.list, TODAY, ItemSearch()).rows[0] for item in items]

    assert [row.values["status"] for row in rows] == ["已解决", "调出清单"]
    signer = factories.supervisor_of(items[0])
    assert rows[0].values["signed_off_by"] == signer.name
    assert rows[1].values["signed_off_by"] == ""
