"""Database triggers: what the database itself refuses, on both databases, a file for each noun.

A guard is (name, table, event, condition on OLD and NEW, what the database says): the event on a
row of the table is refused while the condition is true. `REPLACED` is for SQLite, whose OR REPLACE,
in an INSERT or an UPDATE, deletes rows without firing DELETE triggers: each is a table with the
condition that NEW would be written over another row. `items.guards.triggers` makes triggers of
them.
"""

from items.guards import (
    calls,
    case_files,
    committees,
    items,
    ledger,
    lists,
    names,
    posts,
    suggestions,
    visits,
)

NOUNS = (
    ledger,
    items,
    lists,
    names,
    posts,
    suggestions,
    calls,
    visits,
    case_files,
    committees,
)
GUARDS = [guard for noun in NOUNS for guard in noun.GUARDS]
REPLACED = [replaced for noun in NOUNS for replaced in noun.REPLACED]
