"""Finished public pages, handed out of memory before Django is asked.

A page holds for one stamp: the day, and the revision of what is published, which the database
raises in the transaction of each change (items.bumps). Each process looks at it once a second, so
that no page is older than two. What isn't surely a page for everyone goes to Django as it came.
"""

from contextlib import closing
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.db import Error, connection
from django.utils.http import parse_etags
from django.utils.timezone import localdate

from items.models.revision import current_revision
from welfare.answers import liked_best
from welfare.public import FOR_EVERYONE

LOOK_EVERY, OLDEST = 1, 2  # seconds; between them one thread looks and the others go on
ROOM, LARGEST = 16 * 2**20, 2**20  # bytes: of all pages in one process, and of one page
BESIDES = 3_000  # bytes that a page takes besides its body and its key

SESSION = settings.SESSION_COOKIE_NAME
NOT_PAGES = (settings.STATIC_URL, "/photos/")  # they would fill the room
UNUSUAL = {"HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"}
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"}
OF_THE_BODY = {"content-type", "content-length", "content-encoding", "content-language"}
PROXY_SAYS = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]


class Page(NamedTuple):
    """A finished answer, and the stamp for which it holds."""

    stamp: tuple
    headers: list
    body: bytes
    etag: str

    def answer(self, environ, start_response):
        """Answer as Django would: 304 to a reader who has these bytes, no body to HEAD."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and has(self.etag, known):
            kept = [pair for pair in self.headers if pair[0].lower() not in OF_THE_BODY]
            start_response("304 Not Modified", kept)
            return []
        start_response("200 OK", self.headers[:])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


def has(etag, known):
    """Tell whether a reader's If-None-Match names the ETag, be it as a weak one."""
    return any(each == "*" or each.removeprefix("W/") == etag for each in parse_etags(known))


def key_of(environ):
    """Return what tells pages for everyone apart; None for what isn't surely one."""
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or environ.get("QUERY_STRING")
        or SESSION in environ.get("HTTP_COOKIE", "")
        or environ["PATH_INFO"].startswith(NOT_PAGES)
        or not environ.keys().isdisjoint(UNUSUAL)
    ):
        return None
    return (
        environ["PATH_INFO"],
        environ["SCRIPT_NAME"],
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get(PROXY_SAYS, ""),
        liked_best(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


def read_stamp():
    """Return the stamp from the database; None when it can't be read, or nobody watches."""
    try:
        connection.close_if_unusable_or_obsolete()  # no request begins here that would do it
        number = current_revision()
    except Error:
        return None
    return (number, localdate()) if number else None


class Remembered:
    """A WSGI application that remembers another one's pages for everyone."""

    def __init__(self, application):
        self.application = application
        self.seen = None, -OLDEST  # the stamp, and when we asked for it
        self.pages, self.taken, self.turns = {}, 0, {}
        self.looking, self.changing = Lock(), Lock()

    def __call__(self, environ, start_response):
        key = key_of(environ)
        if not key or not self.stamp():
            return self.application(environ, start_response)
        if page := self.kept(key):
            return page.answer(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        turn = self.turns.setdefault(key, Lock())
        first = turn.acquire(blocking=False)
        try:
            if first and not self.kept(key):
                return self.render(key, environ, start_response)
        finally:
            if first:
                self.turns.pop(key, None)
                turn.release()
        with turn:  # of whoever renders it now
            page = self.kept(key)
        answer = page.answer if page else self.application
        return answer(environ, start_response)

    def stamp(self):
        """Return the stamp as it was two seconds ago at most, or None; one thread looks anew."""
        if monotonic() - self.seen[1] > LOOK_EVERY and self.looking.acquire(blocking=False):
            try:
                asked = monotonic()
                self.see(read_stamp(), asked)
            finally:
                self.looking.release()
        stamp, asked = self.seen
        return stamp if monotonic() - asked <= OLDEST else None

    def see(self, stamp, asked):
        """Take in a stamp, and forget the pages of the one before."""
        with self.changing:
            if asked > self.seen[1]:
                if stamp != self.seen[0]:
                    self.pages, self.taken = {}, 0
                self.seen = stamp, asked

    def kept(self, key):
        page = self.pages.get(key)
        return page if page and page.stamp == self.seen[0] else None

    def render(self, key, environ, start_response):
        """Let Django render a page, and keep it when nothing changed meanwhile."""
        before, told = read_stamp(), []
        plain = {name: environ[name] for name in environ if name not in CONDITIONS}
        answer = self.application(plain, lambda *said: told.append(said))
        status, headers = told[-1][:2]
        named = {name.lower(): text for name, text in headers}
        good = status == "200 OK" and "set-cookie" not in named and "etag" in named  # no stream
        if not (before and good and plain.get(FOR_EVERYONE)):
            start_response(*told[-1])
            return answer
        with closing(answer):
            body = b"".join(answer)
        asked = monotonic()
        page = Page(read_stamp(), headers, body, named["etag"])
        if page.stamp == before:
            self.see(before, asked)
            self.keep(key, page)
        return page.answer(environ, start_response)

    def keep(self, key, page):
        """Keep a page; when the room is full, begin anew with it alone."""
        takes = len(page.body) + len("".join(key)) + BESIDES
        with self.changing:
            if self.taken + takes > ROOM:
                self.pages, self.taken = {}, 0
            if takes <= LARGEST:
                self.pages[key] = page
                self.taken += takes
