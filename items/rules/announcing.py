"""Announcements (公示): what was decided is open to objections before it takes effect.

An announcement is the entry with which it was put up. It waits until another entry is about it:
the one with which it takes effect, that of taking it down, or of sending the claim back.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items.models import Committee, Entry, Item, ItemList, Suggestion
from items.rules.permission import why_not_now
from items.rules.roles import bars
from items.rules.standing import Standing
from items.states import ANNOUNCEABLE, LISTS_ANNOUNCED, MOVES, Verb
from items.words import day

SWITCHES = ANNOUNCEABLE | LISTS_ANNOUNCED
DAYS = 5  # working days that it is open to objections, after the day on which it was put up


def is_announced_first(verb: str, committee: Committee) -> bool:
    """Tell whether a committee lets everyone object to acts of this verb before they count."""
    return verb in SWITCHES and getattr(committee, SWITCHES[verb])


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


def announcement_of(item_list: ItemList) -> Entry | None:
    """Return the entry with which a draft list was put up, while it is up; else None."""
    return Entry.objects.announcements().of_lists().filter(list=item_list).first()


def was_announced(item_list: ItemList) -> bool:
    """Tell whether a list is or was up for objections: from then on its address stays."""
    return Entry.objects.of_lists().filter(list=item_list, verb=Verb.PUT_UP).exists()


def why_not_published(item_list: ItemList, today: date) -> str:
    """Say why a draft list has to be, or to stay, up for objections before it is published."""
    if up := announcement_of(item_list):
        return _why_not_over(up, today)
    if is_announced_first("publish", item_list.committee):
        return _("The committee lets everyone object to its lists first. Put this one up.")
    return ""


def _why_not_over(announcement: Entry, today: date) -> str:
    """Say why the days of what is up aren't over, or what they leave to be answered."""
    if today <= last_day(announcement):
        return _("It is up for objections until %s.") % day(last_day(announcement))
    if n := unanswered(announcement):
        return ngettext(
            "%(n)d objection has no public answer yet.",
            "%(n)d objections have no public answer yet.",
            n,
        ) % {"n": n}
    return ""


def why_not_in_effect(announcement: Entry, item: Item, today: date) -> str:
    """Say why what was put up doesn't take effect today; "" when it does.

    Who put it up doesn't have to hold the post any more, but mustn't have come onto the owner's
    side meanwhile.
    """
    if refusal := _why_not_over(announcement, today):
        return refusal
    row, standing = MOVES[announcement.facts["verb"]], Standing(announcement.by, item, today)
    for veto in row.vetoes:
        if bars(veto, standing):
            return _(
                "Who put it up is on the owner’s side by now. Take it down; somebody else does it."
            )
    return why_not_now(announcement.facts["verb"], standing)
