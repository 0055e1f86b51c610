"""Which language an address speaks."""

from django.conf import settings
from django.utils import translation


def language_of(path):
    """Return the language of `path`: that of its prefix, or else the site's own."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE
