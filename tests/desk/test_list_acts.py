"""What is done to a list: publish, copy, close. The change of year: test_change_of_year.py."""

from copy import deepcopy

import pytest
from zeal import zeal_ignore

from items.models import Entry, Item, ItemList
from items.states import ListStatus
from tests import factories
from tests.desk.drafting import at, text_of
from tests.factories import NOW
from tests.items.actions.acts import choose, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    """Let the chain be read for each entry that publishing writes."""
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.Item(title="换座椅")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def item_list(item):
    return item.list


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def send(client, name, item_list, **said):
    said = {"version": fresh(item_list).version, "name": item_list.name} | said
    return client.post(at(name, item_list), said)


# Publish


def test_office_publishes(office, item_list):
    page = office.get(at("publish_list", item_list))
    assert 'class="main"' in page.content.decode()
    assert fresh(item_list).is_draft

    response = send(office, "publish_list", item_list)

    assert response.url == at("list", item_list)
    assert fresh(item_list).status == ListStatus.PUBLISHED
    assert Entry.objects.filter(verb="publish").count() == 2


def test_every_reason_stands_in_the_buttons_place(office, item):
    item.measures.all().delete()
    Item.objects.update(due=None)

    page = office.get(at("publish_list", item.list))

    assert len(page.context["reasons"]) == 2
    assert 'class="main"' not in page.content.decode()
    assert f'href="{at("edit_draft", item.list, 1)}"' in page.content.decode()


def test_publishing_without_the_button_says_every_reason(office, item):
    item.measures.all().delete()

    response = send(office, "publish_list", item.list)

    assert response.status_code == 403
    assert str(response.context["reasons"][0]) in response.content.decode()
    assert fresh(item.list).is_draft
    assert not Entry.objects.exists()


# Copy


def test_earlier_list_is_copied(office, item_list):
    factories.publish(item_list)
    into = factories.ItemList(committee=item_list.committee, year=2027)
    assert item_list.name in text_of(office.get(at("copy_list", into)))

    response = send(office, "copy_list", into, source=item_list.pk)

    assert response.url == at("list", into)
    assert list(into.items.values_list("number", "title")) == [(1, "换座椅")]


def test_copy_that_is_pressed_twice_copies_once(office, item_list):
    factories.publish(item_list)
    into = factories.ItemList(committee=item_list.committee, year=2027)
    said = {"version": into.version, "source": item_list.pk}

    answers = [office.post(at("copy_list", into), said).status_code for _time in range(2)]

    assert answers == [302, 409]
    assert into.items.count() == 1


def test_without_another_list_there_is_nothing_to_copy(office, item_list):
    assert "无从复制" in text_of(office.get(at("copy_list", item_list)))


def test_list_of_another_committee_is_not_copied(office, item_list):
    other = factories.published_item().list

    assert send(office, "copy_list", item_list, source=other.pk).status_code == 422
    assert item_list.items.count() == 1


# Close


def test_office_closes_what_is_done(office):
    item = factories.item_at("resolved")
    office.force_login(factories.office_of(item))
    assert "1 = 1" in text_of(office.get(at("close_list", item.list)))

    send(office, "close_list", item.list)

    assert fresh(item.list).status == ListStatus.CLOSED
    assert fresh(item.list).closing_figures["total"] == 1


def test_what_is_open_stands_in_the_way_of_closing(office, item_list):
    factories.publish(item_list)

    page = office.get(at("close_list", item_list))
    response = send(office, "close_list", item_list)

    assert len(page.context["reasons"]) == 1
    assert f'href="{at("settle_year", item_list)}"' in page.content.decode()
    assert response.status_code == 403
    assert fresh(item_list).status == ListStatus.PUBLISHED


def test_list_offers_closing_only_where_nothing_is_open(office, item_list):
    factories.publish(item_list)
    ways = office.get(at("list", item_list)).context["ways"]
    assert [way.name for way in ways][-1] == "settle_year"

    factories.withdraw(item_list.items.get(), now=NOW)

    ways = office.get(at("list", item_list)).context["ways"]
    assert [way.name for way in ways][-2:] == ["settle_year", "close_list"]


