"""Dates: more time, holding and resuming, and taking an item off the list."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Refused
from items.ledger import acting
from items.models import Entry, Item, Person
from items.rules.roles import people_for


def ask_extension(
    item: Item,
    *,
    by: Person,
    reason: str,
    new_due: date,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Ask the office for a later deadline."""
    reason = need(reason, _("Write why more time is needed."))
    with acting("ask_extension", item, by=by, now=now, yes=yes) as act:
        assert item.due is not None  # the database wants one of a published item
        if new_due <= item.due:
            raise Refused(_("The new deadline has to be later than %s.") % item.due.isoformat())
        if new_due < act.today:
            raise Refused(_("The new deadline has passed already."))
        act.write(reason, facts={"old_due": str(item.due), "new_due": str(new_due)})
        act.tell(*people_for(item, "office", act.today))
    return act.entry


def decide_extension(
    item: Item,
    *,
    by: Person,
    agreed: bool,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Agree to a later deadline or refuse it. The first deadline stays on the page for ever."""
    reason = need(reason, _("Write why."))
    with acting("decide_extension", item, by=by, now=now, yes=yes) as act:
        asked = act.asked("ask_extension")[-1]
        if agreed:
            item.due = date.fromisoformat(asked.facts["new_due"])
            item.times_extended += 1
        act.write(reason, facts=asked.facts | {"agreed": agreed}, about=asked)
        act.tell(asked.by)
    return act.entry


def put_on_hold(
    item: Item,
    *,
    by: Person,
    reason: str,
    review_on: date,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Let an item rest until a day of review. Its deadline doesn't move."""
    reason = need(reason, _("Write why it has to wait."))
    with acting("put_on_hold", item, by=by, now=now, yes=yes) as act:
        if review_on <= act.today:
            raise Refused(_("The day of review has to lie ahead."))
        item.status_before_hold = item.status
        item.held_on, item.hold_review_on = act.today, review_on
        act.write(reason, facts={"review_on": str(review_on)})
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def resume_item(
    item: Item, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Take up an item again where it stood before the hold."""
    reason = need(reason, _("Write why it goes on."))
    with acting("resume", item, by=by, now=now, yes=yes) as act:
        assert item.held_on is not None  # since it is on hold
        item.days_held += (act.today - item.held_on).days
        item.held_on = item.hold_review_on = None
        act.write(reason)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def withdraw_item(
    item: Item, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Take an item off the list; its number stays on the page with the reason."""
    reason = need(reason, _("Write why it is withdrawn; everyone will read it."))
    with acting("withdraw", item, by=by, now=now, yes=yes) as act:
        item.withdrawn_on = act.today
        item.held_on = item.hold_review_on = None
        act.write(reason)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry
