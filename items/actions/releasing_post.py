"""The post that a committee names for releases: its holder gives the second yes, too."""

from datetime import datetime

from django.utils.translation import gettext as _

from items.actions.leader import running_lists
from items.errors import Conflict, Refused
from items.ledger import acting_on_row
from items.models import Committee, Entry, Person, Post

ANY = object()


def name_releasing_post(
    committee: Committee,
    post: Post | None,
    *,
    by: Person,
    seen: int | object | None = ANY,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Name the post whose holder releases what the office enters for owners; None names none.

    The ledger of each list that runs says so, inside; return these entries. `seen` is the key of
    the post that whoever writes saw named (None for none); raise `Conflict` when another is now.
    """
    if post is not None and post.committee_id != committee.pk:
        raise Refused(_("“%(post)s” is no post of “%(committee)s”.") % _names(committee, post))
    with acting_on_row("name_releasing_post", committee, committee, by=by, now=now, yes=yes) as act:
        row: Committee = act.locked
        if seen is not ANY and seen != row.releasing_post_id:
            raise Conflict(
                _("Meanwhile somebody else changed it. Yours was not saved."),
                _("If it should be otherwise, send it again."),
            )
        if post == (before := row.releasing_post):
            return []
        words = {
            "old": before.name if before else "",
            "old_en": before.name_en if before else "",
            "new": post.name if post else "",
            "new_en": post.name_en if post else "",
        }
        facts = {"releasing_post": f"post:{post.pk}" if post else ""}
        for item_list in running_lists(row):
            act.write_in(item_list, facts=facts, public=False, **words)
        row.releasing_post = post
        row._history_user = by
        row.save()
    return act.entries


def _names(committee: Committee, post: Post) -> dict[str, object]:
    return {"committee": committee, "post": post}
