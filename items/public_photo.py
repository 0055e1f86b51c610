"""A photo as a visitor may see it: public fields of a photo that the office has released."""

from dataclasses import dataclass
from datetime import date

from items.words import Words


@dataclass(frozen=True, slots=True)
class Photo:
    """A public photo: `/photos/<stem>.jpg` and `/photos/<stem>-small.jpg`."""

    stem: str
    words: Words  # what it shows, in a sentence
    side: str  # "before", "after" or "during"
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
