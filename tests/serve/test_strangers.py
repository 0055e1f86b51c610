"""Strangers at the door: silent, slow, greedy. The board and a worker's suggestion don't wait."""

import asyncio
import time

import pytest

from tests import factories
from tests.serve import strangers
from tests.serve.sites import database_url, served
from tests.serve.strangers import FORM, crowd, get, head, send

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]

BOARD_WITHIN = 0.25  # seconds; a quiet machine needs 0.002 (benchmarks/hostile.py)
DJANGO_WITHIN = 2
COOKIE = f"csrftoken={'a' * 32}"  # then Django reads the body, to look for the token


@pytest.fixture
def board():
    return f"/lists/{factories.published_item().list.slug}/"


CROWDS = {
    "stalled bodies": lambda port, board: strangers.stalled_bodies(port, 400),
    "slow uploads": lambda port, board: strangers.slow_uploads(port, 200),
    "idle": lambda port, board: strangers.idle(port, 500),
    "deaf readers": lambda port, board: strangers.deaf_readers(port, 400, board),
}


def test_no_crowd_keeps_the_board_or_a_form_waiting(board):
    async def meet(port):
        for name, crowd_of in CROWDS.items():
            async with crowd(*crowd_of(port, board)):
                took = await strangers.times(port, board, 50)
                assert strangers.p95(took) < BOARD_WITHIN, name
                begun = time.monotonic()
                assert (await get(port, "/suggest/"))[0] == 200, name
                assert time.monotonic() - begun < DJANGO_WITHIN, name

    with served(DATABASE_URL=database_url()) as site:
        site.get(board)
        asyncio.run(meet(site.port))


def test_without_the_front_a_few_silent_ones_would_stop_the_site(board, tmp_path):
    # The negative control: Django's processes behind nothing but a pipe that passes bytes on.
    socket = tmp_path / "django"

    async def meet():
        silent = []
        for _ in range(5):
            reader, writer = await asyncio.open_unix_connection(str(socket))
            lines = (f"Content-Type: {FORM}", "Content-Length: 100000", f"Cookie: {COOKIE}")
            writer.write(head("POST", "/account/login/", *lines))
            silent.append((reader, writer))
        await asyncio.sleep(1)
        reader, writer = await asyncio.open_unix_connection(str(socket))
        writer.write(head("GET", board))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2):
                await reader.read(1)
        for _reader, held in silent:
            held.close()
        writer.close()

    with served("--socket", str(socket), DATABASE_URL=database_url(), wait=False):
        until = time.monotonic() + 30
        while not socket.exists():
            assert time.monotonic() < until
            time.sleep(0.1)
        time.sleep(2)
        asyncio.run(meet())


@pytest.fixture(scope="module")
def bare():
    """Serve no list at all: what is refused needs none."""
    with served() as site:
        yield site


def refused(site, request):
    return asyncio.run(send(site.port, request))


@pytest.mark.parametrize(
    ("lines", "body", "status"),
    [
        (("Transfer-Encoding: chunked",), b"3\r\nabc\r\n0\r\n\r\n", 411),
        (("Content-Length: 1048577",), b"", 413),
        (("Content-Length: 268435457", "Content-Type: multipart/form-data; boundary=x"), b"", 413),
    ],
    ids=["no length", "long form", "large files"],
)
def test_body_that_is_too_much_is_refused_before_it_comes(bare, lines, body, status):
    asked = head("POST", "/suggest/", "Connection: close", *lines)

    got, headers, page = refused(bare, asked + body)

    assert (got, headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "nosniff" in headers["x-content-type-options"]
    assert b"<h1>" in page


def test_cut_body_reaches_no_view(bare):
    async def cut(announced):
        reader, writer = await strangers.connect(bare.port)
        lines = (f"Content-Type: {FORM}", f"Content-Length: {announced}", "Connection: close")
        writer.write(head("POST", "/account/login/", *lines) + b"login=abc")
        if announced > 9:
            writer.write_eof()
        answer = await reader.read()
        writer.close()
        return answer.split()[1]

    assert asyncio.run(cut(100)) == b"400"
    assert asyncio.run(cut(9)) == b"403"  # the control: whole, it meets the check of its token
