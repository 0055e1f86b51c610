"""A committee's places as a tree: those of a list, the index of all of them, the page of one."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.db.models import Case, Count, Q, When

from items import public
from items.compiled_queries import compiled_query
from items.models import Committee, Delivery, Item, ItemList, Occasion, Place
from items.models.organisation import at_address
from items.queries.cells import Cell
from items.queries.paging import nearest
from items.queries.rows import in_rows, read
from items.search import Word, words_of
from items.states import GROUP_OF, Group, ListStatus, Status, Verb

CHIPS = 8  # places beside a list's find form
PAGE_SIZE = 100  # items on a place's page
AT_ONCE = 200  # places on a page of the index


class Places:
    """A committee's places as a tree."""

    def __init__(self, places):
        self.known = {place.pk: place for place in places}

    def path(self, pk: int | None) -> list[Place]:
        """Return the place and those around it, the widest first."""
        path = []
        while pk in self.known and self.known[pk] not in path:
            path.insert(0, self.known[pk])
            pk = self.known[pk].parent_id
        return path

    def within(self, pk: int) -> list[int]:
        """Return the keys of the place and of all below it."""
        return [key for key in self.known if pk in [place.pk for place in self.path(key)]]

    def in_order(self) -> list[Place]:
        """Return each place after the one around it."""
        return sorted(self.known.values(), key=lambda place: [p.pk for p in self.path(place.pk)])

    def depth(self, key: str) -> int:
        return len(self.path(int(key))) - 1

    def below(self, pk: int | None) -> list[Place]:
        """Return the places directly below one, or those at the top."""
        known = [place for place in self.known.values() if place.parent_id == pk]
        return sorted(known, key=lambda place: place.pk)

    def summed(self, counts: dict[int, int]) -> Counter[int]:
        """Return how many there are at each place and below it, by how many are at each."""
        total: Counter[int] = Counter()
        for pk, count in counts.items():
            total.update({place.pk: count for place in self.path(pk)})
        return total


def chips(item_list: ItemList, cells: list[Cell]) -> tuple[public.Link, ...]:
    """Return the places at which a list's items are, those with most items first.

    They stand side by side in the tree: the first level at which there is a choice. None where
    there is none.
    """
    counts: Counter[int] = Counter()
    for cell in cells:
        if cell.place:
            counts[cell.place] += cell.count
    if len(counts) < 2:
        return ()
    places = Places(_places_of(item_list.committee_id))
    total = places.summed(counts)
    level = [place for place in places.below(None) if total[place.pk]]
    while len(level) == 1:
        level = [place for place in places.below(level[0].pk) if total[place.pk]]
    level.sort(key=lambda place: -total[place.pk])
    return tuple(
        public.Link(place.pk, item_list.called(place), total[place.pk]) for place in level[:CHIPS]
    )


@compiled_query
def _places_of(committee):
    return Place.objects.filter(committee=committee)


def places_page(
    today: date, search: public.BoardSearch | None = None, page: int = 1, slug: str = ""
) -> public.PlacesPage | None:
    """Return the index of all places at which something is published, committee by committee.

    `slug` names one of them: None when nothing of it is at any place. Of a search only the words
    count: they are looked for in the names of the places.
    """
    counts, q = _items_at_places(), search.q if search else ""
    committees = _committees_at({*counts, *_with_lines()}, slug)
    if slug and not committees:
        return None
    lines = [
        (of, line)
        for of, places, used in committees
        for line in _index(places, used, places.summed(counts), words_of(q))
    ]
    count = len(lines)
    page, pages = nearest(page, count, AT_ONCE)
    shown = groupby(lines[(page - 1) * AT_ONCE : page * AT_ONCE], key=lambda pair: pair[0])
    return public.PlacesPage(
        search=public.BoardSearch(q=q),
        committees=tuple(
            public.PlacesOf(of, tuple(line for _of, line in its)) for of, its in shown
        ),
        only=committees[0][0] if len(committees) == 1 else None,
        demonstration=any(of.demonstration for of, *_places in committees),
        count=count,
        page=page,
        pages=pages,
        as_of=today,
    )


