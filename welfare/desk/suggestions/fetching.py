"""Suggestions are fetched among those that a person may read."""

from django.http import Http404
from django.utils.timezone import localdate

from items.models import Suggestion


def get_suggestion(request, pk):
    """Return a suggestion that this person may read; to others it doesn't exist."""
    rows = Suggestion.objects.visible_to(request.user, localdate())
    rows = rows.select_related(
        "committee",
        "category",
        "place",
        "call",
        "merged_into",
        "about__list",
        "under_way__list",
    )
    suggestion = rows.filter(pk=pk).first()
    if suggestion is None:
        raise Http404
    return suggestion
