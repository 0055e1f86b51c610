"""The supervisor's acts: sign off, send back, visit; and opening again what was signed off."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from items.actions.along import move_with_photos
from items.actions.door import move, need, refuse_if
from items.actions.progress import not_before_last_return, refuse_unless_complete
from items.models import Entry, Item, Person
from items.states import How


def sign_off_item(
    item: Item,
    *,
    by: Person,
    found: str,
    how: str,
    done_on: date,
    happened_on: date | None = None,
    photos=(),
    photo_words: str = "",
    now=None,
) -> Entry:
    """Confirm that the matter is resolved, what was found, how, and when the work was done."""
    found = need(found, _("Write what you found."))
    how = known_way(how)

    def change(today):
        not_before_claim(item, happened_on or today)
        refuse_unless_complete(item)
        if done_on > item.claimed_on:
            refuse_if(
                _("It was claimed on %(day)s, so it can’t have been done after that day.")
                % {"day": item.claimed_on.isoformat()}
            )
        not_before_last_return(item, done_on)
        item.done_on, item.signed_off_on = done_on, happened_on or today
        item.percent = None if item.percent is None else Decimal(100)
        return {"done_on": str(done_on), "how": how}

    return move_with_photos(
        "sign_off",
        item,
        by=by,
        text=found,
        photos=photos,
        photo_words=photo_words,
        change=change,
        happened_on=happened_on,
        now=now,
        tell=lambda today: [item.owner_post.holder(today)],
    )


def not_before_claim(item, day):
    """Refuse a day of the check before the day of the claim that is checked."""
    if day < item.claimed_on:
        refuse_if(
            _("It was claimed on %(day)s, so it can’t have been checked before that day.")
            % {"day": item.claimed_on.isoformat()}
        )


def known_way(how: str) -> str:
    refuse_if("" if how in How.values else _("Say how it was checked: on site, phone or meeting."))
    return str(how)


def send_back_item(
    item: Item,
    *,
    by: Person,
    reason: str,
    happened_on: date | None = None,
    photos=(),
    photo_words: str = "",
    now=None,
) -> Entry:
    """Send a claim back, with what is still missing."""

    def change(today):
        not_before_claim(item, happened_on or today)
        item.claimed_on = item.done_on = None
        item.result = ""

    return move_with_photos(
        "send_back",
        item,
        by=by,
        text=need(reason, _("Write what is still missing.")),
        photos=photos,
        photo_words=photo_words,
        change=change,
        happened_on=happened_on,
        now=now,
        tell=lambda today: [item.owner_post.holder(today)],
    )


def log_visit(
    item: Item,
    *,
    by: Person,
    seen: str,
    how: str,
    next_visit_on: date | None = None,
    happened_on: date | None = None,
    photos=(),
    photo_words: str = "",
    now=None,
) -> Entry:
    """Log a visit or a call: what was seen, and when the next one is planned."""
    facts = {"how": known_way(how)} | (
        {"next_visit_on": str(next_visit_on)} if next_visit_on else {}
    )
    return move_with_photos(
        "log_visit",
        item,
        by=by,
        text=need(seen, _("Write what you saw.")),
        photos=photos,
        photo_words=photo_words,
        change=lambda today: facts,
        happened_on=happened_on,
        now=now,
        tell=lambda today: [item.owner_post.holder(today)],
    )


def reopen_item(item: Item, *, by: Person, reason: str, happened_on=None, now=None) -> Entry:
    """Open a resolved item again; the old sign-off stays in the ledger for ever."""

    def change(today):
        refuse_if(
            _("It was signed off on %s. Choose that day or a later one.") % item.signed_off_on
            if (happened_on or today) < item.signed_off_on
            else ""
        )
        signed_off = {"signed_off_on": str(item.signed_off_on), "done_on": str(item.done_on)}
        item.times_reopened += 1
        item.signed_off_on = item.claimed_on = item.done_on = item.percent = None
        item.result, item.percent = "", None  # nobody knows how far it is now
        return signed_off

    return move(
        "reopen",
        item,
        by=by,
        text=need(reason, _("Write why it has to be opened again.")),
        change=change,
        happened_on=happened_on,
        now=now,
        tell=lambda today: [item.owner_post.holder(today), item.supervisor_post.holder(today)],
    )
