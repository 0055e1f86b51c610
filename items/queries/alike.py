"""What says much the same: texts compared by the pairs of letters, and the words, they share.

A pair that many texts have says little, a rare one much. All is reckoned in memory over a bounded
number of bounded texts, so that Chinese needs no index and both databases find the same.
"""

import re
from collections import Counter
from itertools import pairwise
from math import log, sqrt

from items.models import Item, ItemList, Suggestion
from items.states import ListStatus, Status
from items.words import fold

LATEST = 2000  # suggestions of the committee that are looked through
BEGINNING = 200  # letters of each text
NEAREST = 5
ENOUGH = 0.1  # from 0, nothing in common, to 1, the same
RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
# In these words anything is suggested.
EMPTY = {"建议", "希望", "我们", "大家", "没有", "可以", "能够", "增加", "改善", "解决", "问题"}
EMPTY |= {"一下", "一些", "比较", "职工"}


def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese letters, and the Latin words, of a text."""
    pairs = set()
    for run in RUN.findall(fold(text[:BEGINNING])):
        pairs |= {run} if run.isascii() else {a + b for a, b in pairwise(run)}
    return frozenset(pairs) - EMPTY


def nearest(
    text: str, others: dict[int, str], count: int = NEAREST, enough: float = ENOUGH
) -> list[int]:
    """Return the keys of the texts that say most nearly the same, the nearest first."""
    mine = grams(text)
    theirs = {key: grams(other) for key, other in others.items()}
    in_how_many = Counter(gram for grams_of in [mine, *theirs.values()] for gram in grams_of)
    weight = {gram: log(1 + (len(theirs) + 1) / n) for gram, n in in_how_many.items()}

    def weight_of(grams):
        return sum(weight[gram] for gram in grams)

    mine_weighs = weight_of(mine)
    shares = {
        # A short text is like a long one, too.
        key: weight_of(mine & other) / sqrt(mine_weighs * weight_of(other))
        for key, other in theirs.items()
        if mine & other
    }
    near = [key for key, value in shares.items() if value >= enough]
    return sorted(near, key=lambda key: (-shares[key], key))[:count]


def alike(suggestion: Suggestion, count: int = NEAREST) -> list[Suggestion]:
    """Return the suggestions of the committee that one could be put together with."""
    others = Suggestion.objects.counted().roots().filter(committee=suggestion.committee_id)
    latest = others.exclude(pk=suggestion.pk).exclude(words="").order_by("-received_on", "pk")
    texts = dict(latest.values_list("pk", "words")[:LATEST])
    keys = nearest(suggestion.words, texts, count)
    by_key = Suggestion.objects.with_supporters().in_bulk(keys)
    return [by_key[key] for key in keys]


def current_items(suggestion: Suggestion):
    """Return the items that a suggestion can become: of lists that aren't closed."""
    lists = ItemList.objects.filter(committee=suggestion.committee_id)
    items = Item.objects.filter(list__in=lists.exclude(status=ListStatus.CLOSED))
    items = items.exclude(status=Status.WITHDRAWN).select_related("list")
    return items.order_by("-list__year", "list", "number")


def alike_items(suggestion: Suggestion, items: list[Item], count: int = NEAREST) -> list[Item]:
    """Return those of the items that are about much the same."""
    known = {item.pk: item for item in items}
    texts = {pk: f"{item.title} {item.problem}" for pk, item in known.items()}
    return [known[key] for key in nearest(suggestion.words, texts, count)]
