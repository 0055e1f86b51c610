"""An item's page."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from items import public
from items.compiled_queries import compiled_query
from items.models import (
    Criterion,
    Delivery,
    Entry,
    Item,
    ItemList,
    Occasion,
    Part,
    Photo,
    UnitShare,
)
from items.models.item import measures_of
from items.models.ledger import mark_overturned
from items.models.list import thing
from items.queries import review, suggestions, verdict
from items.queries.announcements import announcements_of
from items.queries.assessments import judgements_of
from items.queries.cells import summary_of_list, together
from items.queries.rows import closing_seq, in_rows, list_at, read
from items.states import ASKS_WORKERS, CLAIMS, FINDINGS, REPORTS, Status, Verb

SAYS_DONE = ASKS_WORKERS | {Verb.BRING_IN, Verb.CARRY_IN}
YEAR = 366  # days, and a leap year has as many


def item_page(slug: str, number: int, today: date) -> public.ItemPage | None:
    """Return a published item with its story; None when there is none under that number."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    item = _items.one(item_list.pk, number)
    if item is None:
        return None
    item.list, now, today = item_list, today, item_list.as_of(today)
    read([item])
    earlier = item.earlier()
    shares, entries = _unit_shares(item.pk), _entries(item.pk, item_list.pk)
    called = set(_named_on(item, shares, today))
    entries = [e for e in entries if e.item_id or e.facts["renamed"] in called]
    names = item_list.committee.show_names
    photos, before = _photos(item.pk), _entries_of(earlier)
    mark_overturned([*reversed(before), *reversed(entries)])
    photos += [photo for row in earlier for photo in _photos(row.pk)]
    spots, during = public.photos_by_spot(photos)
    end = closing_seq(item_list)
    reviews = _reviews_of(item, entries, now)
    events = tuple(public.event(e, names, photos) for e in entries if not end or e.seq <= end)
    story = [*events, *(public.event(entry, names, photos) for entry in before)]
    summary, goes_on = summary_of_list(item_list, today), carried_to(item)
    previous, following = _beside(item_list, summary, number)
    return public.ItemPage(
        head=public.head(item_list),
        arithmetic=together(summary.cells),
        strip=tuple(public.block(row, today) for row in summary.strip),
        row=public.row(item, today),
        promise=_promise(item, shares, [*entries, *before], today),
        extensions=tuple(_extensions([*before[::-1], *reversed(entries)])),
        claim=_latest(story, CLAIMS),
        finding=_found(story),
        overturned=_overturned(story),
        looked_back=_looked_back(item, events),
        timeline=events,
        previous=previous,
        next=following,
        carried_from=public.carried(item.carried_from) if item.carried_from else None,
        carried_to=goes_on,
        earlier=tuple(_earlier(row, before, names, photos) for row in earlier),
        since=tuple(public.event(e, names, photos) for e in entries if end and e.seq > end),
        spots=spots,
        photos=during,
        place=public.link(item.place, item_list),
        theme=public.link(item.theme, item_list),
        deliveries=deliveries_of(item, earlier),
        occasions=tuple(public.occasion(row, item, today) for row in _dates(item, earlier)),
        hardship=item.hardship,
        verdicts=verdict.verdicts_of(item, entries, now),
        reviews=tuple(row for row in reviews if not _after_closing(row, item_list)),
        reviewing=next((row for row in reviews if row.is_open and item_list.closed_on), None),
        judgements=judgements_of(item, earlier),
        announcements=announcements_of(entries, names, now),
        may_break=_may_break(item, now) and not goes_on,
        suggestions=suggestions.count_behind(item),
        committee=item_list.committee.slug,
        blocked=public.blocked(item, [*entries, *before]),
        as_of=today,
        listed_on=item.published_on,
    )


def _reviews_of(item: Item, entries: list[Entry], now: date) -> tuple[public.Review, ...]:
    """Return the reviews of an item, which has none before anybody said that it is done."""
    said_done = any(entry.verb in SAYS_DONE for entry in entries)
    return review.reviews_of(item, now) if said_done and not item.hardship else ()


def _after_closing(row: public.Review, item_list: ItemList) -> bool:
    """Tell whether a review was opened after the closing: one that is open, surely."""
    closed = item_list.closed_on
    return closed is not None and (row.is_open or row.opened_on > closed)


def _may_break(item: Item, now: date) -> bool:
    """Tell whether it is resolved since a year at most: so long everyone asks about it."""
    signed = item.signed_off_on
    return item.status == Status.RESOLVED and signed is not None and (now - signed).days <= YEAR


def _promise(
    item: Item, shares: list[UnitShare], entries: list[Entry], today: date
) -> public.Promise:
    lines = (measures_of(item.pk), shares, parts_of(item))
    return public.promise(item, *lines, today, _criteria(item.pk), entries)


def _entries_of(earlier: list[Item]) -> list[Entry]:
    """Return the public entries of earlier items, the latest first, but where they go on."""
    if not earlier:
        return []
    rows = Entry.objects.public().filter(item__in=earlier).exclude(verb=Verb.CARRY_OVER)
    return list(rows.select_related("words", "about__words").order_by("-pk"))


