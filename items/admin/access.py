"""Permissions in the admin: the committees and accounts that somebody may view or change."""

from django.db.models import Q, QuerySet

from items.models import Committee, Person, Role
from items.models.tie import TIES
from items.rules.permission import why_barred
from items.rules.standing import is_site_administrator

Kind = Role.Kind


def _committees_with_role(person: Person, *kinds: str) -> QuerySet[Committee]:
    return Committee.objects.without_tree_fields().filter(
        roles__person=person, roles__kind__in=kinds
    )


def committees_administered_by(person: Person) -> QuerySet[Committee]:
    """Return the committees whose accounts, posts and look-ups this person administers."""
    if not person.is_active:
        return Committee.objects.none()
    if is_site_administrator(person):
        return Committee.objects.without_tree_fields().all()
    return _committees_with_role(person, Kind.ADMINISTRATOR).distinct()


def committees_with_office(person: Person) -> QuerySet[Committee]:
    """Return the committees whose lists this person draws up."""
    if not person.is_active:  # an anonymous visitor is not active either
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


def committees_visible_to(person: Person) -> QuerySet[Committee]:
    """Return the committees whose lists and ledgers this person may read here."""
    either = Q(pk__in=committees_administered_by(person).values("pk"))
    either |= Q(pk__in=committees_with_office(person).values("pk"))
    return Committee.objects.without_tree_fields().filter(either)


def accounts_administered_by(person: Person) -> QuerySet[Person]:
    """Return the accounts that a person administers: no superuser's, none of other committees.

    Whoever could set the password of another committee's office would hold its rights.
    """
    if is_site_administrator(person):
        return Person.objects.all()
    committees = committees_administered_by(person)
    if not committees.exists():
        return Person.objects.none()
    elsewhere = Committee.objects.without_tree_fields().exclude(pk__in=committees.values("pk"))
    people = Person.objects.filter(is_superuser=False)
    for tie in TIES:
        tied = Person.objects.filter(**{f"{tie}__in": elsewhere.values("pk")})
        people = people.exclude(pk__in=tied.values("pk"))
    return people
