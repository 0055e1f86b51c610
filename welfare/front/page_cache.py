"""Page cache: finished public pages, answered from memory by WSGI before Django is asked.

A page is valid for one version: the day, and the revision of what is published, which the database
raises in the transaction of each change (items.guards.revision). Each process reads it once a
second, so that no page is older than two. What isn't surely a page for everyone goes to Django as
it came.
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
from welfare.front.compression import best_encoding
from welfare.front.public import IS_PUBLIC

CHECK_EVERY, MAX_AGE = 1, 2  # seconds; between them one thread asks and the others go on
MAX_BYTES, MAX_PAGE_BYTES = 16 * 2**20, 2**20  # of all pages in one process, and of one page
OVERHEAD = 3_000  # bytes that a page takes besides its body and its key

SESSION = settings.SESSION_COOKIE_NAME
UNCACHED_PATHS = (settings.STATIC_URL, "/photos/")  # they would fill the cache
BYPASS_HEADERS = {"HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"}
CONDITIONAL_HEADERS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"}
BODY_HEADERS = {"content-type", "content-length", "content-encoding", "content-language"}
PROXY_HEADER = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]


class Page(NamedTuple):
    """A finished answer, and the version for which it holds."""

    version: tuple
    headers: list
    body: bytes
    etag: str

    def answer(self, environ, start_response):
        """Answer as Django would: 304 to a reader who has these bytes, no body to HEAD."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and etag_matches(self.etag, known):
            headers = [pair for pair in self.headers if pair[0].lower() not in BODY_HEADERS]
            start_response("304 Not Modified", headers)
            return []
        start_response("200 OK", self.headers[:])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


def etag_matches(etag, known):
    """Tell whether a reader's If-None-Match names the ETag, be it as a weak one."""
    return any(tag == "*" or tag.removeprefix("W/") == etag for tag in parse_etags(known))


def cache_key(environ):
    """Return the cache key of a request; None for what isn't surely a page for everyone."""
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or environ.get("QUERY_STRING")
        or SESSION in environ.get("HTTP_COOKIE", "")
        or environ["PATH_INFO"].startswith(UNCACHED_PATHS)
        or not environ.keys().isdisjoint(BYPASS_HEADERS)
    ):
        return None
    return (
        environ["PATH_INFO"],
        environ["SCRIPT_NAME"],
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get(PROXY_HEADER, ""),
        best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


def read_version():
    """Return the version from the database; None when it can't be read, or no trigger watches."""
    try:
        connection.close_if_unusable_or_obsolete()  # no request begins here that would do it
        number = current_revision()
    except Error:
        return None
    return (number, localdate()) if number else None


class PageCache:
    """WSGI middleware that caches another application's pages for everyone.

    Of many requests for a page that isn't cached one renders it and the others wait for it.
    """

    def __init__(self, application):
        self.application = application
        self.checked = None, -MAX_AGE  # the version, and when we asked for it
        self.pages, self.size = {}, 0
        self.rendering = {}  # a lock for each page that is being rendered
        self.checking, self.changing = Lock(), Lock()

    def __call__(self, environ, start_response):
        key = cache_key(environ)
        if not key or not self.version():
            return self.application(environ, start_response)
        if page := self.get(key):
            return page.answer(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        lock = self.rendering.setdefault(key, Lock())
        first = lock.acquire(blocking=False)
        try:
            if first and not self.get(key):
                return self.render(key, environ, start_response)
        finally:
            if first:
                self.rendering.pop(key, None)
                lock.release()
        with lock:  # of whoever renders it now
            page = self.get(key)
        answer = page.answer if page else self.application
        return answer(environ, start_response)

    def version(self):
        """Return the version of two seconds ago at most, or None; one thread reads it anew."""
        if monotonic() - self.checked[1] > CHECK_EVERY and self.checking.acquire(blocking=False):
            try:
                asked = monotonic()
                self.set_version(read_version(), asked)
            finally:
                self.checking.release()
        version, asked = self.checked
        return version if monotonic() - asked <= MAX_AGE else None

    def set_version(self, version, asked):
        """Take in a version, and forget the pages of the one before."""
        with self.changing:
            if asked > self.checked[1]:
                if version != self.checked[0]:
                    self.pages, self.size = {}, 0
                self.checked = version, asked

    def get(self, key):
        page = self.pages.get(key)
        return page if page and page.version == self.checked[0] else None

    def render(self, key, environ, start_response):
        """Let Django render a page, and keep it when nothing changed meanwhile."""
        before, started = read_version(), []
        plain = {name: environ[name] for name in environ if name not in CONDITIONAL_HEADERS}
        answer = self.application(plain, lambda *arguments: started.append(arguments))
        status, headers = started[-1][:2]
        named = {name.lower(): text for name, text in headers}
        good = status == "200 OK" and "set-cookie" not in named and "etag" in named  # no stream
        if not (before and good and plain.get(IS_PUBLIC)):
            start_response(*started[-1])
            return answer
        with closing(answer):
            body = b"".join(answer)
        asked = monotonic()
        page = Page(read_version(), headers, body, named["etag"])
        if page.version == before:
            self.set_version(before, asked)
            self.store(key, page)
        return page.answer(environ, start_response)

    def store(self, key, page):
        """Keep a page; when the cache is full, begin anew with it alone."""
        size = len(page.body) + len("".join(key)) + OVERHEAD
        with self.changing:
            if self.size + size > MAX_BYTES:
                self.pages, self.size = {}, 0
            if size <= MAX_PAGE_BYTES:
                self.pages[key] = page
                self.size += size
