"""What workers suggest, and what became of it.

Nothing here leads back to a phone: a day instead of a time, random keys instead of numbers in
their order, a hash instead of the code, and who wrote it, if they said so, in a table of its own.
Photos lie in the database, because a file keeps the second in which it was written.
"""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from items.models import duty
from items.models.call import Call
from items.models.item import Item
from items.models.ledger import AppendOnly, AppendOnlyQuerySet, Entry
from items.models.line import Line
from items.models.lookup import Category, Place
from items.models.organisation import Committee
from items.models.person import NEVER_JUDGES, Person, Role
from items.models.site_visit import SiteVisit
from items.models.tie import read_by
from items.models.versioned import Versioned
from items.states import SAID_OF_ITEM, Status
from items.suggestion_states import (
    ANSWERED,
    SETTLES_QUESTION,
    WAITING,
    Channel,
    Kind,
    Reason,
    SuggestionStatus,
    SuggestionVerb,
    suggestion_verbs,
)
from items.words import day


def random_key() -> int:
    """Return a key of 63 random bits: it says nothing about when the row came."""
    return secrets.randbelow(2**63 - 1) + 1


class RandomKeyField(models.BigIntegerField):
    """A key that is also SQLite's own number of the row, which would count up beside it."""

    def db_type(self, connection):
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class RandomKey(models.Model):
    """A row whose key tells no order."""

    id = RandomKeyField(primary_key=True, default=random_key, editable=False)

    class Meta:
        abstract = True


class SuggestionQuerySet(models.QuerySet):
    def counted(self) -> "SuggestionQuerySet":
        """Return those that count: not what waits in moderation."""
        return self.filter(in_moderation=False)

    def waiting(self):
        """Return those that nobody has answered yet, in moderation or not."""
        return self.filter(status__in=WAITING)

    def unanswered_in_public(self) -> "SuggestionQuerySet":
        """Return those without an answer that everyone can read, in moderation or not."""
        rows = self.exclude(status=SuggestionStatus.TAKEN_BACK)
        return rows.filter(shown_on=None).exclude(merged_into__shown_on__isnull=False)

    def roots(self):
        """Return those that weren't put together with another one."""
        return self.filter(merged_into=None)

    def with_outcome(self, since: date | None = None):
        """Add `outcome`: its own status, or that of the one it was put together with.

        What suggesters did on `since` or later doesn't show: what they took back still waits, and
        what they say isn't done is still said to be.
        """
        status = Coalesce("merged_into__status", "status")
        if since is None:
            return self.annotate(outcome=status)
        received, settled = SuggestionStatus.RECEIVED.value, SuggestionStatus.SETTLED.value
        taken_back = {"status": SuggestionStatus.TAKEN_BACK, "ended_on__gte": since}
        again = Q(reopened_on__gte=since, status__in=WAITING)
        again |= Q(merged_into__reopened_on__gte=since, merged_into__status__in=WAITING)
        late = [When(**taken_back, then=Value(received)), When(again, then=Value(settled))]
        return self.annotate(outcome=Case(*late, default=status))

    def with_supporters(self):
        """Add `supporters`: how many said the same, this one included."""
        merged = Count("merged", filter=Q(merged__in_moderation=False), distinct=True)
        return self.annotate(supporters=merged + 1)

    def with_mentions(self, before: date):
        """Add `mentioned`: how often others said so too, on the days before."""
        mentions = self.model._meta.get_field("mentions").related_model.objects
        mentions = mentions.filter(suggestion=OuterRef("pk"), day__lt=before).order_by()
        total = mentions.values("suggestion").annotate(n=Sum("count")).values("n")
        return self.annotate(mentioned=Coalesce(Subquery(total), 0))

    def behind(self, items):
        """Return those that became one of the items, also through the one they were put with."""
        adopted = Adoption.objects.filter(item__in=items).values("suggestion")
        return self.counted().filter(Q(pk__in=adopted) | Q(merged_into__in=adopted))

    def withdrawn(self):
        """Return those that became items of which none is left: each was withdrawn since."""
        became = Adoption.objects.filter(
            suggestion=Coalesce(OuterRef("merged_into"), OuterRef("pk"))
        )
        return self.filter(Exists(became), ~Exists(became.exclude(item__status=Status.WITHDRAWN)))

    def shown(self):
        """Return those whose answer everyone may read."""
        return self.exclude(shown_on=None)

    def checked_by(self, person: Person, today: date):
        """Return those of which this person may say that what the office did is done.

        They hold a post that supervises a published item of the committee; of a suggestion about
        help for a family, that item's own. Whoever is of the office, keeps its accounts or audits
        it doesn't, nor whoever ever did anything else with the suggestion.
        """
        if not person.is_active:
            return self.none()
        supervised = Item.objects.published().filter(
            supervisor_post__in=duty.posts_of(person, today)
        )
        barred = Role.objects.filter(person=person, kind__in=NEVER_JUDGES)
        did = SuggestionEntry.objects.filter(by=person, suggestion=OuterRef("pk"))
        theirs = Q(about=None) | Q(about__hardship=False)
        theirs |= Q(about__in=supervised.order_by().values("pk"))
        rows = self.filter(
            theirs, committee__in=supervised.order_by().values("list__committee")
        ).exclude(committee__in=barred.values("committee"))
        return rows.filter(~Exists(did.exclude(verb=SuggestionVerb.CHECK_SETTLED)))

    def visible_to(self, person: Person, today: date):
        """Return what `person` may read on the desk: the office, auditors, those above."""
        return self.filter(read_by(person.pk, "committee")) if person.is_active else self.none()


