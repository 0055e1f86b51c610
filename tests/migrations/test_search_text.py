"""Items published before a search looked into more than their own words are folded anew."""

from importlib import import_module

import pytest
from django.apps import apps

from items import actions
from items.models import Item
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import fresh
from tests.items.changing import past_the_models
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db

MIGRATION = import_module("items.migrations.0022_synonyms")


def test_all_that_an_item_says_is_folded_and_again_only_its_own_words():
    item = factories.Item(title="浴室", measures=["换管", "防滑"])
    item.parts.create(title="二区", progress="浴室")
    factories.publish(item.list)
    factories.start(fresh(item), now=NOW)
    actions.report_progress(fresh(item), by=factories.owner_of(item), text="管子到了", now=NOW)
    factories.Item(title="草稿")
    without_guards()
    past_the_models(item).update(search_text="")

    MIGRATION.fold_more(apps, None)

    assert fresh(item).search_text == fresh(item).folded_words()
    assert "管子到了" in fresh(item).search_text
    MIGRATION.fold_less(apps, None)
    assert fresh(item).search_text.split("\n") == ["浴室", "换管", "防滑"]
    assert set(Item.objects.filter(status="draft").values_list("search_text")) == {("",)}
