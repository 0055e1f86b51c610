"""Many acts on items of a list as one: all or none, each with its entry."""

import pytest

from items.actions.annotation import annotate
from items.actions.progress import enter
from items.errors import Refused
from items.ledger import acting_together
from items.ledger.verify import verify
from items.models import Entry, Item
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def items():
    first = factories.Item()
    second = factories.another(first)
    factories.publish(first.list)
    for item in (first, second):
        item.refresh_from_db()
        factories.start(item, now=NOW)
    return first, second


def enter_for_both(items, by):
    first, second = items
    with acting_together(first.list, [first.pk, second.pk], by=by, now=NOW) as together:
        for item in items:
            with together.on("enter_for_owner", item.pk) as act:
                enter(act, f"第{item.number}号")


def test_each_act_leaves_its_entry(items):
    enter_for_both(items, factories.office_of(items[0]))

    entries = Entry.objects.filter(verb="enter_for_owner").order_by("seq")
    assert [entry.words.text for entry in entries] == [f"第{item.number}号" for item in items]
    assert [Item.objects.get(pk=item.pk).last_entry for item in items] == list(entries)
    assert verify(items[0].list) == []


def test_one_refusal_refuses_all(items):
    first, second = items
    factories.withdraw(second, now=NOW)
    before = Entry.objects.count()

    with pytest.raises(Refused):
        enter_for_both(items, factories.office_of(first))

    assert Entry.objects.count() == before


def test_several_verbs_on_one_item(items):
    item, office = items[0], factories.office_of(items[0])
    with acting_together(item.list, [item.pk], by=office, now=NOW) as together:
        with together.on("enter_for_owner", item.pk) as act:
            enter(act, "做完一半")
        with together.on("annotate", item.pk) as act:
            annotate(act, "budget", "3.2万元")

    row = Item.objects.get(pk=item.pk)
    assert (row.budget, row.last_entry.verb) == ("3.2万元", "annotate")
    assert verify(item.list) == []


def test_item_of_another_list_is_none_of_them(items):
    other = factories.item_at("in_progress")
    office = factories.office_of(items[0])

    with (
        pytest.raises(KeyError),
        acting_together(items[0].list, [other.pk], by=office, now=NOW) as together,
        together.on("enter_for_owner", other.pk),
    ):
        pass
