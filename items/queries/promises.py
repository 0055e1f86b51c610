"""The page of a list's smaller promises, and how many there are."""

from datetime import date

from django.db.models import Q

from items import public
from items.compiled_queries import compiled_query, counted
from items.models import Entry, ItemList
from items.queries.paging import nearest
from items.queries.rows import list_at
from items.states import Verb

PAGE = 100

SMALLER = Q(verb__in=[Verb.REDUCE, Verb.WITHDRAW, Verb.PUT_ON_HOLD]) | Q(
    verb=Verb.DECIDE_EXTENSION, facts__has_key="smaller"
)


def promises_page(slug: str, today: date, page: int = 1) -> public.PromisesPage | None:
    """Return a page of a published list's smaller promises; None where there is no such list."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    entries = _smaller(item_list.pk)
    count = entries.count()
    page, pages = nearest(page, count, PAGE)
    rows = entries.select_related("words", "item").order_by("-seq")
    return public.PromisesPage(
        head=public.head(item_list),
        promises=tuple(map(public.smaller_promise, rows[(page - 1) * PAGE : page * PAGE])),
        count=count,
        as_of=item_list.as_of(today),
        page=page,
        pages=pages,
    )


def count_smaller(item_list: ItemList) -> int:
    """Return how many acts made a list's promises smaller."""
    return _count_smaller.one(item_list.pk) or 0


@compiled_query
def _count_smaller(item_list):
    return counted(_smaller(item_list))


def _smaller(item_list):
    return Entry.objects.public().filter(SMALLER, list=item_list, item__isnull=False)
