"""What is printed of a list: the sheets as PDF, the page that tells of them, short addresses."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from items import queries
from welfare.front.public import or_404, public
from welfare.printing import cards as card_sheets
from welfare.printing import place as place_sheets
from welfare.printing import poster as posters
from welfare.printing import wall as sheets
from welfare.printing.answer import cannot_print, document, pdf, sheet

LANGUAGES = {"i": "zh-hans", "e": "en"}  # of the page to which a short address leads


@public
def files(request, slug):
    """Show what can be printed of a list, and what each is for."""
    page = or_404(queries.list_in_brief(slug))
    return render(request, "board/files.html", {"page": page, "most": queries.MOST_ON_SHEETS})


@public
def wall(request, slug):
    """Return the sheet for the wall."""
    board = or_404(queries.whole_board(slug, localdate()))
    return sheet(request, board, "wall", sheets.wall(board))


@public
def handout(request, slug):
    """Return the sheet to hand round."""
    board = or_404(queries.whole_board(slug, localdate()))
    return sheet(request, board, "handout", sheets.handout(board))


@public
def cards(request, slug):
    """Return the cards of a list's items, to cut; help for families has none."""
    board = or_404(queries.whole_board(slug, localdate()))
    data = card_sheets.cards(board)
    return sheet(request, board, "cards", or_404(data["cards"] and data))


@public
def card(request, slug, number):
    """Return the card of an item; of help for families a sentence says that there is none."""
    page = or_404(queries.item_page(slug, number, localdate()))
    if page.hardship:
        return not_alone(request, page.head, number)
    name = f"{slug}-{number}-{page.as_of}-card.pdf"
    return document(request, page.head, "card", card_sheets.card(page), page.as_of, name)


@public
def place(request, place):
    """Return the sheet of a place."""
    page = or_404(queries.whole_place(place, localdate()))
    name, data = f"place-{place}-{page.as_of}.pdf", place_sheets.place_sheet(page)
    return document(request, page.head, "place", data, page.as_of, name)


@public
def poster(request, call):
    """Return the poster of a call for suggestions."""
    today = localdate()
    page = or_404(queries.call_page(call, today))
    return document(request, None, "poster", posters.poster(page), today, f"call-{call}.pdf")


def not_alone(request, head, number):
    """Say that help for families has neither card nor picture: nothing points at it alone."""
    context = {"head": head, "number": number}
    return render(request, "not_alone.html", context, status=404)


@public
def bulletin(request, slug, number):
    """Return the PDF of an issued bulletin, as it was made once."""
    page = or_404(queries.bulletin_page(slug, number))
    file = queries.bulletin_file(slug, number)
    if file is None:
        return cannot_print(request, page.head, NOT_MADE_YET)
    return pdf(file, f"{slug}-bulletin-{number}.pdf")


NOT_MADE_YET = gettext_lazy(
    "It is made within a few minutes of the bulletin’s issue. Try again then; until then print the"
    " page of the bulletin itself."
)


@public
def short(request, edition, code):
    """Lead from a short address to a published item or list; any other doesn't exist."""
    slug, number = or_404(queries.behind_code(code.upper()))
    with translation.override(LANGUAGES[edition.lower()]):
        address = reverse("board:item", args=[slug, number]) if number else None
        address = address or reverse("board:list", args=[slug])
    return HttpResponsePermanentRedirect(address)
