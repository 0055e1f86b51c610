"""The squashed migrations make the schema that the old ones made: it is kept beside this file."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from items.guards import triggers
from tests.migrations import schema

pytestmark = pytest.mark.django_db

SQUASHED = [("items", "0001_squashed"), ("welfare", "0001_squashed")]
OLD = (Path(__file__).parent / f"{connection.vendor}.txt").read_text().splitlines()


@pytest.fixture(scope="module")
def new(django_db_setup, django_db_blocker, tmp_path_factory):
    """Give the connection to a database of its own, which has only the squashed migrations."""
    with django_db_blocker.unblock(), empty_database(tmp_path_factory) as database:
        with in_place_of_the_default(database):
            MigrationExecutor(database).migrate(SQUASHED)
        yield database


@contextmanager
def empty_database(tmp_path_factory):
    database = connection.copy()
    name = f"{connection.settings_dict['NAME']}_new"
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("schema") / "new.sqlite3"
    else:
        run(connection._nodb_cursor(), f'CREATE DATABASE "{name}"')
    database.settings_dict["NAME"] = name
    yield database
    database.close()
    if connection.vendor == "postgresql":
        run(connection._nodb_cursor(), f'DROP DATABASE "{name}"')


@contextmanager
def in_place_of_the_default(database):
    """Let whatever asks for the default database have this one: so do commands and signals."""
    default = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = default


def run(opened, *sentences):
    with opened as cursor:
        for sql in sentences:
            cursor.execute(sql)


def test_schema_is_that_of_the_old_migrations(new):
    assert schema.lines(new) == OLD


def test_new_database_has_what_it_needs_from_the_start(new):
    try:
        with in_place_of_the_default(new):
            call_command("migrate", verbosity=0, skip_checks=False)

        assert triggers.missing(new) == []
        with new.cursor() as cursor:
            cursor.execute("SELECT number FROM items_revision")
            assert len(cursor.fetchall()) == 1
            cursor.execute("SELECT count(*) FROM cache")
            assert cursor.fetchone() == (0,)
    finally:
        triggers.remove(new)  # other tests alter the tables that they read
        with in_place_of_the_default(new):
            MigrationExecutor(new).migrate(SQUASHED)
    assert schema.lines(new) == OLD  # every later migration has its way back


# Negative control: whatever differs is seen


def rewritten(table, old, new):
    """Return what changes a table's definition in place, which SQLite has no ALTER for."""
    return (
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = '{table}'",
    )


BOTH = {
    "column more": ("ALTER TABLE items_call ADD COLUMN more integer NULL",),
    "column less": ("ALTER TABLE items_broughtin DROP COLUMN file",),
    "column renamed": ("ALTER TABLE items_broughtin RENAME COLUMN file TO sheet",),
    "table less": ("DROP TABLE items_broughtin",),
    "table more": ("CREATE TABLE items_more (id integer)",),
    "index less": ("DROP INDEX cells_of_a_list",),
    "index of other columns": (
        "DROP INDEX cells_of_a_list",
        "CREATE INDEX cells_of_a_list ON items_item (list_id, status)",
    ),
    "cache without its table": ("DROP TABLE cache",),
    "welfare’s column": ("ALTER TABLE welfare_tally ADD COLUMN more integer NULL",),
}
DIFFERENT = {
    "sqlite": {
        "type": rewritten("items_broughtin", '"file" varchar(255)', '"file" varchar(200)'),
        "null": rewritten("items_broughtin", '"file" varchar(255) NOT', '"file" varchar(255)'),
        "default": rewritten("items_broughtin", '"file" varchar', '"file" DEFAULT 1 varchar'),
        "check": rewritten("items_broughtin", '"row" >= 0', '"row" >= 1'),
        "unique": rewritten("items_adoption", 'UNIQUE ("suggestion_id", ', 'UNIQUE ("id", '),
        "name": rewritten("items_adoption", '"adopted_once"', '"adopted_twice"'),
        "foreign key": rewritten("items_broughtin", '"items_person"', '"items_post"'),
    },
    "postgresql": {
        "type": ("ALTER TABLE items_broughtin ALTER file TYPE varchar(200)",),
        "null": ("ALTER TABLE items_broughtin ALTER file DROP NOT NULL",),
        "default": ("ALTER TABLE items_broughtin ALTER file SET DEFAULT '1'",),
        "check": ("ALTER TABLE items_broughtin DROP CONSTRAINT items_broughtin_row_check",),
        "unique": ("ALTER TABLE items_adoption DROP CONSTRAINT adopted_once",),
        "name": ("ALTER TABLE items_adoption RENAME CONSTRAINT adopted_once TO adopted_twice",),
        "foreign key": (
            "ALTER TABLE items_broughtin"
            " DROP CONSTRAINT items_broughtin_item_id_95aa4b5b_fk_items_item_id",
        ),
    },
}[connection.vendor] | BOTH


@pytest.mark.parametrize("difference", DIFFERENT)
def test_difference_is_seen(new, difference):
    try:
        run(new.cursor(), "BEGIN", *DIFFERENT[difference])
        seen = set(schema.lines(new)) ^ set(OLD)
    finally:
        run(new.cursor(), "ROLLBACK")

    assert seen
    assert schema.lines(new) == OLD
