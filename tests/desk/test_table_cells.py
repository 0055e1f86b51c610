"""The ledger's table: internal columns are edited in it, other cells lead to their verb."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.ledger.verify import verify
from items.models import Entry, Item
from tests import factories
from tests.desk.sending import HERE, text_of
from tests.items.actions.acts import ACTS, ask, close, fresh

pytestmark = pytest.mark.django_db
URL = "/desk/lists/plant-2026/table/?columns=number&columns=title&columns=budget&columns=remark"
LONG = "一" * 101


@pytest.fixture
def item():
    item = factories.Item(list__slug="plant-2026", budget="三万元")
    factories.another(item)
    factories.publish(item.list)
    return fresh(item)


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def fields_of(page):
    """Return what a browser sends of the page's table, unchanged."""
    text, sent = page.content.decode(), {}
    sent["numbers"] = re.findall(r'name="numbers" value="(\d+)"', text)
    sent["names"] = re.findall(r'name="names" value="(\w+)"', text)
    seen = re.findall(r'name="(row-\d+-seen)" value="([^"]*)"', text)
    areas = re.findall(r'<textarea name="(row-\d+-\w+)"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL)
    days = re.findall(r'<input type="date" name="(row-\d+-\w+)" value="([^"]*)"', text)
    return sent | dict(seen) | dict(areas) | dict(days)


def typed(page):
    return {value for value in fields_of(page).values() if isinstance(value, str)}


def send(client, path=URL, page=None, **changes):
    sent = fields_of(page or client.get(path))
    assert {name.replace("_", "-", 2) for name in changes} <= set(sent)
    changes = {name.replace("_", "-", 2): value for name, value in changes.items()}
    return client.post(path, sent | changes, headers=HERE)


def test_internal_columns_are_written_with_their_history(office, item):
    answer = send(office, row_1_budget="四万元", row_2_remark="合同已签\n等发票")

    assert (answer.status_code, answer["location"]) == (302, URL)
    second = Item.objects.get(number=2)
    assert (fresh(item).budget, second.remark) == ("四万元", "合同已签\n等发票")
    entries = Entry.objects.filter(verb="annotate").select_related("words")
    said = [(e.item, e.public, e.facts, e.words.old, e.words.new) for e in entries.order_by("seq")]
    assert said == [
        (item, False, {"field": "budget"}, "三万元", "四万元"),
        (second, False, {"field": "remark"}, "", "合同已签\n等发票"),
    ]
    assert verify(item.list) == []
    assert "四万元" in text_of(office.get("/desk/lists/plant-2026/1/"))


def test_the_public_learns_nothing_of_it(office, item, client):
    pages = ["/lists/plant-2026/", "/lists/plant-2026/1/"]
    before = [client.get(page).content for page in pages]

    send(office, row_1_budget="四万元")

    assert [client.get(page).content for page in pages] == before


def test_what_stays_as_it_is_writes_nothing(office):
    assert send(office).status_code == 302
    assert not Entry.objects.filter(verb="annotate").exists()


def test_what_others_wrote_in_other_cells_stands_beside_it(office, item, as_):
    page = office.get(URL)
    send(as_(factories.colleague_of(item)), row_1_remark="同事写的", row_2_budget="五万元")
    ACTS["set_task"](fresh(item))

    assert send(office, page=page, row_1_budget="四万元").status_code == 302

    assert (fresh(item).budget, fresh(item).remark) == ("四万元", "同事写的")


def test_same_cell_is_shown_with_both_and_nothing_is_saved(office, item, as_):
    page = office.get(URL)
    send(as_(factories.colleague_of(item)), row_1_budget="五万元")

    answer = send(office, page=page, row_1_budget="四万元", row_2_remark="我写的")

    assert answer.status_code == 409
    assert (fresh(item).budget, Item.objects.get(number=2).remark) == ("五万元", "")
    assert "五万元" in text_of(answer)
    assert {"四万元", "我写的"} <= typed(answer)
    assert send(office, page=answer).status_code == 302  # having seen it, once more
    assert (fresh(item).budget, Item.objects.get(number=2).remark) == ("四万元", "我写的")


def test_the_same_sent_twice_is_written_once(office, item):
    page = office.get(URL)
    for _time in range(2):
        assert send(office, page=page, row_1_budget="四万元").status_code == 302
    assert Entry.objects.filter(verb="annotate").count() == 1


def test_what_is_too_long_comes_back(office, item):
    answer = send(office, row_1_budget=LONG, row_2_remark="我写的")

    assert answer.status_code == 422
    assert {LONG, "我写的"} <= typed(answer)
    assert "100" in text_of(answer)
    assert fresh(item).budget == "三万元"


def test_a_day_is_a_day(office, item):
    path = f"{URL}&columns=recheck_on"

    assert send(office, path, row_1_recheck_on="2026-12-01").status_code == 302
    assert str(fresh(item).recheck_on) == "2026-12-01"
    assert send(office, path, row_1_recheck_on="改天").status_code == 422


def test_only_the_office_writes(item, as_):
    auditor = as_(factories.Role(committee=item.list.committee, kind="auditor").person)
    for who in (factories.owner_of(item), factories.supervisor_of(item)):
        assert as_(who).post(URL, {}, headers=HERE).status_code == 403
    page = auditor.get(URL)
    assert "三万元" in text_of(page)
    assert "<textarea" not in page.content.decode()
    sent = {"numbers": ["1"], "names": ["budget"], "row-1-budget": "0"}
    assert auditor.post(URL, sent, headers=HERE).status_code == 403
    assert as_(factories.Person()).post(URL, sent, headers=HERE).status_code == 404
    assert fresh(item).budget == "三万元"


def test_a_closed_list_stays_as_it_is(office, item):
    page = office.get(URL)
    close(item.list)

    assert send(office, page=page, row_1_budget="四万元").status_code == 403
    assert "<textarea" not in office.get(URL).content.decode()


def test_public_columns_are_no_fields(office, item):
    sent = {"numbers": ["1"], "names": ["title", "budget"], "row-1-title": "偷改"}

    office.post(URL, sent | {"row-1-budget": "三万元"}, headers=HERE)

    assert fresh(item).title == item.title


def links(client, columns):
    query = "&".join(f"columns={name}" for name in columns)
    page = client.get(f"/desk/lists/plant-2026/table/?{query}").content.decode()
    page = page.partition('id="found"')[2]
    return re.findall(r'href="/desk/lists/plant-2026/(1/[^"]*)"', page)


def test_cells_open_their_verb(office, item, as_):
    columns = ["problem", "due", "supervisor_post", "percent", "status"]
    owner, supervisor = as_(factories.owner_of(item)), as_(factories.supervisor_of(item))

    assert links(office, columns) == [
        "1/correct/?field=problem",
        "1/correct/?field=due",
        "1/hand_over/",
        "1/enter_for_owner/",
    ]
    assert links(owner, columns) == ["1/ask_extension/", "1/report_progress/"]
    assert links(supervisor, [*columns, "visited_on"]) == ["1/log_visit/"]
    for path in links(office, columns):
        assert office.get(f"/desk/lists/plant-2026/{path}").status_code == 200
    ask(fresh(item))
    assert links(office, ["due"]) == ["1/decide_extension/"]


def test_a_claim_is_signed_from_its_state(as_):
    item = factories.item_at("pending_check", list__slug="plant-2026")

    assert links(as_(factories.supervisor_of(item)), ["status"]) == ["1/sign_off/"]


def test_columns_stand_in_the_order_that_was_chosen(office):
    page = office.get("/desk/lists/plant-2026/table/?columns=due&columns=number&columns=due")

    labels = [column.name for column, _order, _now in page.context["columns"]]
    assert labels == ["due", "number"]
    first, second, *others = page.context["choices"]
    assert (first.later, second.earlier) == (["number", "due"], ["number", "due"])
    assert (first.earlier, second.later) == ([], [])
    assert not any(choice.shown for choice in others)
    file = office.get("/desk/lists/plant-2026/export/?columns=due&columns=number")
    names = re.findall(r'name="columns" value="(\w+)"', file.content.decode())
    assert names == ["due", "number"]


def test_more_rows_ask_no_more(office, item):
    def asked():
        with CaptureQueriesContext(connection) as found:
            office.get(URL)
        return len(found)

    two = asked()
    more = factories.ItemList(committee=item.list.committee, slug="more")
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    for number in range(1, 6):
        factories.Item(list=more, number=number, **posts)
    factories.publish(more)

    with CaptureQueriesContext(connection) as found:
        office.get(URL.replace("plant-2026", "more"))
    assert len(found) <= two


# Saved views

VIEWS = "/desk/lists/plant-2026/table/views/"


def save(client, query="late=overdue", **said):
    return client.post(VIEWS, {"name": "逾期的", "query": query} | said, headers=HERE)


def names(client):
    return [view.name for view in client.get(URL).context["views"]]


def test_a_view_is_ones_own_or_the_offices(office, item, as_):
    owner, colleague = as_(factories.owner_of(item)), as_(factories.colleague_of(item))
    page = office.get(f"{VIEWS}?late=overdue&columns=due&columns=number")
    assert 'value="late=overdue&amp;columns=due&amp;columns=number"' in page.content.decode()

    answer = save(office)
    assert save(colleague, name="给书记看", shared="on").content == b""
    save(owner, name="我的", shared="on")  # only the office shares

    assert answer["location"] == "/desk/lists/plant-2026/table/?late=overdue"
    assert (names(office), names(colleague)) == (["给书记看", "逾期的"], ["给书记看"])
    assert names(owner) == ["给书记看", "我的"]
    assert "?late=overdue" in office.get(URL).content.decode()


def test_a_view_of_the_same_name_takes_its_place(office):
    save(office)
    save(office, query="late=done")

    (view,) = office.get(URL).context["views"]
    assert view.query == "late=done"


def test_a_view_is_deleted_by_whose_it_is(office, item, as_):
    owner = as_(factories.owner_of(item))
    for client, shared in ((office, "on"), (office, ""), (owner, "")):
        save(client, shared=shared)
    by = {(v.person_id is None, v.person_id): v.pk for v in views()}
    shared = by[(True, None)]
    mine = by[(False, factories.office_of(item).pk)]

    assert owner.post(f"{VIEWS}{shared}/delete/", headers=HERE).status_code == 403
    assert owner.post(f"{VIEWS}{mine}/delete/", headers=HERE).status_code == 404
    assert office.get(f"{VIEWS}{mine}/delete/").status_code == 405
    assert office.post(f"{VIEWS}{mine}/delete/", headers=HERE).status_code == 302
    assert as_(factories.colleague_of(item)).post(f"{VIEWS}{shared}/delete/").status_code == 302
    assert [view.person for view in views()] == [factories.owner_of(item)]


def views():
    from items.models import TableView

    return list(TableView.objects.all())


def test_a_name_is_asked_for_and_there_is_an_end(office, monkeypatch):
    assert save(office, name=" ").status_code == 422
    monkeypatch.setattr("items.actions.table_view.AT_MOST", 1)
    save(office)
    answer = save(office, name="第二个")
    assert answer.status_code == 403
    assert "第二个" in answer.content.decode()
    assert len(views()) == 1


def test_strangers_find_no_views(item, as_):
    assert save(as_(factories.Person())).status_code == 404


def test_annotating_one_item_on_its_page(office, item):
    path = "/desk/lists/plant-2026/1/annotate/"
    page = office.get(path)
    assert "三万元" in page.content.decode()
    sent = {"version": item.version, "last_seq": item.last_entry.seq}
    sent |= {"budget": "三万元", "source": "来信"}

    assert office.post(path, sent, headers=HERE).status_code == 302
    assert [e.facts for e in Entry.objects.filter(verb="annotate")] == [{"field": "source"}]
