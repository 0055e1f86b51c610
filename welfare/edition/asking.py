"""Ask the site itself for a page, in this process: the same views and middleware as a reader's."""

import io
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.request import validate_host
from django.http.response import HttpResponseBase
from django.utils import translation


class Site:
    """The site as a reader without a login meets it."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        name = urlsplit(settings.SITE_URL).netloc
        known = validate_host(name.rpartition(":")[0] or name, settings.ALLOWED_HOSTS)
        self.host = name if known else settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"

    def get(self, address: str) -> HttpResponseBase:
        """Return the answer to an address."""
        path, _mark, query = address.partition("?")
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "SCRIPT_NAME": "",
                # WSGI has the bytes of a path as Latin letters
                "PATH_INFO": unquote(path).encode().decode("latin-1"),
                "QUERY_STRING": query,
                "HTTP_HOST": self.host,
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80" if settings.HTTP_ONLY else "443",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "127.0.0.1",
                "HTTPS": "off",
                "wsgi.url_scheme": "http" if settings.HTTP_ONLY else "https",
                "wsgi.input": io.BytesIO(),
            }
        )
        with translation.override(translation.get_language()):  # the request leaves its own
            return self.handler.get_response(request)


def body_of(response: Any) -> bytes:
    """Return the whole body of an answer; the connection to the database stays for the next."""
    if not response.streaming:
        return response.content
    with response.file_to_stream:  # a static file
        return b"".join(response.streaming_content)
