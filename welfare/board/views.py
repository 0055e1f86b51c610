"""The public board: no login, no session, the same bytes for everyone."""

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from items import queries
from items.models import Photo
from welfare.board import forms
from welfare.board.share_image import share_image
from welfare.front.public import or_404, public
from welfare.http.photos import photo_response


@public
def home(request):
    """Show each committee's current list; of many, the top of their tree."""
    search, _shortened = forms.parse_search(request.GET)
    number = forms.page_number(request.GET)
    page = queries.home(localdate(), search, number)
    if page.only:
        response = show_board(request, page.only, number, home=page)
    else:
        response = render(request, "board/home.html", {"home": page})
    if boards := [reverse("board:list", args=[slug]) for slug in page.boards()]:
        # Which pages a cache in front had better have, too (RFC 8288)
        response.headers["Link"] = ", ".join(f'<{address}>; rel="item"' for address in boards)
    return response


@public
def how_to_read(request):
    """Show how a list is read: who checks, what late means, that nobody can rewrite it."""
    return render(request, "board/how_to_read.html")


@public
def privacy(request):
    """Show who keeps what of a suggestion, why and for how long."""
    return render(request, "board/privacy.html", {"contact_days": settings.CONTACT_DAYS})


@public
def committee(request, slug):
    """Show a committee's current list and those below it; without any below it, its board."""
    page = or_404(queries.committee_page(slug, localdate(), forms.page_number(request.GET)))
    if redirect := moved(request, page.slug):
        return redirect
    if page.shown and not page.lines.count:  # its board says all of it
        return show_board(request, page.shown.head.slug, 1)
    return render(request, "board/committee.html", {"page": page})


@public
def board(request, slug, group=""):
    """Show a page of a published list, or of one group of it; or a draft that is up, or was."""
    number = forms.page_number(request.GET)
    if not group and (proposed := queries.proposed_list(slug, localdate(), number)):
        return render(request, "board/proposed.html", {"page": proposed})
    return show_board(request, slug, number, group)


@public
def objections(request, slug):
    """Show how a list was up for objections before it was published."""
    page = or_404(queries.objections_page(slug, localdate()))
    return render(request, "board/objections.html", {"page": page})


def show_board(request, slug, number, group="", **context):
    page = or_404(queries.board(slug, localdate(), group, number))
    return render(request, "board/board.html", {"board": page, **context})


@public
def find(request, slug):
    """Show the items of a list that match what the reader looks for."""
    search, shortened = forms.parse_search(request.GET)
    page = or_404(queries.find(slug, localdate(), search, forms.page_number(request.GET)))
    context = {"results": page, "board": page.board, "shortened": shortened and forms.MAX_QUERY}
    return render(request, "board/find.html", context)


@public
def item(request, slug, number):
    """Show an item's story."""
    page = or_404(queries.item_page(slug, number, localdate()))
    return render(request, "board/item.html", {"page": page})


@public
def theme(request, slug, theme):
    """Show a theme of a list with its own arithmetic."""
    page = or_404(queries.theme_page(slug, theme, localdate(), forms.page_number(request.GET)))
    return render(request, "board/theme.html", {"page": page, "board": page.board})


@public
def places(request, slug=""):
    """Show the index of places, of all committees or of one."""
    search, _shortened = forms.parse_search(request.GET)
    number = forms.page_number(request.GET)
    page = or_404(queries.places_page(localdate(), search, number, slug))
    to = moved(request, page.only.slug) if slug else None
    return to or render(request, "board/places.html", {"places": page})


@public
def place(request, place):
    """Show what was promised and done at a place and below it."""
    page = or_404(queries.place_page(place, localdate(), forms.page_number(request.GET)))
    context = {"page": page, "board": page, "most": queries.MOST_ON_SHEETS}
    return render(request, "board/place.html", context)


@public
def visits(request, slug):
    """Show where a committee's leaders went, and what they heard."""
    page = or_404(queries.visits_page(slug, localdate(), forms.page_number(request.GET)))
    return moved(request, page.slug) or render(request, "board/visits.html", {"page": page})


@public
def look_backs(request, slug, quarter=None):
    """Show what a lot draws of a quarter's sign-offs, and all by which anybody draws it again."""
    page = or_404(queries.draw_page(slug, quarter))
    return moved(request, page.slug) or render(request, "board/look_backs.html", {"page": page})


@public
def plan(request, slug):
    """Show a list's implementation plan."""
    page = or_404(queries.plan_page(slug))
    return render(request, "board/plan.html", {"page": page})


@public
def assessment(request, slug, number):
    """Show how a body judged the items of a list, with its votes and the rule of the grades."""
    page = or_404(queries.assessment_page(slug, number))
    return render(request, "board/assessment.html", {"page": page})


@public
def bulletin(request, slug, number):
    """Show an issued bulletin: the stored article, within a frame."""
    page = or_404(queries.bulletin_page(slug, number))
    return render(request, "board/bulletin.html", {"page": page})


@public
def promises(request, slug):
    """Show what made a list's promises smaller."""
    page = or_404(queries.promises_page(slug, localdate(), forms.page_number(request.GET)))
    return render(request, "board/promises.html", {"page": page})


@public
def claims(request, slug):
    """Show what owners of a list claimed, and what was found."""
    number, of = forms.page_number(request.GET), request.GET.get("of", "")
    page = or_404(queries.claims_page(slug, localdate(), number, of))
    return render(request, "board/claims.html", {"page": page})


@public
def changes(request, slug, monday=None):
    """Show what moved on a list in a week, or in its latest."""
    number = forms.page_number(request.GET)
    page = or_404(queries.changes_page(slug, localdate(), monday, number))
    return render(request, "board/changes.html", {"page": page})


@public
def call(request, call):
    """Show a call for suggestions."""
    page = or_404(queries.call_page(call, localdate()))
    return render(request, "board/call.html", {"page": page})


@public
def suggestions(request, slug):
    """Show what became of the suggestions to a committee, and the answers that were released."""
    number = forms.page_number(request.GET)
    chosen = {name: request.GET.get(name, "") for name in ("of", "item")}
    page = or_404(queries.suggestions_page(slug, localdate(), number, **chosen))
    to = moved(request, page.addressee.slug)
    return to or render(request, "board/suggestions.html", {"page": page})


@public
def suggestion_lines(request, slug):
    """Show a line of each suggestion to a committee, without its words."""
    page = or_404(queries.suggestion_lines(slug, localdate(), forms.page_number(request.GET)))
    to = moved(request, page.addressee.slug)
    return to or render(request, "board/suggestion_lines.html", {"page": page})


@public
def share(request, slug):
    """Return the picture of a list that other apps show beside its address."""
    page = or_404(queries.share(slug, localdate()))
    picture = share_image(page.arithmetic, page.strip)
    return HttpResponse(picture, content_type="image/png")


@public
def photo(request, stem, small=False, tiny=False):
    """Show a public photo; any other doesn't exist, whatever its address was once."""
    or_404(Photo.objects.public().filter(stem=stem).first())
    return photo_response(stem, small=small, tiny=tiny)


def moved(request, slug):
    """Return the redirect from a former address to the same page at `slug`; None if it is there.

    Like every public answer it is asked for anew each time: a committee may go back to an address
    that it had, and a browser that kept both redirects would run in a circle.
    """
    match = request.resolver_match
    if match.kwargs["slug"] == slug:
        return None
    address = reverse(match.view_name, kwargs=match.kwargs | {"slug": slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
