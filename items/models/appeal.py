"""An appeal (申诉): a suggester doesn't accept an answer; somebody who didn't give it looks again.

Nothing of it tells who appealed, or at which minute: its words stand in the suggestion's history.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from items.models import duty
from items.models.organisation import Committee
from items.models.person import NEVER_JUDGES, Person, Role
from items.models.suggestion import Suggestion, SuggestionEntry
from items.suggestion_states import AppealOutcome, SuggestionVerb


class AppealQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(outcome="")

    def overdue(self, today: date) -> Self:
        """Return the open ones whose day to answer has passed."""
        return self.open().filter(due__lt=today)

    def holding(self, suggestion: Suggestion) -> Self:
        """Return the open ones for which a suggestion's answer stays: its own, and its followers'.

        A follower is one that was put together with it.
        """
        of_it = Q(suggestion=suggestion.pk) | Q(suggestion__merged_into=suggestion.pk)
        return self.open().filter(of_it)

    def read_by(self, person: Person, today: date) -> Self:
        """Return those that this person may read, and answer while they are open.

        They hold a post that the committee names for reviews. Whoever is of the office, keeps its
        accounts or audits it answers none, nor whoever ever did anything with the suggestion.
        """
        named = Committee.objects.without_tree_fields().filter(
            Q(review_post__in=duty.posts_of(person, today))
            | Q(second_review_post__in=duty.posts_of(person, today))
        )
        barred = Role.objects.filter(person=person, kind__in=NEVER_JUDGES).values("committee")
        did = SuggestionEntry.objects.filter(by=person).exclude(verb=SuggestionVerb.ANSWER_APPEAL)
        did = did.filter(
            Q(suggestion=OuterRef("suggestion")) | Q(suggestion=OuterRef("suggestion__merged_into"))
        )
        rows = self.filter(suggestion__committee__in=named.order_by().values("pk"))
        return rows.exclude(suggestion__committee__in=barred).filter(~Exists(did))


class Appeal(models.Model):
    """That the answer to a suggestion was appealed against, once, and what came of it."""

    # Its key is the suggestion's, which is random: it tells no order.
    suggestion = models.OneToOneField(
        Suggestion, models.PROTECT, primary_key=True, related_name="appeal"
    )
    opened_on = models.DateField(_("came on"))
    due = models.DateField(_("to be answered by"))
    outcome = models.CharField(
        _("answer to the appeal"), max_length=10, choices=AppealOutcome, blank=True
    )
    ended_on = models.DateField(_("answered on"), null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_on=None) | ~Q(outcome="") & Q(ended_on__isnull=False),
                name="appeal_ends_with_its_answer",
            ),
        ]

    def __str__(self):
        return f"{self.suggestion_id} · {self.opened_on}"  # no words: this stands in logs
