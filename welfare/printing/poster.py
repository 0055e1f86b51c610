"""The poster of a call for suggestions, as data of a template."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from items.public import CallPage
from items.words import day
from welfare.printing.parts import house_of, invented, said, short_language
from welfare.printing.qr import page_address, qr_of

QR = 70  # mm, on A3


def poster(page: CallPage) -> dict:
    """Return the data of a call's poster: what is asked, until when, and where to say it."""
    line, of = page.line, page.addressee
    address = page_address("board:call", line.number)
    return {
        "lang": short_language(),
        "title": said(line.title),
        "house": house_of(of.organisation, of.name),
        "issuer": said(page.issuer),
        "kicker": _("Call for suggestions"),
        "until": _until(page),
        "ways": [{"label": label, "text": text} for label, text in _ways(page)],
        "promise": [
            _("You get a code at once, and read the answer with it."),
            _("Answers until %(day)s") % {"day": day(page.answer_by)},
        ],
        "open_too": _("Or open"),
        "footer": " · ".join(invented(of.demonstration)),
        "address": address,
        "qr": qr_of(address, level="q", size=QR),
        "words": {
            "ask": _("What would you most like to see done?"),
            "yours": _("yours"),
            "qr": _("QR code of this call"),
        },
    }


def _until(page: CallPage) -> str:
    """Return until when the call is open; one that is over says so."""
    line = page.line
    if page.ended_on:
        return _("Ended early, on %(day)s") % {"day": day(page.ended_on)}
    if line.is_open:
        return _("Until %(day)s") % {"day": day(line.closes_on)}
    values = {"first": day(line.opens_on), "last": day(line.closes_on)}
    if page.begins_later:
        return _("From %(first)s to %(last)s") % values
    return _("Over since %(last)s; suggest all the same") % values


def _ways(page: CallPage) -> Iterator[tuple[str, str]]:
    """Yield each way to say something that the product knows."""
    yield _("Scan"), _("no login, no name")
    office = page.addressee.office
    if office.room:
        room = " · ".join(filter(None, [said(office.room), said(office.hours)]))
        yield _("In person or on paper"), room
    if office.phone:
        yield _("By phone"), office.phone
