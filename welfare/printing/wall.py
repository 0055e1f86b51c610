"""The sheets of a list: one for the wall (A3), and one to hand round (A4), as data of a template.

They are made from the shapes and sentences of the board: no figure is computed here.
"""

from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from items.public import Board, sentences
from items.states import Status
from items.words import Words, day
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
    head, year = board.head, board.head.year
    as_of = day(head.closed_on or board.as_of)
    if head.closed_on:
        as_of = _("Closed on %(day)s: everything is as of that day") % {"day": as_of}
    else:
        as_of = _("As of %(day)s") % {"day": as_of}
    overdue = ngettext("%(n)s overdue", "%(n)s overdue", board.overdue_count)
    invented = [_("Demonstration"), _("The company is invented; this is no real plant’s record.")]
    footer = [
        as_of,
        _("Progress bulletin no. %(number)s") % {"number": board.bulletin}
        if board.bulletin
        else "",
        overdue % {"n": board.overdue_count} if board.overdue_count else _("nothing overdue"),
        *(invented if head.demonstration else ()),
    ]
    return {
        "lang": "zh" if (get_language() or "").startswith("zh") else "en",
        "title": said(head.name),
        "house": f"{said(head.organisation)} · {said(head.committee)}",
        "as_of": as_of,
        "footer": " · ".join(filter(None, footer)),
        "address": short_address(head.code),
        "total": str(board.arithmetic.total),
        "terms": [
            {"key": term.key, "label": str(term.label), "count": str(term.count)}
            for term in board.arithmetic.groups
        ],
        "rows": [_row(row, year) for row in board.rows],
        "rows_a_sheet": ROWS,
        "words": {
            "promised": pgettext("the total of a list", "promised"),
            "number": _("No."),
            "matter": _("What was promised, where"),
            "who": _("Who does it, who checks it"),
            "due": _("Deadline"),
            "state": _("Now"),
            "scan": _("Scan: how it went, and say whether it is done"),
            "page": _("Page"),
            "of": pgettext("page 1 of 2", "of"),
            "checks": _("checked by"),
            "qr": _("QR code of this list"),
            "item_qr": _("QR code of item"),
        },
    }


def _row(row, year: int) -> dict:
    marks = sentences.marks(row, year)
    told = [mark.text for mark in marks if mark.kind] or [mark.text for mark in marks[:1]]
    if row.status == Status.RESOLVED and row.last_on:
        told = [sentences.last(row, year), *(mark.text for mark in marks if mark.kind)]
    if row.announced:
        told = list(dict.fromkeys([sentences.announced(row, year), *told]))
    news = "" if row.status == Status.RESOLVED else sentences.brief(row.last_text, 30)
    return {
        "number": row.number,
        "title": said(row.title),
        "below": " · ".join(filter(None, [said(row.place), news])),
        "owner": said(row.owner.post),
        "supervisor": said(row.supervisor.post),
        "due": sentences.deadline(row, year),
        "status": row.status,
        "state": row.status_label,
        "told": told,
        "late": row.overdue_days > 0,
        "resolved": row.status == Status.RESOLVED,
    }


def said(words: Words) -> str:
    """Return a text in the language that is active, or in the one that it has."""
    return words.in_language(get_language() or "")[0]
