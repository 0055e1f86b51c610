"""Reporting links: one item, one named handler, seven days, one report that waits for release.

A link is an entry of the ledger, with the hash of its token; so are its end and what came by it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.attached_photos import add_photos, attached_photos
from items.actions.progress import progress_facts
from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import acting
from items.models import Entry, Item, Person, Photo
from items.photos.picture import Upload
from items.privacy.report_tokens import hashed, new_token
from items.rules.report_links import LASTS, handler_of, why_over_now
from items.rules.roles import people_for


def make_link(
    asked: Entry, *, by: Person, handler: Person, now: datetime | None = None
) -> tuple[Entry, str]:
    """Make a link by which a named handler reports on what an urging or a task asks of the owner.

    Return its entry, and the token, which is told this once.
    """
    item, token = asked.item, new_token()
    assert item is not None  # an urging or a task is of an item
    with acting("make_link", item, by=by, now=now) as act:
        if asked.facts.get("who") != "owner":
            raise Refused(_("This isn’t asked of the owner’s side: no handler reports on it."))
        if not handler.handled_items.filter(pk=item.pk).exists():
            raise Refused(_("“%s” is no named handler of this item.") % handler)
        facts = {
            "token": hashed(token),
            "handler": str(handler.pk),
            "until": (act.today + LASTS).isoformat(),
            "asked": asked.seq,
        }
        act.write(facts=facts, public=False, new=handler.name)
    return act.entry, token


def revoke_link(
    link: Entry, *, by: Person, reason: str = "", yes: bool = False, now: datetime | None = None
) -> Entry:
    """Take a link back, so that nobody reports by it any more."""
    item = link.item
    assert item is not None
    with acting("revoke_link", item, by=by, now=now, about=link, yes=yes) as act:
        if over := why_over_now(link, act.item, act.today):
            raise Refused(_("This link is over already: %s.") % over.label)
        act.write(reason.strip(), public=False)
    return act.entry


def report_by_link(
    link: Entry,
    *,
    text: str,
    done_count: int | None = None,
    photos: Sequence[Upload] = (),
    now: datetime | None = None,
) -> Entry:
    """Report as the handler whom a link names; it is public when one of the office releases it.

    Whoever holds the link speaks for that handler, who is on the owner's side from then on. One
    report waits at a time on an item: where another waits, this one is refused.
    """
    handler, now = handler_of(link), now or timezone.now()
    text = need(text, _("Write in a line what was done."))
    assert link.item_id  # a link is to an item
    item = Item.objects.select_related("list").get(pk=link.item_id)
    who: dict[str, Any] = {"by": handler, "now": now}
    _refuse_over(link, item, timezone.localdate(now))
    with (
        attached_photos("report_by_link", item, photos, **who, about=link) as pictures,
        acting("report_by_link", item.pk, **who, about=link) as act,
    ):
        _refuse_over(link, act.item, act.today)  # of two at once, one is too late
        if act.asked("enter_for_owner"):
            raise Refused(
                _(
                    "An earlier report on this item still waits for the office to publish it."
                    " Call the office; then send this one again."
                )
            )
        facts = progress_facts(act.item, None, done_count, act.today) | {"link": str(link.seq)}
        post = act.item.owner_post
        assert post  # the database wants one of a published item
        act.write(text, facts=facts, public=False, post=post.name, post_en=post.name_en)
        act.tell(*people_for(act.item, "office", act.today))
        add_photos(act, pictures, "", Photo.Side.DURING, about=link)
    return act.entry


def _refuse_over(link: Entry, item: Item, today: date) -> None:
    if over := why_over_now(link, item, today):
        raise Conflict(_("This link is over: %s.") % over.label)
