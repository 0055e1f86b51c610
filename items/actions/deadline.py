"""Dates: more time, holding and resuming, and taking an item off the list."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.announcing import put_up_first
from items.actions.decision import Decision, written
from items.actions.validation import need
from items.actions.verdict import end_round
from items.errors import Refused
from items.ledger import Act, acting
from items.models import Entry, Item, Person
from items.models.verdict import EndedWhy
from items.rules.roles import people_for
from items.states import Smaller
from items.words import day


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
        refuse_unless_later(item, new_due, act.today)
        act.write(reason, facts={"old_due": str(item.deadline), "new_due": str(new_due)})
        act.tell(*people_for(item, "office", act.today))
    return act.entry


def decide_extension(
    item: Item,
    *,
    by: Person,
    agreed: bool,
    reason: str,
    decision: Decision,
    new_due: date | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Write down who agreed to a later deadline or refused it, and when.

    `new_due` is the day that was granted, where it isn't the one asked for. The first deadline
    stays on the page for ever.
    """
    reason = need(reason, _("Write why."))
    with acting("decide_extension", item, by=by, now=now, yes=yes) as act:
        asked = act.asked("ask_extension")[-1]
        asked_due = asked.facts["new_due"]
        facts, words = written(item, decision, act.today)
        if agreed:
            granted = new_due or date.fromisoformat(asked_due)
            refuse_unless_later(item, granted, act.today)
            facts |= {"old_due": str(item.deadline), "new_due": str(granted)}
            item.due, item.put_right_by = granted, None
            if item.times_extended:  # the first is no smaller promise, every further one is
                facts["smaller"] = Smaller.TIME
            item.times_extended += 1
        if not agreed or asked_due != facts["new_due"]:
            facts["asked_due"] = asked_due
        act.write(reason, facts=facts | {"agreed": agreed}, about=asked, **words)
        act.tell(asked.by)
    return act.entry


def refuse_unless_later(item: Item, new_due: date, today: date) -> None:
    """Refuse a new deadline that isn't later, or has passed: it would only hide lateness."""
    assert item.deadline is not None  # the database wants one of a published item
    if new_due <= item.deadline:
        raise Refused(_("The new deadline has to be later than %s.") % day(item.deadline))
    if new_due < today:
        raise Refused(_("The new deadline has passed already."))


def ended_request(act: Act) -> Entry | None:
    """Return the request for more time that ends with an act, which is then about it."""
    return next(iter(act.asked("ask_extension")), None)


def put_on_hold(
    item: Item,
    *,
    by: Person,
    reason: str,
    review_on: date,
    decision: Decision,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Let an item rest until a day of review, as was decided. Its deadline doesn't move."""
    reason = need(reason, _("Write why it has to wait."))
    with acting("put_on_hold", item, by=by, now=now, yes=yes) as act:
        if review_on <= act.today:
            raise Refused(_("The day of review has to lie ahead."))
        facts, words = written(item, decision, act.today)
        item.status_before_hold = item.status
        item.held_on, item.hold_review_on = act.today, review_on
        facts |= {"review_on": str(review_on), "smaller": Smaller.WAITING}
        act.write(reason, facts=facts, **words)
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
    item: Item,
    *,
    by: Person,
    reason: str,
    decision: Decision,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Take an item off the list, as was decided; its number stays on the page with the reason."""
    reason = need(reason, _("Write why it is withdrawn; everyone will read it."))
    with acting("withdraw", item, by=by, now=now, yes=yes) as act:
        facts, words = written(item, decision, act.today)
        facts["smaller"] = Smaller.DROPPED
        if not put_up_first(act, reason, facts, **words):
            withdrawn(act, reason, facts, **words)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def withdrawn(act: Act, reason: str, facts: dict[str, Any], **words: Any) -> None:
    """Let a withdrawal take effect within an act, with its reason, its facts and who decided."""
    item = act.item
    item.withdrawn_on = act.today
    item.held_on = item.hold_review_on = None
    act.write(reason, facts=facts, about=act.about or ended_request(act), **words)
    end_round(act, EndedWhy.WITHDRAWN)
