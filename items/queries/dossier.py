"""The file of a matter, or of a list's matters: all that is known of them, in a fixed number of
questions however many they are.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from items import public, staff
from items.models import (
    Adoption,
    AssessmentRow,
    Chain,
    Entry,
    Item,
    ItemList,
    Person,
    Photo,
    Review,
    Suggestion,
    SuggestionEntry,
    VerdictCount,
    VerdictRound,
)
from items.models.ledger import START, mark_overturned
from items.photos import storage
from items.public.corrections import label_of
from items.queries.announcements import announcements_of, objections_to
from items.queries.desk_lists import figures, reads_inside
from items.queries.item_desk import JOINED, LINES
from items.queries.ledger_table import row_of
from items.queries.lines import with_answers
from items.queries.look_backs import looks_of
from items.queries.rows import in_rows, read
from items.queries.visits import visits_at_desk
from items.staff.dossier import (
    Dossier,
    FiledPhoto,
    FiledSuggestion,
    ItemDossier,
    Promised,
    filed_entry,
    filed_photo,
    filed_suggestion,
    first_said,
)
from items.states import Term, Verb
from items.words import Words, day

ERASED = gettext_lazy("(words erased)")
# What a volume of a list's file may weigh. A unit is 45 kB of memory while it is made, as measured
# (docs/decisions/1133); a volume then takes a third of what the print room has, and half of its
# time on a busy machine.
OF_ITEM, OF_PHOTO, OF_ENTRY, MOST = 70, 23, 1, 5_000


def item_dossier(item: Item, person: Person, today: date, *, inside: bool = False) -> Dossier:
    """Return the file of a published item as `person` may read it.

    `inside` asks also for what stays inside; to whoever may not read that it is left out.
    """
    return _dossier(item.list, [item.pk], person, today, inside=inside)


def list_dossier(
    item_list: ItemList, person: Person, today: date, *, inside: bool = False, volume: int = 1
) -> Dossier | None:
    """Return a volume of a published list's file; None where it has none of that number."""
    parts = volumes(item_list)
    if not 1 <= volume <= len(parts):
        return None
    keys = [pk for pk, _number in parts[volume - 1]]
    whole = {"volume": volume, "volumes": len(parts), "arithmetic": figures(item_list)}
    return _dossier(item_list, keys, person, today, inside=inside, **whole)


def volumes(item_list: ItemList) -> list[list[tuple[int, int]]]:
    """Return the keys and numbers of a published list's items, parted into the file's volumes."""
    items = item_list.items.published().order_by("number")
    counted = items.annotate(
        filed_entries=Count("entries", distinct=True), filed_photos=Count("photos", distinct=True)
    )
    parts: list[list[tuple[int, int]]] = [[]]
    weight = 0
    for pk, number, entries, photos in counted.values_list(
        "pk", "number", "filed_entries", "filed_photos"
    ):
        weighs = OF_ITEM + OF_PHOTO * photos + OF_ENTRY * entries
        if parts[-1] and weight + weighs > MOST:
            parts.append([])
            weight = 0
        parts[-1].append((pk, number))
        weight += weighs
    return parts


def _dossier(
    item_list: ItemList,
    keys: list[int],
    person: Person,
    today: date,
    *,
    inside: bool,
    arithmetic: public.Arithmetic | None = None,
    volume: int = 1,
    volumes: int = 1,
) -> Dossier:
    inside = inside and reads_inside(person, item_list)
    chain = Chain.objects.filter(list=item_list).first() or Chain(hash=START)
    last = Entry.objects.filter(list=item_list, seq=chain.seq).first()
    own = Entry.objects.filter(list=item_list, item=None) if arithmetic and volume == 1 else None
    rows = () if own is None else _readable(with_answers(own), inside=inside)
    return Dossier(
        head=public.head(item_list),
        arithmetic=arithmetic,
        entries=tuple(filed_entry(row, (), inside=inside) for row in rows),
        items=tuple(_item_dossiers(item_list, keys, person, today, inside=inside)),
        inside=inside,
        as_of=item_list.as_of(today),
        ledger_seq=chain.seq,
        ledger_hash=chain.hash,
        written_at=timezone.localtime(last.written_at if last else None),
        volume=volume,
        volumes=volumes,
    )


