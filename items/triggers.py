"""The rules that the database itself holds, as triggers: one list for both databases.

Each guard refuses an event on a table while its condition is true. They are dropped and made
again after every migration, because Django rebuilds tables on SQLite and loses their triggers.
"""

from django.db import connections

LEDGER = "the ledger can only be added to"
NUMBER = "a published number is frozen"

# (name, table, event, condition on OLD and NEW or "" for always, what the database says)
GUARDS = [
    ("entry_update", "items_entry", "UPDATE", "", LEDGER),
    ("entry_delete", "items_entry", "DELETE", "", LEDGER),
    ("words_delete", "items_entrywords", "DELETE", "", LEDGER),
    (
        "words_update",  # the one change there is: erasing for good
        "items_entrywords",
        "UPDATE",
        "NOT (OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL AND NEW.salt = ''"
        " AND NEW.entry_id = OLD.entry_id AND NEW.text = '' AND NEW.evidence = ''"
        " AND NEW.name = '' AND NEW.post = '' AND NEW.old = '' AND NEW.new = '')",
        LEDGER,
    ),
    ("chain_delete", "items_chain", "DELETE", "", LEDGER),
    (
        "chain_update",
        "items_chain",
        "UPDATE",
        "NOT (NEW.list_id = OLD.list_id AND NEW.seq = OLD.seq + 1)",
        LEDGER,
    ),
    ("item_delete", "items_item", "DELETE", "OLD.status <> 'draft'", NUMBER),
    (
        "item_update",
        "items_item",
        "UPDATE",
        "OLD.status <> 'draft' AND (NEW.number <> OLD.number OR NEW.list_id <> OLD.list_id"
        " OR NEW.status = 'draft' OR NEW.first_due <> OLD.first_due"
        " OR NEW.published_on <> OLD.published_on)",
        NUMBER,
    ),
]
# SQLite's INSERT OR REPLACE deletes without firing DELETE triggers: refuse to insert over a row.
REPLACED = [
    ("entry_replace", "items_entry", "id = NEW.id OR (list_id = NEW.list_id AND seq = NEW.seq)"),
    ("words_replace", "items_entrywords", "entry_id = NEW.entry_id"),
    ("chain_replace", "items_chain", "list_id = NEW.list_id"),
    (
        "item_replace",
        "items_item",
        "status <> 'draft' AND (id = NEW.id OR (list_id = NEW.list_id AND number = NEW.number))",
    ),
]
NEVER_TRUNCATED = ["items_entry", "items_entrywords", "items_chain", "items_item"]


def install(connection):
    """Make the guards of every table that exists, replacing those of the same name."""
    tables = set(connection.introspection.table_names())
    sentences = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for table, sql in sentences:
            if table in tables:
                cursor.execute(sql)


def remove(connection):
    """Drop the guards, for tests that have to empty the tables."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table in _names(connection.vendor):
            if table in tables:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS guard_{name}{on}")


def after_migrate(using, **kwargs):
    install(connections[using])


def _names(vendor):
    yield from ((name, table) for name, table, *_ in GUARDS)
    if vendor == "postgresql":
        yield from ((f"{table}_truncate", table) for table in NEVER_TRUNCATED)
    else:
        yield from ((name, table) for name, table, _ in REPLACED)


def _sqlite():
    for name, table, event, condition, words in GUARDS:
        when = f"WHEN {condition} " if condition else ""
        yield from _made_again(name, table, f"BEFORE {event} ON {table} {when}", words)
    for name, table, same in REPLACED:
        when = f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        yield from _made_again(name, table, when, LEDGER)


def _made_again(name, table, when, words):
    yield table, f"DROP TRIGGER IF EXISTS guard_{name}"
    yield table, f"CREATE TRIGGER guard_{name} {when}BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _postgresql():
    # A function belongs to no table of ours; any existing table will do to say "always".
    yield (
        "django_migrations",
        (
            "CREATE OR REPLACE FUNCTION items_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$"
        ),
    )
    for name, table, event, condition, words in GUARDS:
        when = f"FOR EACH ROW WHEN ({condition}) " if condition else "FOR EACH ROW "
        yield table, _postgresql_trigger(name, event, table, when, words)
    for table in NEVER_TRUNCATED:
        name = f"{table}_truncate"
        yield table, _postgresql_trigger(name, "TRUNCATE", table, "FOR EACH STATEMENT ", LEDGER)


def _postgresql_trigger(name, event, table, when, words):
    return (
        f"CREATE OR REPLACE TRIGGER guard_{name} BEFORE {event} ON {table} {when}"
        f"EXECUTE FUNCTION items_refuse('{words}')"
    )
