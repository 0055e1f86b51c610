"""An item as staff work on it: whose turn it is, who may do what, and its whole ledger."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, Subquery

from items import public, staff
from items.compiled_queries import compiled_query
from items.models import Entry, HardshipFile, Item, ItemList, Person, Photo, UnitShare
from items.models.ledger import mark_overturned
from items.queries.desk_lists import reads_inside
from items.queries.item import carried_to
from items.queries.ledger_table import row_of
from items.queries.lines import ASKS, with_answers
from items.queries.look_backs import looks_of
from items.queries.rows import in_rows, read
from items.queries.verdict import workers_voice
from items.rules import why_not_standing
from items.rules.light import light
from items.rules.permission import WITH_THE_LIST
from items.rules.report_links import why_over
from items.rules.roles import is_for
from items.rules.standing import Standing
from items.states import CLAIMS, FINDINGS, MOVES, Status, Verb

JOINED = ("list__committee", "category", "theme")
LINES = (
    "measures",
    "criteria",
    Prefetch("unit_shares", UnitShare.objects.select_related("unit")),
    Prefetch("handlers", Person.objects.order_by("pk")),
)
ACTS = [verb for verb in MOVES if verb not in WITH_THE_LIST]


def seen_item(slug: str, number: int, person: Person, today: date) -> Item | None:
    """Return an item that `person` may see at the desk; None where there is none for them."""
    return _seen.one(person.pk, today, slug, number) if person.is_active else None


def seen_items(
    item_list: ItemList, numbers: Iterable[int], person: Person, today: date
) -> list[Item]:
    """Return those of a list's items with these numbers that `person` may see at the desk."""
    items = Item.objects.visible_to(person, today).filter(list=item_list, number__in=numbers)
    return list(items.select_related("list").order_by("number"))


@compiled_query
def _seen(person, today, slug, number):
    items = Item.objects.tied_to(person, today).filter(list__slug=slug, number=number)
    return items.select_related("list__committee", "last_entry").order_by()


def item_desk(item: Item, person: Person, today: date) -> staff.ItemDesk | None:
    """Return a published item as `person` works on it; None for a draft."""
    rows = in_rows(Item.objects.filter(pk=item.pk)).select_related(*JOINED)
    if not (rows := read(rows.prefetch_related(*LINES))):
        return None
    item = rows[0]
    standing = Standing(person, item, today)
    earlier = item.earlier()
    entries = list(with_answers(item.entries.all()))
    story = [*_entries_of(earlier), *entries]
    mark_overturned(story)
    asked = [row for row in entries if row.verb in ASKS and not row.answered]
    mine = {row.pk for row in asked if is_for(row, standing)}
    parts = list(item.parts.select_related("unit"))
    deliveries = list(item.deliveries.with_returns().select_related("entry", "unit", "place"))
    obstacles = public.obstacles(item, reversed(story))
    inside = reads_inside(person, item.list)
    workers = workers_voice(item, entries, today, earlier)
    judged = next(iter(workers.judgements), None)
    return staff.ItemDesk(
        pk=item.pk,
        version=item.version,
        list_slug=item.list.slug,
        list_name=item.list.words,
        list_status=item.list.status,
        line=staff.line(item, story, parts, person, mine, today),
        owner_says=staff.entry(_latest(story, CLAIMS), person),
        supervisor_found=staff.entry(_latest(story, FINDINGS), person),
        overturned=staff.entry(_overturned(story), person),
        workers=workers,
        looks=_looks(item, today),
        balls=tuple(staff.balls(item, story, today)),
        report_links=tuple(
            staff.report_link(row)
            for row in entries
            if row.verb == Verb.MAKE_LINK and not why_over(row, item, today, entries)
        ),
        acts={verb: why_not_standing(verb, standing) for verb in ACTS},
        finishable=frozenset(
            row.pk
            for row in asked
            if row.verb == Verb.SET_TASK and not why_not_standing("finish_task", standing, row)
        ),
        ledger=tuple(staff.entry(row, person) for row in reversed(entries)),
        photos=tuple(
            staff.photo(row, not why_not_standing("release_photo", standing, row.entry))
            for row in _photos(item)
        ),
        case=None if why_not_standing("read_case", standing) else _documents(item),
        deliveries=tuple(staff.delivery(row, item.list) for row in deliveries),
        handed_out=public.deliveries(item, deliveries) if deliveries else None,
        occasions=tuple(
            staff.occasion(row, item, today)
            for row in item.occasions.select_related("entry", "place", "ending__words")
        ),
        promise=public.promise(
            item,
            item.measures.all(),
            item.unit_shares.all(),
            parts,
            item.list.as_of(today),
            item.criteria.all(),
            list(reversed(story)),
        ),
        blocked=public.blocked(item, reversed(story)),
        blocked_inside=bool(obstacles) and not obstacles[0].public,
        cells=tuple(staff.ledger_cells(row_of(item, entries, today, judged), inside=inside)),
        light=light(item, item.list.as_of(today)),
        reads_inside=inside,
        earlier=tuple(map(public.carried, earlier)),
        later=carried_to(item),
        handlers=tuple(person.name for person in item.handlers.all()),
    )


def _entries_of(earlier):
    """Return the entries of earlier items with which one goes on, in their order."""
    rows = Entry.objects.filter(item__in=earlier) if earlier else Entry.objects.none()
    return list(with_answers(rows).order_by("pk"))


def asked_until(item: Item) -> date | None:
    """Return until when the request that waits asks for more time; None where none waits."""
    waiting = Entry.objects.filter(item=item.pk, verb=Verb.ASK_EXTENSION).waiting()
    return staff.day_in(waiting.order_by("seq").last(), "new_due")


def _looks(item, today):
    """Return the looks back at an item that was ever resolved."""
    if item.status != Status.RESOLVED and not item.times_reopened:
        return ()
    return looks_of([item.pk], today).get(item.pk, ())


def _photos(item):
    """Return all photos of an item, those that wait first."""
    rows = item.photos.select_related("entry", "spot", "added_by")
    return sorted(rows, key=lambda photo: photo.state != "waiting")


def photos_of_claim(item: Item) -> tuple[staff.Photo, ...]:
    """Return what shows how a claimed item was before the work, and what came with the claim."""
    claims = Entry.objects.filter(item__in=item.story(), verb=Verb.CLAIM).order_by("-pk")
    shown = Q(entry__about=Subquery(claims.values("pk")[:1])) | Q(side=Photo.Side.BEFORE)
    photos = Photo.objects.filter(shown, item=item).kept().exclude(state=Photo.State.HIDDEN)
    photos = photos.select_related("entry", "spot", "added_by")
    photos = sorted(photos, key=lambda photo: (photo.side != Photo.Side.BEFORE, photo.pk))
    return tuple(staff.photo(photo, may_release=False) for photo in photos)


def _documents(item):
    return HardshipFile.objects.of(item).kept().count()


def _overturned(entries):
    signed = _latest(entries, {Verb.SIGN_OFF, Verb.BRING_IN})
    return signed if signed and signed.overturned_on else None


def _latest(entries, verbs):
    return next((row for row in reversed(entries) if row.verb in verbs), None)
