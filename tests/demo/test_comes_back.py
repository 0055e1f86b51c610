"""The demonstration's ledger exported, opened, saved and brought back: no change."""

import pytest

from items.models import ItemList
from tests.commands.demo import run
from tests.sheets.test_round_trip import assert_no_change, exported, saved_anew

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]


def test_demonstration_comes_back_without_a_change():
    run()
    item_list = ItemList.objects.filter(status="published").latest("year")

    assert_no_change(saved_anew(exported(item_list)), item_list)
