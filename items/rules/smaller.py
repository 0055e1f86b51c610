"""Whether a change of what was promised makes the promise smaller. Nothing here saves."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from items.words import Words, fold


def why_smaller(field: str, old: Any, new: Any) -> str:
    """Say why a column of an item can't be corrected so; "" where the promise stays as large."""
    gone = ""
    if field == "target_count" and old and (new or 0) < old:
        gone = str(old)
    elif field in ("measures", "criteria"):
        gone = "; ".join(words.zh for words in lost(old, new))
    if not gone:
        return ""
    return (
        _(
            "That makes the promise smaller: %s. A correction mends words. Choose “Make the promise"
            " smaller”, with the decision of a body or post."
        )
        % gone
    )


def lost(old: Sequence[Words], new: Sequence[Words]) -> list[Words]:
    """Return the lines that others don't go on with, each with another one."""
    kept = going_on(old, new)
    return [words for place, words in enumerate(old) if place not in kept]


def going_on(old: Sequence[Words], new: Sequence[Words]) -> dict[int, int]:
    """Return by the place of each line that another goes on with the place of that other one.

    One goes on with another that has most of its signs in their order and all of its numbers; a
    line of the same words before all others.
    """
    left, kept = dict(enumerate(new)), {}
    for place, words in enumerate(old):
        same = (at for at, other in left.items() if fold(other.zh) == fold(words.zh))
        if (at := next(same, None)) is not None:
            kept[place] = at
            del left[at]
    for place, words in enumerate(old):
        alike = {at: _alike(words.zh, o.zh) for at, o in left.items() if _goes_on(words.zh, o.zh)}
        if place not in kept and alike:
            kept[place] = max(alike, key=alike.__getitem__)
            del left[kept[place]]
    return kept


LIKE = 0.6  # of the signs of both
NUMBERS = "0123456789〇零一二两三四五六七八九十百千万亿半%"


def _goes_on(old: str, new: str) -> bool:
    return _numbers(old) == _numbers(new) and _alike(old, new) >= LIKE


def _alike(old: str, new: str) -> float:
    return SequenceMatcher(None, fold(old), fold(new), autojunk=False).ratio()


def _numbers(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign in NUMBERS)
