"""How long a reader and a worker wait beside a crowd of strangers, staff and waiting writers.

    .venv/bin/python benchmarks/hostile.py

One site on SQLite with 18 items, on this machine: every figure is of one run. The crowd: 400 bodies
that stall and 400 readers who don't read, 200 uploads at a byte a second, 500 idle connections, 16
writers who wait for a lock, 8 staff who ask for desk pages without a pause, 16 guessing passwords.
"""

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack, closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import servers

sys.path.insert(0, str(servers.ROOT))
from tests.serve import strangers
from tests.serve.strangers import FORM, crowd, get, head, send

READS = 300


def main():
    with tempfile.TemporaryDirectory(prefix="welfare-hostile-") as folder:
        url = f"sqlite:///{folder}/db.sqlite3"
        told = {"DATABASE_URL": url, "VAR_DIR": folder}
        servers.python("make_data", 18, **told)
        own = {**os.environ, **told, "SECRET_KEY": "x", "HTTP_ONLY": "1"}
        subprocess.run(["scripts/static.sh"], cwd=servers.ROOT, env=own, check=True)
        asked = json.loads(servers.python("pages", **told))
        with servers.site(folder, url) as site:
            asyncio.run(measured(site, asked, Path(folder) / "db.sqlite3"))
            print(f"memory after it: {site.memory():.0f} MB")


async def measured(site, asked, database):
    port, board = site.port, asked["pages"]["board"]["path"]
    desk = asked["pages"]["desk"]["path"]
    forms = [await filled_in(port) for _ in range(4)]
    await report("alone", port, board, forms[0])
    crowds = {
        "400 stalled bodies": strangers.stalled_bodies(port, 400),
        "400 deaf readers": strangers.deaf_readers(port, 400, board),
        "200 uploads, 1 B/s": strangers.slow_uploads(port, 200),
        "500 idle": strangers.idle(port, 500),
        "8 staff": [again(port, head("GET", desk, asked["cookie"])) for _ in range(8)],
        "16 guessing": [again(port, guess(n)) for n in range(16)],
    }
    async with AsyncExitStack() as everybody:
        for name, holds in crowds.items():
            await everybody.enter_async_context(crowd(*holds))
            await report(f"and {name}", port, board)
        await report("and a suggestion", port, board, forms[1])
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            waiting = [again(port, as_sent(forms[2])) for _ in range(16)]
            await everybody.enter_async_context(crowd(*waiting))
            await report("and 16 writers who wait for a lock", port, board, forms[3])


async def report(name, port, board, form=None):
    took = await strangers.times(port, board, READS, "Accept-Encoding: br")
    line = (
        f"{name:40} board p95 {strangers.p95(took) * 1000:6.1f} ms, max {took[-1] * 1000:6.1f} ms"
    )
    if form:
        begun = time.perf_counter()
        status, _headers, _page = await send(port, as_sent(form))
        line += f"; suggestion {status} after {time.perf_counter() - begun:.2f} s"
    print(line, flush=True)


async def filled_in(port):
    """Open the form; return the headers and the body that send it."""
    _status, headers, page = await get(port, "/suggest/")
    hidden = re.findall(r'name="(nonce|csrfmiddlewaretoken)" value="([^"]+)"', page.decode())
    cookie = re.search(r"csrftoken=[^;]+", headers["set-cookie"], re.IGNORECASE)[0]
    await asyncio.sleep(4)
    return cookie, urlencode([*hidden, ("words", "休息室没有空调。")])


def as_sent(form, path="/suggest/"):
    cookie, body = form
    lines = (f"Cookie: {cookie}", "Origin: http://localhost", f"Content-Type: {FORM}")
    length = f"Content-Length: {len(body)}"
    return head("POST", path, *lines, length, "Connection: close") + body.encode()


def guess(number):
    token = "a" * 32
    body = f"login=nobody{number}&password=guessed&csrfmiddlewaretoken={token}"
    return as_sent((f"csrftoken={token}", body), "/account/login/")


async def again(port, request):
    """Ask the same without a pause, for ever."""
    while True:
        with suppress(OSError, TimeoutError, ValueError, IndexError):
            await send(port, request)
        await asyncio.sleep(0)


if __name__ == "__main__":
    main()
