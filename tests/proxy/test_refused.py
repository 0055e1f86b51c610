"""Requests that HTTP doesn't allow, and what nobody thought of: a page, never a bare 500."""

import asyncio
import socket
from functools import partial

import pytest

from tests.proxy.fronts import Protocol, Scope
from welfare.proxy.application import Front
from welfare.proxy.backend import ask

HOST = ("host", "localhost")


@pytest.fixture
def behind(tmp_path):
    """Return the path of a socket on which nobody speaks, but where a connection is taken."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "django"))
        listener.listen()
        yield str(tmp_path / "django")


def status(asked, *pairs, method="GET", target="/none/"):
    protocol = Protocol()
    asyncio.run(Front(asked, processes=5).__rsgi__(Scope(method, target, pairs), protocol))
    return protocol.answer.status


@pytest.mark.parametrize(
    "pairs",
    [
        (),
        (HOST, HOST),
        (HOST, ("host", "evil.example")),
        (HOST, ("x-a", "a\r\nx-b: b")),
        (HOST, ("content-type", "x; a*=none''y")),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_request_that_http_does_not_allow_is_refused(behind, method, pairs):
    assert status(partial(ask, behind), *pairs, method=method) == 400


def test_body_of_a_reader_is_taken_in():
    """A page in memory is for requests without one: nothing of it may wait to be the next."""
    assert status(None, HOST, ("content-length", "3")) == 400
    assert status(None, HOST, ("transfer-encoding", "chunked")) == 411


def test_what_nobody_thought_of_is_a_page_and_a_line_in_the_log(caplog):
    async def fail(request, body=None):
        raise RuntimeError("unexpected")

    assert status(fail, HOST) == 503
    assert "unexpected" in caplog.text