def _items_at_places() -> dict[int, int]:
    """Return how many published items there are at each place, on all lists together."""
    items = Item.objects.published().exclude(list__status=ListStatus.DRAFT).exclude(place=None)
    rows = items.order_by().values_list("place").annotate(n=Count("pk"))
    return dict(rows)


def _with_lines() -> set[int]:
    """Return the places at which something took place or will, or was handed out."""
    shown = Item.objects.published().exclude(list__status=ListStatus.DRAFT)
    held = Q(ending=None) | Q(ending__verb=Verb.HOLD_OCCASION)
    occasions = Occasion.objects.filter(held, item__in=shown)
    dropped = Q(ending=None, item__status=Status.WITHDRAWN)
    deliveries = Delivery.objects.counting().filter(item__in=shown)
    rows = (occasions.exclude(dropped), deliveries)
    return {pk for of in rows for pk in of.order_by().values_list("place", flat=True) if pk}


def _committees_at(used: set[int], slug: str) -> list[tuple[public.Addressee, Places, set[int]]]:
    """Return the committees of these places by name, each with its places, and those to show.

    Around a place that is used, the places have a page too.
    """
    known = Committee.objects.filter(places__in=used).select_related("organisation").distinct()
    known = known.filter(at_address(slug)) if slug else known
    by_committee: dict[int, list[Place]] = {committee.pk: [] for committee in known}
    for place in Place.objects.filter(committee__in=by_committee):
        by_committee[place.committee_id].append(place)
    found = []
    for committee in sorted(known, key=lambda row: (row.name, row.pk)):
        places = Places(by_committee[committee.pk])
        paths = [places.path(pk) for pk in used & places.known.keys()]
        shown = {place.pk for path in paths for place in path}
        found.append((public.addressee(committee), places, shown))
    return found


def _index(
    places: Places, used: set[int], total: Counter[int], words: list[Word]
) -> Iterator[public.PlaceLine]:
    """Yield the places to show, each after the one around it; of a search those that match."""
    for place in places.in_order():
        path = places.path(place.pk)
        if place.pk in used and all(word.is_in(place.name, place.name_en) for word in words):
            link = public.Link(place.pk, place.words, total[place.pk])
            around = tuple(each.words for each in path[:-1]) if words else ()
            yield public.PlaceLine(link, 0 if words else len(path) - 1, around)


def place_page(
    number: int, today: date, page: int = 1, size: int | None = None
) -> public.PlacePage | None:
    """Return what was promised or done at a place or below it; None where nothing is published.

    A place that only a draft uses takes the same questions as one that never existed. The items,
    then what took place, then what was handed out come page by page, `size` of them on each.
    """
    size = size or PAGE_SIZE
    places = Places(Place.objects.filter(committee__places=number))
    within = [number, *places.within(number)]
    items = Item.objects.filter(place__in=within).published()
    items = items.exclude(list__status=ListStatus.DRAFT)
    cells = _counted(items)
    dates, deliveries = _dates(within, today), _deliveries(within)
    item_count = sum(cells.values())
    count = item_count + len(dates) + len(deliveries)
    if not count:
        return None
    page, pages = nearest(page, count, size)
    shown = slice((page - 1) * size, page * size)
    lists = tuple(_lists(_page_of(items, shown), cells, today))
    shown_dates = _behind(dates, shown, item_count)
    shown_deliveries = _behind(deliveries, shown, item_count + len(dates))
    lines = [_by_item(rows, today) for rows in (shown_dates, shown_deliveries)]
    used = {row.place_id for row, _line in (*dates, *deliveries)}
    at_each: Counter[int] = Counter()
    for (_list, place, _status), n in cells.items():
        at_each[place] += n
    total, (*around, here) = places.summed(at_each), places.path(number)
    return public.PlacePage(
        head=next(each.head for each in (*lists, *lines[0], *lines[1])),
        place=_link(here, total),
        path=tuple(public.Link(place.pk, place.words) for place in around),
        below=tuple(
            _link(place, total)
            for place in places.below(number)
            if total[place.pk] or used.intersection([place.pk, *places.within(place.pk)])
        ),
        lists=lists,
        dates=lines[0],
        handed_out=lines[1],
        several=len({item_list for item_list, *_rest in cells}) > 1,
        arithmetic=_equation(cells),
        as_of=today,
        count=count,
        page=page,
        pages=pages,
    )


