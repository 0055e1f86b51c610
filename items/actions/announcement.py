"""Announcements (公示): what is up for objections is taken down, or takes effect after its days."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.check import signed_off
from items.actions.deadline import withdrawn
from items.actions.reduction import reduced
from items.actions.validation import need
from items.errors import Refused
from items.ledger import acting
from items.models import Entry, Item, Person
from items.rules.announcing import last_day

# What takes effect, by its verb: with the entry's words and facts, as it would have at once
EFFECTS: dict[str, Callable[..., None]] = {
    "sign_off": signed_off,
    "withdraw": withdrawn,
    "reduce": reduced,
}


def take_down(
    item: Item, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Say that what is up for objections doesn't take effect, and why; it stays in sight."""
    reason = need(reason, _("Write why it doesn’t take effect; everyone will read it."))
    with acting("take_down", item, by=by, now=now, yes=yes) as act:
        about = act.asked("put_up")[0]
        act.write(reason, facts={"verb": about.facts["verb"]}, about=about)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def carry_out_announced(now: datetime | None = None) -> int:
    """Let take effect what was up for objections and has none without an answer; return how many.

    What can't take effect yet waits, and is tried again the next day.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    rows = Entry.objects.announcements().filter(item__isnull=False).select_related("by", "words")
    due = [row for row in rows.order_by("pk") if last_day(row) < today]
    return sum(_carry_out(row, now) for row in due)


def _carry_out(announcement: Entry, now: datetime) -> bool:
    verb, words = announcement.facts["verb"], announcement.words
    assert announcement.item_id is not None  # as it was asked for
    try:
        with acting(
            verb, announcement.item_id, by=announcement.by, now=now, about=announcement, yes=True
        ) as act:
            EFFECTS[verb](act, words.text, _facts(announcement), **_words(announcement))
            act.tell(announcement.by, act.item.owner_post, act.item.supervisor_post)
    except Refused:
        return False
    return True


def _facts(announcement: Entry) -> dict[str, Any]:
    """Return the facts of what takes effect; the announcement's own stay with it."""
    own = {"verb", "until", "without_calendar", "personal"}
    return {name: fact for name, fact in announcement.facts.items() if name not in own}


def _words(announcement: Entry) -> dict[str, str]:
    """Return what else was written: who decided, in which minutes, the old and the new words."""
    names = ["evidence", "post", "post_en", "old", "old_en", "new", "new_en"]
    names += ["answers", "answers_en"]
    return {name: value for name in names if (value := getattr(announcement.words, name))}
