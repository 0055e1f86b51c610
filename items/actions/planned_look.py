"""The day on which somebody is to look back (回头看) at what was signed off.

A sign-off plans it on the item; whoever looks then may plan another, else one look is enough.
"""

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from items.errors import Refused
from items.ledger import Act, ActOnBoth
from items.models import Item

MONTHS = 3  # after a sign-off, as it is proposed


def plan_look_back(act: Act | ActOnBoth, on: date | None) -> dict[str, str]:
    """Plan the next look back at an item, or none; return the facts that its entry keeps."""
    refuse_unless_ahead(act, on)
    act.item.recheck_on = on
    return {"look_back_on": on.isoformat()} if on else {}


def refuse_unless_ahead(act: Act | ActOnBoth, on: date | None) -> None:
    """Raise `Refused` when a day to look back doesn't lie ahead."""
    if on is not None and on <= act.today:
        raise Refused(_("The day to look back has to lie ahead. Choose another, or none."))


def proposed_look_back(item: Item, today: date) -> date:
    """Return the day that a sign-off proposes: what was planned already, else in three months."""
    planned = item.recheck_on
    return planned if planned and planned > today else months_on(today)


def months_on(day: date, months: int = MONTHS) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
