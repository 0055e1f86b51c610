"""What workers wrote of coached answers: the page of whoever holds a post for reviews."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from items import queries


@require_safe
def coachings(request):
    """Show it to who may read any; to others there is no such page."""
    told = queries.coachings(request.user, localdate()) if request.user.is_active else ()
    if not told and not queries.reviews_at_all(request.user, localdate()):
        raise Http404
    return render(request, "desk/coachings.html", {"at": "desk", "told": told})
