"""A published item as staff work on it, and what heads the pages about one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from items import models, public
from items.models import Item, ItemList
from items.staff.entries import Entry
from items.staff.ledger_table import LedgerCell
from items.staff.lines import Line
from items.staff.look_backs import LookBack
from items.staff.report_links import ReportLink
from items.states import Status, Verb
from items.words import Words


@dataclass(frozen=True, slots=True)
class ItemHead:
    """An item as a page about it names it, a draft or a published one."""

    pk: int
    version: int  # what a form gives back
    list_slug: str
    list_year: int
    number: int
    title: str  # as it was written


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An item that another page leads to."""

    pk: int
    list_slug: str
    list_name: Words
    number: int
    title: str  # as it was written
    status_label: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an item, whether the public sees it or not."""

    seq: int  # of the entry that it came with, by which the desk addresses it
    words: Words
    side_label: str
    spot: Words  # none where it stands at none
    taken_on: date
    state: str  # "waiting", "public" or "hidden"
    state_label: str
    added_by: str
    kept: bool  # its files weren't deleted
    may_release: bool  # whether whoever looks may now
    small_width: int
    small_height: int


@dataclass(frozen=True, slots=True)
class PhotoToRelease:
    """A photo that waits for release, with what has to be known to decide."""

    pk: int
    version: int  # what a form gives back, so that nobody releases another's change unseen
    list_slug: str
    number: int
    title: Words
    photo: Photo


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of an item's delivery list, with who received it."""

    seq: int  # of its entry, by which the desk addresses it
    line: public.Delivery
    received_by: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which an item takes place."""

    seq: int  # of the entry that planned it, by which the desk addresses it
    line: public.Occasion


@dataclass(frozen=True, slots=True)
class Ball:
    """Whose turn it is, for what, and since when."""

    side: str  # "owner", "supervisor" or "office"
    what: str  # in words
    since: date
    days: int
    until: date | None  # the day of review of what is on hold, else None


@dataclass(frozen=True, slots=True)
class ItemDesk:
    """A published item as staff work on it."""

    pk: int
    version: int  # what a form gives back, so that nobody overwrites another's change
    list_slug: str
    list_name: Words
    list_status: str  # a states.ListStatus value
    line: Line  # with the row, what waits, and the open tasks
    owner_says: Entry | None  # the latest claim or progress
    supervisor_found: Entry | None  # the latest sign-off, sending back, visit or reopening
    overturned: Entry | None  # the sign-off that no longer holds, since the item was reopened
    workers: public.WorkersVoice
    looks: tuple[LookBack, ...]  # back at it: asked for, and done, the latest day first
    balls: tuple[Ball, ...]  # whose turn it is; none once it is resolved or withdrawn
    report_links: tuple[ReportLink, ...]  # those that hold
    acts: dict[str, str]  # by verb: why this person may not, "" when they may
    finishable: frozenset[int]  # the open tasks (their entries) that this person may finish
    ledger: tuple[Entry, ...]  # all of it, the newest first
    photos: tuple[Photo, ...]  # those that wait first
    deliveries: tuple[Delivery, ...]
    handed_out: public.Deliveries | None  # their sum; None when there are none
    occasions: tuple[Occasion, ...]  # the earliest first
    case: int | None  # documents in its file; None for whoever may not see it
    promise: public.Promise
    blocked: public.Blocked | None  # what holds the work up
    blocked_inside: bool  # only staff read that
    cells: tuple[LedgerCell, ...]  # what else the ledger says; inner ones for who may read inside
    light: str  # "red", "yellow" or "" (items.rules.light)
    reads_inside: bool  # whoever looks reads what stays inside
    # For staff only
    handlers: tuple[str, ...]
    # The same matter on other lists
    earlier: tuple[public.Carried, ...]  # those that it goes on with, the latest first
    later: tuple[public.Carried, ...]


def item_head(item: Item) -> ItemHead:
    return ItemHead(
        pk=item.pk,
        version=item.version,
        list_slug=item.list.slug,
        list_year=item.list.year,
        number=item.number,
        title=item.title,
    )


def item_link(item: Item) -> ItemLink:
    return ItemLink(
        pk=item.pk,
        list_slug=item.list.slug,
        list_name=item.list.words,
        number=item.number,
        title=item.title,
        status_label=Status(item.status).label,
    )


def photo(photo: models.Photo, may_release: bool) -> Photo:
    return Photo(
        seq=photo.entry.seq,
        words=photo.shows,
        side_label=photo.get_side_display(),
        spot=photo.spot.words if photo.spot else Words(),
        taken_on=photo.taken_on,
        state=photo.state,
        state_label=photo.get_state_display(),
        added_by=photo.added_by.name,
        kept=bool(photo.stem),
        may_release=may_release and photo.state != "public",
        small_width=photo.small_width,
        small_height=photo.small_height,
    )


def photo_to_release(row: models.Photo) -> PhotoToRelease:
    return PhotoToRelease(
        pk=row.pk,
        version=row.version,
        list_slug=row.item.list.slug,
        number=row.item.number,
        title=row.item.title_words,
        photo=photo(row, may_release=True),
    )


def delivery(row: models.Delivery, item_list: ItemList) -> Delivery:
    return Delivery(row.entry.seq, public.delivery(row, item_list), row.received_by)


def occasion(row: models.Occasion, item: Item, today: date) -> Occasion:
    return Occasion(row.entry.seq, public.occasion(row, item, today))


AT_WORK = {Status.NOT_STARTED, Status.IN_PROGRESS}


def balls(item: Item, entries: list[models.Entry], today: date) -> Iterator[Ball]:
    """Yield whose turn it is: by the status, and by each request that waits."""
    by_status = _ball_of(item)
    if by_status is None:
        return
    since = _since(item, entries)
    yield _ball(*by_status, since, today, item.hold_review_on)
    for entry in entries:
        if not entry.answered and entry.verb in DECIDED:
            yield _ball("office", DECIDED[entry.verb](), entry.happened_on, today)


def _ball_of(item):
    if item.status in AT_WORK:
        return "owner", _("does the work and reports")
    if item.status == Status.PENDING_CHECK:
        if item.is_signed_and_up:
            return "office", _("answers the objections, if any come")
        return "supervisor", _("checks the claim")
    return ("office", _("reviews the hold")) if item.status == Status.ON_HOLD else None


# What the office decides, by the verb of the request
DECIDED = {
    Verb.ASK_EXTENSION: lambda: _("decides on more time"),
    Verb.ENTER_FOR_OWNER: lambda: _(
        "another person of the office releases or refuses what was entered"
    ),
}


def _since(item: Item, entries: list[models.Entry]) -> date:
    """Return when the item came to where it is; starting the work passes no ball."""
    same = AT_WORK if item.status in AT_WORK else {item.status}
    moves = [e for e in entries if e.status_to in same and e.status_from not in same]
    moves = [e for e in moves if e.verb != Verb.CARRY_IN]  # it came with the turn that it was
    return moves[-1].happened_on if moves else item.published_on


def _ball(side, what, since, today, until=None):
    return Ball(side, what, since, public.days_ago(since, today), until)
