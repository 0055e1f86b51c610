"""Photos at the desk: those who work on an item see also what isn't public."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from welfare.desk.views.item import get_item
from welfare.http.photos import photo_response


@require_safe
def photo(request, slug, number, seq, small=False):
    """Show an item's photo by the entry that it came with, whatever its state."""
    item = get_item(request, slug, number)
    kept = item.photos.kept()
    return photo_response(get_object_or_404(kept, entry__seq=seq).stem, small=small)
