"""Who decided: a body or a post, on which day, in which minutes. The office writes it down."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from items.actions.validation import need, short
from items.errors import Refused
from items.ledger import not_in_future
from items.models import Item
from items.rules.days import why_not_on
from items.words import fold


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was made elsewhere, as the public reads it."""

    body: str  # or the post that decided
    on: date
    minutes: str  # their number, or that of the paper that says so


def written(item: Item, decision: Decision, today: date) -> tuple[dict, dict[str, Any]]:
    """Return a decision about an item as an entry's facts and words; refuse what can't be.

    Body and number are words, which can be erased; the day is a fact.
    """
    body = short(need(decision.body, _("Write which body or post decided.")))
    minutes = short(
        need(decision.minutes, _("Write the number of the minutes, or of the paper that says so."))
    )
    if sentence := why_not_on(item, not_in_future(decision.on, today)):
        raise Refused(sentence)
    _refuse_its_owner(item, body)
    return {"decided_on": str(decision.on)}, {"post": body, "evidence": minutes}


def _refuse_its_owner(item: Item, body: str) -> None:
    post = item.owner_post
    assert post  # the database wants one of a published item
    if fold(body) in {fold(name) for name in (post.name, post.name_en) if name}:
        raise Refused(
            _("“%s” owns this item, and nobody decides on their own. Name who decided.") % body
        )
