"""Asking a WSGI application as a web server does, and counting what reaches Django."""

from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory

from welfare.public import FOR_EVERYONE
from welfare.remembered import Remembered


class Answer(NamedTuple):
    status: str
    headers: dict
    body: bytes


def ask(application, path="/page/", method="GET", **headers):
    """Return what the application answers, as far as a web server sends it on."""
    environ = RequestFactory(headers=headers).generic(method, path).environ
    told = []
    answer = application(environ, lambda *said: told.append(said))
    body = b"".join(answer)
    getattr(answer, "close", bool)()
    status, sent = told[-1][:2]
    return Answer(status, dict(sent), b"" if method == "HEAD" else body)


class Site:
    """The site with a memory; `rendered` counts what Django was asked for."""

    def __init__(self):
        self.application, self.rendered = WSGIHandler(), 0
        self.memory = Remembered(self.django)

    def django(self, environ, start_response):
        self.rendered += 1
        return self.application(environ, start_response)

    def ask(self, *args, **headers):
        return ask(self.memory, *args, **headers)


class Clock:
    """The seconds that a process counts."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        self.now += 0.000001
        return self.now


def a_page(*, said="200 OK", marked=True, **headers):
    """Return an application that says it has a page for everyone, with these headers."""

    def application(environ, start_response):
        environ[FOR_EVERYONE] = marked
        start_response(said, [("ETag", '"a"'), *headers.items()])
        return HttpResponse(b"page")

    return application
