"""What a worker wrote of coached answers, as only who reviews reads it."""

from dataclasses import dataclass
from datetime import date

from items import models
from items.words import Words


@dataclass(frozen=True, slots=True)
class Coaching:
    """What a worker wrote, about which item, on which day."""

    list_slug: str
    number: int
    title: Words
    words: str
    day: date


def coaching(row: models.Coaching) -> Coaching:
    item = row.item
    return Coaching(item.list.slug, item.number, item.title_words, row.words, row.day)
