"""A versioned row: what is written of it, and what is not."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from items.errors import Conflict
from items.models import Item, ItemList
from items.models.versioned import columns_of, lock
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def written(row, **how):
    """Save the row; return the columns that were written."""
    with CaptureQueriesContext(connection) as asked:
        row.save(**how)
    sql = next(each["sql"] for each in asked if each["sql"].startswith("UPDATE"))
    pairs = sql.partition(" SET ")[2].partition(" WHERE ")[0].split(', "')
    return {pair.split('"')[pair.startswith('"')] for pair in pairs}


def test_version_goes_with_whatever_columns_are_written():
    row = fresh(factories.Item())
    row.remark = "给物业的备注"

    assert written(row, update_fields=["remark"]) == {"version", "remark"}
    assert (fresh(row).remark, fresh(row).version) == ("给物业的备注", row.version)


def test_some_columns_of_a_row_that_changed_are_refused():
    row = fresh(factories.Item())
    fresh(row).save()
    row.remark = "给物业的备注"

    with pytest.raises(Conflict):
        row.save(update_fields=["remark"])


def test_without_a_choice_everything_is_written():
    assert len(written(fresh(factories.Item()))) > 40


def test_what_was_locked_long_ago_tells_nothing_of_the_row():
    row = fresh(factories.Item(remark="一"))
    with transaction.atomic():
        lock(row)
    other = fresh(row)
    other.remark = "二"
    other.save()

    row.refresh_from_db()
    row.remark = "一"  # as it was when it was locked
    row.save()

    assert fresh(row).remark == "一"


def test_change_inside_a_value_is_written():
    row = fresh(factories.ItemList(closing_figures={"total": 1}))
    with transaction.atomic():
        lock(row)
        row.closing_figures["total"] = 2
        row.save()

    assert ItemList.objects.get(pk=row.pk).closing_figures == {"total": 2}


def test_lock_forgets_what_was_read_with_the_row():
    item = factories.Item()
    row = Item.objects.select_related("list").prefetch_related("measures").get(pk=item.pk)
    ItemList.objects.filter(pk=item.list_id).update(year=2031)
    item.measures.create(text="更换灯具")
    with transaction.atomic():
        lock(row)

    assert row.list.year == 2031
    assert [each.text for each in row.measures.all()][-1:] == ["更换灯具"]


def test_lock_of_a_row_that_changed_is_refused():
    row = fresh(factories.Item())
    fresh(row).save()

    with transaction.atomic(), pytest.raises(Conflict):
        lock(row)

    assert columns_of(row) == columns_of(fresh(row))


def test_lock_of_a_row_that_is_gone():
    row = fresh(factories.Item())
    fresh(row).delete()

    with transaction.atomic(), pytest.raises(Item.DoesNotExist):
        lock(row)


def test_lock_without_a_transaction_is_none(emptied_tables):
    row = factories.Item()

    with pytest.raises(TransactionManagementError):
        lock(row)
