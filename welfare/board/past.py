"""The board as it could be read on a past day, and the form that asks for the day."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from items import queries
from welfare.board import forms
from welfare.board.views import or_404
from welfare.front.public import noindex, public


@public
@noindex
def days(request, slug):
    """Ask for a day of a list, and lead to it."""
    page = or_404(queries.days_of(slug, localdate()))
    day = forms.parse_day(request.GET)
    if day:
        app = request.resolver_match.namespace
        return HttpResponseRedirect(reverse("board:past", args=[slug, day], current_app=app))
    typed = request.GET.get("day", "")[:20]
    return render(request, "board/days.html", {"page": page, "days": page, "typed": typed})


@public
@noindex
def past(request, slug, day, group=""):
    """Show a list's board as it could be read at the end of a day, or one group of it."""
    number = forms.page_number(request.GET)
    page = or_404(queries.past_page(slug, day, localdate(), group, number))
    if page.board is None:
        return render(request, "board/no_such_day.html", {"page": page}, status=404)
    return render(request, "board/past.html", {"page": page, "board": page.board})
