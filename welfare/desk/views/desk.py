"""My desk: what this person must do now."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def desk(request):
    """Show what this person must do now."""
    return render(request, "desk/desk.html", {"at": "desk"})
