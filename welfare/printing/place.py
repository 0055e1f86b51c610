"""The sheet of a place: its items as rows of the board, list by list, as data of a template."""

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from items.public import PlacePage
from items.words import day
from welfare.printing.parts import (
    equation_in_words,
    equation_of,
    house_of,
    invented,
    page_words,
    row_heads,
    row_of,
    said,
    short_language,
)
from welfare.printing.qr import page_address, qr_of

QR = 36  # mm
ON_A4 = 6  # rows; of more the sheet is an A3 one


def place_sheet(page: PlacePage) -> dict:
    """Return the data of a place's sheet."""
    count, address = page.arithmetic.total, page_address("board:place", page.place.number)
    as_of = _("As of %(day)s") % {"day": day(page.as_of)}
    return {
        "lang": short_language(),
        "title": title_of(page),
        "house": house_of(page.head.organisation, page.head.committee),
        "around": " › ".join(said(place.name) for place in page.path),
        "as_of": as_of,
        "footer": " · ".join([as_of, *invented(page.head.demonstration)]),
        "address": address,
        "qr": qr_of(address, level="q", size=QR),
        "paper": "a4" if count <= ON_A4 else "a3",
        **equation_of(page.arithmetic),
        "lists": [
            {
                "name": said(here.head.name),
                "sum": equation_in_words(equation_of(here.arithmetic)) if page.several else "",
                "rows": [row_of(row, here.head.year) for row in here.rows],
            }
            for here in page.lists
        ],
        "words": {
            "promised": pgettext("the total of a list", "promised"),
            "scan": _("Scan: how it went, and say whether it is done"),
            "qr": _("QR code of this place"),
            **row_heads(),
            **page_words(),
        },
    }


def title_of(page: PlacePage) -> str:
    """Return a place's name, and how many items there are."""
    values = {"place": said(page.place.name), "n": page.arithmetic.total}
    pattern = npgettext(
        "of a place", "%(place)s: %(n)d item", "%(place)s: %(n)d items", values["n"]
    )
    return pattern % values
