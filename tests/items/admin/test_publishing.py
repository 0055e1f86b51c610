"""The list's page in the admin: the publish button, and its reasons."""

import pytest
from django.utils.translation import override

from items.models import Entry, Item, ItemList
from items.states import ListStatus
from tests import factories
from tests.items.admin.forms import messages_of, page, publish, shown

pytestmark = pytest.mark.django_db


def test_office_publishes(office, item):
    response = publish(office, item.list)

    item.list.refresh_from_db()
    assert item.list.status == ListStatus.PUBLISHED
    assert Entry.objects.get(item=None).by == office.person
    assert messages_of(response) == [f"“{item.list}”已公布。"]


def test_button_is_there_for_a_whole_list(office, item):
    response = office.get(page(item.list))

    assert response.context["why_not_publish"] == []
    assert 'id="publish"' in response.content.decode()


def test_each_reason_stands_in_the_buttons_place(office, item):
    Item.objects.update(due=None)
    item.measures.all().delete()

    response = office.get(page(item.list))

    assert len(response.context["why_not_publish"]) == 2
    assert 'id="publish"' not in response.content.decode()
    for sentence in response.context["why_not_publish"]:
        assert sentence in response.content.decode()


def test_pressing_without_the_button_says_each_reason(office, item):
    item.measures.all().delete()

    response = publish(office, item.list)

    assert len(messages_of(response)) == 1
    assert ItemList.objects.get().status == ListStatus.DRAFT


def test_wrong_person_cannot_publish(wrong, item):
    for who, client in wrong.items():
        response = client.post(page(item.list, "publish"))

        assert response.status_code in (302, 403, 404), who
        assert ItemList.objects.get().status == ListStatus.DRAFT, who
        assert not Entry.objects.exists(), who


@pytest.mark.parametrize("who", ["superuser", "administrator"])
def test_administrator_reads_why_not(who, item, request):
    client = request.getfixturevalue(who)
    with override("en"):
        address = page(item.list)

    content = client.get(address).content.decode()

    assert 'id="publish"' not in content
    assert "Administrators keep accounts and look-ups and have no say over content." in content


def test_published_list_is_not_published_again(office, item):
    factories.publish(item.list)
    entries = Entry.objects.count()

    response = publish(office, item.list)

    assert messages_of(response) == ["现在是“已公布”。只有在这些状态才能办：拟列。"]
    assert Entry.objects.count() == entries


def test_publishing_takes_a_post(office, item):
    assert office.get(page(item.list, "publish")).status_code == 405
    assert ItemList.objects.get().status == ListStatus.DRAFT


def test_office_opens_a_list_of_its_own_committee(office, committee):
    sent = {"committee": committee.pk, "slug": "next", "year": 2027, "name": "明年清单"}

    office.post("/admin/items/itemlist/add/", sent)

    made = ItemList.objects.get(slug="next")
    assert (made.committee, made.status) == (committee, ListStatus.DRAFT)
    assert [record.history_user for record in made.history.all()] == [office.person]


def test_office_opens_no_list_elsewhere(office):
    sent = {"committee": factories.Committee().pk, "slug": "next", "year": 2027, "name": "清单"}

    response = office.post("/admin/items/itemlist/add/", sent)

    assert "committee" in response.context["adminform"].form.errors
    assert not ItemList.objects.filter(slug="next").exists()


def test_stale_form_gets_a_sentence_and_keeps_the_text(office, item):
    sent = shown(office, page(item.list)) | {"name": "我写的名字"}
    other = ItemList.objects.get()
    other.name = "别人写的名字"
    other.save()

    response = office.post(page(item.list), sent)

    form = response.context["adminform"].form
    assert len(form.non_field_errors()) == 2
    assert "我写的名字" in response.content.decode()
    assert ItemList.objects.get().name == "别人写的名字"


def test_form_without_a_version_is_stale(office, item):
    sent = shown(office, page(item.list)) | {"name": "新名字"}
    del sent["seen"]
    item.list.save()

    office.post(page(item.list), sent)

    assert ItemList.objects.get().name != "新名字"


def test_older_list_that_goes_on_running_is_named_above_the_button(office, item):
    of = {"committee": item.list.committee, "year": item.list.year - 1, "name": "去年清单"}
    old = factories.another(item, list=factories.ItemList(**of))
    factories.publish(old.list)

    text = office.get(page(item.list)).content.decode()

    assert "去年清单" in text
    assert f'href="/desk/lists/{old.list.slug}/year/"' in text
