"""What other programs read: lists with their items, what moved last, deadlines, and all addresses.

Items are read in pieces, so that a list of any length takes the memory of one piece: a fixed number
of questions for each CHUNK items.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils import timezone

from items import public
from items.models import Bulletin, Criterion, Entry, Item, ItemList, Measure, Part, UnitShare
from items.models.post import know_posts
from items.privacy.feed_ids import feed_id
from items.public.moves import AT_ONCE
from items.queries.assessments import latest_judgements
from items.queries.rows import closing_seq, in_rows, list_at, lists
from items.states import GROUP_OF, STATUSES_OF, Verb

CHUNK = 500  # items that are in memory at once
FEED = 50  # moves in a feed
ADDRESSES = 10_000  # lists, bulletins and items in the site map; it has each in both languages
LATEST = ("-year", "-published_on", "pk")
# By what the day of an item's deadline moves, or the item leaves the list; a test does every act.
MOVES_A_DEADLINE = (
    Verb.DECIDE_EXTENSION,
    Verb.SEND_BACK,
    Verb.REOPEN,
    Verb.CORRECT,
    Verb.WITHDRAW,
)

Page = Callable[..., str]  # returns the address in full of a list's page, or of an item's


class WholeList(NamedTuple):
    """A list with all its items, which are read as they are taken."""

    shown: Callable[[], public.OpenList]  # once all items are taken: what they add up to
    items: Iterator[public.OpenItem]


# Lists and items


def whole_list(slug: str, today: date, page: Page) -> WholeList | None:
    """Return a published list with all its items; None when there is none at that address.

    Its figures are added up from the items, so that what is written holds together.
    """
    item_list = list_at(slug)
    if item_list is None:
        return None
    day = item_list.as_of(today)
    groups: Counter = Counter()
    overdue = 0

    def items() -> Iterator[public.OpenItem]:
        nonlocal overdue
        for chunk in _chunks(item_list.items.published(), item_list):
            for item in _open_items(chunk, item_list, day, page):
                groups[item.group] += 1
                overdue += item.overdue_days > 0
                yield item

    def shown() -> public.OpenList:
        return _shown(item_list, day, page, groups, overdue)

    return WholeList(shown, items())


def open_lists(
    today: date, page: Page, offset: int, limit: int
) -> tuple[list[public.OpenList], int]:
    """Return some of the published lists, the latest first, and how many there are in all."""
    rows = list(lists().order_by(*LATEST)[offset : offset + limit])
    prefetch_related_objects([row for row in rows if row.closed_on], "closing_names")
    groups: dict[int, Counter] = {row.pk: Counter() for row in rows}
    overdue: Counter = Counter()
    running, closed = [r.pk for r in rows if not r.closed_on], [r.pk for r in rows if r.closed_on]
    for keys, day in ((running, today), (closed, F("list__closed_on"))):
        known = Item.objects.published().filter(list__in=keys).counted(day) if keys else ()
        for key, status, count, late in known:
            groups[key][GROUP_OF[status]] += count
            overdue[key] += late
    shown = [_shown(row, row.as_of(today), page, groups[row.pk], overdue[row.pk]) for row in rows]
    return shown, lists().count()


def open_list(slug: str, today: date, page: Page) -> public.OpenList | None:
    """Return a published list with its figures, without its items; None where there is none."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    day = item_list.as_of(today)
    counts = public.open_counts(*_figures(item_list, day))
    return public.open_list(public.head(item_list), page(slug), day, counts)


def _figures(item_list: ItemList, day: date) -> tuple[public.Arithmetic, int]:
    """Return a list's equation, and how many of its items are overdue."""
    groups: Counter = Counter()
    overdue = 0
    for _key, status, count, late in item_list.items.published().counted(day):
        groups[GROUP_OF[status]] += count
        overdue += late
    return public.equation(groups), overdue


def open_items(
    slug: str, today: date, page: Page, offset: int, limit: int, group: str = ""
) -> tuple[list[public.OpenItem], int] | None:
    """Return some of a list's items, of all or of a group, and of how many; None without a list."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    found = item_list.items.published()
    if group:
        found = found.filter(status__in=STATUSES_OF[group])
    rows = list(_rows(found)[offset : offset + limit])
    day = item_list.as_of(today)
    known = _known(rows, item_list)
    return list(_open_items(known, item_list, day, page)), found.count()


def open_item(slug: str, number: int, today: date, page: Page) -> public.OpenItem | None:
    """Return one item of a published list; None where there is none under that number."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    rows = _known(list(_rows(item_list.items.filter(number=number))), item_list)
    return next(_open_items(rows, item_list, item_list.as_of(today), page), None)


def _shown(item_list: ItemList, day: date, page: Page, groups: Counter, overdue: int):
    counts = public.open_counts(public.equation(groups), overdue)
    return public.open_list(public.head(item_list), page(item_list.slug), day, counts)


def _rows(items: QuerySet) -> QuerySet:
    joined = ("category", "theme", "carried_from__list")
    return in_rows(items).select_related(*joined).order_by("number")


def _chunks(items: QuerySet, item_list: ItemList) -> Iterator[list[Item]]:
    last = 0
    while rows := list(_rows(items.filter(number__gt=last))[:CHUNK]):
        last = rows[-1].number
        yield _known(rows, item_list)
        if len(rows) < CHUNK:
            return


