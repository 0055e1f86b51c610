"""Leaders' visits as a visitor may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from items import models
from items.public.lists import Head
from items.public.suggestions import ItemLink, item_links
from items.words import Words


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A leader's visit: who went where, and what they heard."""

    went_on: date
    post: Words
    name: str  # as it was then; "" unless the committee shows names
    where: tuple[Words, ...]
    heard: str  # "": the words were erased
    withdrawn_on: date | None
    withdrawn_why: str
    items: tuple[ItemLink, ...] = ()  # what was heard became these
    on_the_next_list: bool = False


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """A page of a committee's visits, the latest first."""

    slug: str  # the committee's
    committee: Words
    organisation: Words
    demonstration: bool
    current: Head | None  # its newest published list
    visits: tuple[SiteVisit, ...]
    count: int  # on all pages, without those that were withdrawn
    page: int  # from 1
    pages: int
    as_of: date


def site_visit(
    row: models.SiteVisit, show_name: bool, became: Sequence[models.Item] = ()
) -> SiteVisit:
    """Return a visit with the items that what was heard there `became`."""
    items, unpublished = item_links(list(became))
    return SiteVisit(
        items=items,
        on_the_next_list=unpublished,
        went_on=row.went_on,
        post=row.post.words,
        name=row.name if show_name else "",
        where=row.where,
        heard=row.heard,
        withdrawn_on=row.withdrawn_on,
        withdrawn_why=row.withdrawn_why,
    )
