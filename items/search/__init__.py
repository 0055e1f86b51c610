"""What a reader's words mean: a search's query, split into words, numbers and synonyms."""

from items.search.query import Word, split, words_of

__all__ = ["Word", "split", "words_of"]
