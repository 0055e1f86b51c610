"""Photos as a visitor may see them: public fields of those that the office has released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from items import models
from items.words import Words


@dataclass(frozen=True, slots=True)
class Photo:
    """A public photo: `/photos/<stem>.jpg` and `/photos/<stem>-small.jpg`."""

    stem: str
    words: Words  # what it shows, in a sentence
    side: str  # "before", "after", "during" or "later"
    side_label: str
    taken_on: date
    small_width: int
    small_height: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is shown before the work and after it, as far as there are photos."""

    title: Words
    before: Photo | None
    after: Photo | None
    later: tuple[Photo, ...] = ()  # by whoever looked back, the earliest first


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of a board in two pictures, by their stems."""

    number: int
    title: Words
    before: str
    after: str


def photos_by_spot(rows: Iterable[models.Photo]) -> tuple[tuple[Spot, ...], tuple[Photo, ...]]:
    """Return public photos as pairs, by their spots, and those of no spot."""
    spots, sides, during = {}, {}, []
    for row in sorted(rows, key=lambda row: (row.taken_on, row.pk)):
        if row.spot is None:
            during.insert(0, photo(row))
        else:
            spot = spots.setdefault(row.spot.title, row.spot)  # the same on an earlier list
            sides.setdefault(spot, {}).setdefault(row.side, []).append(photo(row))
    pairs = (
        Spot(
            spot.words,
            *(sides[spot].get(side, [None])[-1] for side in ("before", "after")),
            tuple(sides[spot].get("later", ())),
        )
        for spot in sorted(sides, key=lambda spot: (spot.order, spot.pk))
    )
    return tuple(pairs), tuple(during)


def photo(row: models.Photo) -> Photo:
    return Photo(
        stem=row.stem,
        words=row.shows,
        side=row.side,
        side_label=row.get_side_display(),
        taken_on=row.taken_on,
        small_width=row.small_width,
        small_height=row.small_height,
    )