def _earlier(row: Item, entries: list[Entry], names: bool, photos: list[Photo]) -> public.Earlier:
    own = (public.event(entry, names, photos) for entry in entries if entry.item_id == row.pk)
    return public.Earlier(item=public.carried(row), timeline=tuple(own))


def _extensions(entries: list[Entry]) -> Iterator[public.Extension]:
    """Yield the more time that was given, on earlier lists too; the entries in their order."""
    yield from (public.extension(entry) for entry in entries if entry.facts.get("agreed"))


def _dates(item: Item, earlier: list[Item]) -> list[Occasion]:
    """Return the dates of an item, and those that were settled on earlier lists."""
    settled = [row for before in earlier for row in _occasions(before.pk) if row.ending]
    return sorted([*_occasions(item.pk), *settled], key=lambda row: (row.on, row.pk))


def obstacle_of(item: Item) -> Entry | None:
    """Return the entry that says what blocks the work now, to everyone or to staff alone."""
    story = Entry.objects.filter(item__in=item.story())
    latest = story.filter(verb__in=REPORTS).order_by("-pk").values("pk")[:1]
    said = story.filter(verb=Verb.SAY_BLOCKED, about__in=latest, words__erased_on=None)
    return said.select_related("words").first()


@compiled_query
def _items(item_list, number):
    rows = in_rows(Item.objects.filter(list=item_list, number=number))
    return rows.select_related("category", "theme", "carried_from__list").order_by()


@compiled_query
def _entries(item, item_list):
    """Return the item's entries, and those of its list that rename something."""
    renamed = Q(item=None, list=item_list, verb=Verb.RENAME)
    rows = Entry.objects.public().filter(Q(item=item) | renamed)
    return rows.select_related("words", "about__words").order_by("-seq")


@compiled_query
def _photos(item):
    return Photo.objects.public().filter(item=item).select_related("spot", "entry")


@compiled_query
def _unit_shares(item):
    return UnitShare.objects.filter(item=item).select_related("unit")


@compiled_query
def _criteria(item):
    return Criterion.objects.filter(item=item)


@compiled_query
def _parts(item):
    return Part.objects.filter(item=item).select_related("unit")


@compiled_query
def _deliveries(item):
    return Delivery.objects.filter(item=item).with_returns().select_related("unit", "place")


@compiled_query
def _occasions(item):
    return Occasion.objects.filter(item=item).select_related("place", "ending__words")


def parts_of(item: Item) -> list[Part]:
    """Return the further lines under an item's number, in order."""
    return _parts(item.pk)


def deliveries_of(item: Item, earlier: Iterable[Item] = ()) -> public.Deliveries | None:
    """Return an item's delivery list, with those of earlier items; None when there is none."""
    rows = [row for before in (*earlier, item) for row in _deliveries(before.pk)]
    rows.sort(key=lambda row: (row.received_on, row.pk))
    return public.deliveries(item, rows) if rows else None


def _named_on(item, shares, today):
    """Yield by which words the ledger knows what the item's page shows by name."""
    item_list, committee = item.list, item.list.committee
    posts = [item.owner_post, item.supervisor_post]
    rows = [*posts, item.place, item.category, item.theme, *(share.unit for share in shares)]
    rows += [item_list, committee, committee.organisation]
    if committee.show_names:
        rows += [post.holder(today) for post in posts]
    yield f"programme:{item_list.pk}"
    yield from (thing(row) for row in rows if row)


def _beside(item_list, summary, number):
    """Return the numbers before and after one; None where there is none."""
    numbers = [item.number for item in summary.strip]
    if numbers:
        at = numbers.index(number)
        return [None, *numbers][at], [*numbers, None][at + 1]
    items = item_list.items.published()
    before, after = items.filter(number__lt=number), items.filter(number__gt=number)
    ordered = (before.order_by("-number"), after.order_by("number"))
    return [rows.values_list("number", flat=True).first() for rows in ordered]


def _latest(events, verbs):
    return next((event for event in events if event.verb in verbs), None)


def _found(story):
    """Return what the supervisor found last, also while a sign-off is up for objections."""
    found = (e for e in story if e.verb in FINDINGS or e.announced in FINDINGS)
    return next(found, None)


def _overturned(story):
    """Return the sign-off that the latest reopening made void; None where another holds."""
    signed = _latest(story, {Verb.SIGN_OFF, Verb.BRING_IN})
    return signed if signed and signed.overturned_on else None


def _looked_back(item, events):
    """Return the latest look back at what is still resolved; else the reopening tells of it."""
    return _latest(events, {Verb.LOOK_BACK}) if item.status == Status.RESOLVED else None


def carried_to(item):
    """Return the published items that go on with one whose list is closed; none before."""
    if not item.list.closed_on:
        return ()
    later = Item.objects.published().filter(carried_from=item).select_related("list")
    return tuple(public.carried(row) for row in later.order_by("published_on", "pk"))
