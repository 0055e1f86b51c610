"""The RSGI application: answers from memory, and everything else from Django's processes.

What a writer typed isn't lost: where their request can't be worked on, a process that is kept free
for it gives it back as a form (welfare/http/unavailable.py).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from welfare.http.content_negotiation import language_of
from welfare.http.middleware import SecurityHeaders
from welfare.http.problem import problem
from welfare.http.unavailable import RECOVERY, RETRY_AFTER
from welfare.proxy.answers import send, send_page
from welfare.proxy.bodies import Bodies, boundary_of
from welfare.proxy.errors import PROBLEMS, Cut, Stopped
from welfare.proxy.health import HEALTHY, READY, Health
from welfare.proxy.pages import Answer, Page, Pages, Version
from welfare.proxy.places import Places
from welfare.proxy.request import Request, page_key

CODINGS = ("br", "gzip")  # that browsers ask for, by HTTPS and by plain HTTP
WHY = {413: "large", 507: "full"}  # as welfare/http/unavailable.py names it
LOOK_EVERY, LOOK_WITHIN = 5, 5  # seconds


class Front:
    """The front of a site; `ask` passes a request on to one of Django's `processes`."""

    def __init__(self, ask: Callable[..., Awaitable[Answer]], processes: int):
        self.ask = ask
        self.pages, self.bodies, self.places = Pages(), Bodies(), Places(processes)
        self.rendering: dict[tuple, asyncio.Event] = {}
        self.writable, self.codings = True, set(CODINGS)
        self.under_way: set[str] = set()  # peers whose requests are being worked on
        self.changed, self.health = asyncio.Event(), Health()
        self.homes = {language: home(language) for language, _name in settings.LANGUAGES}
        self.problems = {
            (status, language): rendered(status, path)
            for status in PROBLEMS
            for language, path in self.homes.items()
        }

    async def __rsgi__(self, scope, protocol) -> None:
        method, headers = scope.method, dict(scope.headers.items())
        key = page_key(method, scope.path, scope.query_string, headers, scope.scheme)
        page = self.pages.get(key) if key else None
        if page:
            known = headers.get("if-none-match")
            return send_page(page, self.pages.age(), method, known, protocol)
        request = Request.of(scope)
        if request.path in (READY, HEALTHY):
            return send(self.health.answer(request), method, protocol)
        self.under_way.add(scope.client)
        try:
            answer = await self.answer(request, protocol)
        except Stopped as stopped:
            answer = self.problems[stopped.status, language_of(request.path)]
        except Exception:  # granian would answer without a page, and say nothing
            logging.getLogger(__name__).exception("A request failed in the front")
            answer = self.problems[503, language_of(request.path)]
        finally:
            self.under_way.discard(scope.client)
        if isinstance(answer, Page):
            known = headers.get("if-none-match")
            return send_page(answer, self.pages.age(), method, known, protocol)
        send(answer, method, protocol)

    async def answer(self, request, protocol):
        """Return Django's answer; of many requests for one page only the first asks for it."""
        boundary_of(request.headers)  # a reader's request has a type, too
        if not request.key or request.method != "GET":
            return await self.passed_on(request, protocol)
        if first := self.rendering.get(request.key):
            await first.wait()
            return self.pages.get(request.key) or await self.worked_on(request)
        self.codings.add(request.key[-1])
        self.rendering[request.key] = first = asyncio.Event()
        try:
            version = self.pages.version
            answer = await self.worked_on(request.unconditional(version))
            return self.pages.keep(request.key, version, answer) or answer
        finally:
            del self.rendering[request.key]
            first.set()

    async def passed_on(self, request, protocol) -> Answer:
        """Take in a request's body, and pass it on once it is whole."""
        if not request.has_body():
            return await self.worked_on(request)
        try:
            body = await self.bodies.receive(protocol, request)
        except Stopped as stopped:
            if not stopped.text:
                raise
            shorter = request.saying("content-length", str(len(stopped.text)))
            return await self.given_back(shorter, WHY[stopped.status], BytesIO(stopped.text))
        try:
            return await self.worked_on(request, body.file)
        finally:
            self.bodies.done(body)

    async def worked_on(self, request, body=None) -> Answer:
        """Return the answer of one of Django's processes; a reader's second, if the first dies."""
        why, tries = "busy", 2 if request.reads else int(self.writable)
        for _again in range(tries):
            try:
                async with self.places.taken(request.kind, request.who):
                    return await self.ask(request, body)
            except Cut:
                why = "interrupted"
            except Stopped as stopped:
                if stopped.status != 503:
                    raise
                break
        if request.reads:
            raise Stopped(503)
        return await self.given_back(request, why, body)

    async def given_back(self, request, why: str, body) -> Answer:
        """Return a writer's own text, by the process that is kept free for it."""
        try:
            async with self.places.taken("recovery", request.who):
                return await self.ask(request.adding(RECOVERY, why), body)
        except Cut:
            raise Stopped(503) from None

    async def stop_writing(self) -> None:
        """Give every writer their text back from now on; return when the last one is done."""
        self.writable = False
        while self.places.writers():
            await asyncio.sleep(0.05)

    def saw(self, version: Version | None, looked: float) -> None:
        """Take in a look at the version that began at `looked`."""
        if self.pages.saw(version, looked):
            self.changed.set()

    async def keep_warm(self) -> None:
        """After each change ask for the homes and the boards that they link, as readers would.

        So a database that is away a second later finds them in memory.
        """
        while True:
            await self.changed.wait()
            self.changed.clear()
            for first in self.homes.values():
                for path in await self.warmed(first):
                    await self.warmed(path)

    async def look_at_processes(self) -> None:
        """See whether Django answers at all; every few seconds, for as long as the front runs."""
        while True:
            try:
                async with asyncio.timeout(LOOK_WITHIN):
                    await self.worked_on(Request.by_us(READY, ""))
                wrong = ""
            except (Stopped, TimeoutError):
                wrong = "Django doesn't answer"
            self.health.found["processes"] = wrong
            await asyncio.sleep(LOOK_EVERY)

    async def warmed(self, path: str) -> list[str]:
        """Have a page kept in each coding that readers ask for; return the addresses it links."""
        linked = []
        for coding in tuple(self.codings):
            request = Request.by_us(path, coding)
            try:
                page = self.pages.get(request.key) or await self.answer(request, None)
            except Stopped:
                continue
            linked = page.links()
        return linked


def home(language: str) -> str:
    with translation.override(language):
        return reverse("board:home")


def rendered(status: int, path: str) -> Answer:
    """Return the page of a problem, ready to send: nothing may fail when it is needed."""
    response = problem(status, path)
    for protect in (CSPMiddleware, SecurityHeaders):
        response = protect(lambda request: None).process_response(HttpRequest(), response)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    headers = [(name.lower(), value) for name, value in response.items()]
    return Answer(status, headers, response.content)
