"""My desk: what this person must do now."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from items import actions, queries
from welfare.desk import parameters, photo_tray, waiting


@require_safe
def desk(request):
    """Show what waits for this person, the most urgent first."""
    today, page = localdate(), reverse("desk:desk")
    desk = queries.desk(request.user, today)
    queues = [waiting.shown(request, queue, today, page) for queue in desk.queues if queue.count]
    context = {"at": "desk", "desk": desk, "page": page}
    context["queues"] = [shown for shown in queues if not shown.queue.theirs]
    context["theirs"] = [shown for shown in queues if shown.queue.theirs]
    context["nothing"] = [queue for queue in desk.queues if not queue.count]
    context["photos"] = [photo_tray.Ticked(photo) for photo in desk.photos]
    return render(request, "desk/desk.html", context)


@require_safe
def queue(request, key):
    """Show the whole of one queue, a page at a time."""
    page = parameters.page_number(request.GET)
    today = localdate()
    found = queries.queue(key, request.user, today, page=page)
    if found is None:
        raise Http404
    at = reverse("desk:queue", args=[key])
    if found.page > 1:
        at = f"{at}?page={found.page}"
    context = {"queue": found, "page": at, "shown": waiting.shown(request, found, today, at)}
    if key == "photos":
        context |= photo_tray.tray(request, [line.pk for line in found.lines])
    return render(request, "desk/queue.html", context)


@require_POST
def see_notices(request):
    """Take off the desk what this person has seen."""
    actions.see_notices(request.user, parameters.keys(request.POST, "entry"))
    return redirect("desk:desk")
