"""SQLite's write-ahead log, deleted under the running site by a cleaner or a careless restore.

Whoever has it open goes on writing into a file without a name, and what they write is lost with
them. The front looks at each look of the version, and its own connection stays open: so the file
can't go by itself.
"""

import os

from django.db import connection


class WriteAheadLog:
    """The file beside the database, as it was when our connection began."""

    def __init__(self):
        self.path = f"{connection.settings_dict['NAME']}-wal"
        self.known = None

    def is_lost(self) -> bool:
        """Tell whether the file that our connection knows is no longer the one at its path."""
        if connection.vendor != "sqlite":
            return False
        if connection.connection is None:  # closed after an error: the file may go by itself
            self.known = None
            return False
        try:
            found = os.stat(self.path).st_ino
        except FileNotFoundError:
            found = None
        if self.known is None:
            self.known = found
        return found != self.known

    def save(self) -> bool:
        """Write what stands in it into the database; tell whether all of it is there now."""
        with connection.cursor() as cursor:
            busy, _pages, _done = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
