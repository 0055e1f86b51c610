"""The queues of My desk: which items wait for whom, the most urgent first.

Each is a queryset, so that it can be counted and sliced however long it is. All of them are about
published lists that aren't closed, but for what is looked back at or reviewed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models import Item, LookBack, Person, Photo, Review
from items.models.items import DEADLINE, ItemQuerySet
from items.states import ListStatus, Status

VISIT_AFTER_DAYS = 30
OWNER, SUPERVISOR, OFFICE = "owner", "supervisor", "office"
RELEASER, REVIEWER, LOOKER = "releaser", "reviewer", "looker"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue: what it is called, whose it is, and what waits in it for one person."""

    label: str
    sides: frozenset[str]  # of those above
    items: Callable[[Person, date], ItemQuerySet]
    acts: tuple[str, ...] = ()  # the verbs that answer it, the due one first
    theirs: bool = False  # somebody else has to act; this person sees to it
    for_chat: bool = False  # who owes what: a text for a chat group can be made of it


def _running(*order):
    return Item.objects.running().order_by(*order, "list_id", "number")


def tasks(person: Person, today: date) -> ItemQuerySet:
    items = _running().with_tasks_for(person, today)
    return items.order_by("by_when", "list_id", "number")


def urged(person: Person, today: date) -> ItemQuerySet:
    items = _running().with_urgings_for(person, today)
    return items.order_by("by_when", "list_id", "number")


def returned(person: Person, today: date) -> ItemQuerySet:
    return _running(DEADLINE).sent_back().acted_for_by(person, today)


def mine(person: Person, today: date) -> ItemQuerySet:
    """Return what isn't done; what was sent back waits in a queue of its own."""
    items = _running(DEADLINE).not_done().acted_for_by(person, today)
    return items.exclude(pk__in=Item.objects.sent_back().order_by().values("pk"))


def to_check(person: Person, today: date) -> ItemQuerySet:
    return _running("claimed_on").to_check().supervised_by(person, today)


def unvisited(person: Person, today: date) -> ItemQuerySet:
    since = today - timedelta(days=VISIT_AFTER_DAYS)
    items = _running().open().supervised_by(person, today).with_last_visit()
    return items.filter(visited_on__lt=since).order_by("visited_on", "list_id", "number")


def extensions(person: Person, today: date) -> ItemQuerySet:
    return _running(DEADLINE).not_done().of_office(person).waiting_for("ask_extension")


def releases(person: Person, today: date) -> ItemQuerySet:
    items = _running(DEADLINE).released_by(person, today)
    return items.waiting_for("enter_for_owner")


def photos(person: Person, today: date) -> ItemQuerySet:
    shown = Item.objects.published().exclude(list__status=ListStatus.DRAFT)  # looked back at, too
    photos = Photo.objects.filter(state=Photo.State.WAITING).order_by()
    waiting = shown.of_office(person).filter(pk__in=photos.values("item"))
    return waiting.order_by(DEADLINE, "list_id", "number")


def look_backs(person: Person, today: date) -> ItemQuerySet:
    looks = LookBack.objects.waiting().of(person, today)
    first = looks.filter(item=OuterRef("pk")).order_by("by_when").values("by_when")[:1]
    items = Item.objects.filter(pk__in=looks.order_by().values("item"))
    return items.annotate(look_by=Subquery(first)).order_by("look_by", "list_id", "number")


def reviews(person: Person, today: date) -> ItemQuerySet:
    return _reviewed(Review.objects.held_by(person, today))


def late_reviews(person: Person, today: date) -> ItemQuerySet:
    return _reviewed(Review.objects.overdue(today)).of_office(person)


def _reviewed(reviews):
    items = Item.objects.published().with_review(reviews)  # of closed years, too
    return items.order_by("review_due", "list_id", "number")


def claims(person: Person, today: date) -> ItemQuerySet:
    return _running("claimed_on").to_check().of_office(person)


def announced(person: Person, today: date) -> ItemQuerySet:
    return _running(DEADLINE).of_office(person).announced_before(today)


def overdue(person: Person, today: date) -> ItemQuerySet:
    return _running(DEADLINE).of_office(person).overdue(today)


def holds(person: Person, today: date) -> ItemQuerySet:
    on_hold = _running("hold_review_on").filter(status=Status.ON_HOLD, hold_review_on__lte=today)
    return on_hold.of_office(person)


def stale(person: Person, today: date) -> ItemQuerySet:
    return _running("last_news__happened_on").of_office(person).stale(today)


QUEUES = {
    "reviews": Waiting(_("To review"), frozenset([REVIEWER]), reviews, ("review",)),
    "tasks": Waiting(
        _("Items with tasks from meetings"), frozenset([OWNER, SUPERVISOR, OFFICE]), tasks
    ),
    "urged": Waiting(
        pgettext_lazy("queue", "Urged, to be answered"),
        frozenset([OWNER, SUPERVISOR]),
        urged,
    ),
    "returned": Waiting(
        _("Sent back or reopened"),
        frozenset([OWNER]),
        returned,
        ("report_progress", "claim"),
        for_chat=True,
    ),
    "mine": Waiting(
        _("My items that aren’t done"),
        frozenset([OWNER]),
        mine,
        ("report_progress", "claim"),
        for_chat=True,
    ),
    "to_check": Waiting(
        _("To check"), frozenset([SUPERVISOR]), to_check, ("sign_off", "log_visit"), for_chat=True
    ),
    "unvisited": Waiting(
        _("Not visited for 30 days"), frozenset([SUPERVISOR]), unvisited, ("log_visit",)
    ),
    "look_backs": Waiting(_("To look back at"), frozenset([LOOKER]), look_backs, ("look_back",)),
    "extensions": Waiting(
        _("More time asked for"), frozenset([OFFICE]), extensions, ("decide_extension",)
    ),
    "releases": Waiting(
        _("To release"), frozenset([OFFICE, RELEASER]), releases, ("release", "refuse_entry")
    ),
    "photos": Waiting(_("Items with photos to release"), frozenset([OFFICE]), photos),
    "announced": Waiting(
        _("Objections to answer before it counts"), frozenset([OFFICE]), announced, ("take_down",)
    ),
    "holds": Waiting(_("On hold, to be reviewed"), frozenset([OFFICE]), holds, ("resume",)),
    "claims": Waiting(
        _("Claims that wait for the check"),
        frozenset([OFFICE]),
        claims,
        ("urge",),
        theirs=True,
        for_chat=True,
    ),
    "late_reviews": Waiting(
        _("Reviews past their day"), frozenset([OFFICE]), late_reviews, theirs=True
    ),
    "overdue": Waiting(
        pgettext_lazy("queue", "Overdue"),
        frozenset([OFFICE]),
        overdue,
        ("urge", "enter_for_owner"),
        theirs=True,
        for_chat=True,
    ),
    "stale": Waiting(
        _("Without news for long"),
        frozenset([OFFICE]),
        stale,
        ("urge", "enter_for_owner"),
        theirs=True,
        for_chat=True,
    ),
}
