"""A list as the public could read it at the end of a past day (point-in-time query, as of).

It is the board that stands today, put back by the ledger: each entry keeps where its item stood
after it (0011), what was said otherwise stands in corrections and renamings, and the news are
folded again by the ledger's own fold. So nothing is kept for it, and what was erased since is gone
from past days as well (1111).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.fields.json import KT
from django.utils import timezone

from items import public
from items.ledger import stand_as, take_for_news
from items.models import Entry, Item, ItemList, Part, Place
from items.models.list import thing
from items.models.post import know_posts
from items.public.moves import AT_ONCE
from items.queries.board import PAGE_SIZE, Page, drawn, of_group
from items.queries.cells import BLOCKS, Summary, cell
from items.queries.paging import nearest
from items.queries.rows import in_rows, list_at
from items.states import GROUP_OF, LIST_MOVES, MOVES, NOT_DONE, ListStatus, Status, Verb
from items.words import Words

NEWS = [verb for table in (MOVES, LIST_MOVES) for verb, row in table.items() if row.news]
# With these the words of what came of an item come and go
SAYS_RESULT = [Verb.CLAIM, Verb.SEND_BACK, Verb.REOPEN]
WORDED = ["title", "title_en", "count_unit"]  # a row's own words, which corrections change
JOINED = "carried_from__last_news"


def days_of(slug: str, today: date) -> public.Days | None:
    """Return the days of which a list's ledger can tell; None where there is no such list."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    return public.Days(public.head(item_list), _first_day(item_list), today)


def past_page(
    slug: str, on: date, today: date, group: str = "", page: int = 1
) -> public.PastPage | None:
    """Return a page of a list as it could be read at the end of a day, or of one group of it.

    None where there is no such list. Of a day before the ledger's first, or after today, there is
    no board.
    """
    item_list = list_at(slug)
    if item_list is None:
        return None
    days = public.Days(public.head(item_list), _first_day(item_list), today)
    if not days.first <= on <= days.last:
        return public.PastPage(days, on)
    end = _start(on + timedelta(1))
    _call_as_then(item_list, on, end)
    board, untold = _board(item_list, on, end, group, page)
    moved = Entry.objects.public().filter(list=item_list).exclude(verb__in=AT_ONCE)
    before = moved.filter(written_at__lt=_start(on), written_at__gte=_start(days.first))
    after = moved.filter(written_at__gte=end).order_by("written_at")
    return public.PastPage(
        days=days,
        on=on,
        board=board,
        untold=untold,
        earlier=_day(before.order_by("-written_at")),
        later=_day(after),
    )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(entries) -> date | None:
    at = entries.values_list("written_at", flat=True).first()
    return timezone.localdate(at) if at else None


def _first_day(item_list: ItemList) -> date:
    """Return the first day of which the ledger can tell: that of the publication.

    Entries from before they kept where their item stands tell of none; then it is the first day
    on which each item that has such an entry has a fuller one, too.
    """
    entries = Entry.objects.filter(list=item_list, item__isnull=False)
    first: date = item_list.published_on
    bare = entries.filter(snapshot={}).order_by().values("item").annotate(last=Max("written_at"))
    if last := bare.order_by("-last").values_list("last", flat=True).first():
        return max(first, timezone.localdate(last) + timedelta(1))
    return first


def _call_as_then(item_list: ItemList, on: date, end: datetime) -> None:
    """Let a list, in memory, be open or closed as it was, and say all names as it said them.

    A name that was erased since gives way to the one that followed it.
    """
    names = dict(item_list.names_then)
    if item_list.closed_on and item_list.closed_on > on:
        item_list.closed_on, item_list.status = None, ListStatus.PUBLISHED
    renamed = Entry.objects.filter(list=item_list, verb=Verb.RENAME, written_at__gte=end)
    for entry in renamed.select_related("words").order_by("-seq"):
        if not entry.words.erased_on:
            names[entry.facts["renamed"]] = Words(entry.words.old, entry.words.old_en)
    item_list.names_then = names  # over the cached property: `called` reads it
    own = names.get(thing(item_list), item_list.words)
    programme = names.get(f"programme:{item_list.pk}", item_list.programme_words)
    item_list.name, item_list.name_en = own.zh, own.en
    item_list.programme, item_list.programme_en = programme.zh, programme.en


