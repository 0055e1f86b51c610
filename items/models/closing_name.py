"""Names as of a closed list's last day: what was called otherwise when the list was closed."""

from collections.abc import Iterator, Sequence
from typing import get_args

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.ledger import AppendOnly, AppendOnlyQuerySet
from items.models.list import ItemList
from items.models.lookup import Category, Place, Theme, Unit
from items.models.organisation import Committee, Organisation
from items.models.part import Part
from items.models.person import Person
from items.models.post import Post
from items.models.share import UnitShare
from items.states import ListStatus, Status
from items.words import Words

# What a list shows by name; a list's own name and programme change with it.
Shown = Post | Unit | Place | Category | Theme | Committee | Organisation | Person | ItemList


def kinds() -> list[tuple[str, str]]:
    """Return the choices of the column, which calls this: a new kind is no migration."""
    return [(model._meta.model_name, model._meta.verbose_name) for model in get_args(Shown)]


class ClosingName(AppendOnly):
    """What something was called on the day a list was closed, written when it is renamed."""

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
    lists = ItemList.objects.exclude(status=ListStatus.DRAFT).order_by("pk")
    if isinstance(row, ItemList):
        return lists.filter(pk=row.pk)
    if isinstance(row, Committee):
        return lists.filter(committee=row)
    if isinstance(row, Organisation):
        return lists.filter(committee__organisation=row)
    items = Item.objects.exclude(status=Status.DRAFT).filter(_shows(row))
    if isinstance(row, Person):
        lists = lists.filter(committee__show_names=True)
    return lists.filter(pk__in=items.order_by().values("list"))


def shown_by(items: Sequence[Item]) -> Iterator[Shown]:
    """Yield each post, unit, place, category and theme that these items show by name."""
    units = {row.unit_id for row in UnitShare.objects.filter(item__in=items).order_by()}
    units |= {row.unit_id for row in Part.objects.filter(item__in=items).order_by()}
    keys: dict[type[Shown], set[int | None]] = {
        Post: {key for item in items for key in (item.owner_post_id, item.supervisor_post_id)},
        Unit: units,
        Place: _with_those_around({item.place_id for item in items} - {None}),
        Category: {item.category_id for item in items},
        Theme: {item.theme_id for item in items},
    }
    for model, used in keys.items():
        if used - {None}:
            yield from model._base_manager.filter(pk__in=used - {None}).order_by("pk")


def _with_those_around(places: set[int]) -> set[int]:
    """Return the places with those that they lie in, which stand in their paths."""
    known: set[int] = set()
    while places - known:
        known |= places
        parents = Place._base_manager.filter(pk__in=places).values_list("parent", flat=True)
        places = set(parents.order_by()) - {None}
    return known


def _shows(row: Shown) -> Q:
    """Return the condition that an item's page shows the name of this row."""
    match row:
        case Post():
            return Q(owner_post=row) | Q(supervisor_post=row)
        case Person():
            return Q(owner_post__holdings__person=row) | Q(supervisor_post__holdings__person=row)
        case Unit():
            return Q(unit_shares__unit=row) | Q(parts__unit=row) | Q(deliveries__unit=row)
        case Place():
            here = row.descendants(include_self=True).values("pk")
            return Q(place__in=here) | Q(deliveries__place__in=here) | Q(occasions__place__in=here)
    return Q(**{row._meta.model_name: row})
