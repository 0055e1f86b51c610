"""Whatever was changed in the database itself is found, down to a byte."""

from copy import deepcopy

import pytest
from django.db import connection, models, transaction
from django.utils.translation import override

from items.actions import erase_words
from items.guards import triggers
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
                "No. 1: its status “Resolved” isn’t in the ledger.",
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
            ["No. 1: its status “In progress” isn’t in the ledger."],
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


def test_erased_words_leave_the_chain_whole(item):
    entry = item.last_entry
    erase_words(entry, by=factories.office_of(item), reason="涉及隐私", now=NOW)

    entry = Entry.objects.get(pk=entry.pk)
    assert [getattr(entry.words, name) for name in EntryWords.WORDS] == [""] * 6
    assert entry.words.erased_on == TODAY
    assert found(item.list) == []
