"""Requests that are given up leave nothing behind in the front."""

import asyncio
import re
from contextlib import suppress
from pathlib import Path

import pytest

from tests.serve.sites import served
from tests.serve.strangers import FORM, connect, head

pytestmark = pytest.mark.slow

FIRST, MORE = 500, 2_000  # requests: until the memory is as large as it gets, and then
MOST = 15  # MB by which it may differ from moment to moment
SENT = 30_000  # bytes of each body
FILES = "multipart/form-data; boundary=x"
LEAK = """
import django; django.setup()
from welfare.proxy.bodies import Bodies
kept, done = [], Bodies.done
Bodies.done = lambda bodies, body: (kept.append(body.start), done(bodies, body))
"""
ASKED = [
    head("POST", "/account/login/", f"Content-Type: {FORM}", "Content-Length: 100000"),
    head("POST", "/suggest/", f"Content-Type: {FILES}", "Content-Length: 9000000") + b"--x\r\n",
    head("GET", "/none/"),
]


async def give_up(port, places, asked):
    async with places:
        _reader, writer = await connect(port)
        with suppress(OSError):
            writer.write(asked + b"x" * SENT if asked.startswith(b"POST") else asked)
            await writer.drain()
            await asyncio.sleep(0.01)
        writer.transport.abort()


async def many(port, count):
    places = asyncio.Semaphore(20)
    await asyncio.gather(*(give_up(port, places, ASKED[n % 3]) for n in range(count)))
    await asyncio.sleep(1)


def memory(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


@pytest.mark.parametrize("leaks", [False, True])
def test_memory_of_the_front_stays_as_it_is(leaks):
    with served(first=LEAK if leaks else "") as site:
        asyncio.run(many(site.port, FIRST))
        before = memory(site.front)
        asyncio.run(many(site.port, MORE))

        assert (memory(site.front) - before > MOST) is leaks
