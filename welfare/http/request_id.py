"""The request id: a short number that the log, the answer and an error page name alike."""

import re
import secrets

from django.conf import settings

from welfare import logs

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nobody takes one for another
ANONYMOUS = re.compile(
    r"(/[a-z-]+)?(/large)?/(suggest|answer|lists/[^/]+/\d+/(verdict|coaching))(/|$)"
)  # in all languages, types


def new_id() -> str:
    """Return an id that can be read out on the telephone."""
    return "".join(secrets.choice(LETTERS) for _each in range(8))


def id_of(request) -> str:
    """Return the id that a trusted proxy gave the request, else a new one."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
    return given if WELL_FORMED.fullmatch(given) else new_id()


class RequestId:
    """Middleware that gives each request its id, but those by which workers send something.

    What may be kept has none in its headers: the same bytes go to everybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        anonymous = bool(ANONYMOUS.match(request.path_info))
        request.request_id = "" if anonymous else id_of(request)
        told = logs.request_id.set(request.request_id), logs.is_anonymous.set(anonymous)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(told[0])
            logs.is_anonymous.reset(told[1])
        if request.request_id and "no-store" in response.headers.get("Cache-Control", ""):
            response.headers[HEADER] = request.request_id
        return response
