"""Places: how many requests Django works on at once, and who comes next."""

import asyncio
from collections import OrderedDict, deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

from welfare.proxy.errors import Stopped

SMOOTHING = 0.2  # of a new request in the mean time that one takes


@dataclass
class Kind:
    """One kind of request: how many at most have a place, and how long one waits for it."""

    most: int
    patience: float  # seconds
    takes: float = 0.05  # seconds that such a request takes, smoothed
    busy: int = 0
    waiting: OrderedDict[str, deque[asyncio.Future]] = field(default_factory=OrderedDict)

    def expected(self, who: str) -> float:
        """Return the seconds that `who` would wait: those who wait take turns."""
        turns = (len(self.waiting.get(who, ())) + 1) * max(1, len(self.waiting))
        return turns * self.takes / self.most

    def next(self) -> asyncio.Future | None:
        """Return whose turn it is; those who wait behind the same `who` come after all others."""
        while self.waiting:
            who, queue = self.waiting.popitem(last=False)
            future = queue.popleft()
            if queue:
                self.waiting[who] = queue
            if not future.done():
                return future
        return None


class Places:
    """One place for each of Django's processes.

    Writers may wait for a lock and never take the readers' last place; one process is left for
    what gives a text back (`recovery`), which needs no database.
    """

    def __init__(self, processes: int):
        others = max(1, processes - 1)
        writers = max(1, others - 1)
        self.kinds = {
            "recovery": Kind(processes, patience=4),
            "public": Kind(others, patience=4),
            "desk": Kind(max(1, others - 1), patience=1),
            "write": Kind(max(1, writers - 1), patience=4),  # a shift that answers at once
            "desk write": Kind(max(1, writers - 1), patience=1.5),
            "print": Kind(1, patience=8),  # whoever asks for many documents gets one at a time
            "data": Kind(1, patience=8),  # as much as a whole list: programs wait for each other
        }
        self.limits = {("write", "desk write"): writers, tuple(self.kinds)[1:]: others}

    def writers(self) -> int:
        """Return how many write right now."""
        return self.kinds["write"].busy + self.kinds["desk write"].busy

    def has_room(self, name: str) -> bool:
        kind = self.kinds[name]
        return kind.busy < kind.most and all(
            name not in names or sum(self.kinds[each].busy for each in names) < most
            for names, most in self.limits.items()
        )

    @asynccontextmanager
    async def taken(self, name: str, who: str):
        """Hold a place; raises Stopped(503) at once where one would wait too long for it."""
        kind = self.kinds[name]
        if kind.waiting or not self.has_room(name):
            await self.turn(kind, who)
        else:
            kind.busy += 1
        begun = monotonic()
        try:
            yield
        finally:
            kind.takes += SMOOTHING * (monotonic() - begun - kind.takes)
            kind.busy -= 1
            self.hand_on()

    async def turn(self, kind: Kind, who: str) -> None:
        if kind.expected(who) > kind.patience:
            raise Stopped(503)
        future = asyncio.get_running_loop().create_future()
        kind.waiting.setdefault(who, deque()).append(future)
        self.hand_on()  # those who stand before may have gone away meanwhile
        try:
            async with asyncio.timeout(kind.patience):
                await future
        except (TimeoutError, asyncio.CancelledError) as error:
            if future.done() and not future.cancelled():  # the place came at the same moment
                kind.busy -= 1
                self.hand_on()
            raise Stopped(503) if isinstance(error, TimeoutError) else error from None

    def hand_on(self) -> None:
        """Give what is free to those who wait."""
        for name, kind in self.kinds.items():
            while self.has_room(name) and (future := kind.next()):
                kind.busy += 1
                future.set_result(None)
