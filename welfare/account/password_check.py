"""Password checks have few places at a time, over all processes of this machine.

A check takes a processor for half a second on purpose: sixteen clients with invented names would
take them all. The places are locks on files, so that those of a killed process are free. Whoever
can't wait their turn gets `Busy`, at once where others wait already.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import locks

PLACES = max(1, (os.cpu_count() or 2) // 2)  # the others go on with pages
WAITING = 2  # as many more may wait
PATIENCE = 2.0  # seconds
LOOK_EVERY = 0.02


class Busy(Exception):
    """So many passwords are being checked that this one isn't looked at."""


@contextmanager
def place() -> Iterator[None]:
    """Hold one of the places while the block runs; raise `Busy` when none comes free in time."""
    mine = _take("check", PLACES)
    if mine is None:
        mine = _wait()
    try:
        yield
    finally:
        os.close(mine)  # which unlocks it


def _wait() -> int:
    seat = _take("wait", WAITING)
    if seat is None:
        raise Busy
    try:
        until = time.monotonic() + PATIENCE
        while (mine := _take("check", PLACES)) is None:
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
