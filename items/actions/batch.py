"""Many items at once: reported or entered together, and released or refused by one second yes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.attached_photos import add_photos, attached_photos
from items.actions.photo import KeptPicture
from items.actions.progress import enter, refuse, release, write_report
from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import Together, acting_together
from items.models import Entry, Item, ItemList, Person
from items.models.item import tenths
from items.photos.picture import Upload
from items.privacy import personal_data
from items.rules.releasing import (
    BATCH,
    Waiting,
    entries_of,
    new_batch,
    state_of,
    waiting_in,
)
from items.states import MOVES, Verb

MOST = 150  # acts in one transaction, some 15 ms each: the write lock is held at most 4 s
# What tells how the work goes, or waits to do so
SAYS = [verb for verb, row in MOVES.items() if row.news] + [Verb.ENTER_FOR_OWNER]


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says of one item among many."""

    item: int  # its key
    text: str
    percent: Decimal | None = None
    done_count: int | None = None
    happened_on: date | None = None  # else today
    seen: int | None = None  # the ledger's number of the item's last entry when it was read
    photos: Sequence[Upload] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of many reports."""

    entries: tuple[Entry, ...]
    batch: str  # of those that wait for a second yes; "" when none does

    @property
    def waiting(self) -> int:
        return sum(entry.verb == Verb.ENTER_FOR_OWNER for entry in self.entries)


class RowsRefused(Refused):
    """Refuse many acts because of some: `rows` says by item's key why."""

    rows: dict[int, list[str]]

    @classmethod
    def of(cls, refused: dict[Item, Refused]) -> "RowsRefused":
        """Return the refusal of all; a conflict where somebody wrote about one of them first."""
        conflict = any(isinstance(each, Conflict) for each in refused.values())
        whole = (RowsChanged if conflict else cls)(
            *(
                _("No. %(number)s: %(gap)s") % {"number": item.number, "gap": sentence}
                for item, each in sorted(refused.items(), key=lambda pair: pair[0].number)
                for sentence in each.sentences
            )
        )
        whole.rows = {item.pk: each.sentences for item, each in refused.items()}
        return whole


class RowsChanged(RowsRefused, Conflict):
    """Refuse many acts because somebody wrote about one of the items first."""


class Repeated(Conflict):
    """Refuse what the same person has written already: it stands in the ledger once."""


def report_many(
    item_list: ItemList,
    reports: Collection[Report],
    *,
    by: Person,
    yes: bool = False,
    now: datetime | None = None,
) -> Reported:
    """Report progress on many items of a list, all or none, each with an entry of its own.

    On whose owner's side `by` is, that is public at once; the office enters the others for their
    owners, as one batch, which one second yes releases. Raise `RowsRefused` with a sentence for
    each item that stands in the way; `RowsChanged` where somebody wrote about one since it was
    `seen`; `Repeated` when all of it stands there already by the same person.
    """
    refuse_many([*reports, *(photo for report in reports for photo in report.photos)])
    keys, now = [report.item for report in reports], now or timezone.now()
    with (
        _all_attached(item_list, reports, by, now) as pictures,
        acting_together(item_list, keys, by=by, now=now, yes=yes) as together,
    ):
        return write_reports(together, reports, pictures)


Pictures = Mapping[int, Sequence[KeptPicture]]  # by the item's key


@contextmanager
def _all_attached(
    item_list: ItemList, reports: Collection[Report], by: Person, now: datetime
) -> Iterator[Pictures]:
    """Yield the photos of all reports made clean; the hard work comes before the transaction."""
    with_photos = {report.item: report.photos for report in reports if report.photos}
    items = Item.objects.filter(list=item_list, pk__in=with_photos).select_related("list")
    owned = _owned(with_photos, by, timezone.localdate(now))
    with ExitStack() as stack:
        yield {
            item.pk: stack.enter_context(
                attached_photos(_verb(item.pk in owned), item, with_photos[item.pk], by=by, now=now)
            )
            for item in items
        }


def _owned(keys: Collection[int], by: Person, today: date) -> set[int]:
    """Return the keys of those items on whose owner's side somebody is today."""
    own = Item.objects.filter(pk__in=keys).acted_for_by(by, today)
    return set(own.values_list("pk", flat=True))


def _verb(owned: bool) -> str:
    return "report_progress" if owned else "enter_for_owner"


def write_reports(
    together: Together, reports: Collection[Report], pictures: Pictures = MappingProxyType({})
) -> Reported:
    """Write reports within acts done together, as `report_many` does."""
    keys, today = [report.item for report in reports], timezone.localdate(together.now)
    if len(set(keys)) < len(keys):
        raise Refused(_("An item stands there twice. Say once how it goes."))
    if set(keys) - set(together.items):
        raise Refused(_("One of the items isn’t in this list. Open the page again."))
    owned = _owned(keys, together.by, today)
    texts = (report.text for report in reports if report.item in owned)
    personal_data.ask(*texts, yes=together.yes)
    _refuse_said_meanwhile(together, reports)
    batch = new_batch()
    written: list[Entry] = []
    refused: dict[Item, Refused] = {}
    for report in sorted(reports, key=lambda each: together.items[each.item].number):
        try:
            photos, is_own = pictures.get(report.item, ()), report.item in owned
            written.append(_write(together, report, is_own, batch, written, photos))
        except Refused as why:
            refused[together.items[report.item]] = why
    if refused:
        raise RowsRefused.of(refused)
    waits = any(entry.verb == Verb.ENTER_FOR_OWNER for entry in written)
    return Reported(tuple(written), batch if waits else "")


