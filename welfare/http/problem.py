"""Pages that say what is wrong: they need no session, no database and no request."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from welfare.http.content_negotiation import language_of

TEMPLATES = {411: "400.html"}  # where it isn't named like the status


def problem(status: int, path: str) -> HttpResponse:
    """Render the template of `status` in the language of a path.

    No request goes to the template engine: its context processors would reach for the session.
    """
    with translation.override(language_of(path)):
        page = render_to_string(TEMPLATES.get(status, f"{status}.html"), {"path": path})
    return HttpResponse(page, status=status)
