"""Items in the admin: drafts are edited by their office, what is published by nobody."""

import pytest

from items import actions
from items.admin.seen import digest_of
from items.models import Entry, Item, ItemList, Measure, Verdict, VerdictCount, VerdictRound
from items.states import ListStatus, Status
from tests import factories
from tests.factories import NOW, days
from tests.items.actions.acts import choose
from tests.items.admin.forms import delete, page, shown

pytestmark = pytest.mark.django_db


def rows():
    """Return all that a list publishes, to compare before and after."""
    models = [Item, ItemList, Measure]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def published(item):
    factories.publish(item.list)
    return Item.objects.get()


def test_office_edits_a_draft_and_its_lines(office, item):
    unit = factories.Unit(committee=item.list.committee)
    sent = shown(office, page(item)) | {"title": "换新座椅", "measures-0-text": "全部更换"}
    sent |= {"unit_shares-TOTAL_FORMS": 1, "unit_shares-0-unit": unit.pk}
    sent |= {"unit_shares-0-role": "lead", "unit_shares-0-order": 0, "unit_shares-0-item": item.pk}

    response = office.post(page(item), sent)

    assert response.status_code == 302, response.context["errors"]
    item.refresh_from_db()
    assert (item.title, item.measures.get().text) == ("换新座椅", "全部更换")
    assert item.unit_shares.get().unit == unit


