"""Announcements (公示): what was decided is open to objections before it takes effect.

An announcement is the entry with which it was put up. It waits until another entry is about it:
the one with which it takes effect, that of taking it down, or of sending the claim back.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items.models import Committee, Entry, Item, Suggestion
from items.rules.permission import why_not_now
from items.rules.roles import bars
from items.rules.standing import Standing
from items.states import ANNOUNCEABLE, MOVES
from items.words import day

DAYS = 5  # working days that it is open to objections, after the day on which it was put up


def is_announced_first(verb: str, committee: Committee) -> bool:
    """Tell whether a committee lets everyone object to acts of this verb before they count."""
    return verb in ANNOUNCEABLE and getattr(committee, ANNOUNCEABLE[verb])


def announced(announcements: Iterable[Entry], verb: str) -> Entry | None:
    """Return the announcement of this verb among those that wait; None where none is."""
    return next((row for row in announcements if row.facts["verb"] == verb), None)


def last_day(announcement: Entry) -> date:
    """Return the last day on which anybody can object."""
    return date.fromisoformat(announcement.facts["until"])


def is_open(announcement: Entry, today: date) -> bool:
    """Tell whether anybody can object today, while nothing has ended it."""
    return today <= last_day(announcement) and not announcement.answers.exists()


def unanswered(announcement: Entry) -> int:
    """Return how many objections have no answer yet that everyone can read."""
    return Suggestion.objects.filter(objects_to=announcement.pk).unanswered_in_public().count()


def why_not_in_effect(announcement: Entry, item: Item, today: date) -> str:
    """Say why what was put up doesn't take effect today; "" when it does.

    Who put it up doesn't have to hold the post any more, but mustn't have come onto the owner's
    side meanwhile.
    """
    if today <= last_day(announcement):
        return _("It is up for objections until %s.") % day(last_day(announcement))
    if n := unanswered(announcement):
        return ngettext(
            "%(n)d objection has no public answer yet.",
            "%(n)d objections have no public answer yet.",
            n,
        ) % {"n": n}
    row, standing = MOVES[announcement.facts["verb"]], Standing(announcement.by, item, today)
    for veto in row.vetoes:
        if bars(veto, standing):
            return _(
                "Who put it up is on the owner’s side by now. Take it down; somebody else does it."
            )
    return why_not_now(announcement.facts["verb"], standing)
