"""The deadlines of a list as a calendar to subscribe to (RFC 5545)."""

from datetime import UTC, date, datetime, time

from django.http import HttpResponse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from items import public, queries
from items.exports.workbook import writable
from items.public import sentences
from items.states import Status
from items.words import Words
from welfare.api.addresses import page
from welfare.front.public import open_data, or_404
from welfare.sentences import board_title

PRODUCT = "-//welfare//deadlines//EN"


@open_data
def deadlines(request, slug):
    """Return a day for each item of a list: its deadline."""
    shown = or_404(queries.deadlines(slug, localdate()))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    name = f"{_in_words(shown.head.committee)} · {_in_words(shown.head.name)}"
    calendar.add("x-wr-calname", writable(name))
    calendar.add("x-wr-caldesc", board_title(shown.arithmetic, ""))
    for deadline in shown.deadlines:
        calendar.add_component(_event(deadline, shown.head))
    # By name, so that a program takes it as its address ends
    headers = {"Content-Disposition": f'inline; filename="{slug}.ics"'}
    body = calendar.to_ical()
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _event(deadline: public.Deadline, head: public.Head) -> Event:
    """Return an item's deadline as a whole day that keeps nobody busy.

    Its name never changes, also where the site moves to another address: behind it stands the
    list's code, drawn by lot. A program that knows it sees by `SEQUENCE` that it moved.
    """
    row, event = deadline.row, Event()
    event.add("uid", f"{head.slug}-{row.number}@{head.code}")
    event.add("dtstamp", _midnight(deadline.changed_on))
    event.add("sequence", deadline.moves)
    event.add("dtstart", deadline.on)
    event.add("summary", writable(_summary(row)))
    said = [sentences.deadline(row), *(mark.text for mark in sentences.marks(row))]
    said.append(_in_words(row.owner.post))
    event.add("description", writable("\n".join(said)))
    if row.place:
        event.add("location", writable(_in_words(row.place)))
    event.add("categories", [row.status_label])
    event.add("status", "CANCELLED" if row.status == Status.WITHDRAWN else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", page(head.slug, row.number))
    return event


def _summary(row: public.Row) -> str:
    values = {"number": row.number, "title": _in_words(row.title), "status": row.status_label}
    return gettext("%(number)d. %(title)s: %(status)s") % values


def _midnight(day: date) -> datetime:
    """Return when a day begins, in UTC as the calendar wants it: no minute tells of an act."""
    return make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def _in_words(words: Words) -> str:
    return words.in_language(get_language() or "")[0]
