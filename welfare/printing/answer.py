"""The answer to whoever asks for a document: the PDF, or 503 with the remedy."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from items.public import Board, Head
from welfare.printing.pdf import NO_PHOTOS, CannotPrint, pdf_of


def sheet(request, board: Board, template: str, data: dict, *, keep: bool = True) -> HttpResponse:
    """Return a sheet as PDF; where none can be made, a page that says why and leads to the list."""
    name = f"{board.head.slug}-{board.as_of}-{template}.pdf"
    return document(request, board.head, template, data, board.as_of, name, keep=keep)


def document(
    request,
    head: Head | None,
    template: str,
    data: dict,
    as_of: date,
    name: str,
    *,
    keep: bool = True,
    photos: Mapping[str, Path] = NO_PHOTOS,
) -> HttpResponse:
    """Return a document as PDF; where none can be made, a page that says why.

    `head` is of the list to which that page leads; None: to the first page.
    """
    try:
        return pdf(pdf_of(template, data, as_of, keep=keep, photos=photos), name)
    except CannotPrint as why:
        return cannot_print(request, head, why.remedy)


def cannot_print(request, head: Head | None, remedy: str | Promise) -> HttpResponse:
    """Return the page that says why a document isn't there, and what to do."""
    context = {"head": head, "remedy": remedy}
    return render(request, "cannot_print.html", context, status=503)


def pdf(file: bytes, name: str) -> HttpResponse:
    """Return a PDF to be looked at, under a name for whoever keeps it."""
    response = HttpResponse(file, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
