"""Leaders' posts: which they are is said openly in the ledger of each list that runs."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import ActOnMany, acting_on_row, lock_posts
from items.models import Committee, Entry, ItemList, Person, Post
from items.states import ListStatus


def mark_leader(
    post: Post,
    is_leader: bool,
    *,
    by: Person,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Say that a post is a leader's, or is none, while lists of its committee run.

    Each of these lists gets an entry; return them. Every leader owns at least one item (rule 1):
    a mark that could be taken off quietly would hide who owns none.
    """
    reason = need(reason, _("Write why the mark is corrected."))
    with acting_on_row("mark_leader", post.committee, post, by=by, now=now, yes=yes) as act:
        locked: Post = act.locked
        if locked.is_leader == is_leader:
            raise Conflict(
                _("That is how “%s” is marked already.") % locked, _("Look at the posts again.")
            )
        if not (lists := running_lists(post.committee)):
            raise Refused(_("No list of “%s” runs. An administrator marks it.") % post.committee)
        for item_list in lists:
            write_mark(act, item_list, locked, is_leader, reason)
        locked.is_leader = is_leader
        locked.save()
    return act.entries


def mark_leaders(act: ActOnMany, item_list: ItemList, posts: Iterable[Post]) -> list[int]:
    """Mark posts as leaders' with the publication of a list; return the keys of those that weren't.

    Other lists of the committee that run are told of it, too.
    """
    posts = list(posts)
    lock_posts(posts)
    rows = Post.objects.filter(committee=item_list.committee_id, is_leader=False)
    marked = list(rows.filter(pk__in=[post.pk for post in posts]).order_by("pk"))
    running = running_lists(item_list.committee) if marked else []
    for post in marked:
        for other in running:
            write_mark(act, other, post, True)
        post.is_leader = True
        post.save()
    return [post.pk for post in marked]


def write_mark(
    act: ActOnMany, item_list: ItemList, post: Post, is_leader: bool, reason: str = ""
) -> Entry:
    """Write in a list's ledger whether a post is a leader's."""
    facts = {"leader": f"post:{post.pk}:{'yes' if is_leader else 'no'}"}
    words = {"post": post.name, "post_en": post.name_en}
    return act.write_in(item_list, reason, verb="mark_leader", facts=facts, **words)


def running_lists(committee: Committee) -> list[ItemList]:
    """Return the lists of the committee that run, locked."""
    lists = ItemList.objects.filter(committee=committee, status=ListStatus.PUBLISHED)
    return list(lists.select_for_update(no_key=True).order_by("pk"))
