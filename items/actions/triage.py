"""Triage: what the office does with one suggestion in one go, and one thing with many of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from items.actions.response import clean_result, let_in, merge, show_answer, sort
from items.actions.step import locked_other
from items.errors import Refused
from items.ledger import several_acts
from items.models import Category, Person, Place, Suggestion
from items.models.versioned import columns_of, put_back
from items.photos.picture import Upload


@dataclass(frozen=True, slots=True)
class Shown:
    """What everyone reads of a suggestion and of its answer."""

    words: str
    answer: str
    yes: bool = False  # to the data about a person that may be in it


def triage(
    suggestion: Suggestion,
    *,
    by: Person,
    category: Category | None = None,
    place: Place | None = None,
    act: Callable[..., object] | None = None,
    photos: Sequence[Upload] = (),
    shown: Shown | None = None,
    other: int | None = None,
    now: datetime | None = None,
) -> None:
    """Sort a suggestion, do one `act` on it and show its answer, all in one transaction or none.

    Each leaves a step of its own; marks that are there already leave none. `act` is an action on a
    suggestion that lacks only `by` and `now`; `photos` go with it, and are made clean before the
    transaction. `other` is the key of the one with which it is put together.
    """
    who: dict[str, Any] = {"by": by, "now": now}
    if act and photos:
        act = partial(act, photos=clean_result("settle", suggestion, photos, by=by, now=now))
    read = columns_of(suggestion)
    try:
        with several_acts():
            if other:
                locked_other(suggestion, other)
            marks = (category and category.pk, place and place.pk)
            if act is None or marks != (suggestion.category_id, suggestion.place_id):
                sort(suggestion, category=category, place=place, **who)
            if act:
                act(suggestion, **who)
            if shown:
                said: dict[str, Any] = {
                    "words": shown.words,
                    "answer": shown.answer,
                    "yes": shown.yes,
                }
                show_answer(suggestion, **said, **who)
    except BaseException:
        put_back(suggestion, read)
        raise


@dataclass(frozen=True, slots=True)
class NotDone:
    """One of many with which something wasn't done, and why."""

    pk: int
    sentences: tuple[str, ...]


def let_in_many(
    suggestions: Iterable[Suggestion], *, by: Person, now: datetime | None = None
) -> list[NotDone]:
    """Take suggestions out of moderation, each by itself; return those that stay there."""
    return _each(suggestions, partial(let_in, by=by, now=now))


def merge_many(
    suggestions: Iterable[Suggestion],
    *,
    into: Suggestion,
    by: Person,
    text: str = "",
    now: datetime | None = None,
) -> list[NotDone]:
    """Put suggestions together with one of them, each by itself; return those that aren't."""
    others = [row for row in suggestions if row.pk != into.pk]
    return _each(others, partial(merge, into=into, by=by, text=text, now=now))


def _each(suggestions: Iterable[Suggestion], act: Callable[..., object]) -> list[NotDone]:
    """Do an act on each in a transaction of its own, so that one refusal holds up no other."""
    refused = []
    for suggestion in suggestions:
        try:
            act(suggestion)
        except Refused as refusal:
            refused.append(NotDone(suggestion.pk, tuple(map(str, refusal.sentences))))
    return refused
