"""Draft lists that are, or were, up for objections (公示), as everyone may read them."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from items import public
from items.compiled_queries import compiled_query
from items.models import Entry, Item, ItemList
from items.models.post import know_posts
from items.queries.announcements import announcements_of
from items.queries.paging import nearest
from items.queries.rows import list_at
from items.rules.announcing import is_open, last_day
from items.states import Verb
from items.words import Words

PAGE_SIZE = 100  # items
AT_ONCE = 20  # lists that a page names
OF_LIST = [Verb.PUT_UP, Verb.TAKE_DOWN, Verb.PUBLISH]


def proposed_list(slug: str, today: date, page: int = 1) -> public.ProposedList | None:
    """Return a draft that is up, or was and isn't published yet; None where there is none.

    Its items are shown while it is up: what was taken down may be changing.
    """
    item_list = _drafts_at.one(slug)
    announcements = _announcements(item_list, today) if item_list else ()
    if item_list is None or not announcements:
        return None
    up = announcements[0].is_up
    items = item_list.items.order_by("number")
    count = items.count() if up else 0
    page, pages = nearest(page, count, PAGE_SIZE)
    rows = _read(item_list, items[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]) if up else []
    return public.ProposedList(
        head=public.proposed_head(item_list),
        announcements=announcements,
        items=tuple(public.proposed_item(item, today) for item in rows),
        count=count,
        plan=item_list.plan_words if up else Words(),
        as_of=today,
        page=page,
        pages=pages,
    )


def objections_page(slug: str, today: date) -> public.ObjectionsPage | None:
    """Return how a published list was up before that; None where it never was."""
    item_list = list_at(slug)
    announcements = _announcements(item_list, today) if item_list else ()
    if item_list is None or not announcements:
        return None
    return public.ObjectionsPage(public.head(item_list), announcements)


def was_up(item_list: ItemList, today: date) -> public.WasUp | None:
    """Return that a published list was up before that, in one line; None where it never was."""
    return public.was_up(_announcements(item_list, today))


def proposed_lines(today: date, committee: int | None = None) -> tuple[public.ProposedLine, ...]:
    """Return the drafts that are up, of one committee or of all, in one line each."""
    entries = Entry.objects.announcements().of_lists()
    entries = entries if committee is None else entries.filter(list__committee=committee)
    rows = entries.select_related("list__committee").order_by("-pk")[:AT_ONCE]
    return tuple(
        public.ProposedLine(
            slug=row.list.slug,
            name=row.list.words,
            committee=row.list.committee.words,
            until=last_day(row),
            over=last_day(row) < today,
        )
        for row in rows
    )


def proposal_at(name: str, today: date) -> tuple[Entry, Item | None] | None:
    """Return what is up, and open to objections, at "plant-2027", or an item at "plant-2027/3".

    Help for families has no door of its own: whoever names it objects to the list.
    """
    slug, _slash, number = name.partition("/")
    entry = _up_at.one(slug) if len(slug) <= 50 else None
    if entry is None or not is_open(entry, today):
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 5):
        return entry, None
    items = Item.objects.filter(list=entry.list_id, number=int(number), hardship=False)
    return entry, items.first()


def _announcements(item_list: ItemList, today: date) -> tuple[public.Announcement, ...]:
    entries = _entries_of_list(item_list.pk)
    return announcements_of(entries, item_list.committee.show_names, today)


def _read(item_list: ItemList, items: QuerySet[Item]) -> list[Item]:
    rows = list(items.select_related("place", "carried_from__list"))
    for row in rows:
        row.list = item_list
    know_posts(rows)
    prefetch_related_objects(rows, "measures")
    return rows


@compiled_query
def _drafts_at(slug: Any) -> QuerySet[ItemList]:
    drafts = ItemList.objects.filter(slug=slug).drafts()
    # One that never was up takes the same questions as one that never existed.
    was_up = Entry.objects.of_lists().filter(list=OuterRef("pk"), verb=Verb.PUT_UP)
    drafts = drafts.filter(Exists(was_up))
    return drafts.select_related("committee__organisation")


@compiled_query
def _entries_of_list(item_list: Any) -> QuerySet[Entry]:
    rows = Entry.objects.public().of_lists().filter(list=item_list, verb__in=OF_LIST)
    return rows.select_related("words").order_by("-seq")


@compiled_query
def _up_at(slug: Any) -> QuerySet[Entry]:
    rows = Entry.objects.announcements().of_lists().filter(list__slug=slug)
    return rows.select_related("list__committee__organisation")