def _board(
    item_list: ItemList, on: date, end: datetime, group: str, number: int
) -> tuple[public.Board, tuple[int, ...]]:
    """Return the board of that day, and of which items shown not all can be told any more."""
    as_of = item_list.as_of(on)
    stood = _last_entries({"list": item_list}, end).order_by("item__number")
    columns = [KT(f"snapshot__{name}") for name in ("status", "due", "put_right_by", "done_on")]
    stood = list(stood.values_list("item", *columns))
    shown = [key for key, status, *_days in stood if group in ("", GROUP_OF[Status(status)])]
    number, pages = nearest(number, len(shown), PAGE_SIZE)
    keys = shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    short = len(stood) <= BLOCKS
    items, untold = _items_then(item_list, [row[0] for row in stood] if short else keys, on, end)
    by_key = {item.pk: item for item in items}
    rows = [by_key[key] for key in keys]
    alike = Counter(tuple(columns) for _key, *columns in stood)
    cells = [replace(cell(_in_brief(*of), as_of), count=n) for of, n in alike.items()]
    summary = Summary(cells, items if short else [])
    board = drawn(
        item_list,
        summary,
        Page(rows, len(shown), number, pages),
        as_of,
        changed_on=_last_change(item_list, end),
        pairs={},  # pictures stand with the items
    )
    seen = {item.pk for item in rows}
    left_out = tuple(item.number for item in items if item.pk in untold & seen)
    return (of_group(board, summary, group) if group else board), left_out


def _in_brief(status: str, *days: str | None) -> Item:
    """Return an item, in memory only, of which no more is known than lateness asks for."""
    due, put_right_by, done_on = (date.fromisoformat(day) if day else None for day in days)
    return Item(status=status, due=due, put_right_by=put_right_by, done_on=done_on)


def _last_entries(of: dict[str, Any], end: datetime):
    """Return of each item the last entry that was written before a moment."""
    written = Entry.objects.filter(written_at__lt=end, item__isnull=False, **of)
    last = written.order_by().values("item").annotate(last=Max("pk")).values("last")
    return Entry.objects.filter(pk__in=last)


def _last_change(item_list: ItemList, end: datetime) -> date | None:
    """Return the day of the latest event that was written by then, as the board of then had it."""
    entries = Entry.objects.public().filter(list=item_list, written_at__lt=end)
    if item_list.closed_on:
        entries = entries.filter(happened_on__lte=item_list.closed_on)
    return entries.aggregate(day=Max("happened_on"))["day"]


def _items_then(
    item_list: ItemList, keys: list[int], on: date, end: datetime
) -> tuple[list[Item], set[int]]:
    """Return items by number, in memory as they stood, with all that a row shows.

    And the keys of those whose result can't be told any more.
    """
    items = list(in_rows(Item.objects.filter(pk__in=keys)).select_related(JOINED))
    stood = {entry.item_id: entry.snapshot for entry in _last_entries({"item__in": keys}, end)}
    for item in items:
        item.list = item_list
        protected = item.hardship
        stand_as(item, stood[item.pk])
        item.hardship |= protected  # who is protected today is so on every day
    _word_as_then(items, end)
    untold = _say_results(items, end)
    _place(items)
    _put_parts_back(items, end)
    _fold_news(items, end)
    _announce_as_then(items, end)
    know_posts(items)
    _appoint_as_then(item_list, items, on, end)
    return items, untold


def _of(items: Iterable[Item]) -> dict[int, Item]:
    return {item.pk: item for item in items}


def _word_as_then(items: list[Item], end: datetime) -> None:
    """Take back what was corrected since; erased words give way to those that followed them."""
    of = _of(items)
    corrected = Entry.objects.filter(item__in=of, verb=Verb.CORRECT, written_at__gte=end)
    corrected = corrected.filter(facts__field__in=WORDED, words__erased_on=None)
    for entry in corrected.select_related("words").order_by("-pk"):
        setattr(of[entry.item_id], entry.facts["field"], entry.words.old)


def _say_results(items: list[Item], end: datetime) -> set[int]:
    """Let resolved items say what came of them; return the keys of those that can't any more.

    The words are those of the claim. Those that a sheet brought in are gone once the item was
    opened again.
    """
    resolved = _of(item for item in items if item.status == Status.RESOLVED)
    says = Q(verb__in=SAYS_RESULT) | Q(verb=Verb.CORRECT, facts__field="result")
    entries = Entry.objects.filter(says, item__in=resolved).select_related("words").order_by("pk")
    told = defaultdict(list)
    for entry in entries if resolved else ():
        told[entry.item_id].append(entry)
    untold = set()
    for key, rows in told.items():
        item = resolved[key]
        since = next((row for row in rows if row.written_at >= end), None)
        before = [row for row in rows if row.written_at < end]
        if since is None:
            continue  # it says so today
        if since.verb == Verb.CORRECT:
            item.result = since.words.old
        elif before:
            last = before[-1]
            item.result = last.words.text if last.verb == Verb.CLAIM else last.words.new
        else:
            untold.add(key)
    return untold


