"""Which addresses of the site are files of the static edition, where each lies, and of what.

An address is a path with its query. A page is a folder with an `index.html`, each part of its query
a folder below: `/lists/x/?page=2` lies in `lists/x/page-2/index.html`. What isn't a file here needs
the server.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from welfare.http.content_negotiation import language_of

ENTRIES = ("/", "/en/")  # everything else is found by the links from here

# What may stand in the query of a page that is a file, in this order; a search is the server's.
IN_QUERY = ("of", "item", "page")
# A page of finding is a file where the numbers of a board's line of truth lead to it.
FILTERS = ("late", "heard")

# Of what a page tells, by the name of its address: what changes together is written together.
PAGES = {
    "site": "home how_to_read privacy places",
    "committee": "committee committee_places suggestions suggestion_lines visits look_backs"
    " look_backs_of",
    "board": "list",
    "list": "group item find theme files plan objections assessment bulletin claims promises"
    " changes week",
    "place": "place",
    "call": "call",
}
FILES = {
    "asset": "photos:large photos:small photos:tiny",
    "list": "list_json list_csv list_feed list_calendar bulletin_pdf",
}
# What is printed of how things stand today takes a third of a second each: only on demand.
SHEET_PAGES = {"list": "item_picture week_picture bulletin_picture", "place": "place_picture"}
SHEETS = {
    "list": "wall handout cards card item_png week_png bulletin_png",
    "place": "place_sheet place_png",
    "call": "poster",
}
SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")  # no part of a file's path is any other
FROM_SITE = str.maketrans("/", ".")


def _scopes(tables: tuple[dict[str, str], ...], space: str) -> dict[str, str]:
    return {
        name if ":" in name or not space else f"{space}:{name}": scope
        for table in tables
        for scope, names in table.items()
        for name in names.split()
    }


SCOPE_OF_PAGE = _scopes((PAGES,), "board")
SCOPE_OF_FILE = _scopes((FILES,), "")
SCOPE_OF_SHEET_PAGE = _scopes((SHEET_PAGES,), "board")
SCOPE_OF_SHEET = _scopes((SHEETS,), "")
OF = {"committee": "slug", "board": "slug", "list": "slug", "place": "place", "call": "call"}


class Addresses:
    """The addresses of an edition; one without sheets leaves those to the server."""

    def __init__(self, *, sheets: bool = False):
        self.scopes = SCOPE_OF_PAGE | SCOPE_OF_FILE
        if sheets:
            self.scopes = self.scopes | SCOPE_OF_SHEET_PAGE | SCOPE_OF_SHEET
        self.scope_of = lru_cache(maxsize=20_000)(self._scope_of)

    def _scope_of(self, address: str) -> str:
        """Return of what an address tells, as "list:plant-2026"; "" when it needs the server."""
        path, _mark, query = address.partition("?")
        if path.startswith(settings.STATIC_URL):
            return "asset"
        try:
            with translation.override(language_of(path)):  # its prefix is an address in no other
                match = resolve(unquote(path))
        except Resolver404:
            return ""
        scope = self.scopes.get(match.view_name, "")
        if not scope or not self._may_ask(match.view_name, query) or not file_of(address):
            return ""
        return f"{scope}:{match.kwargs[OF[scope]]}" if scope in OF else scope

    def _may_ask(self, name: str, query: str) -> bool:
        asked = [key for key, _value in parse_qsl(query)]
        if not asked:
            return name != "board:find"
        if name == "board:find":
            return set(asked) - {"page"} in ({name} for name in FILTERS)
        return name in SCOPE_OF_PAGE and set(asked) <= set(IN_QUERY)


def address_of(link: str, page: str) -> tuple[str, str]:
    """Return the address to which a link on a page leads, "" if to another site; the fragment."""
    return _address_of(link, "" if link.startswith("/") else page)


@lru_cache(maxsize=20_000)
def _address_of(link: str, page: str) -> tuple[str, str]:
    """Return the same; most links begin with a slash, whatever the page.

    Its query comes in one order, without what is empty, so that a page has one address.
    """
    if link.startswith(settings.SITE_URL):
        link = link.removeprefix(settings.SITE_URL) or "/"
    parts = urlsplit(urljoin(page, link))
    if parts.scheme or parts.netloc:
        return "", parts.fragment
    query = parse_qsl(parts.query)
    known = sorted((key, value) for key, value in query if key in (*IN_QUERY, *FILTERS))
    if len(known) != len(query):  # a form of the server's, as it is
        return f"{parts.path}?{parts.query}", parts.fragment
    asked = urlencode(known, safe="/")
    return f"{parts.path}?{asked}" if asked else parts.path, parts.fragment


@lru_cache(maxsize=20_000)
def file_of(address: str) -> str:
    """Return the path of an address's file within the edition; "" when there can be none."""
    path, _mark, query = address.partition("?")
    folder, _slash, name = unquote(path).strip("/").rpartition("/")
    parts = [part for part in (*folder.split("/"), name) if part]
    parts += [f"{key}-{value.translate(FROM_SITE)}" for key, value in parse_qsl(query)]
    if path.endswith("/"):
        parts.append("index.html")
    return "/".join(parts) if parts and all(map(SAFE.fullmatch, parts)) else ""


def relative(to: str, page: str) -> str:
    """Return how one file of the edition links another: up to the edition's folder, and down."""
    return "../" * page.count("/") + quote(to)
