"""The system check of the guards: does the database have each trigger as this version makes it?"""

import logging

from django.core.checks import Warning
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from items.guards import triggers

NAMED = 5  # triggers; the count stands beside them


def unguarded(databases=None, **kwargs) -> list[Warning]:
    """Say which of its triggers a database lacks, or has otherwise than this version makes them.

    A warning, because `migrate`, which mends it, goes no further after an error.
    """
    missing = {alias: triggers.missing(connections[alias]) for alias in databases or []}
    return [
        Warning(
            _(
                "The database “%(database)s” does not guard the ledger as this version wants it."
                " Triggers missing or made otherwise: %(count)s (%(names)s). What is published"
                " can be changed there without an entry, and pages may stay as they were."
            )
            % {
                "database": alias,
                "count": len(names),
                "names": ", ".join(names[:NAMED]) + (" …" if names[NAMED:] else ""),
            },
            hint=_(
                "Run `manage.py migrate`, which makes them anew, and then `manage.py"
                " verify_ledger`, which says whether anything was changed meanwhile."
            ),
            id="items.W001",
        )
        for alias, names in missing.items()
        if names
    ]


def warn_of_unguarded(log: logging.Logger) -> None:
    """Say in the log what `unguarded` says; without a database, its pages will say so."""
    try:
        for warning in unguarded(databases=["default"]):
            log.warning("%s %s", warning.msg, warning.hint)
    except DatabaseError:
        pass
