"""A review as everyone reads it: open, with the day of its answer, or answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from items import models
from items.models.review import BESIDE, Cause
from items.public.entries import Event, event
from items.words import Words


@dataclass(frozen=True, slots=True)
class Review:
    """A review of an item."""

    cause: str | Promise  # in words
    opened_on: date
    due: date
    post: Words  # whose answer it is; none where nobody is free yet
    drawn: bool  # the committee named none that is free, so that a supervisor has the turn
    without_calendar: bool  # of holidays, when the day was counted
    answer: Event | None  # None while it is open
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        return self.answer is None


def reviews(rows: Iterable[models.Review], names: bool, today: date) -> tuple[Review, ...]:
    """Return reviews with their answers; `names` tells whether the committee shows names."""
    return tuple(
        Review(
            cause=cause_of(row),
            opened_on=row.opened_on,
            due=row.due,
            post=row.post.words if row.post else Words(),
            drawn=row.drawn,
            without_calendar=row.without_calendar,
            answer=event(row.entry, names) if row.entry else None,
            is_overdue=row.is_overdue(today),
        )
        for row in rows
    )


def cause_of(row: models.Review) -> str | Promise:
    """Return in words what opened a review; of a rise with its counts, as they were then."""
    if row.cause != Cause.RISE:
        return Cause(row.cause).label
    pattern = _(
        "suggestions on its place and of its kind in the %(days)d days before the sign-off:"
        " %(before)d, after it: %(after)d"
    )
    counts = {"days": BESIDE.days, "before": row.heard_before, "after": row.heard_after}
    return pattern % counts


@dataclass(frozen=True, slots=True)
class ReviewToAnswer:
    """An open review as whoever answers it sees it above the form."""

    review: Review
    goes_on: str  # of a closed list: where the item goes on if it isn't done


@dataclass(frozen=True, slots=True)
class WordsToReview:
    """What a worker wrote, as only whoever answers the review reads it."""

    said: str | Promise
    words: str
    received_on: date


def words_to_review(row: models.Suggestion) -> WordsToReview:
    return WordsToReview(row.get_grade_display(), row.words, row.received_on)
