"""A stop is a stop: 200 of them, by either signal, to the process or its group, idle and loaded."""

import asyncio
import os
import signal
import threading
import time
from itertools import product

from tests.endurance.rounds import rounds
from tests.serve import strangers
from tests.serve.sites import TAKES, alive, served

WITHIN = 5  # seconds
KINDS = list(product((signal.SIGTERM, signal.SIGINT), (False, True), (False, True)))


class Readers:
    """Eight who ask Django without a pause, and 20 bodies that stall; what became of each."""

    def __init__(self, port):
        self.port, self.asked, self.stopped = port, [], threading.Event()
        self.thread = threading.Thread(target=asyncio.run, args=(self.run(),))
        self.thread.start()

    async def run(self):
        async with strangers.crowd(*strangers.stalled_bodies(self.port, 20)):
            await asyncio.gather(*(self.read(number) for number in range(8)))

    async def read(self, number):
        while not self.stopped.is_set():
            begun, got = None, b""
            try:
                reader, writer = await strangers.connect(self.port)
                writer.write(strangers.head("GET", f"/none/?{number}", "Connection: close"))
                begun = time.monotonic()
                got = await reader.read()
                writer.close()
            except OSError:
                await asyncio.sleep(0.01)
            if begun:
                self.asked.append((begun, is_whole(got)))

    def end(self):
        self.stopped.set()
        self.thread.join()

    def unanswered(self, until):
        """Return how many who had asked before a moment got no whole answer."""
        return sum(begun < until and not whole for begun, whole in self.asked)


def is_whole(answer):
    top, _, body = answer.partition(b"\r\n\r\n")
    length = [line.split(b": ")[1] for line in top.lower().split(b"\r\n") if b"length:" in line]
    return bool(length) and len(body) == int(length[0])


def test_every_stop_ends_all_and_leaves_nobody_without_an_answer():
    faults, worst = [], 0
    for number in range(rounds(200)):
        signalled, to_group, loaded = kind = KINDS[number % len(KINDS)]
        with served() as site:
            family, readers = site.family(), Readers(site.port) if loaded else None
            time.sleep(2 if loaded else 0.1)
            begun = time.monotonic()
            (os.killpg if to_group else os.kill)(site.process.pid, signalled)
            code = site.process.wait(timeout=TAKES)
            took, left = time.monotonic() - begun, alive(family)
            unanswered = 0
            if readers:
                readers.end()
                unanswered = readers.unanswered(begun - 0.02)
                assert len(readers.asked) > 10  # it was loaded indeed
        worst = max(worst, took)
        if code or left or unanswered or took > WITHIN + 0.3:
            faults.append((number, kind, code, left, unanswered, took))
    print(f"\n{number + 1} stops, the longest took {worst:.1f} s")
    assert faults == []
