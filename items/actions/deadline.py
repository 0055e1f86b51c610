"""Dates: more time, holding and resuming, and taking an item off the list."""

from datetime import date

from django.utils.translation import gettext as _

from items.actions.door import move, need, people_for, refuse_if
from items.models import Entry, Item, Person


def ask_extension(item: Item, *, by: Person, reason: str, new_due: date, now=None) -> Entry:
    """Ask the office for a later deadline."""

    def change(today):
        refuse_if(
            ""
            if new_due > item.due
            else _("The new deadline has to be later than %s.") % item.due.isoformat()
        )
        refuse_if("" if new_due >= today else _("The new deadline has passed already."))
        return {"old_due": str(item.due), "new_due": str(new_due)}

    return move(
        "ask_extension",
        item,
        by=by,
        text=need(reason, _("Write why more time is needed.")),
        change=change,
        now=now,
        tell=lambda today: people_for(item, "office", today),
    )


def decide_extension(item: Item, *, by: Person, agreed: bool, reason: str, now=None) -> Entry:
    """Agree to a later deadline or refuse it. The first deadline stays on the page for ever."""
    asked = item.entries.filter(verb="ask_extension").waiting().last()

    def change(today):
        if agreed:
            item.due = date.fromisoformat(asked.facts["new_due"])
            item.times_extended += 1
        return asked.facts | {"agreed": agreed}

    return move(
        "decide_extension",
        item,
        by=by,
        text=need(reason, _("Write why.")),
        change=change,
        now=now,
        about=asked,
        tell=lambda today: [asked.by],
    )


def put_on_hold(item: Item, *, by: Person, reason: str, review_on: date, now=None) -> Entry:
    """Let an item rest until a day of review. Its deadline doesn't move."""

    def change(today):
        refuse_if("" if review_on > today else _("The day of review has to lie ahead."))
        item.status_before_hold = item.status
        item.held_on, item.hold_review_on = today, review_on
        return {"review_on": str(review_on)}

    return move(
        "put_on_hold",
        item,
        by=by,
        text=need(reason, _("Write why it has to wait.")),
        change=change,
        now=now,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
    )


def resume_item(item: Item, *, by: Person, reason: str, now=None) -> Entry:
    """Take up an item again where it stood before the hold."""

    def change(today):
        item.days_held += (today - item.held_on).days
        item.held_on = item.hold_review_on = None

    return move(
        "resume",
        item,
        by=by,
        text=need(reason, _("Write why it goes on.")),
        change=change,
        now=now,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
    )


def withdraw_item(item: Item, *, by: Person, reason: str, now=None) -> Entry:
    """Take an item off the list; its number stays on the page with the reason."""

    def change(today):
        item.withdrawn_on = today
        item.held_on = item.hold_review_on = None

    return move(
        "withdraw",
        item,
        by=by,
        text=need(reason, _("Write why it is withdrawn; everyone will read it.")),
        change=change,
        now=now,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
    )
