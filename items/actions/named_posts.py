"""The posts that a committee names: for releases (the second yes), and for reviews (复查)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.leader import running_lists
from items.errors import Conflict, Refused
from items.ledger import acting_on_row
from items.models import Committee, Entry, Person, Post
from items.states import NAMED_POSTS


def name_releasing_post(committee: Committee, post: Post | None, **said: Any) -> list[Entry]:
    """Name the post whose holder releases what the office enters for owners; None names none.

    As `name_posts`.
    """
    return name_posts("name_releasing_post", committee, post, **said)


def name_review_posts(
    committee: Committee, post: Post | None, second: Post | None = None, **said: Any
) -> list[Entry]:
    """Name the post that reviews what workers doubt, and one for what the first may not review.

    As `name_posts`.
    """
    if second is not None and second == post:
        raise Refused(_("The second post is another one, for what the first may not review."))
    if second is not None and post is None:
        raise Refused(_("Name the first post before a second one."))
    return name_posts("name_review_posts", committee, post, second, **said)


def name_posts(
    verb: str,
    committee: Committee,
    *posts: Post | None,
    by: Person,
    seen: str | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Name the posts of a verb, in the order of `NAMED_POSTS`.

    The ledger of each list that runs says so, inside; return these entries. `seen` is what
    `named_posts` said to whoever writes; raise `Conflict` when it says something else now.
    """
    for post in posts:
        if post is not None and post.committee_id != committee.pk:
            names = {"committee": committee, "post": post}
            raise Refused(_("“%(post)s” is no post of “%(committee)s”.") % names)
    with acting_on_row(verb, committee, committee, by=by, now=now, yes=yes) as act:
        row: Committee = act.locked
        if seen is not None and seen != named_posts(verb, row):
            raise Conflict(
                _("Meanwhile somebody else changed it. Yours was not saved."),
                _("If it should be otherwise, send it again."),
            )
        named = dict(zip(NAMED_POSTS[verb], posts, strict=True))
        before = {column: getattr(row, column) for column in named}
        if named == before:
            return []
        words = {
            "old": _names(before, "name"),
            "old_en": _names(before, "name_en"),
            "new": _names(named, "name"),
            "new_en": _names(named, "name_en"),
        }
        facts = {column: f"post:{post.pk}" if post else "" for column, post in named.items()}
        for item_list in running_lists(row):
            act.write_in(item_list, facts=facts, public=False, **words)
        for column, post in named.items():
            setattr(row, column, post)
        row._history_user = by
        row.save()
    return act.entries


def named_posts(verb: str, committee: Committee) -> str:
    """Return in one word which posts are named, so that a form can say what its reader saw."""
    keys = (getattr(committee, f"{column}_id") for column in NAMED_POSTS[verb])
    return "-".join(str(key or 0) for key in keys)


def _names(named: dict[str, Post | None], language: str) -> str:
    between = ", " if language == "name_en" else "、"
    return between.join(filter(None, (getattr(post, language, "") for post in named.values())))