class Suggestion(Versioned, RandomKey):
    """What a worker wrote, the day it came, and where it stands."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="suggestions", verbose_name=_("committee")
    )
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("call")
    )
    code_hash = models.CharField(max_length=64, blank=True)  # "": heard by staff
    visit = models.ForeignKey(
        SiteVisit, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("visit")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.FORM)
    kind = models.CharField(_("it is"), max_length=10, choices=Kind, blank=True)
    words = models.TextField(_("words"), blank=True)  # "": erased
    grade = models.CharField(  # what they said of the item that it is about
        _("verdict"), max_length=10, choices=SAID_OF_ITEM, blank=True
    )
    location = Line(_("where"), max_length=100, blank=True)
    received_on = models.DateField(_("received on"))
    answer_by = models.DateField(_("answer until"))
    in_moderation = models.BooleanField(_("in moderation"), default=False)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, verbose_name=_("category")
    )
    about = models.ForeignKey(  # the published item that its suggester said it is about
        Item, models.PROTECT, null=True, related_name="told", verbose_name=_("about")
    )
    objects_to = models.ForeignKey(  # what of that item, or which draft list, was up
        Entry, models.PROTECT, null=True, related_name="objections", verbose_name=_("objection to")
    )
    # The number on a draft list that is up; none where the list as a whole is meant
    objects_to_number = models.PositiveIntegerField(_("objection to number"), null=True)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("place"),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=SuggestionStatus, default=SuggestionStatus.RECEIVED
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    items = models.ManyToManyField(Item, through="Adoption", related_name="suggestions")
    # A reopened one keeps the day on which it had ended, until the office takes it up.
    ended_on = models.DateField(null=True)
    reopened_on = models.DateField(_("said not to be done on"), null=True)
    reason = models.CharField(_("kind of reason"), max_length=10, choices=Reason, blank=True)
    under_way = models.ForeignKey(  # the item for which it isn't adopted
        Item, models.PROTECT, null=True, related_name="+", verbose_name=_("under way as")
    )
    # What everyone may read, in words that the office released
    shown_words = models.TextField(_("what was suggested"), blank=True)
    shown_answer = models.TextField(_("the answer"), blank=True)
    shown_on = models.DateField(null=True)
    last_seq = models.PositiveIntegerField(default=0)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["received_on", "pk"]
        indexes = [
            models.Index(fields=["committee", "status"], name="suggestions_of_a_committee"),
            models.Index(fields=["committee", "received_on"], name="suggestions_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="code_of_one"
            ),
            models.CheckConstraint(
                condition=Q(status=SuggestionStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=SuggestionStatus.MERGED) & Q(merged_into=None)),
                name="merged_suggestion_has_its_other",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="suggestion_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(WAITING)) | Q(ended_on__isnull=False),
                name="suggestion_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.VISIT, visit__isnull=False)
                | ~Q(channel=Channel.VISIT) & Q(visit=None),
                name="suggestion_of_a_visit_has_it",
            ),
            models.CheckConstraint(
                condition=Q(reason="")
                | Q(status=SuggestionStatus.NOT_ADOPTED, reason__in=Reason.values),
                name="reason_of_what_is_not_adopted",
            ),
            models.CheckConstraint(
                condition=Q(under_way=None, reason__in=sorted({"", *Reason} - {Reason.UNDER_WAY}))
                | Q(under_way__isnull=False, reason=Reason.UNDER_WAY),
                name="under_way_has_its_item",
            ),
        ]

    def __str__(self):
        # Never the words: this stands in logs, messages and on the admin's pages.
        return _("suggestion of %(day)s") % {"day": day(self.received_on)}

    @property
    def root(self) -> "Suggestion":
        """Return the one that is answered: itself, or what it was put together with."""
        return self.merged_into or self

    @property
    def outcome_status(self) -> SuggestionStatus:
        return SuggestionStatus(self.root.status)

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_reopened(self) -> bool:
        """Tell whether it waits because its suggester says that it isn't done."""
        return self.reopened_on is not None and self.is_waiting

    def waits_days(self, today: date) -> int:
        """Return for how many days it has waited for its end; 0 when it has come."""
        return (today - self.received_on).days if self.root.status in WAITING else 0


