"""Which language an address speaks."""

from django.conf import settings
from django.utils import translation
from django.utils.encoding import escape_uri_path


def language_of(path):
    """Return the language of `path`: that of its prefix, or else the site's own."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def in_language(path, code):
    """Return the address of the page at `path` in another language: only the prefix differs."""
    prefix = translation.get_language_from_path(path)
    plain = path.removeprefix(f"/{prefix}") if prefix else path
    return escape_uri_path(plain if code == settings.LANGUAGE_CODE else f"/{code}{plain}")
