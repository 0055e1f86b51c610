"""The implementation plan beside a list: each publication is an entry of its ledger."""

import pytest
from django.db import IntegrityError, transaction

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from items.models import ItemList
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import close_alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def item_list():
    return factories.published_item().list


def publish(item_list, plan="一、走访", **said):
    by = factories.office(item_list.committee)
    item_list = ItemList.objects.get(pk=item_list.pk)
    return actions.publish_plan(item_list, by=by, plan=plan, now=NOW, **said)


def plans(item_list):
    return item_list.entries.filter(verb="publish_plan").order_by("seq")


def test_plan_of_a_draft_list_is_published_with_the_list():
    item = factories.Item()
    assert publish(item.list, plan_en="Visits") is None
    assert not plans(item.list).exists()

    factories.publish(ItemList.objects.get(pk=item.list_id))

    entry = plans(item.list).get()
    assert (entry.words.new, entry.words.evidence, entry.words.text) == ("一、走访", "Visits", "")
    assert verify(item.list) == []


def test_first_plan_of_a_published_list_needs_no_reason(item_list):
    entry = publish(item_list, " 一、走访 \r\n\r\n- 每人一次\r\n")

    assert entry.words.new == "一、走访\n\n- 每人一次"
    assert ItemList.objects.get(pk=item_list.pk).plan == entry.words.new


def test_another_plan_says_why(item_list):
    publish(item_list)

    with pytest.raises(Refused, match="为什么"):
        publish(item_list, "二、清单")
    with pytest.raises(Refused, match="本来就是"):
        publish(item_list, reason="再发")
    publish(item_list, "二、清单", reason="补充")

    assert [e.words.new for e in plans(item_list)] == ["一、走访", "二、清单"]
    assert verify(item_list) == []


@pytest.mark.parametrize("plan", ["", " \n "])
def test_empty_plan_is_refused(item_list, plan):
    with pytest.raises(Refused):
        publish(item_list, plan)


def test_closed_list_keeps_its_plan(item_list):
    publish(item_list)
    close_alone(item_list)

    with pytest.raises(Refused):
        publish(item_list, "二、清单", reason="补充")
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemList.objects.filter(pk=item_list.pk).update(plan="别的")


@pytest.mark.parametrize("change", [{"plan": "别的"}, {"plan_en": "Other"}, {"plan": ""}])
def test_published_plan_is_what_its_entry_says(item_list, change):
    publish(item_list)

    with pytest.raises(IntegrityError), transaction.atomic():
        ItemList.objects.filter(pk=item_list.pk).update(**change)


def test_earlier_plan_can_be_erased_and_the_current_one_cannot(item_list):
    publish(item_list)
    publish(item_list, "二、清单", reason="里面有姓名")
    first, last = plans(item_list)
    by = factories.office(item_list.committee)

    with pytest.raises(Refused, match="另行公布"):
        actions.erase_words(last, by=by, reason="隐私", now=NOW)
    actions.erase_words(first, by=by, reason="隐私", now=NOW)

    first.words.refresh_from_db()
    assert first.words.new == ""
