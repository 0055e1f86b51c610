"""Whether a change of what was promised makes the promise smaller. Nothing here saves."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from items.words import Words, fold


def why_smaller(field: str, old: Any, new: Any) -> str:
    """Say why a column of an item can't be corrected so; "" where the promise stays as large."""
    gone = ""
    if field == "target_count" and old and (new or 0) < old:
        gone = str(old)
    elif field == "measures":
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


def lost(old: Iterable[Words], new: Iterable[Words]) -> list[Words]:
    """Return the measures that others don't go on with, each with another one.

    One goes on with another that has most of its signs in their order and all of its numbers.
    """
    left, missing = list(new), []
    for words in old:
        going_on = [other for other in left if _goes_on(words.zh, other.zh)]
        if going_on:
            left.remove(max(going_on, key=lambda other: _alike(words.zh, other.zh)))
        else:
            missing.append(words)
    return missing


LIKE = 0.6  # of the signs of both
NUMBERS = "0123456789〇零一二两三四五六七八九十百千万亿半%"


def _goes_on(old: str, new: str) -> bool:
    return _numbers(old) == _numbers(new) and _alike(old, new) >= LIKE


def _alike(old: str, new: str) -> float:
    return SequenceMatcher(None, fold(old), fold(new), autojunk=False).ratio()


def _numbers(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign in NUMBERS)
