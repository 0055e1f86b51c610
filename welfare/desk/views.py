"""My desk: what this person must do now."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from items import actions, queries
from welfare.desk import parameters


@require_safe
def desk(request):
    """Show what waits for this person, the most urgent first."""
    context = {"at": "desk", "desk": queries.desk(request.user, localdate())}
    return render(request, "desk/desk.html", context)


@require_safe
def queue(request, key):
    """Show the whole of one queue, a page at a time."""
    page = parameters.page_number(request.GET)
    shown = queries.queue(key, request.user, localdate(), page=page)
    if shown is None:
        raise Http404
    return render(request, "desk/queue.html", {"queue": shown})


@require_POST
def see_notices(request):
    """Take off the desk what this person has seen."""
    actions.see_notices(request.user, parameters.keys(request.POST, "entry"))
    return redirect("desk:desk")
