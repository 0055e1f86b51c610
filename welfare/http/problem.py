"""Pages that say what is wrong: they need no session, no database and no request."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from welfare.http.content_negotiation import language_of

TEMPLATES = {411: "400.html"}  # where it isn't named like the status


def problem(status: int, path: str, number: str = "", office=None) -> HttpResponse:
    """Render the template of `status` in the language of a path; `number` is the request's.

    `office` is where to ask (an OfficeContact), as far as that is known.

    No request goes to the template engine: its context processors would reach for the session.
    """
    with translation.override(language_of(path)):
        template = TEMPLATES.get(status, f"{status}.html")
        page = render_to_string(template, {"path": path, "number": number, "office": office})
    return HttpResponse(page, status=status)
