"""Words that a search didn't find: counted when their searcher tells the office of them."""

from django.db.models import F

from items.models import Committee, SoughtWords
from items.privacy import personal_data
from items.words import fold, tidy

LONGEST = 60  # letters; a search has no more


def count_sought(committee: Committee, words: str) -> None:
    """Count words that somebody looked for in vain; none that could be data about a person."""
    words = fold(tidy(words))[:LONGEST].strip()
    if not words or any(personal_data.find(words)):
        return
    row, _is_new = SoughtWords.objects.get_or_create(committee=committee, words=words)
    SoughtWords.objects.filter(pk=row.pk).update(times=F("times") + 1)
