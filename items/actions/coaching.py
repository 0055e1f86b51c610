"""A worker says that somebody told them what to answer; the office never reads it."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.step import short
from items.actions.validation import need
from items.errors import Refused
from items.models import Coaching, Item
from items.states import ListStatus, Status

KEPT = timedelta(365)


def tell_coaching(item: Item, *, words: str, key: int, today: date | None = None) -> None:
    """Keep what a worker wrote of coached answers about an item, for who reviews.

    The same `key` once more, of a form that was sent twice, adds nothing.
    """
    words = short(need(words, _("Write who told you what to answer, and when.")))
    if refusal := why_not_told(item):
        raise Refused(refusal)
    said = {"item": item, "words": words, "day": today or timezone.localdate()}
    Coaching.objects.get_or_create(pk=key, defaults=said)


def why_not_told(item: Item) -> str:
    """Say why nobody would read it; "" when somebody does."""
    if item.status == Status.DRAFT or item.list.status == ListStatus.DRAFT:
        return _("That item isn’t published.")
    if item.hardship:
        return _("Help for families in difficulty isn’t judged in public.")
    if not item.list.committee.review_posts:
        return _("The committee has named no post for reviews yet: nobody would read it.")
    return ""


def forget_coachings(today: date) -> int:
    """Empty the words that are older than a year; the day stays. Return how many they were."""
    return Coaching.objects.filter(day__lt=today - KEPT).exclude(words="").update(words="")
