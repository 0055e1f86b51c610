"""The photos of results that stand at the steps with a suggestion."""

from collections.abc import Sequence

from items.models import ResultPhoto, SuggestionEntry
from items.suggestion_states import SuggestionVerb


def result_photos(steps: Sequence[SuggestionEntry]) -> dict[int, list[ResultPhoto]]:
    """Return the photos of what was done, by the keys of the steps that said so."""
    photos: dict[int, list[ResultPhoto]] = {}
    settled = [step.pk for step in steps if step.verb == SuggestionVerb.SETTLE]
    if settled:
        for row in ResultPhoto.objects.filter(entry__in=settled).defer("large").order_by("order"):
            photos.setdefault(row.entry_id, []).append(row)
    return photos
