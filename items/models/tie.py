"""Row-level permissions: which committees a person has to do with, as conditions in SQL."""

from datetime import date

from django.db.models import Q
from django.db.models.expressions import RawSQL

from items.models.person import Person, Role

READERS = [Role.Kind.OFFICE, Role.Kind.AUDITOR]

# UNION, not UNION ALL: a ring of committees, which nobody should make, ends too.
BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT committee_id FROM items_role WHERE person_id = %s AND kind IN (%s, %s)
    UNION
    SELECT c.id FROM items_committee c JOIN below b ON c.parent_id = b.id
) SELECT id FROM below
"""

# Holders of a post today (post.HoldingQuerySet.on), units' and union's people, named handlers.
JOINED = """
SELECT p.committee_id FROM items_holding h JOIN items_post p ON p.id = h.post_id
WHERE h.person_id = %s AND h.since <= %s AND (h.until IS NULL OR h.until > %s)
UNION ALL SELECT u.committee_id FROM items_unit_helpers h JOIN items_unit u ON u.id = h.unit_id
WHERE h.person_id = %s
UNION ALL SELECT committee_id FROM items_role WHERE person_id = %s AND kind = %s
UNION ALL SELECT l.committee_id FROM items_item_handlers h JOIN items_item i ON i.id = h.item_id
JOIN items_itemlist l ON l.id = i.list_id WHERE h.person_id = %s
"""


def read_by(person: int, committee: str) -> Q:
    """Return the condition that the person of this key reads everything of a committee.

    They are of its office or its auditor, or of a committee above it.
    """
    return Q(**{f"{committee}__in": RawSQL(BELOW, [person, *READERS])})


def joined_by(person: int, committee: str, today: date) -> Q:
    """Return the condition that the person of this key takes part in a committee's work today."""
    values = [person, today, today, person, person, Role.Kind.UNION_OFFICER, person]
    return Q(**{f"{committee}__in": RawSQL(JOINED, values)})


# From a person to the committees that they have to do with, whenever that was.
TIES = [
    "roles__committee",
    "holdings__post__committee",
    "units__committee",
    "handled_items__list__committee",
]


def people_of(committees):
    """Return the people who hold, handle, help or act in these committees."""
    tied = Q()
    for tie in TIES:
        tied |= Q(pk__in=Person.objects.filter(**{f"{tie}__in": committees}))
    return Person.objects.filter(tied)


def people_of_none():
    """Return the people who are nobody's yet: a new account before its first post or role."""
    people = Person.objects.filter(is_superuser=False)
    for tie in TIES:
        people = people.exclude(pk__in=Person.objects.filter(**{f"{tie}__isnull": False}))
    return people
