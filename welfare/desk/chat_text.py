"""The page with a text to copy into a chat group, of a list's search or of a queue of my desk."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from items import queries, staff
from welfare.desk.lists.forms import parse_search
from welfare.desk.lists.views import get_list


@require_safe
def list_text(request, slug):
    """Show the text about the open items that the list's search or table shows."""
    item_list, today = get_list(request, slug), localdate()
    if item_list.is_draft:
        raise Http404
    search, sort = parse_search(request.GET), request.GET.get("sort", "")
    text = queries.chat_text_of_list(item_list, today, search, board_at, sort=sort)
    context = {"at": "lists", "list": staff.list_head(item_list), "text": text}
    return render(request, "desk/chat_text.html", context)


@require_safe
def queue_text(request, key):
    """Show the text about the open items of a queue."""
    text = queries.chat_text_of_queue(key, request.user, localdate(), board_at)
    if text is None:
        raise Http404
    return render(request, "desk/chat_text.html", {"at": "desk", "queue": key, "text": text})


def board_at(slug):
    """Return the whole address of a list's board, in the page's language."""
    return settings.SITE_URL + reverse("board:list", args=[slug])
