"""A month's progress: the items of a list that aren't done, as whoever reports sees them."""

from datetime import date

from django.db.models import Max

from items import public, staff
from items.models import Entry, Item, ItemList, Person, Post, Unit
from items.models.items import ItemQuerySet
from items.queries.paging import nearest
from items.queries.rows import in_rows, read
from items.rules.standing import Standing
from items.states import NOT_DONE, REPORTS, WORKING, ListStatus, Verb

PAGE = 100  # items with a box each; fewer than one transaction takes (items.actions.batch)


def reports_in(person: Person, item_list: ItemList, today: date) -> bool:
    """Tell whether `person` reports in a running list: as its office, or on an item of theirs."""
    if item_list.status != ListStatus.PUBLISHED or not person.is_active:
        return False
    return _is_office(person, item_list, today) or _theirs(person, item_list, today).exists()


def month_page(
    item_list: ItemList,
    person: Person,
    today: date,
    *,
    owner: str = "",
    unit: str = "",
    page: int = 1,
    size: int = PAGE,
) -> staff.MonthPage:
    """Return one page of what is at work, and all that isn't done beside it.

    The office sees the whole list, an owner's side its own items. `owner` and `unit` are the keys
    of a post and a unit that narrow it.
    """
    office = _is_office(person, item_list, today)
    own = _theirs(person, item_list, today)
    mine = item_list.items.filter(status__in=NOT_DONE) if office else own
    owners = Post.objects.filter(owned_items__in=mine).distinct().order_by("name")
    units = Unit.objects.filter(shares__item__in=mine).distinct().order_by("name")
    items = _narrowed(mine, owner, unit)
    working = items.filter(status__in=WORKING)
    count = working.count()
    page, pages = nearest(page, count, size)
    at_work = in_rows(working).select_related("last_entry")[(page - 1) * size : page * size]
    rows, others = read(at_work), read(in_rows(items.exclude(status__in=WORKING)))
    for item in (*rows, *others):
        item.list = item_list
    keys = [item.pk for item in rows]
    owned = set(own.filter(pk__in=keys).values_list("pk", flat=True))
    waiting, blocked = _waiting(keys), _blocked(keys)
    return staff.MonthPage(
        rows=tuple(_row(item, owned, waiting, blocked, today) for item in rows),
        others=tuple(public.row(item, today, show_names=True) for item in others),
        owners=tuple((str(post.pk), post.name) for post in owners),
        units=tuple((str(row.pk), row.name) for row in units),
        count=count,
        page=page,
        pages=pages,
        office=office,
    )


def _is_office(person: Person, item_list: ItemList, today: date) -> bool:
    return Standing(person, item_list, today).is_office


def _theirs(person: Person, item_list: ItemList, today: date) -> ItemQuerySet:
    return item_list.items.filter(status__in=NOT_DONE).acted_for_by(person, today)


def _narrowed(items, owner: str, unit: str):
    if _is_key(owner):
        items = items.filter(owner_post=int(owner))
    if _is_key(unit):
        items = items.filter(pk__in=Item.objects.filter(unit_shares__unit=int(unit)).values("pk"))
    return items


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _row(item: Item, owned, waiting, blocked, today: date) -> staff.MonthRow:
    return staff.MonthRow(
        pk=item.pk,
        row=public.row(item, today, show_names=True),
        seen=item.last_entry.seq if item.last_entry else 0,
        target=item.target_count,
        unit=item.count_unit,
        done_count=item.done_count,
        percent=item.percent,
        owned=item.pk in owned,
        waiting=waiting.get(item.pk, ""),
        blocked=blocked.get(item.pk, ""),
    )


def _waiting(keys: list[int]) -> dict[int, str]:
    rows = Entry.objects.filter(item__in=keys, verb=Verb.ENTER_FOR_OWNER).waiting()
    return dict(rows.order_by("seq").values_list("item", "words__text"))


def _blocked(keys: list[int]) -> dict[int, str]:
    """Return by item what its latest report says of what holds it up."""
    latest = Entry.objects.filter(item__in=keys, verb__in=REPORTS).order_by()
    reports = list(latest.values("item").annotate(last=Max("pk")).values_list("last", flat=True))
    said = Entry.objects.filter(verb=Verb.SAY_BLOCKED, about__in=reports)
    return dict(said.order_by("seq").values_list("item", "words__text"))
