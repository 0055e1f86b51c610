"""Guessing a password is slow, and nobody can be locked out by somebody else's guessing.

Failures count per login and address: after five, the next try from there waits longer and
longer. They also count per login from all addresses together, much more patiently; from an
address at which the login has worked before, that second count is not asked. An address alone
has no limit, since a whole office shares one. Unknown logins count like known ones.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from django.core.cache import cache

from welfare.addresses import neighbourhood

KEPT = 24 * 60 * 60  # seconds after the last failure
KNOWN = 30 * 24 * 60 * 60  # seconds after the last login from an address
BUSY = 5  # seconds that one try may hold a count


@dataclass
class Patience:
    """How many failures are free, how long the first wait is, and the longest, in seconds."""

    free: int
    first: int
    longest: int

    def after(self, failures):
        if failures < self.free:
            return 0
        return min(self.longest, self.first * 2 ** min(failures - self.free, 20))


HERE = Patience(free=5, first=30, longest=15 * 60)
ANYWHERE = Patience(free=20, first=1, longest=60)


class Try:
    """One try to log in. It counts as a failure until it is known to have worked."""

    def __init__(self, login: str, address: str):
        login, place = login.casefold(), neighbourhood(address)
        self.here = key("here", login, place)
        self.anywhere = key("anywhere", login)
        self.known = key("known", login, place)

    def wait(self) -> int:
        """Return for how many seconds this try comes too early; 0 when it may be made."""
        seconds = count(self.here, HERE)
        if not seconds and not cache.get(self.known):
            seconds = count(self.anywhere, ANYWHERE)
            if seconds:
                uncount(self.here)  # the password wasn't looked at
        return seconds

    def worked(self) -> None:
        """Forget the failures from here; leave those from elsewhere as they are."""
        cache.delete(self.here)
        if not cache.get(self.known):
            uncount(self.anywhere)
        cache.set(self.known, True, KNOWN)


def key(*parts):
    """Return a key of one length: a login may be longer, or hold what a cache can't."""
    return f"guess:{sha256(chr(0).join(parts).encode()).hexdigest()}"


def count(name, patience):
    """Count a failure; return 0, or else for how many seconds it comes too early."""
    with held(name) as mine:
        if not mine:
            return 1
        failures, last = cache.get(name, (0, 0))
        early = last + patience.after(failures) - time.time()
        if early > 0:
            return ceil(early)
        cache.set(name, (failures + 1, time.time()), KEPT)
        return 0


def uncount(name):
    """Take back a failure that was none."""
    with held(name):
        failures, last = cache.get(name, (0, 0))
        if failures:
            cache.set(name, (failures - 1, last), KEPT)


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
