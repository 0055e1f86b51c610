"""A committee's places as a tree, and the page of one of them."""

from datetime import date
from itertools import groupby

from items import public_grouped, shown
from items.models import Item, Place
from items.public_link import Link
from items.queries.rows import add_up, arithmetic, items_of
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
        return [each for each in self.known if pk in [place.pk for place in self.path(each)]]

    def in_order(self) -> list[Place]:
        """Return each place after the one around it."""
        return sorted(self.known.values(), key=lambda place: [p.pk for p in self.path(place.pk)])

    def depth(self, key: str) -> int:
        return len(self.path(int(key))) - 1


def place_page(number: int, today: date) -> public_grouped.PlacePage | None:
    """Return what was promised at a place or below it; None where nothing is published.

    A place that only a draft uses takes the same questions as one that never existed.
    """
    places = Places(Place.objects.filter(committee__places=number))
    items = items_of(place__in=[number, *places.within(number)])
    items = items.exclude(list__status=ListStatus.DRAFT)
    items = list(items.select_related("list__committee__organisation"))
    if not items:
        return None
    lists = sorted(_lists(items, today), key=_current_first)
    *around, _here = places.path(number)
    return public_grouped.PlacePage(
        place=_link(places, places.known[number], items),
        path=tuple(_link(places, place, []) for place in around),
        below=tuple(_below(places, number, items)),
        lists=tuple(lists),
        arithmetic=add_up([each.arithmetic for each in lists]),
        as_of=today,
    )


def _lists(items: list[Item], today):
    for _key, of in groupby(items, key=lambda item: item.list_id):
        of = list(of)
        rows = tuple(shown.row(item, today) for item in of)
        yield public_grouped.ListHere(shown.head(of[0].list), arithmetic(rows), rows)


def _current_first(here):
    return here.head.closed_on is not None, -here.head.year, here.head.slug


def _below(places, number, items):
    children = [place for place in places.known.values() if place.parent_id == number]
    links = (_link(places, place, items) for place in sorted(children, key=lambda p: p.pk))
    return (link for link in links if link.count)


def _link(places, place, items):
    within = set(places.within(place.pk)) if items else set()
    return Link(place.pk, place.words, sum(1 for item in items if item.place_id in within))
