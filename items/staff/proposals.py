"""What staff see of a draft that is up for objections: how long it is, and what is unanswered."""

from dataclasses import dataclass
from datetime import date

from items.models import Entry
from items.rules.announcing import last_day
from items.words import Words


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft list that is up for objections."""

    slug: str
    name: Words
    until: date
    days_left: int  # 0 on its last day
    over: bool  # its days have passed
    unanswered: int  # objections without an answer that everyone can read


def proposal(entry: Entry, unanswered: int, today: date) -> Proposal:
    until = last_day(entry)
    return Proposal(
        slug=entry.list.slug,
        name=entry.list.words,
        until=until,
        days_left=max(0, (until - today).days),
        over=until < today,
        unanswered=unanswered,
    )
