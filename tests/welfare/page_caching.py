"""Asking a WSGI application as a web server does, and counting what reaches Django."""

from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory

from welfare.front.page_cache import PageCache
from welfare.front.public import IS_PUBLIC


class Answer(NamedTuple):
    status: str
    headers: dict
    body: bytes


def ask(application, path="/page/", method="GET", **headers):
    """Return what the application answers, as far as a web server sends it on."""
    environ = RequestFactory(headers=headers).generic(method, path).environ
    started = []
    answer = application(environ, lambda *arguments: started.append(arguments))
    body = b"".join(answer)
    getattr(answer, "close", bool)()
    status, sent = started[-1][:2]
    return Answer(status, dict(sent), b"" if method == "HEAD" else body)


class Site:
    """The site behind its page cache; `rendered` counts what Django was asked for."""

    def __init__(self):
        self.application, self.rendered = WSGIHandler(), 0
        self.cache = PageCache(self.django)

    def django(self, environ, start_response):
        self.rendered += 1
        return self.application(environ, start_response)

    def ask(self, *args, **headers):
        return ask(self.cache, *args, **headers)


class Clock:
    """The seconds that a process counts."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        self.now += 0.000001
        return self.now


def a_page(*, status="200 OK", marked=True, **headers):
    """Return an application that says it has a page for everyone, with these headers."""

    def application(environ, start_response):
        environ[IS_PUBLIC] = marked
        start_response(status, [("ETag", '"a"'), *headers.items()])
        return HttpResponse(b"page")

    return application
