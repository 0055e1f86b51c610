"""Ownership: whose an item is, as conditions in SQL.

`person` is somebody, or an `OuterRef` to whoever another column of the same row names.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from items.models.lookup import Unit
from items.models.person import Person, Role
from items.models.post import Holding
from items.states import FOR_OWNER

CARRYING = ["lead", "joint"]  # the shares (UnitShare.Role) whose people act for the owner


def holds(duty: str, person, today: date) -> Exists:
    """Return the condition that `person` holds the "owner_post" or "supervisor_post" today."""
    return Exists(Holding.objects.on(today).filter(post=OuterRef(duty), person=person))


def ways_to_carry(person) -> list[dict]:
    """Return each way in which `person` does the owner's work without holding the post.

    Named handlers, the people who report for a lead or joint unit, and for the union's unit the
    committee's union officers.
    """
    units = {"unit_shares__role__in": CARRYING}
    union = {
        "unit_shares__unit__kind": Unit.Kind.UNION,
        "unit_shares__unit__committee__roles__kind": Role.Kind.UNION_OFFICER,
        "unit_shares__unit__committee__roles__person": person,
    }
    return [
        {"handlers": person},
        {**units, "unit_shares__unit__helpers": person},
        {**units, **union},
    ]


def carries(items, person) -> Q:
    """Return the condition that `person` does the owner's work without holding the post."""
    carried = Q()
    for way in ways_to_carry(person):
        carried |= Q(_that(items, **way))
    return carried


def acts_for_owner(items, person, today: date) -> Q:
    """Return the condition that `person` does the owner's work today."""
    return Q(holds("owner_post", person, today)) | carries(items, person)


def acted_for(items, person: Person, today: date):
    """Return the keys of the items that `acts_for_owner` would find, each way by its index."""
    as_holder = {"owner_post__in": posts_of(person, today)}
    keys = [
        items.model._base_manager.filter(**way).order_by().values("pk")
        for way in [as_holder, *ways_to_carry(person)]
    ]
    return keys[0].union(*keys[1:])


def posts_of(person: Person, today: date):
    """Return the keys of the posts that `person` holds today."""
    return Holding.objects.on(today).filter(person=person).order_by().values("post")


def reported(items, person) -> Q:
    """Return the condition that `person` ever acted for the owner's side."""
    return Q(_did(items, person, AS_OWNER | Q(entries__verb__in=FOR_OWNER)))


def spoke(items, person) -> Exists:
    """Return the condition that `person` ever did anything as the owner's side itself."""
    return _did(items, person, AS_OWNER)


AS_OWNER = Q(entries__role="owner")


def _did(items, person, what: Q) -> Exists:
    same = Q(pk=OuterRef("pk")) | Q(pk=OuterRef("origin")) | Q(origin=OuterRef("origin"))
    of_matter = items.model._base_manager.filter(same)  # year after year
    return Exists(of_matter.filter(what, entries__by=person))


def _that(items, **meets):
    return Exists(items.model._base_manager.filter(pk=OuterRef("pk"), **meets))
