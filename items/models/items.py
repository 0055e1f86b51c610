"""Which items: the filters of the desk and the pages, each reading as English."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, StrIndex
from django.db.models.lookups import GreaterThan

from items.errors import OutsideTheLedger
from items.models import duty
from items.models.organisation import Committee
from items.models.person import Person, Role
from items.models.post import Holding
from items.models.tie import joined_by, read_by
from items.search import whole
from items.states import NOT_DONE, OPEN, ListStatus, Status, Verb


def is_overdue(today: date | F) -> Q:
    """Return the condition that an item isn't done and its deadline has passed."""
    passed = Q(put_right_by=None, due__lt=today) | Q(put_right_by__lt=today)
    return Q(status__in=NOT_DONE) & passed


# A sign-off that is up for objections stays an item's last news until it ends.
WAITS_FOR_CHECK = Q(status=Status.PENDING_CHECK) & ~Q(
    last_news__verb=Verb.PUT_UP, last_news__facts__verb=Verb.SIGN_OFF.value
)
IS_DONE_LATE = Q(status=Status.RESOLVED) & (
    Q(put_right_by=None, done_on__gt=F("due")) | Q(done_on__gt=F("put_right_by"))
)
DEADLINE = Coalesce("put_right_by", "due")  # from which lateness counts, as Item.deadline does


def says(word: str) -> Q:
    """Return the condition that an item's own words contain the folded word, sign by sign."""
    # To LIKE, % and _ would be no signs.
    return Q(GreaterThan(StrIndex("search_text", Value(word)), 0))


def says_whole(word: str) -> Q:
    """Return the condition that an item's own words contain the folded Latin word as a word."""
    # The expression looks only at what the cheap search has left.
    return says(word) & Q(search_text__regex=whole(word))


