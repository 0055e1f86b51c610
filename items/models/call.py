"""A call for suggestions: the dated notice with which a committee asks the workers."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from items.models.line import Line
from items.models.organisation import Committee
from items.models.person import Person
from items.models.tie import read_by
from items.models.versioned import Versioned
from items.suggestion_states import CallStatus
from items.words import Words


class CallQuerySet(models.QuerySet):
    def public(self):
        return self.exclude(status=CallStatus.DRAFT)

    def open(self, today: date):
        """Return the calls to which one can answer today."""
        return self.filter(status=CallStatus.ISSUED, opens_on__lte=today, closes_on__gte=today)

    def visible_to(self, person: Person, today: date):
        return self.filter(read_by(person.pk, "committee")) if person.is_active else self.none()


class Call(Versioned):
    """A notice to all workers (征求意见): what for, from when to when, and who issues it."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="calls", verbose_name=_("committee")
    )
    title = Line(_("heading"), max_length=100)
    title_en = Line(_("heading in English"), max_length=200, blank=True)
    purpose = models.TextField(_("what it is about"), max_length=2000)
    purpose_en = models.TextField(_("what it is about, in English"), max_length=4000, blank=True)
    issuer = Line(_("issued by"), max_length=100)
    issuer_en = Line(_("issued by, in English"), max_length=200, blank=True)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    answer_by = models.DateField(_("answers until"))
    status = models.CharField(max_length=10, choices=CallStatus, default=CallStatus.DRAFT)
    issued_on = models.DateField(_("issued on"), null=True, editable=False)
    issued_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    facts = models.JSONField(default=dict, editable=False)  # what somebody said a second yes to
    ended_why = models.TextField(_("why it ended early"), blank=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for suggestions")
        verbose_name_plural = _("calls for suggestions")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")) & Q(closes_on__lte=F("answer_by")),
                name="call_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(status=CallStatus.DRAFT) | Q(issued_on__isnull=False),
                name="issued_call_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=CallStatus.ENDED) | Q(ended_on__isnull=False),
                name="ended_call_has_its_day",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def words(self) -> Words:
        return Words(self.title, self.title_en)

    @property
    def purpose_words(self) -> Words:
        return Words(self.purpose, self.purpose_en)

    @property
    def issuer_words(self) -> Words:
        return Words(self.issuer, self.issuer_en)

    def is_open(self, today: date) -> bool:
        return self.status == CallStatus.ISSUED and self.opens_on <= today <= self.closes_on