def _known(rows: list[Item], item_list: ItemList) -> list[Item]:
    for item in rows:
        item.list = item_list
    know_posts(rows)
    return rows


def _open_items(
    rows: list[Item], item_list: ItemList, day: date, page: Page
) -> Iterator[public.OpenItem]:
    keys = [item.pk for item in rows]
    measures, criteria = _under(Measure.objects, keys), _under(Criterion.objects, keys)
    parts = _under(Part.objects.select_related("unit"), keys)
    shares = _under(UnitShare.objects.select_related("unit"), keys)
    judged = latest_judgements(keys)
    for item in rows:
        under = [known.get(item.pk, ()) for known in (measures, criteria, parts, shares)]
        row, address = public.row(item, day), page(item_list.slug, item.number)
        lines = public.UnderItem(*under, today=day)
        yield public.open_item(item, row, address, lines, judged.get(item.pk))


def _under(rows: Any, keys: list[int]) -> dict[int, list]:
    """Return the lines under items, in their order, by the items' keys."""
    found: dict[int, list] = {}
    for line in rows.filter(item__in=keys).order_by("item", "order", "pk"):
        found.setdefault(line.item_id, []).append(line)
    return found


# What moved


def feed(slug: str, today: date, number: int | None = None) -> public.Feed | None:
    """Return what moved last on a published list, or with one item of it; None where is none.

    Of a closed list that is what moved until its closing.
    """
    item_list = list_at(slug)
    item = item_list and number and item_list.items.published().filter(number=number).first()
    if item_list is None or (number and item is None):
        return None
    rows = _moves_of(item_list, item)[:FEED]
    names, day = item_list.committee.show_names, item_list.as_of(today)
    return public.Feed(
        head=public.head(item_list),
        number=number,
        title=item.title_words if item else item_list.words,
        since=item.published_on if item else item_list.published_on,
        entries=tuple(
            public.FeedEntry(feed_id(row.hash), public.move(row, names, day)) for row in rows
        ),
        arithmetic=_figures(item_list, day)[0],
    )


def open_moves(slug: str, offset: int, limit: int) -> tuple[list[public.OpenMove], int] | None:
    """Return some of what moved on a list, the latest first, and of how many; None without one."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    moves, names = _moves_of(item_list), item_list.committee.show_names
    rows = moves[offset : offset + limit]
    return [public.open_move(row, feed_id(row.hash), names) for row in rows], moves.count()


def _moves_of(item_list: ItemList, item: Item | None = None) -> QuerySet:
    entries = Entry.objects.public().filter(list=item_list)
    entries = entries.exclude(verb__in=AT_ONCE, item__isnull=False)
    if item:
        entries = entries.filter(item=item)
    if end := closing_seq(item_list):
        entries = entries.filter(seq__lte=end)
    joined = ("words", "about__words", "item", "list__committee")
    return entries.select_related(*joined).order_by("-seq")


# Deadlines


def deadlines(slug: str, today: date) -> public.Calendar | None:
    """Return the deadlines of a published list's items; None when there is no such list."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    day, moved = item_list.as_of(today), _moves_of_deadlines(item_list)
    found = []
    for chunk in _chunks(item_list.items.published(), item_list):
        for item in chunk:
            moves = moved.get(item.pk, ())
            changed = [item.published_on, *map(timezone.localdate, moves)]
            row = public.row(item, day)
            found.append(public.Deadline(row, item.deadline, len(moves), max(changed)))
    return public.Calendar(public.head(item_list), tuple(found), _figures(item_list, day)[0])


def _moves_of_deadlines(item_list: ItemList) -> dict[int, list[datetime]]:
    """Return when the deadlines of a list's items moved, or the item left it, by its key."""
    rows = Entry.objects.public().filter(list=item_list, verb__in=MOVES_A_DEADLINE)
    if end := closing_seq(item_list):
        rows = rows.filter(seq__lte=end)
    moved: dict[int, list[datetime]] = {}
    told = ("item", "verb", "facts", "written_at")
    for key, verb, facts, at in rows.exclude(item=None).order_by("seq").values_list(*told):
        if _moves(verb, facts):
            moved.setdefault(key, []).append(at)
    return moved


def _moves(verb: str, facts: dict) -> bool:
    if verb == Verb.CORRECT:
        return facts.get("field") == "due"
    return verb != Verb.DECIDE_EXTENSION or bool(facts.get("agreed"))


# Addresses


class Addresses(NamedTuple):
    """What a search engine is to find: lists, their bulletins and items, the latest list first."""

    lists: list[str]
    bulletins: list[tuple[str, int]]
    items: list[tuple[str, int]]


def addresses() -> Addresses:
    """Return the addresses of all that is published, ADDRESSES of them at most."""
    room = ADDRESSES
    found = list(lists().order_by(*LATEST).values_list("slug", flat=True)[:room])
    room -= len(found)
    of_lists = [f"list__{name}" if name[0] != "-" else f"-list__{name[1:]}" for name in LATEST]
    issued = Bulletin.objects.issued().order_by(*of_lists, "-number")
    bulletins = list(issued.values_list("list__slug", "number")[:room])
    room -= len(bulletins)
    items = Item.objects.published().order_by(*of_lists, "number")
    return Addresses(found, bulletins, list(items.values_list("list__slug", "number")[:room]))
