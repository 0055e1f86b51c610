"""Rate limit with exponential backoff: failures are counted for all processes, and waits grow."""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, connection, transaction

from welfare.memory_key import keyed_hash

LOCK_SECONDS = 5  # for so long one attempt may hold a counter


@dataclass
class RateLimit:
    """How many failures are free, how long the first wait is, and the longest, in seconds."""

    free: int
    first: int
    longest: int
    kept: int = 24 * 60 * 60  # seconds after the last failure

    def wait_after(self, failures):
        """Return for how many seconds the next attempt waits after so many failures."""
        if failures < self.free:
            return 0
        return min(self.longest, self.first * 2 ** min(failures - self.free, 20))


def key(*parts: str) -> str:
    """Return a counter's key of one length, from which nobody reads or tries out who it is."""
    return f"guess:{keyed_hash(*parts)}"


def count_failure(counter: str, limit: RateLimit) -> int:
    """Count a failure; return 0, or else for how many seconds it comes too early."""
    with locked(counter) as is_mine:
        if not is_mine:
            return 1
        failures, last = cache.get(counter, (0, 0))
        early = last + limit.wait_after(failures) - time.time()
        if early > 0:
            return ceil(early)
        cache.set(counter, (failures + 1, time.time()), limit.kept)
        return 0


def uncount_failure(counter: str, limit: RateLimit) -> None:
    """Take back a failure that was none; where it was the only one, nothing stays."""
    with locked(counter):
        failures, last = cache.get(counter, (0, 0))
        if failures > 1:
            cache.set(counter, (failures - 1, last), limit.kept)
        else:
            cache.delete(counter)


def forget_expired(now: datetime) -> int:
    """Delete what has been counted for long enough; Django's cache does it only when it is full."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    before = connection.ops.adapt_datetimefield_value(now.astimezone(UTC).replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [before])
        return cursor.rowcount


@contextmanager
def locked(counter):
    """Let nobody else read a counter until it is written; yield False when it can't be locked.

    Django's cache says of a full disk or a locked database only that nothing was written, which
    looked like too many tries: here the fault is raised.
    """
    with _no_fault_swallowed() as faults:
        until = time.monotonic() + LOCK_SECONDS
        lock = f"{counter}:lock"
        while not (is_mine := cache.add(lock, True, LOCK_SECONDS)) and time.monotonic() < until:
            if faults:
                raise faults[0]
            time.sleep(0.02)
        try:
            yield is_mine
        finally:
            if is_mine and not faults:
                cache.delete(lock)


@contextmanager
def _no_fault_swallowed():
    """Raise a fault of the database that Django's cache swallows; one at the commit as well."""
    faults = []

    def note(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except IntegrityError:  # somebody else was first
            raise
        except DatabaseError as fault:
            faults.append(fault)
            raise

    with transaction.atomic(), connection.execute_wrapper(note):
        yield faults
        if faults:
            raise faults[0]
