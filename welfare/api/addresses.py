"""Addresses in full, by which other programs find pages: from the settings, never from a Host."""

from django.conf import settings
from django.urls import reverse


def page(slug: str, number: int | None = None) -> str:
    """Return the address of a list's page, or of an item's, in the language of the request."""
    if number is None:
        return in_full("board:list", slug)
    return in_full("board:item", slug, number)


def in_full(name: str, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)
