"""The public board: no login, no session, the same bytes for everyone."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate

from items import queries
from items.models import Photo
from welfare.board import forms
from welfare.front.public import public
from welfare.http.photos import photo_response


@public
def home(request):
    """Show each committee's current list; of many, the top of their tree."""
    wanted, _shortened = forms.wanted(request.GET)
    shown = queries.home(localdate(), wanted, forms.page_number(request.GET))
    return render(request, "board/home.html", {"home": shown})


@public
def committee(request, slug):
    """Show a committee's current list, those below it, and its earlier lists."""
    shown = found(queries.committee_page(slug, localdate(), forms.page_number(request.GET)))
    return render(request, "board/committee.html", {"page": shown})


@public
def board(request, slug, group=""):
    """Show a page of a published list, or of one group of it."""
    shown = found(queries.board(slug, localdate(), group, forms.page_number(request.GET)))
    return render(request, "board/board.html", {"board": shown})


@public
def find(request, slug):
    """Show the items of a list that match what the reader looks for."""
    wanted, shortened = forms.wanted(request.GET)
    shown = found(queries.find(slug, localdate(), wanted, forms.page_number(request.GET)))
    context = {"found": shown, "board": shown.board, "shortened": shortened and forms.LONGEST}
    return render(request, "board/find.html", context)


@public
def item(request, slug, number):
    """Show an item's story."""
    shown = found(queries.item_page(slug, number, localdate()))
    return render(request, "board/item.html", {"page": shown})


@public
def theme(request, slug, theme):
    """Show a theme of a list with its own arithmetic."""
    shown = found(queries.theme_page(slug, theme, localdate(), forms.page_number(request.GET)))
    return render(request, "board/theme.html", {"page": shown, "board": shown.board})


@public
def place(request, place):
    """Show what was promised and done at a place and below it."""
    shown = found(queries.place_page(place, localdate()))
    return render(request, "board/place.html", {"page": shown})


@public
def visits(request, slug):
    """Show where a committee's leaders went, and what they heard."""
    shown = found(queries.visits_page(slug, localdate()))
    return render(request, "board/visits.html", {"page": shown})


@public
def plan(request, slug):
    """Show a list's implementation plan."""
    shown = found(queries.plan_page(slug))
    return render(request, "board/plan.html", {"page": shown})


@public
def call(request, call):
    """Show a call for suggestions."""
    shown = found(queries.call_page(call, localdate()))
    return render(request, "board/call.html", {"page": shown})


@public
def voices(request, slug):
    """Show what became of the suggestions to a committee, and the answers that were released."""
    shown = found(queries.voices_page(slug, localdate(), forms.page_number(request.GET)))
    return render(request, "board/voices.html", {"page": shown})


@public
def photo(request, stem, small=False):
    """Show a public photo; any other doesn't exist, whatever its address was once."""
    found(Photo.objects.public().filter(stem=stem).first())
    return photo_response(stem, small=small)


def found(page):
    """Return the page, or answer as if it had never existed."""
    if page is None:
        raise Http404
    return page
