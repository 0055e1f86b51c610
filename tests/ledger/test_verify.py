"""Whatever was changed in the database itself is found, down to a byte."""

from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection, models, transaction
from django.utils.translation import override

from items.actions import erase_words
from items.guards import triggers
from items.ledger.entries import SNAPSHOT, write_entry
from items.ledger.verify import verify
from items.models import Entry, EntryWords
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("resolved")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def found(item_list):
    with override("en"):
        return verify(item_list)


def tamper(sql, *values):
    connection.check_constraints()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


OTHER = {
    models.ForeignKey: 1_000_000,
    models.CharField: "x",
    models.DateField: "2020-01-01",
    models.DateTimeField: "2020-01-01 00:00:00+00:00",
    models.JSONField: '{"done_on": "2020-01-01"}',
    models.PositiveIntegerField: 99,
}
COLUMNS = [f for f in Entry._meta.concrete_fields if f.name not in ("id", "public")]


@pytest.mark.parametrize("field", COLUMNS, ids=lambda field: field.name)
def test_changed_column_of_an_entry_is_found(item, field):
    with transaction.atomic():
        other = OTHER[type(field)]
        tamper(f"UPDATE items_entry SET {field.column} = %s WHERE seq = 3", other)

        assert found(item.list) != []
        transaction.set_rollback(True)


def test_entry_made_public_afterwards_is_found(item):
    tamper("UPDATE items_entry SET public = %s WHERE seq = 3", False)

    assert found(item.list) == ["Entry 3: it was changed."]


@pytest.mark.parametrize("name", [*EntryWords.WORDS, "salt"])
def test_changed_words_are_found(item, name):
    tamper(f"UPDATE items_entrywords SET {name} = '。' WHERE entry_id = {item.last_entry.pk}")

    assert found(item.list) == ["Entry 5: its words were changed."]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "DELETE FROM items_entry WHERE seq = 5",
            [
                "The ledger doesn’t end with the entry that was written last.",
                "No. 1: what it says isn’t what its last entry says:"
                " signed_off_on (None → 2026-03-05), status (pending_check → resolved).",
            ],
        ),
        ("DELETE FROM items_entry WHERE seq = 3", ["Entry 4: entries before it are missing."]),
        (
            "UPDATE items_entry SET previous_hash = hash WHERE seq = 3",
            ["Entry 3: it doesn’t follow from the one before.", "Entry 3: it was changed."],
        ),
        (
            "UPDATE items_chain SET seq = 4",
            ["The ledger doesn’t end with the entry that was written last."],
        ),
        (
            "UPDATE items_item SET status = 'in_progress'",
            [
                "No. 1: what it says isn’t what its last entry says:"
                " status (resolved → in_progress)."
            ],
        ),
        (
            "DELETE FROM items_entrywords WHERE entry_id IN"
            " (SELECT id FROM items_entry WHERE seq = 5)",
            ["Entry 5: its words are missing."],
        ),
        (
            "UPDATE items_entrywords SET text = '', salt = '', erased_on = '2026-06-01'"
            " WHERE entry_id IN (SELECT id FROM items_entry WHERE seq = 5)",
            ["Entry 5: its words were erased, and no entry says so."],
        ),
    ],
)
def test_what_was_done_to_the_ledger_is_said(item, sql, said):
    with transaction.atomic():
        tamper(sql)

        assert found(item.list) == said
        transaction.set_rollback(True)


MOVED = {
    "day": "2020-01-01",
    "count": 77_777,
    "percent": 12.5,
    "yes": True,
    "choice": "standing",
    "row": None,
    "post": "other",
}


@pytest.mark.parametrize(
    "column", [column for column in SNAPSHOT if column.name != "status"], ids=lambda c: c.name
)
def test_changed_day_post_or_count_of_an_item_is_found(item, column):
    (attname,) = column.attnames
    value = MOVED[column.kind]
    if value is None:
        value = getattr(factories, column.name.title())(committee=item.list.committee).pk
    elif value == "other":
        value = factories.Post(committee=item.list.committee).pk
    with transaction.atomic():
        tamper(f"UPDATE items_item SET {attname} = %s WHERE id = %s", value, item.pk)

        (fault,) = found(item.list)
        assert f": what it says isn’t what its last entry says: {attname} (" in fault
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("published_on", "2020-01-01"),
        ("closed_on", "2020-01-01"),
        ("closing_figures", '{"total": 9}'),
    ],
)
def test_changed_day_of_a_list_is_found(item, column, value):
    with transaction.atomic():
        tamper(f"UPDATE items_itemlist SET {column} = %s WHERE id = %s", value, item.list_id)

        (fault,) = found(item.list)
        assert fault.startswith("What the list says isn’t what its last entry says")
        assert column in fault
        transaction.set_rollback(True)


def test_time_that_runs_backwards_is_found(item):
    with acting_late(item, minutes=2):
        assert found(item.list) == ["Entry 6: it was written before the one that it follows."]


def test_time_spent_in_the_queue_is_no_fault(item):
    with acting_late(item, minutes=0.5):
        assert found(item.list) == []


@contextmanager
def acting_late(item, minutes):
    """Write an entry whose time lies before that of the one before it."""
    latest = item.list.entries.order_by("seq").last().written_at
    by = factories.supervisor_of(item)
    with transaction.atomic():
        entry = write_entry(
            item.list,
            "reopen",
            item=item,
            by=by,
            role="supervisor",
            happened_on=TODAY,
            now=latest - timedelta(minutes=minutes),
        )
        item.save(entry=entry)
        yield
        transaction.set_rollback(True)


def test_erased_words_leave_the_chain_whole(item):
    entry = item.last_entry
    erase_words(entry, by=factories.office_of(item), reason="涉及隐私", now=NOW)

    entry = Entry.objects.get(pk=entry.pk)
    assert [getattr(entry.words, name) for name in EntryWords.WORDS] == [""] * 6
    assert entry.words.erased_on == TODAY
    assert found(item.list) == []