class ItemQuerySet(models.QuerySet):
    def of_matter(self, origin: int) -> Self:
        """Return the items that are one matter, year after year, by the key of the first."""
        return self.filter(Q(pk=origin) | Q(origin=origin))

    # Where they stand

    def published(self) -> Self:
        return self.exclude(status=Status.DRAFT)

    # What is published changes only by the actions; the database's guards (items.guards) stand
    # behind these, which say so to whoever writes the code.

    def update(self, **columns: Any) -> int:
        """Change drafts; raise `OutsideTheLedger` when one of the items is published."""
        self._refuse_published(self.published())
        return super().update(**columns)

    update.alters_data = True

    def bulk_create(self, items, *args, **kwargs):
        """Create drafts; raise `OutsideTheLedger` for a published item."""
        items = tuple(items)
        self._refuse_published(_published_among(items))
        return super().bulk_create(items, *args, **kwargs)

    def bulk_update(self, items, *args, **kwargs):
        """Change drafts; raise `OutsideTheLedger` for a published item."""
        items = tuple(items)
        self._refuse_published(_published_among(items))
        return super().bulk_update(items, *args, **kwargs)

    bulk_update.alters_data = True

    @staticmethod
    def _refuse_published(published):
        for item in published[:1]:
            raise OutsideTheLedger(f"No. {item}")

    def locked(self) -> list:
        """Lock these items, always in the same order, so that no two acts wait for each other."""
        rows = self.select_for_update(of=("self",), no_key=True)
        return list(rows.order_by("list_id", "number"))

    def running(self) -> Self:
        """Return the published items of published lists that aren't closed."""
        return self.published().filter(list__status=ListStatus.PUBLISHED)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def not_done(self) -> Self:
        """Return the items that still have to be done: open or on hold."""
        return self.filter(status__in=NOT_DONE)

    def overdue(self, today: date):
        return self.filter(is_overdue(today))

    def counted(self, today: date | F):
        """Return for each list and status how many items there are, and how many are overdue.

        `today` is a day, or the column that holds each list's.
        """
        late = Count("pk", filter=is_overdue(today))
        return self.order_by().values_list("list", "status").annotate(count=Count("pk"), late=late)

    def with_late_part(self, today: date) -> Self:
        """Return the items that aren't done, with a part that should be."""
        return self.not_done().with_next_part().filter(next_part_due__lt=today)

    def with_next_part(self) -> Self:
        """Add `next_part_due`: the first deadline among their parts that aren't done, if any."""
        parts = self.model.parts.rel.related_model.objects.order_by("due")
        next_one = parts.filter(item=OuterRef("pk"), done_on=None, due__isnull=False)
        return self.annotate(next_part_due=Subquery(next_one.values("due")[:1]))

    def with_announcement(self) -> Self:
        """Add `announced`: the facts of what of each is up for objections; None where nothing is.

        Reports go on being an item's last news meanwhile, so that this doesn't say it.
        """
        up = self._entries().filter(item=OuterRef("pk"), verb=Verb.PUT_UP).waiting().order_by("-pk")
        return self.annotate(announced=Subquery(up.values("facts")[:1]))

    def done_late(self) -> Self:
        """Return the resolved items that were done after their deadline."""
        return self.filter(IS_DONE_LATE)

    def stale(self, today: date):
        """Return the open items without news for longer than their committee allows."""
        spans = Committee.objects.without_tree_fields().order_by()
        silent = Q(pk__in=[])
        for span in spans.values_list("stale_after_days", flat=True).distinct():
            since = today - timedelta(days=span)
            silent |= Q(list__committee__stale_after_days=span, last_news__happened_on__lt=since)
        return self.open().filter(silent)

    def sent_back(self) -> Self:
        """Return the items that were sent back or reopened, and not worked on since."""
        steps = self._entries().filter(verb__in=[*WORK, *RETURNS]).order_by("-pk").values("verb")
        before = steps.filter(item=OuterRef("carried_from"))  # where it stood a year ago
        here = steps.filter(item=OuterRef("pk"))
        last = Coalesce(Subquery(here[:1]), Subquery(before[:1]))
        return self.filter(status=Status.IN_PROGRESS).annotate(step=last).filter(step__in=RETURNS)

    def next_number(self) -> int:
        return (self.aggregate(last=Max("number"))["last"] or 0) + 1

    # Whose they are

    def acted_for_by(self, person: Person, today: date):
        """Return the items on which `person` does the owner's work today."""
        return self.filter(pk__in=duty.acted_for(self, person, today))

    def carried_by(self, person: Person):
        """Return those whose handlers, units' or union's people include `person`."""
        return self.filter(duty.carries(self, person))

    def reported_by(self, person: Person):
        """Return the items on which `person` ever acted for the owner's side."""
        return self.filter(duty.reported(self, person))

    def spoken_for_by(self, person: Person, today: date):
        """Return those whose owner's work `person` does, or as whose owner they ever did anything.

        Whoever only entered something for the owner, as the office, didn't.
        """
        acted = Q(pk__in=duty.acted_for(self, person, today))
        return self.filter(acted | Q(duty.spoke(self, person)))

    def with_spoke(self, person: Person):
        """Add `spoke`: whether `person` did something as the owner, not as the office for it."""
        return self.annotate(spoke=duty.spoke(self, person))

    def released_by(self, person: Person, today: date):
        """Return those of the committees for which `person` releases: as office, or by a post."""
        mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
        posts = duty.posts_of(person, today)
        by_post = Committee.objects.without_tree_fields().filter(releasing_post__in=posts)
        return self.filter(
            Q(list__committee__in=mine) | Q(list__committee__in=by_post.order_by().values("pk"))
        )

    def supervised_by(self, person: Person, today: date):
        return self.filter(supervisor_post__in=duty.posts_of(person, today))

    def free_for(self, person: Person, today: date) -> Self:
        """Return those that are neither `person`'s to do or to check, nor were signed by them."""
        checked = Q(supervisor_post__in=duty.posts_of(person, today))
        signed = self._entries().filter(verb="sign_off", by=person).order_by().values("item")
        rows = self.exclude(pk__in=duty.acted_for(self, person, today)).exclude(checked)
        return rows.exclude(duty.reported(self, person)).exclude(pk__in=signed)

    def of_office(self, person: Person):
        """Return the items of the committees of whose office `person` is."""
        mine = Role.objects.filter(person=person, kind=Role.Kind.OFFICE)
        return self.filter(list__committee__in=mine.values("committee"))

    def checked_by_their_own(self, today: date):
        """Return the items whose supervisor, `checker`, is on their owner's side (rule 2)."""
        holder = Holding.objects.on(today).filter(post=OuterRef("supervisor_post"))
        items = self.annotate(
            checker=Subquery(holder.order_by("-since", "-pk").values("person")[:1])
        )
        checker = OuterRef("checker")
        same = duty.acts_for_owner(items, checker, today) | duty.reported(items, checker)
        return items.filter(same, checker__isnull=False)

    def visible_to(self, person: Person, today: date):
        """Return what `person` may read on the desk; drafts only as office or auditor."""
        return self.tied_to(person.pk, today) if person.is_active else self.none()

    def tied_to(self, person: int, today: date):
        """Return what the active person of this key may read on the desk."""
        joined = joined_by(person, "list__committee", today)
        shown = ~Q(status=Status.DRAFT) & ~Q(list__status=ListStatus.DRAFT)
        return self.filter(read_by(person, "list__committee") | (joined & shown))

    # What was asked and seen

    def with_review(self, reviews: models.QuerySet) -> Self:
        """Return the items that have one of these open reviews; `review_due` is its day."""
        due = reviews.filter(item=OuterRef("pk")).order_by().values("due")
        return self.annotate(review_due=Subquery(due)).exclude(review_due=None)

    def waiting_for(self, answer_to: str):
        """Return the items with an entry of this verb that nobody has answered yet."""
        entries = self._entries().filter(verb=answer_to).waiting()
        return self.filter(pk__in=entries.order_by().values("item"))

    def to_check(self):
        """Return what waits for its check: not what is signed off and still up for objections."""
        return self.filter(WAITS_FOR_CHECK)

    def announced_before(self, today: date):
        """Return those of which something is up for objections whose days are over."""
        up = self._entries().filter(verb=Verb.PUT_UP).waiting()
        up = up.annotate(until=Cast(KT("facts__until"), models.CharField()))
        up = up.filter(until__lt=today.isoformat())
        return self.filter(pk__in=up.order_by().values("item"))

    def with_last_visit(self):
        """Add `visited_on`: when the supervisor's side last looked, else the publication."""
        visits = self._entries().filter(verb__in=VISITS, role="supervisor")
        last = visits.order_by("-happened_on").values("happened_on")
        here = last.filter(item=OuterRef("pk"))
        before = last.filter(item=OuterRef("carried_from"))  # a year ago
        first = ("carried_from__published_on", "published_on")
        visited_on = Coalesce(Subquery(here[:1]), Subquery(before[:1]), *first)
        return self.annotate(visited_on=visited_on)

    def with_tasks_for(self, person: Person, today: date):
        """Return the items with an open task for `person`; `by_when` is the first of its days."""
        return self._asked_by(self._entries().tasks().falling_to(person, today))

    def with_urgings_for(self, person: Person, today: date):
        """Return the items with an open urging of `person`; `by_when` is the first of its days."""
        return self._asked_by(self._entries().urgings().falling_to(person, today))

    def _asked_by(self, entries):
        by_when = entries.filter(item=OuterRef("pk")).annotate(day=KT("facts__by_when"))
        first = by_when.order_by("day").values("day")[:1]
        asked = self.filter(pk__in=entries.order_by().values("item"))
        return asked.annotate(by_when=Subquery(first))

    def _entries(self):
        return self.model.entries.rel.related_model.objects.all()


def _published_among(items):
    return [item for item in items if item.status != Status.DRAFT]


WORK = ["start", "report_progress", "release", "deliver", "hold_occasion", "claim"]
RETURNS = ["send_back", "reopen", "bring_back"]
VISITS = ["sign_off", "send_back", "log_visit"]
