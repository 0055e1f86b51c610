"""A committee's places as a tree, and the page of one of them."""

from datetime import date
from itertools import groupby

from items import public
from items.models import Delivery, Item, Occasion, Place
from items.queries.rows import in_rows, read
from items.states import ListStatus


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


def place_page(number: int, today: date) -> public.PlacePage | None:
    """Return what was promised and done at a place or below it; None where nothing is published.

    A place that only a draft uses takes the same questions as one that never existed.
    """
    places = Places(Place.objects.filter(committee__places=number))
    within = [number, *places.within(number)]
    items = Item.objects.filter(place__in=within).exclude(list__status=ListStatus.DRAFT)
    items = in_rows(items).select_related("list__committee__organisation")
    items = read(items)
    dates, deliveries = _dates(within, today), _deliveries(within)
    lists = sorted(_lists(items, today), key=_current_first)
    lines = [_by_item(rows, today) for rows in (dates, deliveries)]
    heads = [here.head for here in (*lists, *lines[0], *lines[1])]
    if not heads:
        return None
    used = {row.place_id for row, _line in (*dates, *deliveries)}
    *around, _here = places.path(number)
    return public.PlacePage(
        head=heads[0],
        place=_link(places, places.known[number], items),
        path=tuple(_link(places, place, []) for place in around),
        below=tuple(_below(places, number, items, used)),
        lists=tuple(lists),
        dates=lines[0],
        handed_out=lines[1],
        arithmetic=public.add_up([here.arithmetic for here in lists]),
        as_of=today,
    )


def _dates(within, today):
    """Return the dates there with their lines; what was called off or dropped is none."""
    rows = _of_published(Occasion.objects.filter(place__in=within)).select_related("ending__words")
    lines = ((row, public.occasion(row, row.item, row.item.list.as_of(today))) for row in rows)
    return [(row, line) for row, line in lines if line.counts]


def _deliveries(within):
    """Return what was handed out there, without what was taken back, with its lines."""
    rows = _of_published(Delivery.objects.counting().filter(place__in=within))
    return [(row, public.delivery(row, row.item.list)) for row in rows.select_related("unit")]


def _of_published(rows):
    rows = rows.filter(item__in=Item.objects.published()).exclude(
        item__list__status=ListStatus.DRAFT
    )
    rows = rows.select_related("place", "item__list__committee__organisation")
    return rows.prefetch_related("item__list__closing_names")


def _by_item(rows, today):
    by_item = {}
    for row, line in rows:
        by_item.setdefault(row.item, []).append(line)
    groups = (
        public.LinesHere(
            public.head(item.list), public.block(item, item.list.as_of(today)), tuple(lines)
        )
        for item, lines in by_item.items()
    )
    return tuple(sorted(groups, key=lambda group: (*_current_first(group), group.item.number)))


def _lists(items: list[Item], today):
    for _key, of in groupby(items, key=lambda item: item.list_id):
        of = list(of)
        rows = tuple(public.row(item, item.list.as_of(today)) for item in of)
        yield public.ListHere(public.head(of[0].list), public.arithmetic(rows), rows)


def _current_first(here):
    return here.head.closed_on is not None, -here.head.year, here.head.slug


def _below(places, number, items, used):
    """Yield the places directly below with items there, or with lines: their keys are `used`."""
    children = [place for place in places.known.values() if place.parent_id == number]
    for place in sorted(children, key=lambda place: place.pk):
        link = _link(places, place, items)
        if link.count or used.intersection(places.within(place.pk)):
            yield link


def _link(places, place, items):
    within = set(places.within(place.pk)) if items else set()
    return public.Link(place.pk, place.words, sum(1 for item in items if item.place_id in within))
