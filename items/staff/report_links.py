"""A reporting link: at the desk, and what its handler may see, which is nearly nothing."""

from dataclasses import dataclass
from datetime import date

from items import models, public
from items.staff.entries import day_in
from items.words import Words


@dataclass(frozen=True, slots=True)
class ReportLink:
    """A link that holds, as the desk shows it; its token is known to nobody here."""

    seq: int  # of its entry, by which the desk addresses it
    handler: str
    until: date


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that a link shows: the item, what was asked for, by when, and what can be counted."""

    list_slug: str
    number: int
    title: Words
    asked: str  # the words of the urging or the task
    by_when: date
    due: date | None
    until: date  # it holds until then
    target: int | None  # of a count; None where nothing is counted
    done: int | None
    count_unit: str
    addressee: public.Addressee


def report_link(row: models.Entry) -> ReportLink:
    until = day_in(row, "until")
    assert until  # each link has its day
    return ReportLink(row.seq, row.words.new, until)
