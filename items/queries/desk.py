"""My desk: what waits for one person, each queue with its count and its beginning."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q, QuerySet, Window

from items import staff
from items.models import (
    Coaching,
    Holding,
    Item,
    ItemList,
    LookBack,
    Notice,
    Person,
    Review,
    Role,
)
from items.queries.appeals import count_appeals
from items.queries.bulletins import waits_for_yes
from items.queries.confirmations import count_to_confirm
from items.queries.lines import lines
from items.queries.photo_tray import photos_to_release
from items.queries.proposal_desk import proposals_of_office
from items.queries.queues import LOOKER, OFFICE, OWNER, QUEUES, RELEASER, REVIEWER, SUPERVISOR
from items.queries.suggestion_desk import suggestions_to_answer
from items.rules.gaps import gaps_of_published
from items.states import WORKING, ListStatus
from items.words import Words

FIRST = 8  # lines of each queue on My desk
PAGE = 100  # lines of a queue's own page
PHOTOS = 12  # of those that wait, on My desk
NOTICES = 20
ANSWERS_URGING = {"owner": "report_progress", "supervisor": "log_visit"}


def desk(person: Person, today: date, *, first: int = FIRST, newest: int = NOTICES) -> staff.Desk:
    """Return what waits for a person, in queues by urgency; nothing for a closed account."""
    sides = sides_of(person, today)
    keys = [key for key, queue in QUEUES.items() if queue.sides & sides]
    if RELEASER in sides:  # it is what they are asked for
        keys.sort(key=lambda key: key != "releases")
    begun = {key: _slice(key, person, today, 0, first) for key in keys}
    known = _with_acts(begun, lines(_all(begun), person, today))
    notices, unseen = _notices(person, today, newest)
    return staff.Desk(
        sides=sides,
        queues=tuple(_each_once(begun, known)),
        gaps=gaps_of_office(person, today) if OFFICE in sides else (),
        notices=notices,
        unseen=unseen,
        to_answer=suggestions_to_answer(person, today) if OFFICE in sides else None,
        coached=_coached(person, today) if REVIEWER in sides else None,
        appeals=count_appeals(person, today) if REVIEWER in sides else None,
        to_confirm=count_to_confirm(person, today) if SUPERVISOR in sides else None,
        months=_months(person, today) if OWNER in sides else (),
        posts=() if sides else _posts_of(person, today),
        as_of=today,
        photos=_photos(begun, person, today),
        bulletins=waits_for_yes(person, today) if sides & {OFFICE, RELEASER} else (),
        proposals=proposals_of_office(person, today) if OFFICE in sides else (),
    )


def _all(begun: dict[str, tuple[list[int], int]]) -> list[int]:
    return [pk for pks, _count in begun.values() for pk in pks]


def _with_acts(begun, known: dict[int, staff.Line]) -> dict[int, staff.Line]:
    """Return the lines, each with the verbs of all the queues in which it stands."""
    acts = defaultdict(dict)
    for key, (pks, _count) in begun.items():
        for pk in pks:
            acts[pk] |= dict.fromkeys(_acts_of(key, known[pk]))
    return {pk: replace(line, acts=tuple(acts[pk])) for pk, line in known.items()}


def _acts_of(key: str, line: staff.Line) -> Iterable[str]:
    """Return the verbs that answer what waits in a queue: an urging, whoever it names."""
    if key == "urged":
        return [ANSWERS_URGING[urging.who] for urging in line.urgings if urging.mine]
    return QUEUES[key].acts


def _each_once(begun, known: dict[int, staff.Line]) -> Iterator[staff.Queue]:
    """Yield the queues; an item stands in the first in which it waits, and is named in the others.

    Photos stand in a tray of their own, whatever else waits for their item.
    """
    seen = set()
    for key, (pks, count) in begun.items():
        queue = QUEUES[key]
        here = [pk for pk in pks if pk not in seen or key == "photos"]
        yield staff.Queue(
            key=key,
            label=str(queue.label),
            count=count,
            lines=tuple(known[pk] for pk in here),
            above=tuple(known[pk] for pk in pks if pk not in here),
            theirs=queue.theirs,
            for_chat=queue.for_chat,
        )
        if key != "photos":
            seen.update(here)


def _photos(begun, person: Person, today: date) -> tuple[staff.PhotoToRelease, ...]:
    _items, count = begun.get("photos", ((), 0))
    return photos_to_release(person, today, PHOTOS) if count else ()


def _months(person: Person, today: date) -> tuple[tuple[str, Words], ...]:
    """Return the running lists in which a person does the owner's work on several open items."""
    own = Item.objects.running().filter(status__in=WORKING).acted_for_by(person, today)
    several = own.order_by().values("list").annotate(n=Count("pk")).filter(n__gt=1)
    lists = ItemList.objects.filter(pk__in=several.values("list")).order_by("-year", "pk")
    return tuple((item_list.slug, item_list.words) for item_list in lists)


