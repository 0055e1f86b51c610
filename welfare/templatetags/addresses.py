"""Template tags for URLs: canonical and hreflang, the other language, large type, pagination."""

import re
from dataclasses import asdict, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language

from items.public import BoardSearch

register = template.Library()

LARGE = re.compile(r"^(/en)?/large/")


class Addresses(NamedTuple):
    """Where a search engine finds the page: in plain type, in each language."""

    canonical: str
    languages: dict[str, str]


@register.simple_tag(takes_context=True)
def in_large_type(context):
    """Tell whether the address asks for large type."""
    return bool(LARGE.match(path_of(context)))


@register.simple_tag(takes_context=True)
def home_url(context):
    """Return the address of the home page, in the type that is read."""
    return reverse("board:home", current_app=type_of(context))


@register.simple_tag
def share_url(slug):
    """Return the address in full of a list's picture, which other apps fetch."""
    return settings.SITE_URL + reverse("share", args=[slug])


@register.simple_tag
def list_url(slug):
    """Return the address of a list's board in full, in plain type: what a page of it is one of."""
    return settings.SITE_URL + reverse("board:list", args=[slug], current_app="board")


@register.simple_tag(takes_context=True)
def search_url(context, slug, search):
    """Return the one address of a search on a board: the list's, a group's or that of searching."""
    return search_address(slug, search, type_of(context))


@register.simple_tag(takes_context=True)
def path_alone(context):
    """Return the address of this page without what is searched on it."""
    return path_of(context)


@register.simple_tag(takes_context=True)
def page_url(context, page):
    """Return the address of another page of what is shown."""
    return path_of(context) + query_for(search_of(context), page)


@register.simple_tag
def answers_url(page, step):
    """Return the query of another page of answers, of those that are chosen; `step` is 1 or -1."""
    item = f"{page.item.slug}/{page.item.number}" if page.item else ""
    query = {"of": page.of, "item": item, "page": page.page + step}
    return "?" + urlencode({name: value for name, value in query.items() if value}, safe="/")


@register.inclusion_tag("components/share.html", takes_context=True)
def share(context, arithmetic, label, slug, **filters):
    """Show the arithmetic of a part of a list, each number a link to what it counts."""
    size = type_of(context)
    search = BoardSearch(**{field: str(value) for field, value in filters.items()})
    urls = [
        search_address(slug, replace(search, group=term.key), size) for term in arithmetic.groups
    ]
    terms = list(zip(arithmetic.groups, urls, strict=True))
    all_of_them = search_address(slug, search, size)
    return {"arithmetic": arithmetic, "label": label, "all": all_of_them, "terms": terms}


@register.simple_tag(takes_context=True)
def other_type_url(context):
    """Return the address of this page in the other size of type; "" where there is none."""
    return in_type("board" if in_large_type(context) else "large", context)


@register.simple_tag(takes_context=True)
def other_language_url(context):
    """Return the address of this page in the other language, or of that language's home."""
    path = path_of(context)
    other = "zh-hans" if (get_language() or settings.LANGUAGE_CODE).startswith("en") else "en"
    translated = translate_url(path, other) if path else path
    if translated != path:
        return translated + (staff_query(context) or query_of(context) or sent_query(context))
    return translate_url(home_url(context), other)


@register.simple_tag(takes_context=True)
def addresses(context):
    """Return the page's addresses in full for search engines; None where there are none."""
    plain = in_type("board", context)
    if not plain:
        return None
    if "results" in context:
        board, search = context["board"], context["results"].search
        plain = search_address(board.head.slug, search, "board", board.page)
    path, mark, query = plain.partition("?")
    in_full = {
        code: settings.SITE_URL + translate_url(path, code) + mark + query
        for code, _name in settings.LANGUAGES
    }
    return Addresses(settings.SITE_URL + plain, in_full)


WRITTEN_AT = {
    "suggest",
    "mention",
    "answer",
    "verdict",
    "coaching",
}  # in large type their app is the board's, too


def in_type(size, context):
    """Return the address of this page in a size of type, "" where it has but one.

    Those that a visitor opens have two, also one that isn't there; an answer to what was sent has
    one, since another page would lose what was typed.
    """
    path = path_of(context)
    try:
        match = resolve(path)
    except Resolver404:
        return in_large(path) if size == "large" else plain_of(path)
    if match.app_names[:1] == ["suggestions"] or match.url_name in WRITTEN_AT:
        if "request" not in context or context["request"].method != "GET":
            return ""
        size = "suggestions" if size == "board" else size
        name = f"suggestions:{match.url_name}"
        return reverse(name, kwargs=match.kwargs, current_app=size) + sent_query(context)
    if "board" not in match.app_names:
        return ""
    path = reverse(f"board:{match.url_name}", kwargs=match.kwargs, current_app=size)
    return path + query_of(context)


def in_large(path):
    """Return an address in large type that leads nowhere: it only says how the page is to look."""
    return escape_uri_path(re.sub(r"^(/en)?/+(?!large/)", r"\1/large/", path))


def plain_of(path):
    """Return the same in plain type; never another site's address, which begins with //."""
    return escape_uri_path(re.sub(r"^(/en)?/+large/+", r"\1/", path))


def search_address(slug, search, size, page=1):
    if search == BoardSearch():
        return reverse("board:list", args=[slug], current_app=size) + query_for(BoardSearch(), page)
    if search == BoardSearch(group=search.group):
        path = reverse("board:group", args=[slug, search.group], current_app=size)
        return path + query_for(BoardSearch(), page)
    return reverse("board:find", args=[slug], current_app=size) + query_for(search, page)


def query_of(context):
    return query_for(search_of(context), page_of(context))


def page_of(context):
    """Return which page of several is shown."""
    for name in ("board", "page", "home", "places"):
        if shown := context.get(name):
            for holder in (shown, getattr(shown, "crowd", None), getattr(shown, "lines", None)):
                holder = getattr(holder, "lines", holder)
                if number := getattr(holder, "page", None):
                    return number
    return 1


def search_of(context):
    shown = context.get("results") or context.get("home") or context.get("places")
    return shown.search if shown else BoardSearch()


def sent_query(context):
    """Return the query with which a form was opened: to whom, about which item."""
    request = context.get("request")
    match = request and request.resolver_match
    if not match or match.url_name != "suggest" or request.method != "GET":
        return ""
    query = {name: request.GET.get(name, "")[:100] for name in ("to", "where", "about", "grade")}
    query = {name: value for name, value in query.items() if value}
    return f"?{urlencode(query, safe='/')}" if query else ""


def staff_query(context):
    """Return the query of a page of the desk, as it was asked, and of the login on the way there.

    A public page says which filters it knows instead: its links are kept with it.
    """
    request = context.get("request")
    match = request and request.resolver_match
    if not match or not request.GET:
        return ""
    if match.namespace == "desk" or match.url_name == "account_login":
        return f"?{request.GET.urlencode()}"
    return ""


def query_for(search, page=1):
    """Return the query of an address: each filter once, in one order, and which page of several."""
    query = {field: value for field, value in asdict(search).items() if value}
    query |= {"page": page} if page > 1 else {}
    return f"?{urlencode(query)}" if query else ""


def type_of(context):
    return "large" if in_large_type(context) else "board"


def path_of(context):
    """Return the path of the page that is being shown, "" when no request asks for it."""
    return context["request"].path_info if "request" in context else context.get("path", "")
