"""Who issues what somebody prepared: a second person, and never two of one owner's side."""

from datetime import date

from django.utils.translation import gettext as _

from items.models import Assessment, Bulletin, Item, Person
from items.models.items import ItemQuerySet
from items.rules.permission import why_not


def why_not_second(
    verb: str, row: Assessment | Bulletin, items: ItemQuerySet, person: Person, today: date
) -> str:
    """Say why `person` may not issue what another prepared about `items`; "" when they may."""
    if row.is_issued:
        return _("It is issued already, and stays as it is.")
    if refusal := why_not(verb, person, row.list, today=today):
        return refusal
    if row.prepared_by_id == person.pk:
        return _(
            "You prepared this yourself. Another person of the office issues it, or whoever holds"
            " the post that the committee names for releases."
        )
    return _why_not_alone(row, items, person, today)


def _why_not_alone(
    row: Assessment | Bulletin, items: ItemQuerySet, person: Person, today: date
) -> str:
    """Say that both who prepared it and who would issue it are an item's owners; "" otherwise."""
    theirs = items.spoken_for_by(row.prepared_by, today).values("pk")
    both = items.filter(pk__in=theirs).spoken_for_by(person, today)
    if (number := both.order_by("number").values_list("number", flat=True).first()) is None:
        return ""
    return (
        _(
            "You and whoever prepared it are both on the owner’s side of no. %s. Somebody else of"
            " the office issues it, or whoever holds the post that the committee names for"
            " releases."
        )
        % number
    )


def why_not_issue_bulletin(bulletin: Bulletin, person: Person, today: date) -> str:
    """Say why `person` may not issue a bulletin; "" when they may."""
    items = Item.objects.published().filter(list=bulletin.list_id)
    return why_not_second("issue_bulletin", bulletin, items, person, today)
