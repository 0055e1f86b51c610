"""The page for a screen on the wall."""

from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate

from items import queries
from welfare.board.views import or_404
from welfare.front.public import noindex, public
from welfare.printing.qr import qr_on_screen

TURN, RENEW = 15, 60  # seconds until the next page, or until the only one is asked for anew


@public
@noindex
def screen(request, slug, page=1):
    """Show a list on a screen; where its items are many, one page of them."""
    shown = or_404(queries.screen(slug, localdate(), page))
    context = {"screen": shown, "seconds": TURN if shown.pages > 1 else RENEW}
    context["qr"] = mark_safe(qr_on_screen(shown.head.code))
    return render(request, "board/screen.html", context)
