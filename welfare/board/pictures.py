"""Pictures for chat groups: a small page that shows one, and the PNG itself.

In WeChat a long press forwards a picture that a page shows; nothing can be downloaded there.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from items import queries
from welfare.board.sheets import not_alone
from welfare.front.public import or_404, public
from welfare.printing import pictures
from welfare.printing.answer import cannot_print
from welfare.printing.pdf import CannotPrint


@public
def page(request, of, **named):
    """Show a picture with all that it says, and lines to copy beside it."""
    picture = MAKERS[of](**named)
    if picture is None:
        return not_alone(request, queries.list_in_brief(named["slug"]).head, named["number"])
    edition = request.resolver_match.namespaces[-1]  # in plain or in large type
    back = reverse(f"board:{of}", kwargs=named, current_app=edition)
    context = {"picture": picture, "png": reverse(f"{of}_png", kwargs=named), "back": back}
    return render(request, "board/picture.html", context)


@public
def png(request, of, **named):
    """Return a picture."""
    picture = MAKERS[of](**named)
    if picture is None:
        raise Http404
    try:
        return HttpResponse(picture.png(), content_type="image/png")
    except CannotPrint as why:
        return cannot_print(request, picture.head, why.remedy)


def item(slug, number):
    """Return the picture of an item; None of help for families, which has none of its own."""
    found = or_404(queries.item_page(slug, number, localdate()))
    return None if found.hardship else pictures.of_item(found)


def place(place):
    return pictures.of_place(or_404(queries.whole_place(place, localdate())))


def week(slug, monday):
    found = or_404(queries.changes_page(slug, localdate(), monday))
    return pictures.of_week(found, or_404(queries.share(slug, localdate())))


def bulletin(slug, number):
    return pictures.of_bulletin(or_404(queries.bulletin_page(slug, number)))


MAKERS = {"item": item, "place": place, "week": week, "bulletin": bulletin}
