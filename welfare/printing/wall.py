"""The sheets of a list: one for the wall (A3), and one to hand round (A4), as data of a template.

They are made from the shapes and sentences of the board: no figure is computed here.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from items.public import Board
from items.words import day
from welfare.printing.parts import (
    as_of_words,
    equation_of,
    house_of,
    invented,
    page_words,
    row_heads,
    row_of,
    said,
    short_language,
)
from welfare.printing.qr import qr, short_address

LIST_QR, ITEM_QR = 36, 16.4  # mm
ROWS = 18  # on a sheet


def wall(board: Board, code: str = "", until: date | None = None) -> dict:
    """Return the data of the sheet for the wall; `code` marks answers as given in front of it."""
    sheet = _sheet(board)
    sheet["qr"] = qr(board.head.code, level="q", size=LIST_QR)
    sheet["code"] = ""
    if code and until:
        values = {"code": code, "day": day(until, board.head.year)}
        sheet["code"] = (
            _("Code of this wall: %(code)s. Who types it with an answer, until %(day)s, was here.")
            % values
        )
    return sheet


def handout(board: Board) -> dict:
    """Return the data of the sheet to hand round, with a QR code for each item."""
    sheet = _sheet(board)
    for row, shown in zip(sheet["rows"], board.rows, strict=True):
        row["qr"] = qr(shown.code, level="m", size=ITEM_QR) if shown.code else None
    return sheet


def _sheet(board: Board) -> dict:
    head, as_of = board.head, as_of_words(board.head, board.as_of)
    overdue = ngettext("%(n)s overdue", "%(n)s overdue", board.overdue_count)
    footer = [
        as_of,
        _("Progress bulletin no. %(number)s") % {"number": board.bulletin}
        if board.bulletin
        else "",
        overdue % {"n": board.overdue_count} if board.overdue_count else _("nothing overdue"),
        *invented(head.demonstration),
    ]
    return {
        "lang": short_language(),
        "title": said(head.name),
        "house": house_of(head.organisation, head.committee),
        "as_of": as_of,
        "footer": " · ".join(filter(None, footer)),
        "address": short_address(head.code),
        **equation_of(board.arithmetic),
        "rows": [row_of(row, head.year) for row in board.rows],
        "rows_a_sheet": ROWS,
        "words": {
            "promised": pgettext("the total of a list", "promised"),
            "scan": _("Scan: how it went, and say whether it is done"),
            "checks": _("checked by"),
            "qr": _("QR code of this list"),
            "item_qr": _("QR code of item"),
            **row_heads(),
            **page_words(),
        },
    }
