"""When the revision of what is published rises: with each change to a public column or a name.

items.privacy.shades says which those are, and tests/privacy/ that no other moves a page. The
database raises the number itself, in the transaction of the change; items.guards.triggers puts the
triggers there.
"""

import time

from django.apps import apps

from items.guards.conditions import changed
from items.privacy.shades import NAMES, PUBLIC

REVISION = "items_revision"
# What strangers do with a suggestion (send, reply, reopen, take back) counts from midnight on, when
# each page is made anew: a number that rose at once would tell the minute (docs/decisions/0933).
COMES = {"items_suggestion": """NEW."channel" <> 'form'"""}  # written by staff
FROM_MIDNIGHT = {"Mention", "Appeal"}  # all of it counts from then on
REOPENED = "reopened_on"  # and what a suggester changes together with this column of a suggestion


def watched() -> list[tuple[str, str]]:
    """Return each public table with the condition that an UPDATE changes what may be seen."""
    return [(model._meta.db_table, seen(model)) for model in models()]


def seen(model) -> str:
    """Return the condition that an UPDATE changes what may be seen of a row."""
    if model.__name__ != "Suggestion":
        return changed(" ".join(columns(model)))
    others = changed(" ".join(column for column in columns(model) if column != "status"))
    replied = """OLD."status" = 'asked' AND NEW."status" = 'received'"""
    status = f"{changed('status')} AND NOT ({replied})"
    by_staff = f"""NEW."status" <> 'taken_back' AND NOT {changed(REOPENED)}"""
    return f"{by_staff} AND ({others} OR {status})"


def models():
    """Return the models that have something public."""
    names = dict.fromkeys([*PUBLIC, *NAMES])
    return [apps.get_model("items", name) for name in names if name not in FROM_MIDNIGHT]


def columns(model) -> list[str]:
    """Return a model's public columns; a relation to many has a table of its own."""
    names = f"{PUBLIC.get(model.__name__, '')} {NAMES.get(model.__name__, '')}".split()
    return [field.column for field in model._meta.concrete_fields if field.name in names]


def bumps(vendor: str):
    """Yield the name, the table and the SQL of each trigger that raises the revision."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    for table, changes in watched():
        conditions = {"INSERT": COMES.get(table, ""), "UPDATE": changes, "DELETE": ""}
        for event, condition in conditions.items():
            condition = f"WHEN ({condition})" if condition else ""
            name = f"bump_{table}_{event.lower()}"
            yield name, table, make(name, table, event, condition)


RAISE = f"UPDATE {REVISION} SET number = number + 1"


def _sqlite(name, table, event, condition):
    condition = condition.replace("IS DISTINCT FROM", "IS NOT")
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} {condition} BEGIN {RAISE}; END"


def _postgresql(name, table, event, condition):
    # Deferred: from its first raise on, a transaction would let no other one write.
    return (
        f"{FUNCTION} CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON {table}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {condition}"
        " EXECUTE FUNCTION bump_revision()"
    )


# A sequence would show its number before the commit. Once for each transaction is enough.
FUNCTION = (
    "CREATE OR REPLACE FUNCTION bump_revision() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF current_setting('items.bumped_by', true) IS DISTINCT FROM pg_current_xact_id()::text"
    f" THEN {RAISE};"
    " PERFORM set_config('items.bumped_by', pg_current_xact_id()::text, true);"
    " END IF; RETURN NULL; END $$;"
)


def watch(cursor) -> None:
    """Begin with a number that never was: nobody watched until now."""
    cursor.execute(f"DELETE FROM {REVISION}")
    cursor.execute(f"INSERT INTO {REVISION} (id, number) VALUES (1, {time.time_ns() // 1000})")


def begin_above(cursor, number: int) -> None:
    """Take a number that never was, though the clock may have gone back and rows have changed."""
    cursor.execute(f"SELECT number FROM {REVISION}")
    (now,) = cursor.fetchone()
    above = max(now, number, time.time_ns() // 1000) + 1
    cursor.execute(f"UPDATE {REVISION} SET number = {above}")


def look_away(cursor) -> None:
    """Say that nobody watches, so that no page is kept."""
    cursor.execute(f"UPDATE {REVISION} SET number = 0")
