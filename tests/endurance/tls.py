"""HTTPS under load: new connections without a pause, beside strangers who never say hello."""

import asyncio
import ssl
import subprocess
import time
from contextlib import suppress
from itertools import chain

from tests.endurance.stops import is_whole
from tests.serve.sites import TAKES, served
from tests.serve.strangers import crowd, head, hold
from tests.serve.test_memory import memory

CLIENTS, LASTS = 24, 30  # seconds
HELLO = bytes.fromhex("16030102000100")  # the first bytes of one, and no more
MOST = 60  # MB by which the front may grow


def certificate(folder):
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-keyout", key, "-out", cert),
        ],
        check=True,
        capture_output=True,
    )
    return str(cert), str(key)


async def get(port, context, path):
    """Return the seconds that a request over a new connection took; raise where it wasn't whole."""
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname="localhost"
    )
    writer.write(head("GET", path, "Connection: close"))
    answer = await reader.read()
    writer.close()
    assert is_whole(answer), answer[:100]
    return time.perf_counter() - begun


async def started(port, context):
    until = time.monotonic() + TAKES
    while True:
        try:
            return await get(port, context, "/none/")
        except OSError:
            assert time.monotonic() < until
            await asyncio.sleep(0.1)


async def ask(port, context, until):
    """Ask memory and Django in turn; return the seconds that each answer took."""
    took = []
    while time.monotonic() < until:
        for path in ("/readyz", "/none/?x"):
            took.append(await get(port, context, path))
    return took


async def load(site, context):
    await started(site.port, context)
    before = memory(site.front)
    silent = [hold(site.port) for _ in range(300)]
    silent += [hold(site.port, HELLO) for _ in range(300)]
    async with crowd(*silent):
        until = time.monotonic() + LASTS
        asking = (ask(site.port, context, until) for _ in range(CLIENTS))
        took = sorted(chain.from_iterable(await asyncio.gather(*asking)))
    return took, memory(site.front) - before


def test_https_answers_all_and_waits_for_no_stranger(tmp_path):
    cert, key = certificate(tmp_path)
    context = ssl.create_default_context(cafile=cert)
    with served("--certificate", cert, "--key", key, wait=False) as site:
        took, grown = asyncio.run(load(site, context))
    print(
        f"\n{len(took)} requests over HTTPS, p95 {took[int(len(took) * 0.95)]:.2f} s, the longest"
        f" {took[-1]:.2f} s; the front grew by {grown:.0f} MB"
    )
    assert len(took) > 20 * CLIENTS
    assert took[-1] < 5
    assert grown < MOST


def test_who_never_says_hello_is_hung_up_on(tmp_path):
    cert, key = certificate(tmp_path)
    context = ssl.create_default_context(cafile=cert)

    async def silent(port, first):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(first)
        begun = time.monotonic()
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(60):
                await reader.read()
        writer.close()
        return time.monotonic() - begun

    async def all_of_them(port):
        await started(port, context)
        return await asyncio.gather(silent(port, b""), silent(port, HELLO))

    with served("--certificate", cert, "--key", key, wait=False) as site:
        assert max(asyncio.run(all_of_them(site.port))) < 40
