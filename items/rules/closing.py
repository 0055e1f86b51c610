"""What a list may not be closed over: what still waits in it, and what is still open."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items.models import Entry, ItemList, Photo, Review
from items.states import NOT_DONE, ListStatus, Status, settled_from
from items.words import day

# What may wait on an item, in the order in which it is said: a verb, or a word of ours.
KINDS = ("ask_extension", "enter_for_owner", "put_up", "photo", "set_task", "hold", "review")
TASK = "set_task"  # finished in any status


class Wait(str):
    """A sentence about what waits on an item, or that it is open, with the item's number."""

    kind: str  # one of KINDS, or "open"
    number: int
    what: str  # without the number

    def __new__(cls, kind: str, number: int, sentence: str) -> Self:
        wait = super().__new__(
            cls, _("No. %(number)s: %(gap)s") % {"number": number, "gap": sentence}
        )
        wait.kind, wait.number, wait.what = kind, number, sentence
        return wait


def waits(item_list: ItemList, today: date) -> list[Wait]:
    """Return all that has to be settled before a list is closed, in the order of the numbers."""
    found = [*_requests(item_list), *_photos(item_list), *_holds(item_list, today)]
    found += _reviews(item_list)
    return sorted(found, key=lambda wait: (wait.number, KINDS.index(wait.kind)))


def left_open(item_list: ItemList, but: Collection[int | None] = ()) -> list[Wait]:
    """Return the items that a list leaves open and its closing would strand, `but` these keys."""
    items = item_list.items.not_done().order_by("number").values_list("pk", "number")
    numbers = [number for pk, number in items if pk not in but]
    sentence = _("it is still open. Carry it over, or withdraw it and say why.")
    return [Wait("open", number, sentence) for number in numbers]


def goes_on_with(item_list: ItemList) -> ItemList | None:
    """Return the running list from which items go over into a draft: they change together."""
    carried = item_list.items.filter(status=Status.DRAFT).exclude(carried_from=None)
    first = carried.select_related("carried_from__list__committee").first()
    return first.carried_from.list if first and first.carried_from else None


class LeftBehind(str):
    """A sentence about a list that goes on beside a newer one, which knows its address."""

    slug: str

    def __new__(cls, item_list: ItemList, count: int) -> Self:
        sentence = ngettext(
            "“%(list)s” still runs, and %(n)s item in it isn’t done. Take it over first, by the"
            " change of year, or it stays in that list.",
            "“%(list)s” still runs, and %(n)s items in it aren’t done. Take them over first, by the"
            " change of year, or they stay in that list.",
            count,
        )
        left = super().__new__(cls, sentence % {"list": item_list, "n": count})
        left.slug = item_list.slug
        return left


def left_behind(item_list: ItemList, closing: ItemList | None = None) -> list[LeftBehind]:
    """Return the older lists of the committee that the publication of this one would leave running.

    `closing` is the one that is closed in the same moment, where there is one.
    """
    older = ItemList.objects.filter(committee=item_list.committee_id, year__lt=item_list.year)
    older = older.filter(status=ListStatus.PUBLISHED).exclude(pk=closing.pk if closing else 0)
    not_done = Count("items", filter=Q(items__status__in=NOT_DONE))
    rows = older.annotate(not_done=not_done).filter(not_done__gt=0).order_by("year", "pk")
    return [LeftBehind(row, row.not_done) for row in rows]


def _requests(item_list: ItemList) -> list[Wait]:
    can_end = Q(verb=TASK)
    for verb in ("ask_extension", "enter_for_owner", "put_up"):
        can_end |= Q(verb=verb, item__status__in=settled_from(verb))
    rows = Entry.objects.filter(can_end, item__list=item_list).waiting().order_by()
    counted = rows.values_list("item__number", "verb").annotate(count=Count("pk"))
    return [Wait(verb, number, _request(verb, count)) for number, verb, count in counted]


def _request(verb: str, count: int) -> str:
    if verb == "ask_extension":
        return _("a request for more time waits for the decision.")
    if verb == "enter_for_owner":
        return _("progress entered for the owner waits to be released.")
    if verb == "put_up":
        return _("it is up for objections; wait for the end, or take it down.")
    return ngettext(
        "%(n)s task from a meeting is open.", "%(n)s tasks from meetings are open.", count
    ) % {"n": count}


def _photos(item_list: ItemList) -> list[Wait]:
    rows = Photo.objects.filter(item__list=item_list, state=Photo.State.WAITING).order_by()
    counted = rows.values_list("item__number").annotate(count=Count("pk"))
    return [Wait("photo", number, _photo(count)) for number, count in counted]


def _photo(count: int) -> str:
    return ngettext(
        "%(n)s photo waits to be released.", "%(n)s photos wait to be released.", count
    ) % {"n": count}


def _reviews(item_list: ItemList) -> list[Wait]:
    rows = Review.objects.open().filter(item__list=item_list).order_by()
    sentence = _("its review waits for the public answer.")
    numbers = rows.values_list("item__number", flat=True)
    return [Wait("review", number, sentence) for number in numbers]


def _holds(item_list: ItemList, today: date) -> list[Wait]:
    no_day = Q(hold_review_on=None) | Q(hold_review_on__lt=today)
    held = item_list.items.filter(no_day, status=Status.ON_HOLD)
    rows = held.values_list("number", "hold_review_on")
    return [Wait("hold", number, _hold(review_on)) for number, review_on in rows]


def _hold(review_on: date | None) -> str:
    if review_on is None:
        return _("it is on hold, and no day is set on which it is looked at again.")
    return _(
        "it is on hold, and its day of review, %(day)s, has passed. Let it go on, or set another."
    ) % {"day": day(review_on)}
