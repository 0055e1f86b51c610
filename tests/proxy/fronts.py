"""Asking a front as granian does, with Django in the same process, and counting what reaches it."""

import asyncio
from contextlib import contextmanager
from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from welfare.front.middleware import REVISION
from welfare.proxy.application import Front
from welfare.proxy.pages import Answer as Passed
from welfare.proxy.request import Request
from welfare.serve import front as process

HOST = {"host": "localhost"}


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes


class Headers:
    """granian's headers."""

    def __init__(self, pairs):
        self.pairs = list(pairs)

    def items(self):
        return self.pairs


class Scope:
    """granian's scope of a request."""

    client, scheme = "203.0.113.7:4000", "http"

    def __init__(self, method, target, pairs):
        self.method, self.headers = method, Headers(pairs)
        self.path, _, self.query_string = target.partition("?")


class Protocol:
    """granian's end of a request: what is read from the reader, and sent to them."""

    def __init__(self, chunks=()):
        self.chunks, self.answer = list(chunks), None

    async def __aiter__(self):
        for chunk in self.chunks:
            await asyncio.sleep(0)
            yield chunk

    def response_empty(self, status, headers):
        self.response_bytes(status, headers, b"")

    def response_bytes(self, status, headers, body):
        assert self.answer is None
        self.answer = Answer(status, dict(headers), body)


def django(handler, request, body=None):
    """Return what Django answers to a request that is passed on; its transport is gunicorn's."""
    pairs = {name: value for name, value in request.passed_on() if name != "connection"}
    asked = RequestFactory(headers=pairs).generic(request.method, request.target, body or b"")
    started = []
    answer = handler(asked.environ, lambda *arguments: started.append(arguments))
    content = b"".join(answer)
    getattr(answer, "close", bool)()
    status, headers = started[-1][:2]
    named = {name.lower(): value for name, value in headers}
    revision = named.pop(REVISION.lower(), "")
    content = b"" if request.method == "HEAD" else content
    return Passed(int(status.split()[0]), list(named.items()), content, revision)


@contextmanager
def no_loop():
    """Let Django see no event loop, so that it has the test's connection: it stands apart."""
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


class Site:
    """The site behind its front; `rendered` counts what Django was asked for."""

    def __init__(self, clock):
        self.handler, self.rendered, self.clock = WSGIHandler(), 0, clock
        self.front, self.looked = Front(self.passed_on, processes=5), 0.0
        self.pages = self.front.pages

    async def passed_on(self, request, body=None):
        self.rendered += 1
        with no_loop():
            return django(self.handler, request, body and body.read())

    def look(self):
        """Look at the version as the front's thread does, once a second."""
        if self.clock.now - self.looked >= process.LOOK_EVERY:
            self.looked = self.clock.now
            process.look(self.front.saw)

    def ask(self, path="/page/", method="GET", chunks=(), **headers):
        self.look()
        protocol = Protocol(chunks)
        scope = Scope(method, path, (HOST | headers).items())
        asyncio.run(self.front.__rsgi__(scope, protocol))
        return protocol.answer

    def through_django(self, path="/page/", method="GET", **headers):
        """Return what Django itself answers."""
        asked = Request.of(Scope(method, path, (HOST | headers).items()))
        return Answer(*self.as_sent(django(self.handler, asked)))

    def as_sent(self, answer):
        return answer.status, dict(answer.headers), answer.body


class Clock:
    """The seconds that a process counts."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        self.now += 0.000001
        return self.now
