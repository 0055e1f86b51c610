"""What is published is changed by the actions alone, and whoever tries otherwise is told so."""

import re

import pytest

from items import actions
from items.errors import OutsideTheLedger
from items.models import Item
from items.models.versioned import columns_of
from tests import factories
from tests.factories import DUE, days
from tests.items.changing import past_the_models

pytestmark = pytest.mark.django_db


def later(item):
    item.due = DUE + days(9)
    return item


WAYS = {
    "save": lambda item: later(item).save(),
    "save of some columns": lambda item: later(item).save(update_fields=["due"]),
    "save with an old entry": lambda item: later(item).save(entry=item.list.entries.first()),
    "update": lambda item: Item.objects.filter(pk=item.pk).update(due=DUE + days(9)),
    "update of a list": lambda item: item.list.items.update(due=DUE + days(9)),
    "bulk_update": lambda item: Item.objects.bulk_update([later(item)], ["due"]),
    "bulk_create": lambda item: Item.objects.bulk_create([published_twin(item)]),
    "create": lambda item: published_twin(item).save(),
    "update_or_create": lambda item: Item.objects.update_or_create({"due": DUE}, pk=item.pk),
}


def published_twin(item):
    columns = columns_of(item) | {"id": None, "number": 77}
    return Item(**columns)


@pytest.mark.parametrize("way", WAYS)
def test_published_item_is_changed_by_no_other_way(way):
    item = factories.published_item()
    before = past_the_models(item).values().get()

    with pytest.raises(OutsideTheLedger, match=r"No\. \d+ .* is published"):
        WAYS[way](item)

    assert past_the_models(item).values().get() == before
    assert item.list.items.count() == 1


def test_the_mistake_names_actions_that_there_are():
    with pytest.raises(OutsideTheLedger) as mistake:
        factories.published_item().save()

    named = re.findall(r"\b\w+_item\b|\bdecide_extension\b|\breport_progress\b", str(mistake.value))
    assert {"correct_item", "hand_over_item", "decide_extension"} <= set(named)
    assert set(named) <= set(actions.__all__)


def test_drafts_are_changed_as_always():
    item = factories.Item()
    later(item).save()
    item.list.items.update(remark="给物业的备注")
    Item.objects.bulk_update([item], ["number"])
    (twin,) = Item.objects.bulk_create([Item(list=item.list, number=7, title="饮水机")])

    assert Item.objects.get(pk=item.pk).due == DUE + days(9)
    assert Item.objects.get(pk=twin.pk).remark == ""
