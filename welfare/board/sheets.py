"""What is printed of a list: the sheets as PDF, the page that tells of them, short addresses."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from items import queries
from welfare.front.public import or_404, public
from welfare.printing import wall as sheets
from welfare.printing.answer import cannot_print, pdf, sheet

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
