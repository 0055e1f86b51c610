"""What search engines are told: what to leave alone, and where everything published is."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from items import queries
from welfare.front.public import public

PREFIXES = ("", "/en", "/large", "/en/large")
# Where staff work, and forms, which no cache may keep and which say nothing by themselves
CLOSED = ("/desk/", "/admin/", "/account/", "/suggest/", "/answer/")
FORMS = ("/lists/*/verdict/", "/lists/*/coaching/")
NAMESPACES = (
    ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


@public
def robots(request):
    """Return robots.txt (RFC 9309)."""
    closed = [f"Disallow: {prefix}{path}" for prefix in PREFIXES for path in (*CLOSED, *FORMS)]
    where = f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"
    lines = ["User-agent: *", "Allow: /", *closed, "", where, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def sitemap(request):
    """Return the site map: lists, bulletins and items, each in both languages."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<urlset{NAMESPACES}>"]
    lines += [*_pages(), "</urlset>", ""]
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


def _pages() -> Iterator[str]:
    found = queries.addresses()
    for name, args in (
        ("board:list", [(slug,) for slug in found.lists]),
        ("board:bulletin", found.bulletins),
        ("board:item", found.items),
    ):
        for which in args:
            yield _page(name, which)


def _page(name: str, args: tuple) -> str:
    """Return a page's element for each language, each naming the others."""
    at = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            at[code] = escape(settings.SITE_URL + reverse(name, args=args))
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in at.items()
    )
    return "\n".join(f"<url><loc>{address}</loc>{others}</url>" for address in at.values())
