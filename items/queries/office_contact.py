"""Where an activity office is found: what was said before, and by which address it is meant."""

from django.core.validators import slug_re
from django.db.models import Q

from items import staff
from items.models import Committee, FormerAddress, ItemList
from items.queries.suggestions import addressees
from items.words import NOWHERE, OfficeContact

EARLIER = 10  # changes that the desk shows


def office_contact_page(committee: Committee) -> staff.OfficeContactPage:
    """Return where the office of a committee is found, and what it said of that before."""
    rows = committee.history.select_related("history_user").order_by("history_date", "history_id")
    changes, before = [], ""
    for row in rows:
        said = OfficeContact.of(row).in_one_line
        if said != before:
            by = row.history_user.name if row.history_user else ""
            changes.append(staff.OfficeContactChange(row.history_date.date(), by, said))
        before = said
    return staff.OfficeContactPage(
        slug=committee.slug,
        committee=committee.words,
        contact=committee.office_contact,
        changes=tuple(changes[: -EARLIER - 1 : -1]),
    )


def office_at(path: str) -> OfficeContact:
    """Return the office of the committee that an address names, else that of the only one.

    For an address at which there is nothing: its words may be those of a list or a committee.
    """
    words = [word for word in path.split("/")[:6] if len(word) <= 50 and slug_re.match(word)]
    lists = ItemList.objects.public().filter(slug__in=words).values("committee")
    former = FormerAddress.objects.filter(slug__in=words).values("committee")
    named = Q(slug__in=words) | Q(pk__in=lists) | Q(pk__in=former)
    known = addressees()
    # Both are asked always: how many questions there were tells nothing of what isn't public.
    found, all_of_them = list(known.filter(named)[:2]), list(known[:2])
    found = found or all_of_them
    return found[0].office_contact if len(found) == 1 else NOWHERE
