"""The answer to whoever asks for a sheet of a list: the PDF, or 503 with the remedy."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from items.public import Board, Head
from welfare.printing.pdf import CannotPrint, pdf_of, pdf_with


def sheet(request, board: Board, template: str, data: dict, *, keep: bool = True) -> HttpResponse:
    """Return a sheet as PDF; where none can be made, a page that says why and leads to the list."""
    try:
        file = pdf_of(template, data, board.as_of, keep=keep)
    except CannotPrint as why:
        return cannot_print(request, board.head, why.remedy)
    return pdf(file, f"{board.head.slug}-{board.as_of}-{template}.pdf")


def document(
    request,
    head: Head,
    name: str,
    template: str,
    data: dict,
    day: date,
    photos: Mapping[str, Path] = MappingProxyType({}),
) -> HttpResponse:
    """Return a document that isn't public as PDF, of which no copy stays; else the page why not."""
    try:
        file = pdf_with(photos, template, data, day)
    except CannotPrint as why:
        return cannot_print(request, head, why.remedy)
    return pdf(file, name)


def cannot_print(request, head: Head, remedy: str | Promise) -> HttpResponse:
    """Return the page that says why a list's document isn't there, and what to do."""
    context = {"head": head, "remedy": remedy}
    return render(request, "cannot_print.html", context, status=503)


def pdf(file: bytes, name: str) -> HttpResponse:
    """Return a PDF to be looked at, under a name for whoever keeps it."""
    response = HttpResponse(file, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
