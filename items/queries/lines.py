"""Items as lines of the desk, with the entries that have to be known to decide on them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery

from items import staff
from items.models import Entry, Item, Person, Photo
from items.queries.rows import in_rows, read
from items.states import Verb

# The entries that a line shows
ON_A_LINE = [Verb.ASK_EXTENSION, Verb.ENTER_FOR_OWNER, Verb.CLAIM, Verb.SEND_BACK, Verb.REOPEN]
ON_A_LINE += [Verb.SET_TASK]


def lines(keys: Iterable[int], person: Person | None, today: date) -> dict[int, staff.Line]:
    """Return the published items with these keys as lines, for `person` to look at."""
    keys = list(keys)
    photos = Photo.objects.filter(item=OuterRef("pk"), state=Photo.State.WAITING).order_by()
    counted = photos.values("item").annotate(count=Count("pk")).values("count")
    items = in_rows(Item.objects.filter(pk__in=keys)).select_related("list__committee")
    items = items.annotate(photos_waiting=Subquery(counted))
    items = read(items) if keys else []
    entries = with_answers(Entry.objects.filter(item__in=keys, verb__in=ON_A_LINE))
    by_item, mine = {}, _tasks_of(person, keys, today)
    for entry in entries:
        by_item.setdefault(entry.item_id, []).append(entry)
    return {
        item.pk: staff.line(item, by_item.get(item.pk, []), person, mine, today) for item in items
    }


def with_answers(entries):
    """Return the entries in order with their words, each knowing whether it was `answered`.

    And how many photos came `along`, whether the public sees them or not.
    """
    answers = Entry.objects.filter(about=OuterRef("pk")).order_by()
    photos = answers.filter(verb=Verb.ADD_PHOTO).values("about").annotate(count=Count("pk"))
    entries = entries.annotate(answered=Exists(answers), along=Subquery(photos.values("count")))
    return entries.select_related("words", "about__words").order_by("list_id", "seq")


def _tasks_of(person, keys, today):
    if person is None:
        return set()
    mine = Entry.objects.filter(item__in=keys).tasks_for(person, today)
    return set(mine.order_by().values_list("pk", flat=True))


def latest(item: Item, verb: str, person: Person | None) -> staff.Entry | None:
    """Return the latest entry of this verb on an item, as `person` reads it."""
    return staff.entry(with_answers(item.entries.filter(verb=verb)).last(), person)
