"""Order of arrival: what the database's files tell of it is taken away each night, by `forget`.

On PostgreSQL each row says in which transaction it was written (`xmin`), lies where there was room
then (`ctid`), and long values have numbers that count up; joined with the ledger's dated entries
that gives the minute in which a worker wrote. SQLite's pages grow in that order, too.
(docs/decisions/0932-order-of-arrival.md)
"""

import time

from django.apps import apps
from django.db import connection, models

# Whose rows a stranger writes, without an account. Each key is random, and so is its order.
WRITTEN_BY_STRANGERS = [
    "Suggestion",
    "SuggestionEntry",
    "SuggestionPhoto",
    "Contact",
    "SoughtWords",
    "KeptUpload",
    "Verdict",
    "Answered",
    "Coaching",
    "Appeal",
    "Mention",
    "Mentioned",
]
LOCK_TIMEOUT = "2s"  # then pages go first, and the next tick tries again
OTHERS_READ = 20  # seconds for which others may go on reading what was before


def forget() -> int:
    """Let no file tell in which order strangers' rows came; return how many tables told it.

    On PostgreSQL a table is locked for as long as its rows are copied; nobody is let wait for a
    lock that isn't free. SQLite counts as one table. Within a transaction nothing can be done.
    """
    if connection.in_atomic_block:
        return 0
    own = connection.copy()
    try:
        return {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[own.vendor](own)
    finally:
        own.close()


def _on_sqlite(own) -> int:
    """Write the file anew, in the order of the keys."""
    with own.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return 1


def _on_postgresql(own) -> int:
    own.set_autocommit(False)
    return sum(_shuffle(own, apps.get_model("items", name)) for name in WRITTEN_BY_STRANGERS)


def _shuffle(own, model) -> bool:
    """Put a table's rows in the order of their random keys, all as if written at once.

    Copying keeps `xmin` and the numbers of long values, so that each row is written anew in
    between, in the order in which it lies by then; the second copy leaves out what was before.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    (told,) = _run(own, f'SELECT count(DISTINCT xmin::text) > 1 FROM "{table}"')
    if told:
        by_key = f'CLUSTER "{table}" USING {_index_of_the_key(own, table)}'
        _run(own, by_key)
        anew = [_written_anew(field) for field in model._meta.concrete_fields]
        again = f'UPDATE "{table}" SET "{key}" = "{key}"'
        _run(own, again + "".join(anew))
        done = _nobody_reads_before(own, table)
        _run(own, by_key)
        if not done:  # the copy has both; a row that differs has the next night do it again
            _run(own, f'{again} WHERE "{key}" = (SELECT min("{key}") FROM "{table}")')
    return told


def _nobody_reads_before(own, table: str) -> bool:
    """Wait until nobody reads the database as it was before the rows were written anew.

    For them, a backup or an ANALYZE, a copy keeps the rows and the long values as they were. So it
    does while anybody writes since then in another database of the server: the copy's own snapshot
    is as old as the oldest of them.
    """
    older = (
        f'WITH written AS (SELECT max(age(xmin)) AS age FROM "{table}")'
        " SELECT age(pg_snapshot_xmin(pg_current_snapshot())::xid) >= written.age"
        " OR EXISTS (SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND age(backend_xmin) >= written.age) FROM written"
    )
    until = time.monotonic() + OTHERS_READ
    while (waits := _run(own, older)[0]) and time.monotonic() < until:
        time.sleep(0.1)
    return not waits


def _written_anew(field) -> str:
    """Return what has a column's value stored once more, the same but under a new number."""
    nothing = LONG.get(type(field))
    return f', "{field.column}" = "{field.column}" || {nothing}' if nothing else ""


# What may be stored apart from its row, and what changes nothing when it is put behind
LONG = {models.TextField: "''", models.BinaryField: "''::bytea", models.JSONField: "'{}'"}


def _index_of_the_key(own, table: str) -> str:
    sql = "SELECT indexrelid::regclass::text FROM pg_index WHERE indisprimary AND indrelid = "
    return _run(own, f"{sql} %s::regclass", [table])[0]


def _run(own, sql: str, values=None):
    """Run a sentence in a transaction of its own; return the first row of what it finds."""
    with own.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(sql, values)
        found = cursor.fetchone() if cursor.description else ()
    own.commit()
    return found
