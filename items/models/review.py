"""A review (复查): somebody whom the judged didn't choose looks again at what workers doubt.

It is opened by what workers say alone, once a day, and ends only by a public answer.
"""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models import duty
from items.models.item import Item
from items.models.ledger import Entry
from items.models.person import Person
from items.models.post import Post
from items.models.verdict import VerdictRound

FEWEST = 10  # answers, before any share of them says something
BESIDE = timedelta(90)  # before and after a sign-off, for which suggestions are compared
MORE = 5  # so many more suggestions after a sign-off than before it are a rise


class Cause(models.TextChoices):
    """What opened a review."""

    WORDS = "words", pgettext_lazy("review", "somebody wrote what isn’t right")
    SHARE = "share", pgettext_lazy("review", "many answers say it isn’t done")
    AGAIN = "again", pgettext_lazy("review", "somebody wrote that it broke again")
    RISE = "rise", pgettext_lazy("review", "more suggestions came after the sign-off than before")


OF_NO_ROUND = (Cause.AGAIN, Cause.RISE)


class ReviewQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(entry=None)

    def held_by(self, person: Person, today: date) -> Self:
        """Return the open ones that are this person's to answer, by the post they hold."""
        return self.open().filter(post__in=duty.posts_of(person, today))

    def overdue(self, today: date) -> Self:
        """Return the open ones whose day to answer has passed."""
        return self.open().filter(due__lt=today)


class Review(models.Model):
    """One review of an item: why it was opened, whose it is, by when it is answered."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="reviews", verbose_name=_("item"))
    # Of which round of the verdict; None: it broke again, in a round or after it, or of a rise
    round = models.ForeignKey(
        VerdictRound,
        models.PROTECT,
        null=True,
        related_name="reviews",
        verbose_name=_("round of the workers’ verdict"),
    )
    cause = models.CharField(_("opened because"), max_length=10, choices=Cause)
    # After which sign-off more was suggested than before it, and how much: counts as of that day
    sign_off = models.ForeignKey(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("sign-off")
    )
    heard_before = models.PositiveIntegerField(_("suggestions before"), null=True)
    heard_after = models.PositiveIntegerField(_("suggestions after"), null=True)
    opened_on = models.DateField(_("opened on"))
    due = models.DateField(_("to be answered by"))
    without_calendar = models.BooleanField(  # of holidays, when the day was counted
        _("counted without a calendar"), default=False
    )
    post = models.ForeignKey(  # whose holder answers; None: nobody is free, the office names one
        Post, models.PROTECT, null=True, related_name="reviews", verbose_name=_("post for reviews")
    )
    # It was nobody's to name: a supervisor's turn
    drawn = models.BooleanField(_("by turns"), default=False)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="review", verbose_name=_("answer")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-opened_on", "-pk"]  # the latest first
        constraints = [
            models.UniqueConstraint(fields=["round"], name="one_review_of_a_round"),
            models.UniqueConstraint(fields=["sign_off"], name="one_review_of_a_rise"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(entry=None), name="one_open_review_of_an_item"
            ),
            models.CheckConstraint(
                condition=Q(round=None, cause__in=OF_NO_ROUND)
                | Q(round__isnull=False) & ~Q(cause__in=OF_NO_ROUND),
                name="review_of_a_round_or_after_it",
            ),
            models.CheckConstraint(
                condition=Q(
                    cause=Cause.RISE,
                    sign_off__isnull=False,
                    heard_before__isnull=False,
                    heard_after__isnull=False,
                )
                | ~Q(cause=Cause.RISE) & Q(sign_off=None, heard_before=None, heard_after=None),
                name="review_of_a_rise_has_its_counts",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(entry=None), name="reviews_to_answer")]

    def __str__(self):
        return f"{self.item_id} · {self.opened_on}"

    def is_overdue(self, today: date) -> bool:
        """Tell whether its day to answer has passed; the same as `overdue` of many."""
        return self.entry_id is None and self.due < today

    def kept_facts(self) -> dict[str, Any]:
        """Return what the entry of its answer keeps of it, for ever."""
        facts: dict[str, Any] = {"opened_on": str(self.opened_on), "due": str(self.due)}
        if self.cause == Cause.RISE:
            facts |= {"heard_before": self.heard_before, "heard_after": self.heard_after}
        return facts
