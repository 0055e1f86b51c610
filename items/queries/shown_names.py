"""The names that a committee's published lists show, each with what renames it."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from django.db.models import Q

from items import staff
from items.models import (
    Category,
    Committee,
    Delivery,
    Item,
    ItemList,
    Occasion,
    Part,
    Person,
    Place,
    Post,
    Theme,
    Unit,
    UnitShare,
)
from items.models.closing_name import Shown
from items.queries.places import Places
from items.states import ListStatus, Status


def shown_names(committee: Committee, today: date) -> staff.ShownNames | None:
    """Return what the published lists of a committee show by name; None where none is published."""
    lists = committee.lists.exclude(status=ListStatus.DRAFT)
    running = list(lists.filter(status=ListStatus.PUBLISHED).order_by("-year", "pk"))
    if not lists.exists():
        return None
    items = Item.objects.exclude(status=Status.DRAFT).filter(list__in=lists).order_by()
    return staff.ShownNames(
        committee=committee.words,
        organisation=committee.organisation.short_words,
        slug=committee.slug,
        groups=tuple(
            group
            for label, rows in _rows(committee, running, items, today)
            if (group := staff.NameGroup(label, tuple(rows))).names
        ),
    )


def shown_row(committee: Committee, kind: str, pk: int, today: date) -> Shown | None:
    """Return the row of a name that `shown_names` gives; None when it gives none such."""
    names = shown_names(committee, today)
    groups = names.groups if names else ()
    if not any((name.kind, name.pk) == (kind, pk) for group in groups for name in group.names):
        return None
    return MODELS[kind]._base_manager.get(pk=pk)


MODELS = {model._meta.model_name: model for model in get_args(Shown)} | {"programme": ItemList}


def _rows(committee, running, items, today) -> Iterator[tuple[str, Iterator[staff.ShownName]]]:
    """Yield a heading with its names, group by group."""
    posts = Post.objects.filter(
        Q(pk__in=items.values("owner_post")) | Q(pk__in=items.values("supervisor_post"))
    )
    yield Post._meta.verbose_name_plural, map(_name, posts.order_by("name"))
    if committee.show_names:
        people = Person.objects.filter(pk__in=_holders(posts, today)).order_by("name", "pk")
        yield Person._meta.verbose_name_plural, map(_name, people)
    yield Unit._meta.verbose_name_plural, map(_name, _units(items))
    yield Place._meta.verbose_name_plural, map(_name, _places(committee, items))
    for model, column in ((Category, "category"), (Theme, "theme")):
        rows = model.objects.filter(pk__in=items.values(column)).order_by("name")
        yield model._meta.verbose_name_plural, map(_name, rows)
    yield ItemList._meta.verbose_name_plural, map(_name, running)
    programmes = (row for row in running if row.programme)
    yield (
        ItemList._meta.get_field("programme").verbose_name,
        (staff.ShownName("programme", row.pk, row.programme_words) for row in programmes),
    )
    yield Committee._meta.verbose_name, map(_name, [committee])
    above = committee.parent
    if above is None or above.organisation_id != committee.organisation_id:
        organisation = committee.organisation
        yield organisation._meta.verbose_name, map(_name, [organisation])


def _name(row: Shown) -> staff.ShownName:
    return staff.ShownName(row._meta.model_name, row.pk, row.shown_words)


def _holders(posts, today):
    rows = posts.prefetch_related("holdings__person")
    return {person.pk for post in rows if (person := post.holder(today))}


def _units(items):
    used = Q(pk__in=[])
    for model in (UnitShare, Part, Delivery):
        used |= Q(pk__in=model.objects.filter(item__in=items).order_by().values("unit"))
    return Unit.objects.filter(used).order_by("name")


def _places(committee, items):
    """Return the places of the items and of what happened, and those around them, in order."""
    places = Places(Place.objects.filter(committee=committee))
    used = set(items.values_list("place", flat=True))
    for model in (Delivery, Occasion):
        used |= set(model.objects.filter(item__in=items).values_list("place", flat=True))
    shown = {place.pk for key in used - {None} for place in places.path(key)}
    return [place for place in places.in_order() if place.pk in shown]
