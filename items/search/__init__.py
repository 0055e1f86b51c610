"""What a reader's words mean: a search's query, split into words, numbers and synonyms."""

from items.search.query import Word, split, words_of
from items.search.synonyms import (
    Thesaurus,
    groups_of,
    readable_groups,
    shipped,
    shipped_lines,
    whole,
)

__all__ = [
    "Thesaurus",
    "Word",
    "groups_of",
    "readable_groups",
    "shipped",
    "shipped_lines",
    "split",
    "whole",
    "words_of",
]
