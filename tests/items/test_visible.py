"""Who sees what on the desk: role by situation, the whole table."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Item, ItemList
from tests import factories
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

# "all" with drafts, "published" without them, "" nothing
SEES = {
    "office": "all",
    "colleague": "all",
    "auditor": "all",
    "auditor of the office": "all",
    "administrator of the office": "all",
    "superuser of the office": "all",
    "office of the parent committee": "all",
    "auditor of the company": "all",
    "supervisor, auditor": "all",
    "owner": "published",
    "releaser": "published",
    "releaser who handles": "published",
    "releaser who reported once": "published",
    "former releaser": "",
    "reviewer": "published",
    "reviewer who handles": "published",
    "reviewer who supervises": "published",
    "reviewer who signed it once": "published",
    "reviewer of the office": "all",
    "former reviewer": "",
    "looker": "published",
    "looker of the office": "all",
    "looker who handles": "published",
    "looker who signed it off": "published",
    "former looker": "",
    "handler": "published",
    "helper of a lead unit": "published",
    "helper of a joint unit": "published",
    "helper of a support unit": "published",
    "union officer of a union item": "published",
    "union officer of a workshop item": "published",
    "supervisor": "published",
    "supervisor of another item": "published",
    "supervisor who handles": "published",
    "supervisor who helps": "published",
    "supervisor who is the union’s": "published",
    "supervisor who reported once": "published",
    "owner, superuser": "published",
    "supervisor, superuser": "published",
    "holder of an idle post": "published",
    "union officer of another committee": "",
    "former owner": "",
    "former supervisor": "",
    "former reporter": "",
    "holder from tomorrow on": "",
    "office of another committee": "",
    "office of a child committee": "",
    "administrator": "",
    "administrator of the parent committee": "",
    "superuser": "",
    "office, account closed": "",
    "owner, account closed": "",
    "supervisor, account closed": "",
    "administrator, account closed": "",
    "stranger": "",
}


@pytest.fixture(scope="module")
def desks_of_the_file(world_of_the_file):
    world = world_of_the_file
    company = factories.Committee()
    world.committee.parent.parent = company
    world.committee.parent.save()
    world.with_role("auditor of the company", "auditor", committee=company)
    post = factories.Post(committee=world.committee)
    world.add("holder of an idle post", post.holder(TODAY))
    coming = factories.VacantPost(committee=world.committee)
    coming.holdings.create(
        person=world.add("holder from tomorrow on"), since=TODAY + factories.days(1)
    )
    published = factories.published_item(list__committee=world.committee)
    added = factories.another(published)  # not published yet, in a list that is
    world.rows = {"list": published.list, "item": published, "added": added}
    factories.published_item()  # nobody's here
    return world


@pytest.fixture
def desks(desks_of_the_file, db):
    """Return the world with further readers, and a published list beside the draft one."""
    return deepcopy(desks_of_the_file)


@pytest.mark.parametrize("role", SEES)
def test_who_sees_which_lists_and_items(desks, role):
    person, rows = desks.who[role][0], desks.rows
    items = Item.objects.filter(list__committee=desks.committee)
    expected = {"all": (set(items), {desks.list, rows["list"]})}
    expected["published"] = ({rows["item"]}, {rows["list"]})

    seen = Item.objects.visible_to(person, TODAY), ItemList.objects.visible_to(person, TODAY)

    # The office of a child committee sees that one; none of these rows are its own.
    assert tuple(map(set, seen)) == expected.get(SEES[role], (set(), set()))
    assert [rows.count() for rows in seen] == [len(set(rows)) for rows in seen]


def test_the_table_names_every_role(desks):
    assert set(SEES) == set(desks.who)


def test_child_is_read_by_the_parents_office_and_not_the_other_way_round():
    company = factories.Committee()
    plant = factories.Committee(parent=factories.Committee(parent=company))
    above, below = (
        factories.published_item(list__committee=company),
        factories.Item(list__committee=plant),
    )

    assert set(Item.objects.visible_to(factories.office(company), TODAY)) == {above, below}
    assert set(Item.objects.visible_to(factories.office(plant), TODAY)) == {below}


def test_ring_of_committees_ends():
    one = factories.Committee()
    two = factories.Committee(parent=one)
    type(one).objects.filter(pk=one.pk).update(parent=two)

    assert not Item.objects.visible_to(factories.office(two), TODAY).exists()


def test_what_is_seen_is_asked_once_and_filtered_further(desks):
    person = desks.who["handler"][0]
    with CaptureQueriesContext(connection) as asked:
        seen = Item.objects.filter(number=1).visible_to(person, TODAY).order_by("-number")
        assert list(seen) == [desks.rows["item"]]

    assert len(asked) == 1
