"""Content negotiation: the language by the path alone, HTML or JSON by the headers."""

from django.conf import settings
from django.utils import translation


def language_of(path):
    """Return the language of `path`: that of its prefix, or else the site's own."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def wants_json(request) -> bool:
    """Tell whether a program asks rather than a browser."""
    best = request.get_preferred_type(["text/html", "application/json"])
    return best == "application/json" or request.content_type == "application/json"
