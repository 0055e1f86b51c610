"""Guessing is slow: failures are counted where all processes find them, and waits grow."""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from django.core.cache import cache
from django.utils.crypto import salted_hmac

BUSY = 5  # seconds that one try may hold a count


@dataclass
class Patience:
    """How many failures are free, how long the first wait is, and the longest, in seconds."""

    free: int
    first: int
    longest: int
    kept: int = 24 * 60 * 60  # seconds after the last failure

    def after(self, failures):
        if failures < self.free:
            return 0
        return min(self.longest, self.first * 2 ** min(failures - self.free, 20))


def key(*parts: str) -> str:
    """Return a key of one length, from which nobody reads an address or a login."""
    return f"guess:{salted_hmac('welfare.patience', chr(0).join(parts)).hexdigest()}"


def count(name: str, patience: Patience) -> int:
    """Count a failure; return 0, or else for how many seconds it comes too early."""
    with held(name) as mine:
        if not mine:
            return 1
        failures, last = cache.get(name, (0, 0))
        early = last + patience.after(failures) - time.time()
        if early > 0:
            return ceil(early)
        cache.set(name, (failures + 1, time.time()), patience.kept)
        return 0


def uncount(name: str, patience: Patience) -> None:
    """Take back a failure that was none; where it was the only one, nothing stays."""
    with held(name):
        failures, last = cache.get(name, (0, 0))
        if failures > 1:
            cache.set(name, (failures - 1, last), patience.kept)
        else:
            cache.delete(name)


@contextmanager
def held(name):
    """Let nobody else read a count until it is written, or yield False."""
    until = time.monotonic() + BUSY
    while not (mine := cache.add(f"{name}:held", True, BUSY)) and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield mine
    finally:
        if mine:
            cache.delete(f"{name}:held")
