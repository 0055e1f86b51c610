"""Whose rows an account may see and keep here: a right comes from a role in a committee."""

from django.db.models import Q

from items.models import Committee, Person, Role
from items.models.tie import TIES
from items.rules.permission import why_barred

Kind = Role.Kind


def _of(person: Person, *kinds):
    return Committee.objects.without_tree_fields().filter(
        roles__person=person, roles__kind__in=kinds
    )


def kept_by_administrator(person: Person):
    """Return the committees whose accounts, posts and look-ups this person keeps."""
    if not person.is_active:
        return Committee.objects.none()
    if person.is_superuser:
        return Committee.objects.without_tree_fields().all()
    return _of(person, Kind.ADMINISTRATOR).distinct()


def kept_by_office(person: Person):
    """Return the committees whose lists this person draws up."""
    if not person.is_active:  # nobody who is signed in, too
        return Committee.objects.none()
    kinds = {}
    for committee, kind in Role.objects.filter(person=person).values_list("committee", "kind"):
        kinds.setdefault(committee, set()).add(kind)
    mine = [
        committee
        for committee, kinds_there in kinds.items()
        if Kind.OFFICE in kinds_there and not why_barred(person, kinds_there)
    ]
    return Committee.objects.without_tree_fields().filter(pk__in=mine)


def seen_by(person: Person):
    """Return the committees whose lists and ledgers this person may read here."""
    either = Q(pk__in=kept_by_administrator(person).values("pk"))
    either |= Q(pk__in=kept_by_office(person).values("pk"))
    return Committee.objects.without_tree_fields().filter(either)


def accounts_kept_by(person: Person):
    """Return the accounts that an administrator keeps: no superuser's, none of other committees.

    Whoever could set the password of another committee's office would hold its rights.
    """
    if person.is_superuser and person.is_active:
        return Person.objects.all()
    mine = kept_by_administrator(person)
    if not mine.exists():
        return Person.objects.none()
    elsewhere = Committee.objects.without_tree_fields().exclude(pk__in=mine.values("pk"))
    people = Person.objects.filter(is_superuser=False)
    for tie in TIES:
        tied = Person.objects.filter(**{f"{tie}__in": elsewhere.values("pk")})
        people = people.exclude(pk__in=tied.values("pk"))
    return people
