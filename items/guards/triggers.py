"""Installing the database triggers: the guards, and what raises the revision of what is public.

All of them are dropped before a migration, because SQLite can't rebuild a table that another
table's trigger reads, and made again after it, because a rebuilt table has lost its own.
"""

import re

from django.db import connections, transaction

from items.guards import GUARDS, accounts, replaced, revision
from items.guards.conditions import LEDGER

FACT = re.compile(r"(\w+\.facts) ->> '(\w+)'")
DAYS = re.compile(r"(\w+\.\w+_on) - (\w+\.\w+_on)")  # from one day to another
TABLES = list(dict.fromkeys(table for _name, table, *_ in GUARDS))


def install(connection) -> None:
    """Make every trigger anew, and leave none that is no longer in the lists."""
    with transaction.atomic(connection.alias):
        remove(connection)
        with connection.cursor() as cursor:
            for _name, _table, sql in _triggers(connection):
                cursor.execute(sql)
            revision.watch(cursor)


def remove(connection) -> None:
    """Drop the triggers, for a migration or for tests that have to empty the tables."""
    tables = installed(connection)
    with connection.cursor() as cursor:
        if any(name.startswith("bump_") for name in tables):
            revision.look_away(cursor)
        for name, table in tables.items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def missing(connection) -> list[str]:
    """Return the names of the triggers that the database lacks, or has otherwise than we make them.

    Before the tables are there, none is missing.
    """
    if not _has_the_tables(connection):
        return []
    there = {name: made for name, _table, *made in _installed(connection)}
    same = {"sqlite": _same_on_sqlite, "postgresql": _same_on_postgresql}[connection.vendor]
    return [
        name
        for name, _table, sql in _triggers(connection)
        if name not in there or not same(sql, *there[name])
    ]


def installed(connection) -> dict[str, str]:
    """Return the table of each trigger of ours that the database has, by the trigger's name."""
    return {name: table for name, table, *_made in _installed(connection)}


def _installed(connection) -> list[tuple]:
    """Return name and table of each trigger of ours that the database has, and how it is made."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        return cursor.fetchall()


INSTALLED = {
    "sqlite": (
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        " AND (name LIKE 'guard!_%' ESCAPE '!' OR name LIKE 'bump!_%' ESCAPE '!')"
    ),
    "postgresql": (
        "SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid, true), prosrc, tgenabled"
        " FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE (tgname LIKE 'guard!_%' ESCAPE '!' OR tgname LIKE 'bump!_%' ESCAPE '!')"
        " AND relnamespace = current_schema()::regnamespace"
    ),
}


def _same_on_sqlite(sql: str, definition: str) -> bool:
    return definition == sql  # SQLite keeps the words


def _same_on_postgresql(sql: str, definition: str, body: str, enabled: str) -> bool:
    made = sql[sql.rindex("CREATE ") :]  # after its function
    return enabled in "OA" and f"$${body}$$" in sql and _bare(definition) == _bare(made)


def _bare(sql: str) -> str:
    """Return SQL without what PostgreSQL adds or leaves out when it tells how a trigger is made."""
    return " ".join(re.sub(r'::\w+|[()"]', "", sql).lower().split())


def before_migrate(using, plan, **kwargs):
    if plan:
        remove(connections[using])


def after_migrate(using, **kwargs):
    connection = connections[using]
    if _has_the_tables(connection):
        install(connection)


def _has_the_tables(connection) -> bool:
    needed = {revision.REVISION, *TABLES, *(table for table, _seen in revision.watched())}
    return needed <= set(connection.introspection.table_names())


def _triggers(connection):
    """Yield each trigger's name, its table and the SQL that makes it."""
    yield from _postgresql() if connection.vendor == "postgresql" else _sqlite(connection)
    yield from revision.bumps(connection.vendor)
    yield from accounts.triggers(connection.vendor)


def _sqlite(connection):
    for name, table, event, condition, words in [*GUARDS, *replaced.guards(connection)]:
        condition = condition.replace("IS DISTINCT FROM", "IS NOT")
        condition = FACT.sub(r"json_extract(\1, '$.\2')", condition)  # before 3.38 it has no ->>
        condition = DAYS.sub(r"(julianday(\1) - julianday(\2))", condition)
        yield _sqlite_guard(f"guard_{name}", table, event, condition, words)


def _sqlite_guard(name, table, event, condition, words):
    return (
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{words}'); END",
    )


def _postgresql():
    for name, table, event, condition, words in GUARDS:
        yield _postgresql_guard(f"guard_{name}", table, event, "ROW", condition, words)
    for table in TABLES:
        name = f"guard_{table}_truncate"
        yield _postgresql_guard(name, table, "TRUNCATE", "STATEMENT", "TRUE", LEDGER)


def _postgresql_guard(name, table, event, level, condition, words):
    # In a function, because the condition of a trigger may not look at other rows.
    return (
        name,
        table,
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{words}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$;"
        f" CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {level}"
        f" EXECUTE FUNCTION {name}()",
    )
