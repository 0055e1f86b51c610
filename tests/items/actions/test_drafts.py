"""Draft items that are taken off again."""

import pytest

from items import actions
from items.models import Item, Measure
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import bring_in, fresh, happens

pytestmark = pytest.mark.django_db


def titles(item_list):
    return list(item_list.items.order_by("number").values_list("number", "title"))


def test_draft_is_deleted_with_its_lines():
    item = factories.Item()
    item.handlers.add(factories.Person())
    item.parts.create(title="一区")
    bring_in(item)

    actions.delete_draft(fresh(item), by=factories.office_of(item))

    assert not Item.objects.exists()
    assert not Measure.objects.exists()


def test_published_number_is_not_deleted():
    item = factories.published_item()

    assert not happens(lambda: actions.delete_draft(item, by=factories.office_of(item)))
    assert Item.objects.get() == item


def test_draft_beside_published_ones_is_not_deleted_by_this():
    item = factories.another(factories.published_item())

    assert not happens(lambda: actions.delete_draft(fresh(item), by=factories.office_of(item)))


def test_stranger_deletes_nothing_and_nobody_what_was_changed_since():
    item = factories.Item()
    by, read = factories.office_of(item), fresh(item)
    actions.write_draft(item.list, 1, factories.draft(), by=by, now=NOW)

    assert not happens(lambda: actions.delete_draft(fresh(item), by=factories.Person()))
    assert not happens(lambda: actions.delete_draft(read, by=by))
    assert happens(lambda: actions.delete_draft(fresh(item), by=by))
