"""The card of an item, for the spot where it is to be done, as data of a template.

Help for families has none: nothing on paper points at it.
"""

from datetime import date

from django.utils.translation import gettext as _

from items.public import Block, Board, Head, ItemPage, Row, sentences
from items.states import Status
from items.words import day
from welfare.printing.parts import (
    as_of_words,
    house_of,
    invented,
    said,
    short_language,
    strip_of,
    told_of,
)
from welfare.printing.qr import qr, short_address

QR = 22  # mm, on A6
MOST_BLOCKS = 54  # in a card's strip


def card(page: ItemPage) -> dict:
    """Return the data of one item's card."""
    made = [_card(page.row, page.head, page.as_of)]
    return {**_head(page.head), "cards": made, "strip": _strip(page.strip)}


def cards(board: Board) -> dict:
    """Return the data of the cards of all items of a list that may have one."""
    made = [_card(row, board.head, board.as_of) for row in board.rows if row.code]
    return {**_head(board.head), "cards": made, "strip": _strip(board.rows)}


def _strip(blocks: tuple[Block, ...] | tuple[Row, ...]) -> list[dict]:
    return strip_of(blocks) if len(blocks) <= MOST_BLOCKS else []


def _head(head: Head) -> dict:
    return {
        "lang": short_language(),
        "title": said(head.name),
        "house": house_of(head.organisation, head.committee),
        "invented": " · ".join(invented(head.demonstration)),
        "words": {
            "who": _("Who does it"),
            "checks": _("Who checks it"),
            "scan": _("How far is it? Scan, and say a word."),
            "anybody": _("No login"),
            "qr": _("QR code of item"),
        },
    }


def _card(row: Row, head: Head, as_of: date) -> dict:
    values = {"n": row.number, "list": said(head.name)}
    return {
        "kicker": _kicker(row),
        "of": _("%(list)s, no. %(n)d") % values,
        "as_of": as_of_words(head, as_of),
        "number": row.number,
        "title": said(row.title),
        "place": said(row.place),
        "status": row.status,
        "late": row.overdue_days > 0,
        "resolved": row.status == Status.RESOLVED,
        "state": row.status_label,
        "large": _large(row, head.year),
        "told": told_of(row, head.year),
        "owner": said(row.owner.post),
        "supervisor": said(row.supervisor.post),
        "address": short_address(row.code),
        "qr": qr(row.code, level="m", size=QR),
    }


def _kicker(row: Row) -> str:
    if row.status == Status.RESOLVED:
        return _("Done here")
    if row.status == Status.WITHDRAWN:
        return _("Was to be done here")
    return _("To be done here")


def _large(row: Row, year: int) -> str:
    """Return the day that a card says largest: until when, or when it was done."""
    if row.status == Status.RESOLVED and row.done_on:
        return _("done on %(day)s") % {"day": day(row.done_on, year)}
    return sentences.deadline(row, year)
