"""Password checks have few places at a time, over all processes of this machine.

A check takes a processor for half a second on purpose: sixteen clients with invented names would
take them all. The places are locks on files, so that those of a killed process are free. Whoever
can't wait their turn gets `Busy`, at once where others wait already. Browsers in which the login
has worked before have a place of their own, so that no stranger's guessing takes theirs.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import locks

PLACES = max(1, (os.cpu_count() or 2) // 2)  # the others go on with pages
KNOWN_PLACES = 1  # for browsers that are known, beside those
WAITING = 2  # as many more may wait, of either kind
PATIENCE = 2.0  # seconds
LOOK_EVERY = 0.02


class Busy(Exception):
    """So many passwords are being checked that this one isn't looked at."""


@contextmanager
def place(known: bool = False) -> Iterator[None]:
    """Hold one of the places while the block runs; raise `Busy` when none comes free in time."""
    kind, count = ("known", KNOWN_PLACES) if known else ("check", PLACES)
    mine = _take(kind, count)
    if mine is None:
        mine = _wait(kind, count)
    try:
        yield
    finally:
        os.close(mine)  # which unlocks it


def _wait(kind: str, count: int) -> int:
    seat = _take(f"{kind}-wait", WAITING)
    if seat is None:
        raise Busy
    try:
        until = time.monotonic() + PATIENCE
        while (mine := _take(kind, count)) is None:
            if time.monotonic() > until:
                raise Busy
            time.sleep(LOOK_EVERY)
        return mine
    finally:
        os.close(seat)


def _take(kind: str, count: int) -> int | None:
    """Lock one of so many files; return its descriptor, or None when others hold them all."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        descriptor = os.open(
            folder / f"password-{kind}-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600
        )
        if locks.lock(descriptor, locks.LOCK_EX | locks.LOCK_NB):
            return descriptor
        os.close(descriptor)
    return None
