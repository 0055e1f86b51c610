"""The answers of a claim and of a sign-off to what done looks like, line by line."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise

from items.errors import Refused
from items.models import Item
from items.words import one_line

BETWEEN = "\t"  # a line and its answer; neither can hold one


def answers_to(item: Item, answers: Sequence[str], otherwise: str | Promise) -> dict[str, Any]:
    """Return the words of an entry that answers each line of what done looks like.

    The lines stand in it as they are now: they may be corrected later. Raise `Refused` with
    `otherwise`, which names a %(line)s, where one stays without an answer.
    """
    rows = list(item.criteria.all())
    given = [one_line(answer) for answer in answers]
    given += [""] * (len(rows) - len(given))
    for row, answer in zip(rows, given, strict=False):
        if not answer:
            raise Refused(str(otherwise) % {"line": one_line(row.text)})
    pairs = list(zip(rows, given, strict=False))
    words = {"answers": "\n".join(one_line(row.text) + BETWEEN + said for row, said in pairs)}
    if any(row.text_en for row in rows):
        english = (one_line(row.text_en or row.text) + BETWEEN + said for row, said in pairs)
        words["answers_en"] = "\n".join(english)
    return words
