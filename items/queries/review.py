"""The reviews of items: their answers, and for whoever answers the words that opened one."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from items import public
from items.actions.review import goes_on_elsewhere, no_list_to_go_on, words_behind
from items.actions.year import running_list
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


def review_to_answer(item: Item, today: date) -> public.ReviewToAnswer | None:
    """Return the open review of an item for its form, and where the item goes on if undone."""
    review = open_reviews([item.pk], today).get(item.pk)
    return review and public.ReviewToAnswer(review, _where_it_goes_on(item))


def _where_it_goes_on(item: Item) -> str:
    """Say what becomes of an item of a closed list that isn't done; "" of any other."""
    if not goes_on_elsewhere(item):
        return ""
    into = running_list(item)
    if into is None:
        return no_list_to_go_on()
    sentence = _(
        "Its list is closed and stays as it is. What isn’t done goes on in “%s”, under a new"
        " number."
    )
    return sentence % into


def words_to_review(item: Item, person: Person, today: date) -> tuple[public.WordsToReview, ...]:
    """Return what workers wrote of an item, for whoever answers its open review; else nothing."""
    row = item.reviews.open().select_related("round").first()
    if row is None or why_not("review", person, item, today=today):
        return ()
    return tuple(map(public.words_to_review, words_behind(row)))