def _place(items: list[Item]) -> None:
    """Read the places of all the items at once, where they are other ones than today's."""
    moved = [item for item in items if item.place_id and not item.knows("place")]
    places = Place.objects.in_bulk({item.place_id for item in moved}) if moved else {}
    for item in moved:
        item.place = places[item.place_id]


def _put_parts_back(items: list[Item], end: datetime) -> None:
    """Find the first deadline among the parts that weren't done, as `with_next_part` does."""
    of = _of(item for item in items if item.status in NOT_DONE)
    parts: dict[int, dict[int, Part]] = defaultdict(dict)
    for part in Part.objects.filter(item__in=of) if of else ():
        parts[part.item_id][part.order + 1] = part
    since = Entry.objects.filter(item__in=list(parts), facts__has_key="part", public=True)
    for entry in since.filter(written_at__gte=end).order_by("-pk") if parts else ():
        _take_back(entry, parts[entry.item_id])
    for item in items:
        left = [part.due for part in parts[item.pk].values() if part.due and not part.done_on]
        item.next_part_due = min(left, default=None)


def _take_back(entry: Entry, parts: dict[int, Part]) -> None:
    """Undo what an entry did to a part of its item."""
    known = entry.facts
    part = parts.get(known["part"])
    if part is None:
        return
    if entry.verb == Verb.ADD_PART:
        del parts[known["part"]]
    elif entry.verb == Verb.EXTEND_PART:
        part.due = date.fromisoformat(known["old_due"])
    elif "part_was_due" in known:
        part.due = _day_or_none(known["part_was_due"])
    elif "part_done_on" in known or entry.verb == Verb.UNDO_PART:
        part.done_on = _day_or_none(known.get("part_was_done_on"))


def _day_or_none(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _fold_news(items: list[Item], end: datetime) -> None:
    """Give each item the last news that it had then, by the ledger's own fold."""
    of = _of(items)
    for item in items:
        before = item.carried_from
        item.last_news = before.last_news if before else None  # with which it began
    told = Entry.objects.public().filter(item__in=of, written_at__lt=end)
    told = told.filter(Q(verb__in=NEWS) | Q(about__verb=Verb.PUT_UP)).select_related("about")
    columns = ("item", "verb", "public", "facts", "happened_on", "about__verb")
    for entry in told.only(*columns).order_by("pk"):
        take_for_news(of[entry.item_id], entry)
    rows = Entry.objects.select_related("words").in_bulk({item.last_news_id for item in items})
    for item in items:
        item.last_news = rows[item.last_news_id]


def _announce_as_then(items: list[Item], end: datetime) -> None:
    """Say what of each item was up for objections then, as `with_announcement` does of today."""
    of = _of(items)
    for item in items:
        item.announced = None
    ended = Entry.objects.filter(about=OuterRef("pk"), written_at__lt=end)
    put_up = Entry.objects.public().filter(item__in=of, verb=Verb.PUT_UP, written_at__lt=end)
    for key, facts in put_up.filter(~Exists(ended)).order_by("pk").values_list("item", "facts"):
        of[key].announced = facts


def _appoint_as_then(item_list: ItemList, items: list[Item], on: date, end: datetime) -> None:
    """Take back, in memory, who was appointed since for that day or an earlier one."""
    posts = {post.pk: post for item in items for post in (item.owner_post, item.supervisor_post)}
    since = Entry.objects.filter(list__committee=item_list.committee_id, verb=Verb.APPOINT)
    since = since.filter(written_at__gte=end, happened_on__lte=on).select_related("words")
    acts = {}  # an appointment writes an entry on each item of the post
    for entry in since.order_by("-pk"):
        post = posts.get(entry.snapshot.get(f"{entry.facts['duty']}_post_id"))
        if post:
            acts.setdefault((post.pk, entry.written_at), (post, entry))
    for post, entry in acts.values():
        holdings = post.known_holdings
        before, after = (_was_held(entry, name) for name in (entry.words.old, entry.words.new))
        came = [row for row in holdings if row.since == entry.happened_on]
        if came and after:
            holdings.remove(came[-1])
        went = [row for row in holdings if row.until == entry.happened_on]
        if went and before:
            went[-1].until = None


def _was_held(entry: Entry, name: str) -> bool:
    """Tell whether an appointment's entry names somebody, or did until that was erased."""
    return bool(name or entry.words.erased_on)
