"""Exported, opened, saved and brought back: no change of any state."""

import io

import openpyxl
import pytest
import time_machine

from items.exports.ledger import SPLITS, Wanted, write_ledger, write_numbered, write_separated
from items.models import ItemList, LedgerExport
from items.models.ledger_export import Base
from items.sheets.returned import read_returned
from items.sheets.returning import plan_return
from items.states import PUBLISHED
from tests import factories
from tests.factories import NOW, TODAY
from tests.privacy.told import SLUG, Told

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def every_state(kept_rows):
    with time_machine.travel(NOW, tick=False):
        Told()


def exported(item_list, write=write_ledger, **wanted):
    file = io.BytesIO()
    items = item_list.items.published().order_by("number")
    wanted = Wanted(items, inside=True, **wanted)
    write_numbered(write, file, item_list, wanted, TODAY, by=None, now=NOW)
    return file.getvalue()


def saved_anew(content):
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(content)).save(file)
    return file.getvalue()


def assert_no_change(content, item_list):
    returned = read_returned(content, item_list)
    assert (returned.cells, returned.missing, returned.notes) == ({}, 0, [])
    assert returned.rows == item_list.items.published().count()
    plan = plan_return(returned, item_list, by=factories.office(item_list.committee))
    assert (plan.changes, plan.agreed, plan.silent) == ([], 0, 0)


@pytest.mark.parametrize("split", ["", *SPLITS])
def test_every_state_comes_back_without_a_change(every_state, split):
    item_list = ItemList.objects.get(slug=SLUG)
    statuses = set(item_list.items.published().values_list("status", flat=True))
    assert statuses >= PUBLISHED - {"pending_check"}

    assert_no_change(saved_anew(exported(item_list, split=split)), item_list)


def test_every_state_comes_back_as_csv(every_state):
    item_list = ItemList.objects.get(slug=SLUG)

    assert_no_change(exported(item_list, write_separated), item_list)


def test_base_knows_every_cell_as_it_is_now(every_state):
    """Negative control of the two above: with an empty base every filled cell is a change."""
    item_list = ItemList.objects.get(slug=SLUG)
    content = exported(item_list)
    kept = LedgerExport.objects.latest("pk")
    blank = [[number, *([""] * len(kept.columns))] for number in range(1, 99)]
    LedgerExport.objects.filter(pk=kept.pk).update(base=packed(blank))

    returned = read_returned(content, item_list)
    assert len(returned.cells) == item_list.items.published().count()
    plan = plan_return(returned, item_list, by=factories.office(item_list.committee))
    assert {each.now for each in plan.changes} == {"用链接报的话"}  # which waits: nobody read it
    assert plan.agreed > 100


def packed(rows):
    base = Base()
    for number, *said in rows:
        base.take(number, said)
    return base.packed()
