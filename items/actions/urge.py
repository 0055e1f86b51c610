"""Urging: the office or the supervisor reminds, in words, whoever has to report or to look."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Refused
from items.ledger import acting
from items.models import Entry, Item, Person
from items.rules.roles import people_for

URGED = ("owner", "supervisor")


def urge_item(
    item: Item,
    *,
    by: Person,
    text: str,
    by_when: date,
    who: str = "owner",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Urge the item's "owner" or "supervisor" (`who`) to report or to look by a day.

    It is private, and open until `items.models.ledger.is_urging` says no more.
    """
    if who not in URGED:
        raise Refused(_("Say who is urged: the owner or the supervisor."))
    text = need(text, _("Write what you urge."))
    with acting("urge", item, by=by, now=now, yes=yes) as act:
        if by_when < act.today:
            raise Refused(_("That day has passed already."))
        facts = {"who": str(who), "by_when": by_when.isoformat()}
        entry = act.write(text, facts=facts, public=False)
        if who == entry.role:
            raise Refused(_("You check this item yourself. You can urge its owner."))
        act.tell(*people_for(item, who, act.today))
    return act.entry
