"""What workers wrote of somebody who told them what to answer: only who reviews reads it."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models import duty
from items.models.item import Item
from items.models.person import Person, Role
from items.models.suggestion import RandomKey


class CoachingQuerySet(models.QuerySet):
    def read_by(self, person: Person, today: date) -> Self:
        """Return what a holder of a post for reviews may read: of days that are over.

        Nobody of the office, and nothing of an item that is theirs to do, to check, or signed by
        them.
        """
        posts = duty.posts_of(person, today)
        offices = Role.objects.filter(person=person, kind=Role.Kind.OFFICE).values("committee")
        committees = Item.objects.filter(
            models.Q(list__committee__review_post__in=posts)
            | models.Q(list__committee__second_review_post__in=posts)
        )
        free = committees.exclude(list__committee__in=offices).free_for(person, today)
        return self.filter(item__in=free.order_by().values("pk"), day__lt=today)


class Coaching(RandomKey):
    """That somebody told a worker what to answer about an item, in the worker's words."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="coachings")
    words = models.TextField(_("words"), blank=True)  # "": forgotten after a year
    day = models.DateField(_("on"))

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("coached answers")
        verbose_name_plural = _("coached answers")
        ordering = ["-day", "pk"]

    def __str__(self):
        return f"{self.item_id} · {self.day}"  # never the words: this stands in logs
