"""Reporting links: until when one holds, and why it is over (docs/decisions/1163)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, TextChoices
from django.utils.translation import pgettext_lazy

from items.models import Entry, Item, Person
from items.rules.permission import why_not
from items.states import WORKING, ListStatus, Verb

LASTS = timedelta(days=7)  # its last day is inclusive


class Over(TextChoices):
    """Why a link is over, as those of the desk read it."""

    REVOKED = "revoked", pgettext_lazy("reporting link", "taken back")
    USED = "used", pgettext_lazy("reporting link", "used")
    EXPIRED = "expired", pgettext_lazy("reporting link", "too old")
    CLOSED = "closed", pgettext_lazy("reporting link", "the list is closed")
    RESTS = "rests", pgettext_lazy("reporting link", "nobody can report on the item now")
    NOT_THEIRS = "not_theirs", pgettext_lazy("reporting link", "no longer named for the item")


def link_of(report: Entry) -> str:
    """Return the number of the link by which an entry came; "" of all others."""
    return str(report.facts.get("link", ""))


def why_over(link: Entry, item: Item, today: date, since: Iterable[Entry]) -> Over | None:
    """Return why a link is over, of what was written on its item since; None while it holds.

    Whether its handler is still named for the item is asked of the rules, by `why_over_now`.
    """
    rows = list(since)
    if any(row.verb == Verb.REVOKE_LINK and row.about_id == link.pk for row in rows):
        return Over.REVOKED
    if any(row.verb == Verb.ENTER_FOR_OWNER and link_of(row) == str(link.seq) for row in rows):
        return Over.USED
    if item.list.status != ListStatus.PUBLISHED:
        return Over.CLOSED
    if today > date.fromisoformat(link.facts["until"]):
        return Over.EXPIRED
    return None if item.status in WORKING else Over.RESTS


def why_over_now(link: Entry, item: Item, today: date) -> Over | None:
    """Return why a link is over today; None while its handler may report by it."""
    ends = Q(verb=Verb.REVOKE_LINK) | Q(verb=Verb.ENTER_FOR_OWNER)
    since = Entry.objects.filter(ends, item=item.pk, seq__gt=link.seq)
    if over := why_over(link, item, today, since):
        return over
    handler = handler_of(link)
    return Over.NOT_THEIRS if why_not("report_by_link", handler, item, about=link) else None


def handler_of(link: Entry) -> Person:
    person = Person.objects.filter(pk=int(link.facts["handler"])).first()
    assert person  # nobody who stands in the ledger is deleted
    return person
