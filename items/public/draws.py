"""The draw by lot of what is looked back at, with all by which anybody can draw it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from items import models
from items.models import Item, LookBack, Post
from items.public.lists import Head
from items.rules.lot import lot_of, place_of
from items.states import Kept
from items.words import Words, quarter


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sign-off of the quarter: its lot, who could look, and who does where it is drawn."""

    key: str  # "plant-2026/7", of which the lot is made
    slug: str  # of its list
    number: int
    title: Words
    signed_off_on: date
    lot: str  # 64 hexadecimal digits
    posts: tuple[Words, ...]  # in the order in which they are counted, from 0
    drawn: bool
    place: int  # of the post that looks, among the posts
    looker: Words | None  # None: nobody could be drawn
    by_when: date | None
    looked_on: date | None
    found: str  # in a word, once somebody looked


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that was drawn, as a link to its page."""

    first: date
    label: str


@dataclass(frozen=True, slots=True)
class DrawPage:
    """A committee's draw of one quarter; none where nothing was drawn yet."""

    slug: str  # the committee's
    committee: Words
    organisation: Words
    demonstration: bool
    current: Head | None  # its newest published list
    label: str  # of the quarter; "" where nothing was drawn
    drawn_on: date | None
    seed: str
    candidates: tuple[Candidate, ...]  # the lowest lot first
    quarters: tuple[Quarter, ...]  # the others that were drawn, the latest first

    @property
    def drawn(self) -> int:
        return sum(candidate.drawn for candidate in self.candidates)


def candidate(
    row: Mapping, draw: models.LookBackDraw, item: Item, look: LookBack | None, posts: list[Post]
) -> Candidate:
    """Return a sign-off that was drawn among; `look` is the one to which its draw led."""
    entry = look.entry if look else None
    return Candidate(
        key=row["key"],
        slug=item.list.slug,
        number=item.number,
        title=item.title_words,
        signed_off_on=row["signed_off_on"],
        lot=lot_of(draw.seed, row["key"]),
        posts=tuple(post.words for post in posts),
        drawn=look is not None,
        place=place_of(draw.seed, row["key"], len(posts)) if posts else 0,
        looker=look.post.words if look and look.post else None,
        by_when=look.by_when if look else None,
        looked_on=entry.happened_on if entry else None,
        found=str(Kept(entry.facts["kept"]).label) if entry else "",
    )


def quarter_link(draw: models.LookBackDraw) -> Quarter:
    return Quarter(draw.quarter, quarter(draw.quarter))