def _posts_of(person: Person, today: date) -> tuple[Words, ...]:
    """Return the posts that a person holds today: with none, nothing can be theirs to do."""
    held = person.holdings.on(today).select_related("post").order_by("post__name")
    return tuple(holding.post.words for holding in held)


def sides_of(person: Person, today: date) -> frozenset[str]:
    """Return on which sides a person has something to do: "owner", "supervisor", …"""
    if not person.is_active:
        return frozenset()
    items = Item.objects.running()
    asked = {
        OWNER: items.acted_for_by(person, today),
        SUPERVISOR: items.supervised_by(person, today),
        OFFICE: Role.objects.filter(person=person, kind=Role.Kind.OFFICE),
        LOOKER: LookBack.objects.waiting().of(person, today),
        RELEASER: person.holdings.on(today).filter(post__releasing_for__isnull=False),
        REVIEWER: _reviewing(person, today),
    }
    return frozenset(side for side, rows in asked.items() if rows.exists())


def _coached(person: Person, today: date) -> int:
    return Coaching.objects.read_by(person, today).exclude(words="").count()


def reviews_at_all(person: Person, today: date) -> bool:
    """Tell whether a person holds a post that reviews."""
    return person.is_active and _reviewing(person, today).exists()


def _reviewing(person: Person, today: date) -> QuerySet[Holding]:
    """Return by which posts a person reviews: named for that, or by their turn."""
    named = Q(post__reviewing_for__isnull=False) | Q(post__second_reviewing_for__isnull=False)
    turn = Q(post__in=Review.objects.open().values("post"))
    return person.holdings.on(today).filter(named | turn)


def queue(
    key: str, person: Person, today: date, *, page: int = 1, size: int = PAGE
) -> staff.Queue | None:
    """Return one page of a queue; None when there is no such queue for this person."""
    known = QUEUES.get(key)
    if known is None or not known.sides & sides_of(person, today):
        return None
    start = (max(page, 1) - 1) * size
    pks, count = _slice(key, person, today, start, start + size)
    if not pks and page > 1:  # past the end, where no row tells the count
        return queue(key, person, today, size=size)
    shown = _with_acts({key: (pks, count)}, lines(pks, person, today))
    return staff.Queue(
        key=key,
        label=str(known.label),
        count=count,
        lines=tuple(shown[pk] for pk in pks),
        theirs=known.theirs,
        for_chat=known.for_chat,
        page=max(page, 1),
        pages=max(1, -(-count // size)),
    )


def _slice(key, person, today, start, stop):
    return first_and_count(QUEUES[key].items(person, today), start, stop)


def first_and_count(rows, start: int, stop: int) -> tuple[list[int], int]:
    """Return the keys of a stretch of the rows, and how many there are, in one question."""
    rows = rows.annotate(count=Window(Count("*"))).values_list("pk", "count")
    stretch = list(rows[start:stop])
    return [pk for pk, _count in stretch], stretch[0][1] if stretch else 0


def gaps_of_office(person: Person, today: date) -> tuple[staff.Gaps, ...]:
    """Return what rules 1 and 2 find missing in the running lists of a person's office."""
    mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
    running = ItemList.objects.filter(committee__in=mine, status=ListStatus.PUBLISHED)
    lists = list(running.select_related("committee").order_by("committee__name", "-year", "pk"))
    gaps = gaps_of_published(lists, today)
    return tuple(
        staff.Gaps(item_list.slug, item_list.words, tuple(gaps[item_list.pk]))
        for item_list in lists
        if gaps[item_list.pk]
    )


def _notices(person, today, newest):
    """Return the newest unseen notices that a person may still read; how many there are."""
    readable = Item.objects.visible_to(person, today)
    unseen = Notice.objects.unseen().filter(person=person, entry__item__in=readable)
    pks, count = first_and_count(unseen.order_by("-entry_id"), 0, newest)
    notices = Notice.objects.filter(pk__in=pks).order_by("-entry_id")
    notices = notices.select_related("entry__words", "entry__about__words", "entry__item__list")
    return tuple(_notice(notice, person) for notice in notices), count


def _notice(notice, person):
    item = notice.entry.item
    notice.entry.answered, notice.entry.along = False, 0
    return staff.Notice(
        pk=notice.pk,
        entry=staff.entry(notice.entry, person),
        list_slug=item.list.slug,
        number=item.number,
        title=item.title_words,
    )
