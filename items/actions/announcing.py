"""Putting up for objections (公示) what an act decides, where the committee wants that first."""

from datetime import date
from typing import Any

from items.ledger import Act
from items.models import Entry
from items.rules.announcing import DAYS, is_announced_first
from items.rules.working_days import working_day_after


def put_up_first(
    act: Act, text: str, facts: dict[str, Any], *, about: Entry | None = None, **words: Any
) -> bool:
    """Write that what the act decides is up for objections, if it has to be; tell whether.

    Then nothing else of the item changes: the entry keeps the facts and the words with which it
    takes effect once its days are over (`items.actions.announcement`). `about` is a request that
    ends with it.
    """
    if act.is_carried_out or not is_announced_first(act.verb, act.item.list.committee):
        return False
    own = days_up(act.verb, act.today)
    act.write(text, verb="put_up", facts=facts | own, about=about, **words)
    return True


def days_up(verb: str, today: date) -> dict[str, Any]:
    """Return the facts of an announcement itself: of what, until when, whether holidays counted."""
    until = working_day_after(today, DAYS)
    facts: dict[str, Any] = {"verb": verb, "until": until.day.isoformat()}
    return facts | ({"without_calendar": True} if until.unknown_years else {})
