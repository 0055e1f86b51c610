"""Database triggers: what the database itself refuses, on both databases, a file for each noun.

A guard is (name, table, event, condition on OLD and NEW, what the database says): the event on a
row of the table is refused while the condition is true. Each guarded table has a guard of DELETE,
from which `items.guards.replaced` makes those against OR REPLACE on SQLite. `items.guards.triggers`
makes triggers of them all.
"""

from items.guards import (
    announcements,
    appeals,
    assessments,
    bulletins,
    calls,
    case_files,
    coachings,
    committees,
    items,
    ledger,
    lists,
    look_backs,
    mentions,
    names,
    posts,
    report_links,
    reviews,
    suggestions,
    verdicts,
    visits,
)

NOUNS = (
    ledger,
    items,
    lists,
    names,
    posts,
    suggestions,
    appeals,
    announcements,
    mentions,
    calls,
    visits,
    case_files,
    committees,
    verdicts,
    reviews,
    coachings,
    assessments,
    bulletins,
    look_backs,
    report_links,
)
GUARDS = [guard for noun in NOUNS for guard in noun.GUARDS]