def test_draft_with_carried_items_leads_to_the_change_of_year(office, item_list):
    factories.publish(item_list)
    into = choose(item_list)

    ways = office.get(at("list", into)).context["ways"]

    assert [way.name for way in ways][-1] == "settle_year"
    assert ways[-1].address == at("settle_year", item_list)
    assert send(office, "publish_list", into).status_code == 403


# Who, when, and who was first


NAMES = ["publish_list", "copy_list", "close_list"]
READY = {"publish_list": ListStatus.DRAFT, "copy_list": ListStatus.DRAFT}
READY |= {"close_list": ListStatus.PUBLISHED}


@pytest.fixture(params=NAMES)
def act(request, item_list):
    """Return a verb's name with a list on which it can be done, and what it needs."""
    factories.publish(item_list)
    if request.param == "close_list":
        factories.withdraw(item_list.items.get(), now=NOW)
    into = factories.ItemList(committee=item_list.committee, year=2027)
    factories.another(item_list.items.first(), list=into, number=1, title="修浴室")
    if READY[request.param] == ListStatus.DRAFT:
        return request.param, into, {"source": item_list.pk}
    return request.param, item_list, {"into": into.pk}


def stands():
    """Return all that an act could change."""
    return [list(model.objects.order_by("pk").values()) for model in (ItemList, Item, Entry)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 403), ("parent", 403), ("administrator", 404), ("stranger", 404)],
)
def test_others_do_none_of_it(as_, act, who, status):
    name, item_list, said = act
    committee = item_list.committee
    if who in ("auditor", "administrator"):
        person = factories.Role(committee=committee, kind=who).person
    elif who == "parent":
        committee.parent = factories.Committee()
        committee.save()
        person = factories.office(committee.parent)
    else:
        person = factories.Person()
    before = stands()

    answers = [as_(person).get(at(name, item_list)), send(as_(person), name, item_list, **said)]

    assert [answer.status_code for answer in answers] == [status, status]
    assert stands() == before
    if status == 403:
        assert all('class="main"' not in a.content.decode() for a in answers[:1])


def test_owner_does_none_of_it(as_, act):
    name, item_list, said = act
    owner = factories.owner_of(item_list.items.first())
    before = stands()

    response = send(as_(owner), name, item_list, **said)

    assert response.status_code == (404 if item_list.is_draft else 403)
    assert stands() == before


def test_office_does_each_of_it(office, act):
    name, item_list, said = act

    assert office.get(at(name, item_list)).status_code == 200
    assert send(office, name, item_list, **said).status_code == 302


def test_what_changed_meanwhile_is_a_conflict(office, act):
    name, item_list, said = act
    seen = fresh(item_list).version
    if item_list.is_draft:
        fresh(item_list).save()
    else:
        ItemList.objects.filter(pk=item_list.pk).update(version=seen + 1)
    before = stands()

    response = send(office, name, item_list, version=seen, **said)

    assert response.status_code == 409
    assert stands() == before
    again = response.context["form"]
    assert again["version"].value() == seen + 1


def test_without_the_version_that_was_seen_nothing_is_done(office, act):
    name, item_list, said = act
    before = stands()

    assert office.post(at(name, item_list), said).status_code == 422
    assert stands() == before


@pytest.mark.parametrize("name", NAMES)
def test_at_the_wrong_status_nothing_is_done(office, item_list, name):
    if READY[name] == ListStatus.DRAFT:
        factories.publish(item_list)
    source = factories.ItemList(committee=item_list.committee)
    factories.publish(factories.another(item_list.items.first(), list=source, number=1).list)
    into = factories.ItemList(committee=item_list.committee)
    before = stands()

    response = send(office, name, item_list, source=source.pk, into=into.pk)

    assert response.status_code == 403
    assert "现在是“" in text_of(response)
    assert stands() == before
