"""A list's address is frozen from its publication on, and no other list ever gets it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from items.models import ItemList
from tests import factories
from tests.items.published import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    return factories.published_item(list__slug="one").list


@pytest.fixture
def draft(published):
    return factories.Item(list__committee=published.committee).list


def saved(item_list, slug):
    item_list.slug = slug
    item_list.save()


CHANGES = {
    "save": lambda row: saved(row, "two"),
    "update": lambda row: ItemList.objects.filter(pk=row.pk).update(slug="two"),
    "raw": lambda row: models.QuerySet(ItemList).filter(pk=row.pk).update(slug="two"),
    "SQL": lambda row: run(f"UPDATE items_itemlist SET slug = 'two' WHERE id = {row.pk}"),
    "SQL, by another": lambda row: run(
        f"UPDATE items_itemlist SET slug = 'two', status = 'draft' WHERE id = {row.pk}"
    ),
    "delete": lambda row: row.delete(),
    "SQL, delete": lambda row: deleted(row),
}


def deleted(row):
    """Delete a list past the models; what hangs on it is asked for at the commit."""
    run(f"DELETE FROM items_itemlist WHERE id = {row.pk}")
    connection.check_constraints()


@pytest.mark.parametrize("change", CHANGES)
def test_published_list_keeps_its_address(published, change):
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        CHANGES[change](ItemList.objects.get(pk=published.pk))

    assert ItemList.objects.get(slug="one") == published


TAKEN = {
    "save": lambda draft: saved(draft, "one"),
    "new": lambda draft: factories.ItemList(slug="one"),
    "update": lambda draft: ItemList.objects.filter(pk=draft.pk).update(slug="one"),
    "SQL": lambda draft: run(f"UPDATE items_itemlist SET slug = 'one' WHERE id = {draft.pk}"),
}
if connection.vendor == "sqlite":
    TAKEN["SQL, written over"] = lambda draft: run(
        f"UPDATE OR REPLACE items_itemlist SET slug = 'one' WHERE id = {draft.pk}"
    )


@pytest.mark.parametrize("take", TAKEN)
def test_address_of_a_published_list_is_nobody_elses(published, draft, take):
    with pytest.raises(IntegrityError), transaction.atomic():
        TAKEN[take](draft)

    assert ItemList.objects.get(slug="one") == published


def test_draft_form_says_that_it_is_taken(published, draft):
    draft.slug = "one"

    with pytest.raises(ValidationError) as refused:
        draft.full_clean()

    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize("who", ["office", "superuser"])
def test_admin_changes_no_published_address(published, who):
    person = factories.office(published.committee)
    person.is_staff, person.is_superuser = True, who == "superuser"
    person.save()
    client = Client()
    client.force_login(person)

    page = reverse("admin:items_itemlist_change", args=[published.pk])
    client.post(page, {"slug": "two", "name": "x", "year": 2026})
    client.post(reverse("admin:items_itemlist_delete", args=[published.pk]), {"post": "yes"})

    assert ItemList.objects.get(slug="one") == published


def test_address_of_a_draft_is_free(draft):
    saved(draft, "another")
    draft.items.all().delete()
    draft.delete()

    assert not ItemList.objects.filter(slug="another").exists()
