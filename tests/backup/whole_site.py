"""All that a site holds, to compare it with itself; and how a site is lost."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from items.guards import revision, triggers

MADE_ANEW = {revision.REVISION}  # a restore gives it a number that never was


def rows():
    """Return the rows of every table, in order."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in set(tables) - MADE_ANEW:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, map(plain, cursor.fetchall())))
    return found


def plain(row):
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]


def files():
    """Return the content of every photo and of all signed heads, by their places."""
    roots = (Path(settings.MEDIA_ROOT), Path(settings.LEDGER_DIR))
    return {
        place: place.read_bytes() for root in roots for place in root.rglob("*") if place.is_file()
    }


def destroy():
    """Lose the site: every row, every photo, the heads and the key."""
    for folder in (settings.MEDIA_ROOT, settings.LEDGER_DIR):
        shutil.rmtree(folder, ignore_errors=True)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
        for table in tables:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TABLE "{table}"{cascade}')
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = ON")