def test_office_adds_an_item(office, item):
    sent = {"list": item.list.pk, "number": 7, "title": "改善浴室"}
    for prefix in ("measures", "criteria", "unit_shares", "parts"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    response = office.post("/admin/items/item/add/", sent)

    assert response.status_code == 302, response.context["errors"]
    assert Item.objects.get(number=7).status == Status.DRAFT


def test_editing_a_draft_leaves_history(office, item):
    before = item.history.count()

    office.post(page(item), shown(office, page(item)) | {"title": "换新座椅"})

    record = item.history.first()
    assert item.history.count() == before + 1
    assert (record.title, record.history_user) == ("换新座椅", office.person)


def test_publishing_writes_the_ledger_and_no_history(item):
    before = item.history.count()

    factories.publish(item.list)

    assert item.history.count() == before


def test_unit_of_another_committee_is_refused(sign_in, item):
    office = sign_in("office")
    factories.Role(person=office.person, kind="office", committee=factories.Committee())
    unit = factories.Unit(committee=office.person.roles.last().committee)
    sent = shown(office, page(item)) | {"unit_shares-TOTAL_FORMS": 1}
    sent |= {"unit_shares-0-unit": unit.pk, "unit_shares-0-role": "lead"}
    sent |= {"unit_shares-0-order": 0, "unit_shares-0-item": item.pk}

    response = office.post(page(item), sent)

    assert response.status_code == 200
    assert not item.unit_shares.exists()


def test_stale_form_gets_a_sentence_and_keeps_the_text(office, item):
    sent = shown(office, page(item)) | {"title": "我写的"}
    other = Item.objects.get()
    other.title = "别人写的"
    other.save()

    response = office.post(page(item), sent)

    assert len(response.context["adminform"].form.non_field_errors()) == 2
    assert "我写的" in response.content.decode()
    assert Item.objects.get().title == "别人写的"


def test_wrong_person_changes_no_draft(wrong, office, item):
    sent = shown(office, page(item)) | {"title": "别的", "measures-0-text": "别的"}
    sent_list = shown(office, page(item.list)) | {"name": "别的"}
    before = rows()

    sends = [
        (page(item), sent),
        (page(item, "delete"), yes_to(item)),
        (page(item.list), sent_list),
        (page(item.list, "delete"), yes_to(item.list)),
        ("/admin/items/item/add/", sent | {"list": item.list.pk, "number": 9}),
    ]
    for who, client in wrong.items():
        for address, data in sends:
            assert client.post(address, data).status_code in (200, 302, 403), (who, address)
        assert rows() == before, who


def test_office_of_another_committee_sees_no_row(sign_in, item):
    other = sign_in("office", at=factories.Committee())

    assert item.title not in other.get("/admin/items/item/").content.decode()
    assert other.get(page(item)).status_code == 302


@pytest.mark.parametrize("closed", [False, True])
def test_published_rows_are_read_only_on_every_road(closed, office, superuser, administrator, item):
    sent = shown(office, page(item)) | {"title": "别的", "measures-0-text": "别的"}
    list_sent = shown(office, page(item.list)) | {"name": "别的"}
    factories.publish(item.list)
    if closed:
        ItemList._base_manager.model.refresh_from_db(item.list)
        close(item.list)
    item = Item.objects.get()
    sent["seen"], list_sent["seen"] = digest_of(item), digest_of(item.list)
    before, entries = rows(), Entry.objects.count()

    people = {"office": office, "superuser": superuser, "administrator": administrator}
    for who, client in people.items():
        assert try_every_road(client, item, sent, list_sent) == READ_ONLY, who
        assert (rows(), Entry.objects.count()) == (before, entries), who


READ_ONLY = {
    "see the item": 200,
    "see the list": 200,
    "change the item": 403,
    "change the list": 403,
    "delete the item": 403,
    "delete the list": 403,
}


def try_every_road(client, item, sent, list_sent):
    """Try to change an item and its list; return how each road was answered."""
    answers = {
        "see the item": client.get(page(item)),
        "see the list": client.get(page(item.list)),
        "change the item": client.post(page(item), sent),
        "change the list": client.post(page(item.list), list_sent),
        "delete the item": client.post(page(item, "delete"), yes_to(item)),
        "delete the list": client.post(page(item.list, "delete"), yes_to(item.list)),
    }
    client.post(page(item), sent | {"_saveasnew": "1"})
    for model in ("item", "itemlist"):
        bulk = {"action": "delete_selected", "_selected_action": [item.pk], "post": "yes"}
        client.post(f"/admin/items/{model}/", bulk)
        client.post(f"/admin/items/{model}/", list_editable(item))
    add = sent | {"list": item.list.pk, "number": 9}
    assert client.post("/admin/items/item/add/", add).status_code in (200, 403)
    return {road: answer.status_code for road, answer in answers.items()}


def yes_to(row):
    """Return what the page that asks about deleting a row sends."""
    return {"post": "yes", "seen": digest_of(row)}


def list_editable(item):
    return {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": item.pk,
        "form-0-title": "别的",
        "_save": "1",
    }


def close(item_list):
    from items import actions

    item = item_list.items.get()
    factories.withdraw(item, factories.NOW)
    item_list.refresh_from_db()
    actions.close_list(item_list, by=factories.office(item_list.committee), now=factories.NOW)
    assert item_list.status == ListStatus.CLOSED


def test_form_that_was_open_while_the_list_was_published_changes_nothing(office, item):
    sent = shown(office, page(item)) | {"title": "别的"}
    factories.publish(item.list)
    before = rows()

    assert office.post(page(item), sent).status_code == 403
    assert rows() == before


def test_office_deletes_a_draft(office, item):
    delete(office, item)

    assert not Item.objects.exists()


@pytest.mark.parametrize("who", ["office", "superuser", "administrator"])
def test_ledger_is_only_read(who, request, published):
    client = request.getfixturevalue(who)
    entry = published.last_entry
    before = list(Entry.objects.values())

    assert client.get(page(entry)).status_code == 200
    assert client.get("/admin/items/entry/?q=座椅").status_code == 200
    assert client.post(page(entry), {"verb": "claim"}).status_code == 403
    assert client.post(page(entry, "delete"), {"post": "yes"}).status_code == 403
    assert client.post("/admin/items/entry/add/", {"verb": "claim"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post("/admin/items/entry/", bulk)

    assert list(Entry.objects.values()) == before


def test_rounds_of_the_verdict_are_there_to_read_alone(sign_in):
    item = factories.item_at("pending_check")
    factories.verdict(item, grade="not_done")
    actions.give_verdict(item, grade="good", browser="another phone", now=NOW + days(2))
    asked, client = item.verdict_rounds.get(), sign_in("office", at=item.list.committee)
    before = rows_of_the_verdict()

    shown = client.get(page(asked)).content.decode()

    assert "没办好" in shown
    assert "办好了" not in shown  # nothing tells what came in today
    assert str(item) in client.get("/admin/items/verdictround/").content.decode()
    for path in (page(asked), page(asked, "delete"), "/admin/items/verdictround/add/"):
        assert client.post(path, {"ends_on": "2030-01-01", "post": "yes"}).status_code == 403
    assert rows_of_the_verdict() == before


def rows_of_the_verdict():
    return [list(model.objects.values()) for model in (VerdictRound, Verdict, VerdictCount)]


def test_draft_that_goes_on_with_a_running_list_is_read_only(office, item):
    sent = shown(office, page(item))
    factories.publish(item.list)
    draft = choose(item.list).items.get()

    response = office.post(page(draft), sent | {"title": "只换一把"})

    assert response.status_code == 403
    assert Item.objects.get(pk=draft.pk).title == item.title
