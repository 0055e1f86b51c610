"""A lock that all processes share, on all machines, and that dies with whoever holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import locks
from django.db import connection

NUMBER = 0x7E1FA4E  # of the advisory lock: any that nothing else in this database takes


@contextmanager
def only_one() -> Iterator[bool]:
    """Hold the lock while the block runs; yield False at once when somebody else holds it."""
    with (_on_postgresql if connection.vendor == "postgresql" else _on_file)() as is_mine:
        yield is_mine


@contextmanager
def _on_postgresql() -> Iterator[bool]:
    """Hold an advisory lock in a transaction of its own: a pooler keeps its session for it."""
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [NUMBER])
            (is_mine,) = cursor.fetchone()
        yield is_mine
        own.rollback()  # at once; a connection that is closed holds it for another moment
    finally:
        own.close()


@contextmanager
def _on_file() -> Iterator[bool]:
    """Hold a lock on a file: a database that is a file has one machine."""
    place = Path(settings.VAR_DIR) / "tick.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as file:
        yield locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
