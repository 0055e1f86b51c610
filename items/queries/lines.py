"""Items as lines of the desk, with the entries that have to be known to decide on them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from items import staff
from items.models import Entry, Item, Part, Person
from items.models.ledger import is_urging
from items.queries.review import open_reviews
from items.queries.rows import in_rows, read
from items.states import Verb

# The entries that a line shows
ON_A_LINE = [Verb.ASK_EXTENSION, Verb.ENTER_FOR_OWNER, Verb.CLAIM, Verb.SEND_BACK, Verb.REOPEN]
ON_A_LINE += [Verb.BRING_BACK, Verb.SET_TASK, Verb.URGE]
ASKS = (Verb.SET_TASK, Verb.URGE)  # somebody in particular, by a day


def lines(
    keys: Iterable[int], person: Person | None, today: date, now: date | None = None
) -> dict[int, staff.Line]:
    """Return the published items with these keys as lines, for `person` to look at.

    `now` is the day for open reviews, where `today` is the last one of a closed list.
    """
    keys = list(keys)
    items = in_rows(Item.objects.filter(pk__in=keys)).select_related("list__committee")
    items = read(items) if keys else []
    parts = Part.objects.filter(item__in=keys, done_on=None).select_related("unit")
    by_item, parts_of, mine = defaultdict(list), defaultdict(list), _asked_of(person, keys, today)
    goes_on_as = _goes_on_as(items)
    entries = Entry.objects.filter(item__in=[*keys, *goes_on_as], verb__in=ON_A_LINE)
    for entry in with_answers(entries).order_by("pk"):
        by_item[goes_on_as.get(entry.item_id, entry.item_id)].append(entry)
    for part in parts:
        parts_of[part.item_id].append(part)
    reviews = open_reviews(keys, now or today)
    return {
        item.pk: staff.line(
            item,
            by_item[item.pk],
            parts_of[item.pk],
            person,
            mine,
            today,
            reviews.get(item.pk),
        )
        for item in items
    }


def _goes_on_as(items: list[Item]) -> dict[int, int]:
    """Return which of the items goes on with an earlier one, by the key of the earlier one."""
    here = {item.origin_id: item.pk for item in items if item.origin_id}
    if not here:
        return {}
    rows = Item.objects.filter(Q(pk__in=here) | Q(origin__in=here)).exclude(pk__in=here.values())
    rows = rows.published().values_list("pk", "origin_id").order_by()
    return {pk: here[origin or pk] for pk, origin in rows if pk < here[origin or pk]}


def with_answers(entries):
    """Return the entries in order with their words, each knowing whether it was `answered`.

    An urging is, once it is over. And how many photos came `along`, whether the public sees them
    or not.
    """
    answers = Entry.objects.filter(about=OuterRef("pk")).order_by()
    photos = answers.filter(verb=Verb.ADD_PHOTO).values("about").annotate(count=Count("pk"))
    answered = Case(
        When(is_urging(), verb=Verb.URGE, then=Value(False)),
        When(verb=Verb.URGE, then=Value(True)),
        default=Exists(answers.answers()),
        output_field=BooleanField(),
    )
    entries = entries.annotate(answered=answered, along=Subquery(photos.values("count")))
    return entries.select_related("words", "about__words").order_by("list_id", "seq")


def _asked_of(person, keys, today):
    """Return the keys of the tasks and urgings, open or not, that a person is to answer."""
    if person is None:
        return set()
    asked = Entry.objects.filter(item__in=keys, verb__in=ASKS)
    return set(asked.falling_to(person, today).order_by().values_list("pk", flat=True))


def is_reported(item: Item) -> bool:
    """Tell whether anything was reported on an item, here or on an earlier list."""
    reports = Entry.objects.filter(verb__in=[Verb.REPORT_PROGRESS, Verb.RELEASE])
    return reports.filter(item__in=item.story()).exists()


def latest(item: Item, verb: str, person: Person | None) -> staff.Entry | None:
    """Return the latest entry of this verb on an item, as `person` reads it."""
    entries = Entry.objects.filter(item__in=item.story(), verb=verb)
    return staff.entry(with_answers(entries).order_by("pk").last(), person)
