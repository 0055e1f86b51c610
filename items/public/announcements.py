"""What is, or was, up for objections (公示), with each objection that has its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from items import models
from items.public.entries import Event, event
from items.rules.announcing import last_day

# What was decided, as it is called while it is up and ever after
WHAT = {
    "sign_off": _("checked and found done"),
    "withdraw": _("to be taken off the list"),
    "reduce": _("to become a smaller promise"),
    "publish": _("a list that isn’t published yet"),
}
OPEN, WAITS, IN_EFFECT, DROPPED = "open", "waits", "in_effect", "dropped"


def announced_as(row: models.Entry) -> str | Promise:
    """Return what an entry put up for objections, in words."""
    return WHAT[row.facts["verb"]]


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection with its answer, in the words that everyone may read."""

    number: int  # of those with an answer, in the order in which they got it
    words: str
    answer: str
    answered_on: date
    of: int | None = None  # the number on the draft list to which it objects


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is or was up for objections."""

    verb: str  # one of states.ANNOUNCEABLE, or of LISTS_ANNOUNCED
    what: str | Promise  # in words
    entry: Event
    until: date  # the last day on which anybody could object
    state: str  # "open", "waits" for answers, "in_effect", or "dropped"
    without_calendar: bool  # of holidays, when the day was counted
    waiting: int  # objections that came before today and have no answer yet
    objections: tuple[Objection, ...]
    ending: Event | None  # what ended it; None while it is up

    @property
    def is_up(self) -> bool:
        return self.state in (OPEN, WAITS)


def announcement(
    row: models.Entry,
    ending: models.Entry | None,
    objections: Iterable[models.Suggestion],
    names: bool,
    today: date,
) -> Announcement:
    """Return what was put up by an entry; `ending` is the entry that ended it, where one did.

    `objections` are those to it that came before today, in the order in which they were answered.
    """
    rows = list(objections)
    roots = [row.root for row in rows]
    answered = list(dict.fromkeys(root for root in roots if root.shown_on))
    of = {row.root: row.objects_to_number for row in reversed(rows)}
    until = last_day(row)
    if ending:
        state = IN_EFFECT if ending.verb == row.facts["verb"] else DROPPED
    else:
        state = OPEN if today <= until else WAITS
    return Announcement(
        verb=row.facts["verb"],
        what=announced_as(row),
        entry=event(row, names),
        until=until,
        state=state,
        without_calendar="without_calendar" in row.facts,
        waiting=sum(root.shown_on is None for root in roots),
        objections=tuple(
            Objection(number, root.shown_words, root.shown_answer, root.shown_on, of[root])
            for number, root in enumerate(answered, start=1)
        ),
        ending=event(ending, names) if ending else None,
    )
