"""Names as of a closed list's last day: what was called otherwise when the list was closed."""

from collections.abc import Iterator
from typing import get_args

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.ledger import AppendOnly, AppendOnlyQuerySet
from items.models.list import ItemList
from items.models.lookup import Category, Place, Theme, Unit
from items.models.organisation import Committee, Organisation
from items.models.person import Person
from items.models.post import Post
from items.states import ListStatus, Status
from items.words import Words

# What a list shows by name; a list's own name and programme change with it.
Shown = Post | Unit | Place | Category | Theme | Committee | Organisation | Person | ItemList

# By which of its relations an item shows the name of a row.
SHOWN_BY: dict[type[models.Model], tuple[str, ...]] = {
    Post: ("owner_post", "supervisor_post"),
    Unit: ("unit_shares__unit", "parts__unit", "deliveries__unit"),
    Place: ("place", "deliveries__place", "occasions__place"),
    Category: ("category",),
    Theme: ("theme",),
}


def kinds() -> list[tuple[str, str]]:
    """Return the choices of the column, which calls this: a new kind is no migration."""
    return [(model._meta.model_name, model._meta.verbose_name) for model in get_args(Shown)]


class ClosingName(AppendOnly):
    """What something was called on the day a list was closed, written when it is renamed.

    The name may have to be erased one day: then it is empty, and the present one is shown.
    """

    list = models.ForeignKey(
        ItemList, models.PROTECT, related_name="closing_names", verbose_name=_("list")
    )
    kind = models.CharField(max_length=20, choices=kinds)  # of which row it is the name
    key = models.PositiveBigIntegerField()
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("name at a list’s closing")
        verbose_name_plural = _("names at a list’s closing")
        constraints = [
            models.UniqueConstraint(fields=["list", "kind", "key"], name="closing_name_once")
        ]

    def __str__(self):
        return self.name

    @property
    def thing(self) -> str:
        """Return of what it is the name, as `items.models.list.thing` says it."""
        return f"{self.kind}:{self.key}"

    @property
    def words(self) -> Words:
        return Words(self.name, self.name_en)


def lists_showing(row: Shown) -> models.QuerySet[ItemList]:
    """Return the lists, closed ones too, on whose public pages a row's name stands."""
    lists = ItemList.objects.exclude(status=ListStatus.DRAFT)
    return _showing(row, lists, Item.objects.exclude(status=Status.DRAFT))


def announced_showing(row: Shown) -> models.QuerySet[ItemList]:
    """Return the drafts on which a row's name stands while they are up for objections."""
    return _showing(row, ItemList.objects.announced(), Item.objects.all())


def _showing(
    row: Shown, lists: models.QuerySet[ItemList], items: models.QuerySet[Item]
) -> models.QuerySet[ItemList]:
    lists = lists.order_by("pk")
    if isinstance(row, ItemList):
        return lists.filter(pk=row.pk)
    if isinstance(row, Committee):
        return lists.filter(committee=row)
    if isinstance(row, Organisation):
        return lists.filter(committee__organisation=row)
    items = items.filter(_shows(row))
    if isinstance(row, Person):
        lists = lists.filter(committee__show_names=True)
    return lists.filter(pk__in=items.order_by().values("list"))


def shown_by(items: models.QuerySet[Item]) -> Iterator[models.QuerySet]:
    """Yield the posts, units, places, categories and themes that these items show by name."""
    items = items.order_by()
    for model, paths in SHOWN_BY.items():
        keys = Q()
        for path in paths:
            keys |= Q(pk__in=items.values(path))
        rows = model._base_manager.filter(keys)
        if model is Place:
            rows = model._base_manager.filter(pk__in=_with_those_around(rows))
        yield rows.order_by("name", "pk")


def _with_those_around(places: models.QuerySet[Place]) -> set[int]:
    """Return the keys of places and of those that they lie in, which stand in their paths."""
    known: set[int] = set()
    found = dict(places.order_by().values_list("pk", "parent"))
    while found:
        known |= set(found)
        parents = {parent for parent in found.values() if parent} - known
        around = Place._base_manager.filter(pk__in=parents) if parents else Place.objects.none()
        found = dict(around.order_by().values_list("pk", "parent"))
    return known


def _shows(row: Shown) -> Q:
    """Return the condition that an item's page shows the name of this row."""
    if isinstance(row, Person):
        paths = tuple(f"{post}__holdings__person" for post in SHOWN_BY[Post])
    else:
        paths = SHOWN_BY[type(row)]
    same = row.descendants(include_self=True).values("pk") if isinstance(row, Place) else [row]
    shows = Q()
    for path in paths:
        shows |= Q(**{f"{path}__in": same})
    return shows
