"""Lists at the desk: those that this person may see, and one of them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def lists(request):
    """Show the lists that this person may see."""
    return render(request, "desk/lists.html", {"at": "lists"})


@require_safe
def list_page(request, slug):
    """Show a list with its items."""
    return render(request, "desk/list.html", {"at": "lists"})