def _readable(entries: Iterable[Entry], *, inside: bool) -> list[Entry]:
    return [entry for entry in entries if inside or entry.public]


def _item_dossiers(
    item_list: ItemList, keys: list[int], person: Person, today: date, *, inside: bool
) -> Iterator[ItemDossier]:
    rows = in_rows(Item.objects.filter(pk__in=keys)).select_related(*JOINED)
    items = read(rows.prefetch_related(*LINES, "parts__unit"))
    entries = _by_item(with_answers(Entry.objects.filter(item__in=keys)).order_by("seq"))
    photos = _by_item(_photos(keys, inside=inside))
    looks, reviews, rounds = looks_of(keys, today), _reviews(keys), _rounds(keys)
    counts = list(VerdictCount.objects.filter(round__item__in=keys))
    judgements, told = _judgements(keys), _told(keys)
    suggestions = _suggestions(items, person, today, inside=inside)
    put_up = [e.pk for own in entries.values() for e in own if e.verb == Verb.PUT_UP]
    objections = objections_to(put_up, today) if put_up else []
    earlier, later = _earlier(items), _later(keys)
    visits = _visits(items, person, today)
    as_of, show_names = item_list.as_of(today), item_list.committee.show_names
    for item in items:
        item.list = item_list
        story = entries[item.pk]
        mark_overturned(story)
        shown = _readable(story, inside=inside)
        pictures = [
            row for row in photos[item.pk] if (inside and not item.hardship) or _is_public(row)
        ]
        judged = judgements[item.pk]
        row = row_of(item, story, today, judged[-1] if judged else None)
        promise = public.promise(
            item,
            item.measures.all(),
            item.unit_shares.all(),
            item.parts.all(),
            as_of,
            item.criteria.all(),
            list(reversed(story)),
        )
        seen = [picture for picture in pictures if _is_public(picture)]
        yield ItemDossier(
            row=public.row(item, as_of, show_names=True),
            hardship=item.hardship,
            promised=tuple(_promised(item, promise, story, as_of)),
            promise=promise,
            handlers=tuple(p.name for p in item.handlers.all()) if inside else (),
            cells=tuple(staff.ledger_cells(row, inside=inside)),
            earlier=tuple(map(public.carried, earlier[item.pk])),
            later=tuple(map(public.carried, later[item.pk])),
            entries=tuple(filed_entry(each, seen, inside=inside) for each in shown),
            visits=visits[item.pk],
            photos=tuple(_filed_photos(pictures, story)),
            rounds=tuple(public.verdict_round(each, counts, today) for each in rounds[item.pk])
            if not item.hardship
            else (),
            words=tuple(told[item.pk]),
            reviews=public.reviews(reviews[item.pk], show_names or inside, today)
            if not item.hardship
            else (),
            looks=looks.get(item.pk, ())[::-1],
            judgements=() if item.hardship else tuple(judged),
            announcements=announcements_of(
                [each for each in reversed(story) if each.public],
                item.list.committee.show_names,
                today,
                objections,
            )[::-1],
            suggestions=suggestions[item.pk],
        )


