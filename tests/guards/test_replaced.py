"""Nothing that may not be deleted is written over: every table, every unique key, in a bare shell.

Each test has a copy of the database in a plain sqlite3 connection: no Django, no pragma, no
foreign keys. PostgreSQL has no OR REPLACE, and its ON CONFLICT fires the guards of UPDATE.
"""

import sqlite3

import pytest
from django.apps import apps
from django.db import connection

from items.guards import GUARDS, replaced, triggers
from tests import factories
from tests.items.published import Published

pytestmark = pytest.mark.django_db

MODELS = {
    model._meta.db_table: model
    for model in apps.get_app_config("items").get_models(include_auto_created=True)
}
WORDS = "|".join({words for *_guard, words in GUARDS})
# Keys of drafts alone, which may be deleted, and so be written over
DRAFTS = {("items_bulletin", "list_id")}
FRESH = 90_000  # a value that no row has


def test_every_guarded_table_says_which_rows_may_be_deleted():
    deleted = {table for _name, table, event, *_ in GUARDS if event == "DELETE"}

    assert sorted(deleted) == sorted(triggers.TABLES)


if connection.vendor == "sqlite":
    KEYS = [
        pytest.param(table, columns, only, id=f"{table}-{'-'.join(columns)}")
        for table in triggers.TABLES
        for columns, only in replaced.unique_keys(MODELS[table], connection)
        if (table, *columns) not in DRAFTS
    ]

    @pytest.fixture(scope="module")
    def database(kept_rows):
        there = Published()
        factories.public_photo(there.item, side="after", file=factories.picture("blue"))
        whole = bytearray(connection.connection.serialize())
        whole[18:20] = b"\1\1"  # no journal beside a copy in memory
        return bytes(whole)

    @pytest.fixture
    def shell(database):
        shell = sqlite3.connect(":memory:", isolation_level=None)
        shell.deserialize(database)
        shell.execute("PRAGMA ignore_check_constraints = ON")  # this is about the guards alone
        yield shell
        shell.close()

    def test_models_name_every_unique_key_of_the_database(shell):
        for table in triggers.TABLES:
            named = {frozenset(key) for key, _ in replaced.unique_keys(MODELS[table], connection)}
            indexes = shell.execute(f"PRAGMA index_list({table})").fetchall()
            unique = [name for _seq, name, unique, *_ in indexes if unique]
            infos = [shell.execute(f'PRAGMA index_info("{name}")').fetchall() for name in unique]
            there = {frozenset(column for _seq, _cid, column in info) for info in infos}
            assert named == there | {frozenset([primary_key(table)])}, table

    @pytest.mark.parametrize("guards", ["_by_", ""], ids=["these alone", "all"])
    @pytest.mark.parametrize("event", ["insert", "update"])
    @pytest.mark.parametrize(("table", "columns", "only"), KEYS)
    def test_row_is_not_written_over(shell, table, columns, only, event, guards):
        roads, lifted = staged(shell, table, columns, only)
        put_back(shell, [sql for name, sql in lifted if guards in name])

        with pytest.raises(sqlite3.IntegrityError, match=WORDS):
            shell.execute(roads[event])

    @pytest.mark.parametrize("event", ["insert", "update"])
    @pytest.mark.parametrize(("table", "columns", "only"), KEYS)
    def test_without_the_guards_it_would_be(shell, table, columns, only, event):
        roads, _lifted = staged(shell, table, columns, only)
        before = count(shell, table)

        assert shell.execute(roads[event]).rowcount == 1
        assert count(shell, table) == before - (event == "update")

    @pytest.mark.parametrize("event", ["insert", "update"])
    def test_draft_is_written_over(shell, event):
        # What may be deleted may be written over, too: the guards are no wider than those.
        draft = "(SELECT MAX(id) FROM items_item WHERE status = 'draft')"
        roads = {
            "insert": f"REPLACE INTO items_item SELECT * FROM items_item WHERE id = {draft}",
            "update": f"UPDATE OR REPLACE items_item SET number = 7 WHERE id = {draft}",
        }

        assert shell.execute(roads[event]).rowcount == 1

    def staged(shell, table, columns, only):
        """Lift the triggers, and return SQL that writes over a row by a key; and the triggers.

        The row is one that may not be deleted; a copy of it, with keys of its own, is what the
        UPDATE starts from.
        """
        key, row = primary_key(table), protected(shell, table, only)
        own = {
            column
            for columns, _ in replaced.unique_keys(MODELS[table], connection)
            for column in columns
        } - (set(replaced.QUOTED.findall(only)) - set(columns))  # as the key’s condition has them
        lifted = shell.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in lifted:
            shell.execute(f"DROP TRIGGER {name}")
        for column in columns:  # what may be empty is no key until it is said
            shell.execute(
                f'UPDATE {table} SET "{column}" = {FRESH} WHERE "{column}" IS NULL'
                f' AND "{key}" = {row}'
            )
        copy = copied(table, row, dict.fromkeys(own, FRESH + 1))
        shell.execute(f"INSERT INTO {copy}")
        insert = copied(table, row, dict.fromkeys(own - set(columns), FRESH + 2))
        same = ", ".join(
            f'"{c}" = (SELECT "{c}" FROM {table} WHERE "{key}" = {row})' for c in columns
        )
        update = f'UPDATE OR REPLACE {table} SET {same} WHERE "{key}" = {FRESH + 1}'
        return {"insert": f"INSERT OR REPLACE INTO {insert}", "update": update}, lifted

    def copied(table, row, changed):
        columns = [field.column for field in MODELS[table]._meta.concrete_fields]
        names = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(str(changed.get(column, f'"{column}"')) for column in columns)
        return (
            f'{table} ({names}) SELECT {values} FROM {table} WHERE "{primary_key(table)}" = {row}'
        )

    def protected(shell, table, only):
        """Return the key of a row that the guards let nobody delete."""
        key = primary_key(table)
        for (row,) in shell.execute(f'SELECT "{key}" FROM {table} WHERE {only or 1}').fetchall():
            shell.execute("BEGIN")
            try:
                shell.execute(f'DELETE FROM {table} WHERE "{key}" = {row}')
            except sqlite3.IntegrityError:
                return row
            finally:
                shell.execute("ROLLBACK")
        raise AssertionError(f"no row of {table} is protected")

    def put_back(shell, triggers):
        for sql in triggers:
            shell.execute(sql)

    def count(shell, table):
        return shell.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]

    def primary_key(table):
        return MODELS[table]._meta.pk.column