class SuggestionEntryQuerySet(AppendOnlyQuerySet):
    def open_questions(self) -> "SuggestionEntryQuerySet":
        """Return what suggesters asked about an answer, and nobody has answered since."""
        later = SuggestionEntry.objects.filter(
            suggestion=OuterRef("suggestion"), seq__gt=OuterRef("seq"), verb__in=SETTLES_QUESTION
        )
        return self.filter(~Exists(later), verb=SuggestionVerb.ASK_AGAIN).exclude(text="")


class SuggestionEntry(AppendOnly, RandomKey):
    """One step with a suggestion: what was done, on which day, and what was written."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    verb = models.CharField(_("verb"), max_length=20, choices=suggestion_verbs)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: the worker
    name = models.CharField(max_length=50, blank=True)  # as it was called then
    day = models.DateField(_("on"))
    text = models.TextField(_("words"), blank=True)
    to_suggester = models.BooleanField(default=False)  # readable with the code
    facts = models.JSONField(default=dict)

    objects = SuggestionEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("step with a suggestion")
        verbose_name_plural = _("steps with suggestions")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "seq"], name="step_once")]

    def __str__(self):
        return f"{self.get_verb_display()} · {self.day}"


class StoredPicture(models.Model):
    """A clean picture that lies in the database, in two sizes; it is never public itself."""

    order = models.PositiveSmallIntegerField()
    large = models.BinaryField()
    small = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    small_width = models.PositiveIntegerField()
    small_height = models.PositiveIntegerField()

    class Meta:
        abstract = True


class SuggestionPhoto(StoredPicture, RandomKey):
    """A picture that came with a suggestion."""

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="photos")

    class Meta:
        verbose_name = _("photo of a suggestion")
        verbose_name_plural = _("photos of suggestions")
        ordering = ["suggestion", "order"]

    def __str__(self):
        return f"{self.suggestion_id} · {self.order}"


class ResultPhoto(StoredPicture):
    """A picture with which the office shows the suggester that something is done."""

    entry = models.ForeignKey(SuggestionEntry, models.PROTECT, related_name="photos")

    class Meta:
        verbose_name = _("photo of a result")
        verbose_name_plural = _("photos of results")
        ordering = ["entry", "order"]
        constraints = [models.UniqueConstraint(fields=["entry", "order"], name="result_photo_once")]

    def __str__(self):
        return f"{self.entry_id} · {self.order}"


class ContactQuerySet(models.QuerySet):
    def overdue(self, today: date):
        """Return those whose time is over: their suggestion ended CONTACT_DAYS ago, or earlier."""
        before = today - timedelta(days=settings.CONTACT_DAYS)
        ended = Q(suggestion__ended_on__lt=before, suggestion__merged_into=None)
        ended &= ~Q(suggestion__status__in=WAITING)
        of_root = Q(suggestion__merged_into__ended_on__lt=before)
        return self.filter(ended | of_root & ~Q(suggestion__merged_into__status__in=WAITING))

    def to_call(self) -> "ContactQuerySet":
        """Return those that somebody is to telephone: what they suggested has its answer.

        Who was told of an earlier answer is told of the new one.
        """
        ended_on = Coalesce("suggestion__merged_into__ended_on", "suggestion__ended_on")
        told = SuggestionEntry.objects.filter(
            suggestion=OuterRef("suggestion"),
            verb=SuggestionVerb.TELL_BY_PHONE,
            day__gte=OuterRef("answered_on"),
        )
        status = Coalesce("suggestion__merged_into__status", "suggestion__status")
        answered = self.annotate(outcome=status, answered_on=ended_on)
        return answered.filter(~Exists(told), telephone=True, outcome__in=sorted(ANSWERED))


class Contact(models.Model):
    """Who wrote a suggestion, as they said, until the day it is forgotten."""

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, primary_key=True, related_name="contact_row"
    )
    name = Line(_("name or what to call them"), max_length=50, blank=True)
    contact = Line(_("how to reach them"), max_length=100, blank=True)
    telephone = models.BooleanField(_("a telephone number"), default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return str(_("contact"))  # never the name itself: this stands in logs and messages


class ContactLook(AppendOnly):
    """Somebody of the office looked at a contact: who, when and what for."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("looked at"))
    why = models.CharField(_("what for"), max_length=200)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a contact")
        verbose_name_plural = _("looks at contacts")
        ordering = ["-at"]


class Adoption(models.Model):
    """An item that a suggestion became."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="adoptions")
    item = models.ForeignKey(Item, models.PROTECT, related_name="adoptions")

    class Meta:
        verbose_name = _("adopted suggestion")
        verbose_name_plural = _("adopted suggestions")
        constraints = [models.UniqueConstraint(fields=["suggestion", "item"], name="adopted_once")]

    def __str__(self):
        return f"{self.suggestion_id} → {self.item_id}"