Cells = dict[tuple[int, int, str], int]  # how many items by list, place and status


def _counted(items) -> Cells:
    rows = items.order_by().values_list("list", "place", "status").annotate(n=Count("pk"))
    return {tuple(of): n for *of, n in rows}


def _equation(cells: Cells, item_list: int | None = None) -> public.Arithmetic:
    counts: Counter[Group] = Counter()
    for (of, _place, status), n in cells.items():
        if item_list in (None, of):
            counts[GROUP_OF[Status(status)]] += n
    return public.equation(counts)


def _behind(lines: list, shown: slice, before: int) -> list:
    """Return the part of some lines that a page shows, when so many others stand before them."""
    return lines[max(0, shown.start - before) : max(0, shown.stop - before)]


def _page_of(items, shown: slice) -> list[Item]:
    """Return a page of the items: those of lists that run first, then of the newest."""
    is_closed = Case(When(list__closed_on=None, then=0), default=1)
    order = (is_closed, "-list__year", "list__slug", "number")
    keys = items.order_by(*order).values_list("pk", flat=True)
    keys = list(keys[shown])
    rows = in_rows(Item.objects.filter(pk__in=keys)).select_related("list__committee__organisation")
    by_key = {item.pk: item for item in read(rows)}
    return [by_key[key] for key in keys]


def _dates(within, today):
    """Return the dates there with their lines; what was called off or dropped is none."""
    rows = _of_published(Occasion.objects.filter(place__in=within)).select_related("ending__words")
    lines = ((row, public.occasion(row, row.item, row.item.list.as_of(today))) for row in rows)
    return _in_order((row, line) for row, line in lines if line.counts)


def _deliveries(within):
    """Return what was handed out there, without what was taken back, with its lines."""
    rows = _of_published(Delivery.objects.counting().filter(place__in=within))
    rows = rows.select_related("unit")
    return _in_order((row, public.delivery(row, row.item.list)) for row in rows)


def _in_order(lines):
    """Return lines item by item, those of lists that run first, then of the newest."""
    return sorted(lines, key=lambda pair: (*_running_first(pair[0].item.list), pair[0].item.number))


def _of_published(rows):
    rows = rows.filter(item__in=Item.objects.published()).exclude(
        item__list__status=ListStatus.DRAFT
    )
    rows = rows.select_related("place", "item__last_news", "item__list__committee__organisation")
    return rows.prefetch_related("item__list__closing_names")


def _by_item(rows, today):
    by_item = {}
    for row, line in rows:
        by_item.setdefault(row.item, []).append(line)
    return tuple(
        public.LinesHere(
            public.head(item.list), public.block(item, item.list.as_of(today)), tuple(lines)
        )
        for item, lines in by_item.items()
    )


def _lists(items: list[Item], cells: Cells, today):
    """Yield each list with its items of the page, and the equation of all that it has there."""
    for key, of in groupby(items, key=lambda item: item.list_id):
        of = list(of)
        rows = tuple(public.row(item, item.list.as_of(today)) for item in of)
        yield public.ListHere(public.head(of[0].list), _equation(cells, key), rows)


def _running_first(item_list: ItemList):
    return item_list.closed_on is not None, -item_list.year, item_list.slug


def _link(place: Place, total: Counter[int]) -> public.Link:
    return public.Link(place.pk, place.words, total[place.pk])
