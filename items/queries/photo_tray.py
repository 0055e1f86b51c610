"""The photos that wait for release: a tray to look through and release together."""

from collections.abc import Iterable
from datetime import date

from items import staff
from items.models import Item, Person, Photo
from items.queries import queues


def photos_to_release(
    person: Person, today: date, most: int, keys: Iterable[int] | None = None
) -> tuple[staff.PhotoToRelease, ...]:
    """Return the photos that wait for release by a person's office, in list order.

    With `keys` only those of the items with these keys.
    """
    items = queues.photos(person, today) if keys is None else Item.objects.filter(pk__in=keys)
    photos = Photo.objects.filter(state=Photo.State.WAITING, item__in=items.order_by().values("pk"))
    photos = photos.select_related("entry", "spot", "added_by", "item__list")
    photos = photos.order_by("item__list", "item__number", "pk")
    return tuple(staff.photo_to_release(photo) for photo in photos[:most])


def waiting_photos(keys: Iterable[int], person: Person, today: date) -> list[Photo]:
    """Return those of the photos with these keys that wait for release by a person's office."""
    items = queues.photos(person, today).order_by().values("pk")
    photos = Photo.objects.filter(pk__in=keys, state=Photo.State.WAITING, item__in=items)
    photos = photos.select_related("entry", "spot", "item__list__committee")
    return list(photos.order_by("item__list", "item__number", "pk"))
