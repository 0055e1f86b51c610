"""The two kinds of database, and what a backup's manifest says of either."""

from django.db import connection

from items.models.revision import Revision
from welfare.backup import postgresql, sqlite

KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def kind():
    """Return the part of the site's kind of database."""
    return KINDS[connection.vendor]


def facts(cursor) -> dict:
    """Return what the manifest says of the database that a cursor sees."""
    cursor.execute(kind().TABLES)
    tables = sorted(name for (name,) in cursor.fetchall())
    return {
        "tables": {table: kind().fingerprint(cursor, table) for table in tables},
        "migrations": [list(row) for row in _rows(cursor, MIGRATIONS)],
        "revision": max((number for (number,) in _rows(cursor, REVISION)), default=0),
    }


MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
REVISION = f"SELECT number FROM {Revision._meta.db_table}"


def _rows(cursor, sql: str) -> list[tuple]:
    cursor.execute(sql)
    return cursor.fetchall()


def stems(cursor) -> set[str]:
    """Return the names of the pictures that the rows name, as a cursor sees them."""
    return {stem for (stem,) in _rows(cursor, "SELECT stem FROM items_photo WHERE stem <> ''")}
