"""The names that a committee's published lists show, each with what renames it."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from items import staff
from items.models import Committee, Item, ItemList, Person, Post
from items.models.closing_name import Shown, shown_by
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
    for rows in shown_by(items):
        yield rows.model._meta.verbose_name_plural, map(_name, rows)
        if rows.model is Post and committee.show_names:
            people = Person.objects.filter(pk__in=_holders(rows, today)).order_by("name", "pk")
            yield Person._meta.verbose_name_plural, map(_name, people)
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