def refuse_many(acts: Collection[object]) -> None:
    """Refuse none, and more than one transaction may hold the write lock for."""
    if not acts:
        raise Refused(_("Nothing is written yet. Write a line where there is news."))
    if len(acts) > MOST:
        raise Refused(
            _("%(n)s items at once are too many: at most %(most)s. Send them in parts.")
            % {"n": len(acts), "most": MOST}
        )


def _write(
    together: Together,
    report: Report,
    owned: bool,
    batch: str,
    before: list[Entry],
    photos: Sequence[KeptPicture],
) -> Entry:
    text = need(report.text, _("Write in a line what was done."))
    numbers: dict[str, Any] = {"percent": report.percent, "done_count": report.done_count}
    with together.on(_verb(owned), report.item, happened_on=report.happened_on) as act:
        if owned:
            entry = write_report(act, text, **numbers)
            act.tell(act.item.supervisor_post)
        else:
            facts, first = {BATCH: batch}, all(row.public for row in before)
            entry = enter(act, text, **numbers, facts=facts, told=first)
        # A photo may be released before the entry is: it doesn't say the entry's words.
        add_photos(act, photos, "" if owned else act.item.title)
    return entry


def _refuse_said_meanwhile(together: Together, reports: Collection[Report]) -> None:
    """Refuse what was written about these items since they were read, and what is sent twice."""
    said = Entry.objects.filter(item__in=together.items, verb__in=SAYS)
    latest = said.order_by().values("item").annotate(last=Max("pk")).values("last")
    rows = Entry.objects.filter(pk__in=list(latest.values_list("last", flat=True)))
    last = {row.item_id: row for row in rows.select_related("words")}
    refused: dict[Item, Refused] = {}
    repeated = 0
    for report in reports:
        entry = last.get(report.item)
        if entry is None or (report.seen is not None and entry.seq <= report.seen):
            continue
        if _repeats(report, entry, together):
            repeated += 1
            refused[together.items[report.item]] = Conflict(_("You have written this already."))
        elif report.seen is not None:
            refused[together.items[report.item]] = Conflict(
                _("%(name)s wrote about it after you had opened the page: %(text)s")
                % {"name": entry.words.name, "text": entry.words.text or Verb(entry.verb).label}
            )
    if repeated == len(reports):
        raise Repeated(_("This was written already, by you. Nothing was written twice."))
    if refused:
        raise RowsRefused.of(refused)


def _repeats(report: Report, entry: Entry, together: Together) -> bool:
    """Tell whether an entry says the same, by the same person, of the same day."""
    percent = None if report.percent is None else str(tenths(report.percent))
    said = (report.text.strip(), percent, report.done_count)
    day = report.happened_on or timezone.localdate(together.now)
    stands = (entry.words.text, entry.facts.get("percent"), entry.facts.get("done_count"))
    return (said, day, together.by.pk) == (stands, entry.happened_on, entry.by_id)


def release_batch(
    item_list: ItemList,
    card: str,
    *,
    by: Person,
    seen: str,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Release with one yes all of a card that can be released, at once or not at all.

    `card` names a batch, or a single entry by its number; `seen` is how it looked to whoever says
    yes (`items.rules.releasing.state_of`). Raise `Conflict` when it looks otherwise by now. What
    can't be released stays waiting: the page named it before the yes.
    """
    released: list[Entry] = []
    with _on_card(item_list, card, seen, by=by, now=now, yes=yes) as (together, waiting):
        ready = [each for each in waiting if not each.why_not]
        if not ready:
            raise Refused(waiting[0].why_not)
        personal_data.ask(*(each.entry.words.text for each in ready), yes=yes)
        refused: dict[Item, Refused] = {}
        for each in ready:
            try:
                with together.on("release", each.item.pk) as act:
                    release(act)
                released.append(act.entry)
            except Refused as why:
                refused[each.item] = why
        if refused:
            raise RowsRefused.of(refused)
    return released


def refuse_batch(
    item_list: ItemList,
    card: str,
    *,
    by: Person,
    seen: str,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Refuse all that waits on a card, with one reason; else as `release_batch`."""
    reason = need(reason, _("Write why it is refused; whoever entered it will read it."))
    refused: list[Entry] = []
    with _on_card(item_list, card, seen, by=by, now=now, yes=yes) as (together, waiting):
        ready = [each for each in waiting if not each.why_not_refused]
        if not ready:
            raise Refused(waiting[0].why_not_refused)
        for each in ready:
            with together.on("refuse_entry", each.item.pk) as act:
                refuse(act, reason, told=not refused)
            refused.append(act.entry)
    return refused


@contextmanager
def _on_card(
    item_list: ItemList, card: str, seen: str, *, by: Person, now: datetime | None, yes: bool
) -> Iterator[tuple[Together, list[Waiting]]]:
    """Lock the items of a card and give what waits on it, if it looks as it was `seen`."""
    now = now or timezone.now()
    keys = set(entries_of(item_list, card).waiting().values_list("item", flat=True))
    with acting_together(item_list, keys, by=by, now=now, yes=yes) as together:
        waiting = waiting_in(item_list, by, timezone.localdate(now), card)
        if not waiting or state_of(waiting) != seen:
            raise Conflict(
                _("What waits here has changed since you opened the page. Nothing was done."),
                _("Look at what stands there now, then say yes or no again."),
            )
        yield together, waiting
