"""What moved on a list or on several: in the last seven days, and in a week.

A week holds what was written down in it, whenever it happened: so nothing slips into a week that
everyone has read already, and nobody hides news by its day.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from items import public
from items.compiled_queries import compiled_query
from items.models import Entry, ItemList
from items.public.moves import AT_ONCE, NEWS
from items.queries.paging import nearest
from items.queries.rows import closing_seq, list_at

PAGE = 100
RECENT = 6  # moves on a board
COUNTED = 30  # so many are read at once; more are counted by the database


def recent(lists: dict[int, date], names: dict[int, bool], today: date) -> public.Recent | None:
    """Return what was written down in the last seven days; None where that is nothing.

    `lists`: the keys of the lists, each with the day for which it is shown; `names`: of which of
    them persons are named.
    """
    since = today - timedelta(6)
    if len(lists) == 1:
        rows = _first_of(*lists, *_times(since, today))
    else:
        rows = list(_told(written(list(lists), since, today))[: COUNTED + 1])
    if not rows:
        return None
    if len(rows) > COUNTED:
        counts = _counts(written(list(lists), since, today))
    else:
        counts = {"moves": len(rows), "items": len({r.item_id for r in rows if r.verb in NEWS})}
    moves = (public.move(row, names[row.list_id], lists[row.list_id]) for row in rows[:RECENT])
    return public.Recent(since, today, tuple(moves), counts["moves"], counts["items"])


@compiled_query
def _first_of(item_list, since, until):
    return _told(_moves({"list": item_list}, since, until))[: COUNTED + 1]


def recent_of(item_list: ItemList, today: date) -> public.Recent | None:
    """Return what moved on one list in the last seven days; on a closed one nothing does."""
    if item_list.closed_on:
        return None
    names = {item_list.pk: item_list.committee.show_names}
    return recent({item_list.pk: today}, names, today)


def changes_page(
    slug: str, today: date, monday: date | None = None, page: int = 1
) -> public.ChangesPage | None:
    """Return a week of a published list, or its latest; None where there is no such week."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    today = item_list.as_of(today)
    week = public.Week(monday) if monday else public.Week.of(today)
    first, last = public.Week.of(item_list.published_on), public.Week.of(today)
    if not first.monday <= week.monday <= last.monday:
        return None
    end = closing_seq(item_list)
    entries = written([item_list.pk], week.monday, min(week.sunday, today), end)
    counts = _counts(entries)
    page, pages = nearest(page, counts["moves"], PAGE)
    rows = _told(entries)[(page - 1) * PAGE : page * PAGE]
    before = written([item_list.pk], first.monday, week.monday - timedelta(1))
    after = written([item_list.pk], week.sunday + timedelta(1), today, end)
    return public.ChangesPage(
        head=public.head(item_list),
        week=week,
        moves=tuple(public.move(row, item_list.committee.show_names, today) for row in rows),
        count=counts["moves"],
        items=counts["items"],
        earlier=_week(before.order_by("-written_at")),
        later=_week(after.order_by("written_at")),
        as_of=today,
        page=page,
        pages=pages,
    )


def written(lists: list[int], since: date, until: date, end: int | None = None):
    """Return the moves that were written down from one day to another, both included.

    `end`: the number of the entry that closed the list; what came after it is no move.
    """
    of = {"list": lists[0]} if len(lists) == 1 else {"list__in": lists}
    entries = _moves(of, *_times(since, until))
    return entries.filter(seq__lte=end) if end else entries


def _moves(of: dict, since: datetime, until: datetime):
    """Return the moves of one list or of several that were written between two moments."""
    entries = Entry.objects.public().exclude(verb__in=AT_ONCE, item__isnull=False)
    return entries.filter(written_at__gte=since, written_at__lt=until, **of)


def _times(first: date, last: date) -> tuple[datetime, datetime]:
    """Return when the first of some days begins, and when the last has ended."""
    days = (first, last + timedelta(1))
    since, until = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
    return since, until


def _counts(entries) -> dict[str, int]:
    news = Count("item", filter=Q(verb__in=NEWS), distinct=True)
    return entries.order_by().aggregate(moves=Count("pk"), items=news)


def _told(entries):
    of_one_list = ("-written_at", "-seq")
    joined = ("words", "about__words", "item", "list__committee")
    return entries.select_related(*joined).order_by(*of_one_list)


def _week(entries) -> public.Week | None:
    at = entries.values_list("written_at", flat=True).first()
    return public.Week.of(timezone.localdate(at)) if at else None
