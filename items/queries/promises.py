"""The page of a list's smaller promises, and how many there are."""

from datetime import date

from django.db.models import Q

from items import public
from items.models import Entry
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
    entries = smaller_of(item_list.pk)
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


def smaller_of(item_list):
    """Return the entries of a list that made its promises smaller."""
    return Entry.objects.public().filter(SMALLER, list=item_list, item__isnull=False)
