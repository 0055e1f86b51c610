"""What a committee's search takes for the same: what is shipped, and what its office wrote."""

from functools import lru_cache

from items.compiled_queries import compiled_query
from items.models import Committee, Synonyms
from items.search import Thesaurus, readable_groups, shipped


def thesaurus_of(committee: Committee) -> Thesaurus:
    """Return the synonyms by which a committee's items are found."""
    lines = _synonym_lines.one(committee.pk)
    return _with(lines) if lines else shipped()


@compiled_query
def _synonym_lines(committee):
    return Synonyms.objects.filter(committee=committee).values_list("lines", flat=True)


@lru_cache(maxsize=100)
def _with(lines: str) -> Thesaurus:
    return shipped().and_more(readable_groups(lines))
