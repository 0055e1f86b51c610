"""Leaders' visits as the desk shows them, with who wrote them down."""

from dataclasses import dataclass
from datetime import date

from items import models
from items.words import Words


@dataclass(frozen=True, slots=True)
class CommitteeLink:
    """A committee with public pages: its slug, which stands in their addresses, and its name."""

    slug: str
    name: Words


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A leader's visit."""

    pk: int
    went_on: date
    post: Words
    post_pk: int
    name: str  # as it was then
    where: tuple[Words, ...]
    heard: str  # "": the words were erased
    written_by: str
    withdrawn_on: date | None
    withdrawn_why: str
    suggestions: int  # that came of it


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """One page of the visits that a person may see, the latest first."""

    committees: tuple[CommitteeLink, ...]  # of these visits
    visits: tuple[SiteVisit, ...]
    count: int  # on all pages
    page: int
    pages: int


def site_visit(row: models.SiteVisit) -> SiteVisit:
    """Return a visit; the row knows the number of its `matters`, the suggestions that came."""
    return SiteVisit(
        pk=row.pk,
        went_on=row.went_on,
        post=row.post.words,
        post_pk=row.post_id,
        name=row.name,
        where=row.where,
        heard=row.heard,
        written_by=row.written_by.name,
        withdrawn_on=row.withdrawn_on,
        withdrawn_why=row.withdrawn_why,
        suggestions=row.matters,
    )
