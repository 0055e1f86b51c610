"""The API: what is published, page by page, read only; OpenAPI 3.1 and its page by django-ninja."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.timezone import localdate
from ninja import NinjaAPI, Path, Query, Schema

import welfare.http.converters  # noqa: F401 - registers <number:…>
from items import public, queries
from items.states import Group
from welfare.api.addresses import page
from welfare.front.public import open_data, or_404

MOST, FARTHEST = 100, 100_000  # of one answer; a larger offset is refused, not tried

LIMIT = Query(20, ge=1, le=MOST, description="How many at most")
OFFSET = Query(0, ge=0, le=FARTHEST, description="How many of the first are left out")
SLUG = Path(..., description="The last part of the list's address, such as plant-2026")
NUMBER = Path(..., description="The item's number")

SAYS = """What is published here, as the pages show it: read only, without a key, from any site.

Words come in Chinese (`zh`) and, where somebody wrote them, in English (`en`). Days are ISO 8601,
in the plant's time zone. Figures are of the day `as_of`; a closed list stays as on its last day.
Answers carry an ETag: ask again with If-None-Match."""


class Lists(Schema):
    """Some of the published lists, the latest first, and how many there are."""

    items: list[public.OpenList]
    count: int


class Items(Schema):
    """Some of a list's items by their numbers, and how many there are."""

    items: list[public.OpenItem]
    count: int


class Moves(Schema):
    """Some of what moved, the latest first, and how much there is."""

    items: list[public.OpenMove]
    count: int


class Lost(Schema):
    """Why there is no answer."""

    detail: str


class OpenData(NinjaAPI):
    """The API, whose schema says of each field of an item what it means."""

    def get_openapi_schema(self, **kwargs: Any):
        schema = super().get_openapi_schema(**kwargs)
        told = schema["components"]["schemas"]["OpenItem"]["properties"]
        for field in public.ITEM_FIELDS:
            told[field.name]["description"] = field.metadata["says"]
        return schema


api = OpenData(
    title="Open data",
    version="1",
    description=SAYS,
    urls_namespace="api",
    docs_url="/",
    openapi_url="/openapi.json",
)
LOST = {404: Lost}


@api.get("/lists/", response=Lists, url_name="lists", summary="Published lists")
def lists(request, limit: int = LIMIT, offset: int = OFFSET):
    return _page(queries.open_lists(localdate(), page, offset, limit))


@api.get(
    "/lists/{slug:slug}/",
    response={200: public.OpenList} | LOST,
    url_name="list",
    summary="A list with its figures",
)
def one_list(request, slug: str = SLUG):
    return or_404(queries.open_list(slug, localdate(), page))


@api.get(
    "/lists/{slug:slug}/items/",
    response={200: Items} | LOST,
    url_name="items",
    summary="A list's items, of all or of a term of its equation",
)
def items(
    request,
    slug: str = SLUG,
    group: Group | None = None,
    limit: int = LIMIT,
    offset: int = OFFSET,
):
    found = queries.open_items(slug, localdate(), page, offset, limit, group or "")
    return _page(or_404(found))


@api.get(
    "/lists/{slug:slug}/items/{number:number}/",
    response={200: public.OpenItem} | LOST,
    url_name="item",
    summary="An item",
)
def one_item(request, slug: str = SLUG, number: int = NUMBER):
    return or_404(queries.open_item(slug, number, localdate(), page))


@api.get(
    "/lists/{slug:slug}/moves/",
    response={200: Moves} | LOST,
    url_name="moves",
    summary="What moved on a list",
)
def moves(request, slug: str = SLUG, limit: int = LIMIT, offset: int = OFFSET):
    return _page(or_404(queries.open_moves(slug, offset, limit)))


def _page(found: tuple[list, int]) -> dict[str, Any]:
    rows, count = found
    return {"items": rows, "count": count}


def _also_head(view: Callable) -> Callable:
    """Let `view` answer HEAD as GET, which django-ninja doesn't; the server drops the body."""

    @wraps(view)
    def read(request, *args, **kwargs):
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return read


def _opened() -> tuple[list, str, str]:
    """Return the API's addresses, open to anyone and to pages of other sites."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback = open_data(_also_head(pattern.callback))
    return patterns, app, namespace


urls = _opened()
