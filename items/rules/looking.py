"""Who may look again at what is said to be done: no signer, owner’s side or office."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from items.models import Entry, Item, Post
from items.rules.permission import why_barred
from items.rules.roles import bars
from items.rules.standing import Standing
from items.states import NOT_THEIR_OWN, Status


def why_not_looking(post: Post, item: Item, today: date) -> str:
    """Say why the holder of a post may not look again at an item; "" when they may."""
    if post.pk in (item.owner_post_id, item.supervisor_post_id):
        return _("“%s” owns or supervises it.") % post
    person = post.holder(today)
    if person is None:
        return _("“%s” is vacant.") % post
    standing = Standing(person, item, today)
    if barred := why_barred(person, standing.roles):
        return barred
    if any(bars(veto, standing) for veto in NOT_THEIR_OWN):
        return (
            _("Whoever holds “%s” signed it off, is on its owner’s side, or is of the office.")
            % post
        )
    return ""


def signed_off(items: Iterable[Item]) -> dict[int, Entry]:
    """Return by item the entry with which each was resolved last."""
    entries = Entry.objects.filter(item__in=items, status_to=Status.RESOLVED).order_by("seq")
    return {entry.item_id: entry for entry in entries if entry.item_id}