def _by_item(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    """Return rows by the key of their item, in their order."""
    found = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found


# The same matter on other lists


def _earlier(items: Iterable[Item]) -> defaultdict[int, list[Item]]:
    """Return by item those of earlier lists that it goes on with, the latest first."""
    going_on = [item for item in items if item.origin_id]
    origins = {item.origin_id for item in going_on}
    rows = Item.objects.filter(Q(pk__in=origins) | Q(origin__in=origins)) if origins else ()
    found: defaultdict[int, list[Item]] = defaultdict(list)
    known = sorted(rows.select_related("list"), key=lambda row: -row.pk) if origins else []
    for item in going_on:
        same = [row for row in known if item.origin_id in (row.pk, row.origin_id)]
        found[item.pk] = [row for row in same if row.pk < item.pk]
    return found


def _later(keys: Collection[int]) -> defaultdict[int, list[Item]]:
    """Return by item the published ones of later lists that go on with it."""
    rows = Item.objects.published().filter(carried_from__in=keys).select_related("list")
    found: defaultdict[int, list[Item]] = defaultdict(list)
    for row in rows.order_by("published_on", "pk"):
        if row.carried_from_id:
            found[row.carried_from_id].append(row)
    return found


# What was promised


def _promised(
    item: Item, promise: public.Promise, entries: list[Entry], as_of: date
) -> Iterator[Promised]:
    """Yield the columns of the promise, as they were first published and as they stand."""
    for field, label, now in _standing(item, promise, as_of):
        first = first_said(entries, field, now, ERASED)
        if first == now and field in LINES_SAID:  # entries hold both languages, readers have one
            first = now = _lines_said(promise, field)
        if field == "target_count" and first != now and item.count_unit:
            first = f"{first} {item.count_unit}"
        if field == "due" and first == now and item.first_due:
            first = day(item.first_due)
        if first or now:
            yield Promised(label, first, now)


def _standing(item: Item, promise: public.Promise, as_of: date) -> Iterator[tuple[str, str, str]]:
    """Yield each column of the promise as an entry calls it, its label, and what it says now."""
    english = (get_language() or "").startswith("en")

    def words(name: str, said: Words) -> tuple[str, str, str]:
        in_english = english and bool(said.en)
        return f"{name}_en" if in_english else name, label_of(name), _said(said)

    def posted(name: str, label: str) -> tuple[str, str, str]:
        return name, label, _said(item.list.called(getattr(item, name)))

    yield words("title", item.title_words)
    yield words("problem", promise.problem)
    yield "place", label_of("place"), _said(item.list.called(item.place))
    yield "category", label_of("category"), _said(promise.category)
    yield "measures", label_of("measures"), _lines(row.words for row in promise.measures)
    yield "criteria", label_of("criteria"), _lines(row.words for row in promise.criteria)
    target = f"{item.target_count} {item.count_unit}".strip() if item.target_count else ""
    yield "target_count", label_of("target_count"), target
    yield "term", label_of("term"), str(Term(item.term).label) if item.term else ""
    yield "start_by", label_of("start_by"), day(item.start_by) if item.start_by else ""
    yield "due", label_of("due"), day(item.due) if item.due else ""
    yield "due_words", label_of("due_words"), item.due_words
    yield posted("owner_post", label_of("owner_post"))
    yield posted("supervisor_post", label_of("supervisor_post"))
    units = [f"{_said(unit.name)} · {unit.role_label}" for unit in promise.units]
    yield "shares", label_of("shares"), "\n".join(units)


LINES_SAID = ("measures", "criteria")


def _lines_said(promise: public.Promise, field: str) -> str:
    return "\n".join(_said(row.words) for row in getattr(promise, field))


def _said(words: Words) -> str:
    return words.in_language(get_language() or "")[0]


def _lines(rows: Iterable[Words]) -> str:
    """Return lines as entries write them, in both languages."""
    return "\n".join(" / ".join(filter(None, [row.zh, row.en])) for row in rows)


# Photos


def _photos(keys: Collection[int], *, inside: bool) -> list[Photo]:
    rows = Photo.objects.filter(item__in=keys)
    rows = rows if inside else rows.public()
    return list(rows.select_related("spot", "entry").order_by("taken_on", "pk"))


def _is_public(row: Photo) -> bool:
    return row.state == Photo.State.PUBLIC


def _filed_photos(rows: Sequence[Photo], entries: Iterable[Entry]) -> Iterator[FiledPhoto]:
    released = {
        entry.about_id: entry.facts.get("picture", "")
        for entry in entries
        if entry.verb == Verb.RELEASE_PHOTO
    }
    for row in rows:
        large = storage.content(row.stem) if row.stem else None
        there = large is not None and storage.path(row.stem, small=True).exists()
        digest = hashlib.sha256(large).hexdigest() if there and large is not None else ""
        yield filed_photo(row, digest, released.get(row.entry_id, ""))


# What the workers say


def _rounds(keys: Collection[int]) -> defaultdict[int, list[VerdictRound]]:
    return _by_item(VerdictRound.objects.filter(item__in=keys).order_by("pk"))


def _told(keys: Collection[int]) -> defaultdict[int, list[public.ReleasedWords]]:
    """Return by item what workers wrote beside their answers, as far as it was released."""
    found: defaultdict[int, list[public.ReleasedWords]] = defaultdict(list)
    rows = Suggestion.objects.filter(about__in=keys).exclude(grade="").counted().shown()
    for row in rows.exclude(about__hardship=True).order_by("shown_on", "pk"):
        if row.about_id:
            found[row.about_id].append(public.released_words(row))
    return found


def _reviews(keys: Collection[int]) -> defaultdict[int, list[Review]]:
    rows = Review.objects.filter(item__in=keys).select_related("post", "entry__words")
    return _by_item(rows.order_by("pk"))


def _judgements(keys: Collection[int]) -> defaultdict[int, list[public.Judgement]]:
    rows = AssessmentRow.objects.filter(item__in=keys, assessment__issued_on__isnull=False)
    rows = rows.select_related("item", "assessment__list")
    found: defaultdict[int, list[public.Judgement]] = defaultdict(list)
    for row in rows.order_by("assessment__held_on", "assessment"):
        found[row.item_id].append(public.judgement(row))
    return found


# Suggestions, and leaders' visits


def _suggestions(
    items: Sequence[Item], person: Person, today: date, *, inside: bool
) -> defaultdict[int, tuple[FiledSuggestion, ...]]:
    """Return by item the suggestions that became it, or are about it, as `person` may read them.

    Of help for a family none: what was written may say whose. What stands elsewhere in the file,
    as an answered objection or as words beside a verdict, isn't there twice.
    """
    keys = [item.pk for item in items if not item.hardship]
    became: defaultdict[int, set[int]] = defaultdict(set)  # the items, by suggestion
    for suggestion, item in Adoption.objects.filter(item__in=keys).values_list(
        "suggestion", "item"
    ):
        became[suggestion].add(item)
    about = Q(pk__in=became) | Q(merged_into__in=became) | Q(about__in=keys)
    rows = Suggestion.objects.counted().filter(about)
    rows = rows.exclude(Q(shown_on__isnull=False) & (Q(objects_to__isnull=False) | ~Q(grade="")))
    rows = rows.visible_to(person, today) if inside else rows.roots().shown()
    rows = list(rows.order_by("received_on", "pk"))
    steps = defaultdict(list)
    if inside:
        roots = {row.merged_into_id or row.pk for row in rows}  # there the answer stands
        of_rows = SuggestionEntry.objects.filter(suggestion__in=roots, to_suggester=True)
        for step in of_rows.order_by("suggestion", "seq"):
            steps[step.suggestion_id].append(step)
    found: defaultdict[int, tuple[FiledSuggestion, ...]] = defaultdict(tuple)
    for row in rows:
        made = became.get(row.pk) or became.get(row.merged_into_id or "") or set()
        others = {row.about_id} & set(keys) - made
        for key in [*sorted(made), *others]:
            found[key] += (
                filed_suggestion(
                    row, steps[row.merged_into_id or row.pk], became=key in made, inside=inside
                ),
            )
    return found


def _visits(
    items: Sequence[Item], person: Person, today: date
) -> defaultdict[int, tuple[staff.SiteVisit, ...]]:
    """Return by item the leaders' visits to its place since it was published."""
    places = {item.place_id for item in items if item.place_id}
    found: defaultdict[int, tuple[staff.SiteVisit, ...]] = defaultdict(tuple)
    if not places:
        return found
    rows = visits_at_desk(person, today).filter(place__in=places).order_by("went_on", "pk")
    shown = [(row, staff.site_visit(row)) for row in rows]
    for item in items:
        until = item.list.as_of(today)
        if item.published_on and item.place_id:
            found[item.pk] = tuple(
                visit
                for row, visit in shown
                if row.place_id == item.place_id and item.published_on <= row.went_on <= until
            )
    return found
