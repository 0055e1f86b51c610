"""The reviews of items: their answers, and for whoever answers the words that opened one."""

from collections.abc import Collection
from datetime import date

from items import public
from items.actions.review import words_behind
from items.compiled_queries import compiled_query
from items.models import Item, Person, Review
from items.rules import why_not


def reviews_of(item: Item, today: date) -> tuple[public.Review, ...]:
    """Return the reviews of an item, the latest first."""
    return public.reviews(_reviews(item.pk), item.list.committee.show_names, today)


@compiled_query
def _reviews(item):
    return Review.objects.filter(item=item).select_related("post", "entry__words")


def open_reviews(keys: Collection[int], today: date) -> dict[int, public.Review]:
    """Return the open review of each of these items that has one, by the item's key."""
    rows = list(Review.objects.open().filter(item__in=keys).select_related("post"))
    shown = public.reviews(rows, False, today)
    return {row.item_id: review for row, review in zip(rows, shown, strict=True)}


def words_to_review(item: Item, person: Person, today: date) -> tuple[public.WordsToReview, ...]:
    """Return what workers wrote of an item, for whoever answers its open review; else nothing."""
    row = item.reviews.open().select_related("round").first()
    if row is None or why_not("review", person, item, today=today):
        return ()
    return tuple(map(public.words_to_review, words_behind(row)))
