"""A review (复查): somebody whom the judged didn't choose looks again at what workers doubt.

It is opened by the workers' answers alone, once a day, and ends only by a public answer.
"""

from datetime import date
from typing import Self

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


class Cause(models.TextChoices):
    """What opened a review."""

    WORDS = "words", pgettext_lazy("review", "somebody wrote what isn’t right")
    SHARE = "share", pgettext_lazy("review", "many answers say it isn’t done")
    AGAIN = "again", pgettext_lazy("review", "somebody wrote that it broke again")


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

    item = models.ForeignKey(Item, models.PROTECT, related_name="reviews")
    # Of which round of the verdict; None: it broke again, in a round or after it
    round = models.ForeignKey(VerdictRound, models.PROTECT, null=True, related_name="reviews")
    cause = models.CharField(_("opened because"), max_length=10, choices=Cause)
    opened_on = models.DateField(_("opened on"))
    due = models.DateField(_("to be answered by"))
    without_calendar = models.BooleanField(default=False)  # of holidays, when the day was counted
    post = models.ForeignKey(  # whose holder answers; None: nobody is free, the office names one
        Post, models.PROTECT, null=True, related_name="reviews", verbose_name=_("post for reviews")
    )
    drawn = models.BooleanField(default=False)  # it was nobody's to name: a supervisor's turn
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="review")  # answer

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-opened_on", "-pk"]  # the latest first
        constraints = [
            models.UniqueConstraint(fields=["round"], name="one_review_of_a_round"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(entry=None), name="one_open_review_of_an_item"
            ),
            models.CheckConstraint(
                condition=Q(round=None, cause=Cause.AGAIN)
                | Q(round__isnull=False) & ~Q(cause=Cause.AGAIN),
                name="review_of_a_round_or_after_it",
            ),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(entry=None), name="reviews_to_answer")]

    def __str__(self):
        return f"{self.item_id} · {self.opened_on}"

    def is_overdue(self, today: date) -> bool:
        """Tell whether its day to answer has passed; the same as `overdue` of many."""
        return self.entry_id is None and self.due < today
