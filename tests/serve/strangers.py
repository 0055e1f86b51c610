"""Strangers at the door, over raw sockets in one event loop: silent, slow, greedy.

Each function opens so many connections at once and holds them until the returned task is
cancelled.
"""

import asyncio
import time
from contextlib import asynccontextmanager, suppress

FORM = "application/x-www-form-urlencoded"


async def connect(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    return reader, writer


def head(method, path, *lines):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


async def hold(port, first=b"", then=b"", every=1.0):
    """Connect, send `first`, and then `then` again and again; never read."""
    _reader, writer = await connect(port)
    try:
        writer.write(first)
        while True:
            await asyncio.sleep(every)
            if then:
                writer.write(then)
                await writer.drain()
    except ConnectionError:
        pass  # hung up on, as it should be
    finally:
        writer.close()


@asynccontextmanager
async def crowd(*holds):
    """Run all of them until the block ends."""
    tasks = [asyncio.create_task(each) for each in holds]
    try:
        await asyncio.sleep(1)
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def stalled_bodies(port, count, path="/account/login/"):
    """A body that is announced and never comes."""
    sent = head("POST", path, f"Content-Type: {FORM}", "Content-Length: 100000")
    return [hold(port, sent + b"login=") for _ in range(count)]


def slow_uploads(port, count, path="/suggest/"):
    """A photo at one byte a second."""
    kind = "Content-Type: multipart/form-data; boundary=x"
    sent = head("POST", path, kind, "Content-Length: 2000000")
    return [hold(port, sent + b"--x\r\n", b"a") for _ in range(count)]


def idle(port, count):
    return [hold(port) for _ in range(count)]


def deaf_readers(port, count, path="/"):
    """Who asks for a page many times and reads none of it."""
    asked = head("GET", path, "Accept-Encoding: identity") * 20
    return [hold(port, asked) for _ in range(count)]


async def get(port, path, *lines, timeout=30):
    """Return status, headers and body of one request on a connection of its own."""
    return await send(port, head("GET", path, "Connection: close", *lines), timeout=timeout)


async def send(port, request, timeout=30):
    async with asyncio.timeout(timeout):
        reader, writer = await connect(port)
        try:
            writer.write(request)
            await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
    top, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = top.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if ": " in line)
    headers = {name.lower(): value for name, value in pairs}
    return int(status.split()[1]), headers, body


async def times(port, path, count, *lines):
    """Return the seconds that each of `count` requests for a page took, one after the other."""
    took = []
    for _ in range(count):
        begun = time.perf_counter()
        status, _headers, _body = await get(port, path, *lines)
        assert status == 200, status
        took.append(time.perf_counter() - begun)
    return sorted(took)


def p95(took):
    return took[int(len(took) * 0.95)]


async def quietly(awaitable):
    with suppress(OSError, TimeoutError):
        return await awaitable
