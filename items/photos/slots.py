"""Process slots: how many decoders or printers work at once on this machine, by file locks.

The site runs in several processes, which know nothing of each other. A lock (flock) goes with
the open file: the kernel gives it back when its holder dies, and no sooner than the decoder, which
has it too.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

SLOTS = 2  # of each kind; so many processes, so much memory
PAUSE = 0.02  # seconds


class NoSlot(Exception):
    """All of a kind were busy for as long as one may wait."""


@contextmanager
def slot(timeout: float, kind: str = "decoders") -> Iterator[int]:
    """Hold one of the slots; yield the descriptor that keeps it, for the process to inherit.

    Raise `NoSlot` when none is free within so many seconds.
    """
    held = _wait(kind, time.monotonic() + timeout)
    try:
        yield held
    finally:
        os.close(held)


def _wait(kind: str, deadline: float) -> int:
    while True:
        for number in range(SLOTS):
            if (held := _taken(kind, number)) is not None:
                return held
        if time.monotonic() >= deadline:
            raise NoSlot
        time.sleep(PAUSE)


def _taken(kind: str, number: int) -> int | None:
    """Return the open file of a slot, locked; None when another holds it."""
    folder = Path(settings.VAR_DIR) / kind
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file
