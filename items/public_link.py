"""What has a public page of its own beside the items: a place, a theme."""

from dataclasses import dataclass

from items.words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """A place or a theme: the number in its address, and its name."""

    number: int
    name: Words
    count: int = 0  # of the published items there or below, where it is shown
