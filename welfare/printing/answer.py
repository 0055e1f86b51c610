"""The answer to whoever asks for a sheet of a list: the PDF, or 503 with the remedy."""

from django.http import HttpResponse
from django.shortcuts import render

from items.public import Board
from welfare.printing.pdf import CannotPrint, pdf_of


def sheet(request, board: Board, template: str, data: dict, *, keep: bool = True) -> HttpResponse:
    """Return a sheet as PDF; where none can be made, a page that says why and leads to the list."""
    try:
        file = pdf_of(template, data, board.as_of, keep=keep)
    except CannotPrint as why:
        context = {"board": board, "remedy": why.remedy}
        return render(request, "cannot_print.html", context, status=503)
    response = HttpResponse(file, content_type="application/pdf")
    name = f"{board.head.slug}-{board.as_of}-{template}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
