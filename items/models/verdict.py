"""The workers' verdict: whether what is said to be done is done, as they say themselves.

An answer leads back to nobody: it has a day and no minute, a random key, and no tie to who gave it.
Who has answered stands in a table of its own, as keyed hashes, and goes with the round.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models.item import Item
from items.models.ledger import AppendOnly, AppendOnlyQuerySet, Entry
from items.models.suggestion import RandomKey
from items.states import Grade


class EndedWhy(models.TextChoices):
    """Why a round ended before its last day."""

    SENT_BACK = "sent_back", pgettext_lazy("verdict", "the check found something missing")
    REOPENED = "reopened", pgettext_lazy("verdict", "the item was opened again")
    WITHDRAWN = "withdrawn", pgettext_lazy("verdict", "the item was taken off the list")
    YEAR = "year", pgettext_lazy("verdict", "the year’s list was closed")


class VerdictRoundQuerySet(models.QuerySet):
    def open(self, today: date) -> Self:
        """Return those that take answers on a day."""
        last = Q(ends_on=None) | Q(ends_on__gte=today)
        return self.filter(last, ended_why="", opened_on__lte=today)


class VerdictRound(models.Model):
    """The days in which workers are asked about an item; one is open at a time."""

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="verdict_rounds", verbose_name=_("item")
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")  # with which it opened
    opened_on = models.DateField(_("opened on"))
    ends_on = models.DateField(_("ends on"), null=True)  # None: the claim waits for its check
    ended_why = models.CharField(
        _("ended early because"), max_length=10, choices=EndedWhy, blank=True
    )

    objects = VerdictRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of the workers’ verdict")
        verbose_name_plural = _("rounds of the workers’ verdict")
        ordering = ["-pk"]  # the latest first
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_why="") | Q(ends_on__isnull=False), name="ended_round_has_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.item_id} · {self.opened_on}"

    def is_open(self, today: date) -> bool:
        """Tell whether it takes answers on a day; the same as `open` of many."""
        return not self.ended_why and (self.ends_on is None or today <= self.ends_on)


class Verdict(AppendOnly, RandomKey):
    """What one worker said, and on which day; nobody changes it."""

    round = models.ForeignKey(VerdictRound, models.PROTECT, related_name="verdicts")
    day = models.DateField(_("on"))
    grade = models.CharField(_("verdict"), max_length=10, choices=Grade)
    # Above the ceiling of an address, or from a browser that nobody can know again: counted apart.
    verified = models.BooleanField(_("verified"))
    from_wall = models.BooleanField(
        _("with the code from the wall"), default=False
    )  # with the code on the wall's sheet

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker’s verdict")
        verbose_name_plural = _("workers’ verdicts")
        indexes = [models.Index(fields=["round", "day"], name="verdicts_by_day")]

    def __str__(self):
        return self.get_grade_display()


class Answered(RandomKey):
    """That a browser has answered in a round, under a keyed hash of both."""

    round = models.ForeignKey(VerdictRound, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("browser that has answered")
        verbose_name_plural = _("browsers that have answered")

    def __str__(self):
        return str(self.round_id)


class VerdictCount(AppendOnly):
    """How many said the same on a day; written once, on a later day, and all that pages know."""

    round = models.ForeignKey(VerdictRound, models.PROTECT, related_name="counts")
    day = models.DateField(_("on"))
    grade = models.CharField(_("verdict"), max_length=10, choices=Grade)
    verified = models.BooleanField(_("verified"))
    from_wall = models.BooleanField(_("with the code from the wall"))
    number = models.PositiveIntegerField(_("how many"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of verdicts")
        verbose_name_plural = _("counts of verdicts")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "day", "grade", "verified", "from_wall"], name="counted_once"
            ),
        ]

    def __str__(self):
        return f"{self.day} · {self.get_grade_display()} · {self.number}"
