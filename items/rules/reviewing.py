"""Whose a review is: a post that the committee names, else a supervisor's whose turn it is.

It never goes to whoever checks the item or signed it off, to its owner's side, or to the office.
"""

from datetime import date
from typing import NamedTuple

from items.models import Item, Post
from items.models.post import know_holdings
from items.rules.looking import why_not_looking
from items.states import ListStatus


class Turn(NamedTuple):
    """The post that reviews an item; None where nobody is free."""

    post: Post | None
    drawn: bool = False  # the committee named none that is free


def reviewer_of(item: Item, today: date) -> Turn:
    """Return whose the review of an item is, by the posts and holders of a day.

    The first of the named posts that is free; else the posts that supervise items of the list take
    turns: in the order in which they were set up, the item's number says whose it is.
    """
    committee = item.list.committee
    for post in (committee.review_post, committee.second_review_post):
        if post and is_free(post, item, today):
            return Turn(post)
    if item.list.status == ListStatus.DRAFT:
        return Turn(None)
    checking = Post.objects.filter(pk__in=item.list.items.values("supervisor_post"))
    posts = list(checking.order_by("pk"))
    know_holdings(posts)
    free = [post for post in posts if is_free(post, item, today)]
    return Turn(free[item.number % len(free)], drawn=True) if free else Turn(None)


def is_free(post: Post, item: Item, today: date) -> bool:
    """Tell whether the holder of a post can review an item, whose own posts never do."""
    return not why_not_looking(post, item, today)
