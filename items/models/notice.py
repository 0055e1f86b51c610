"""The outbox: who has to be told of which entry."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from items.models.ledger import Entry
from items.models.person import Person


class NoticeQuerySet(models.QuerySet):
    def unseen(self):
        return self.filter(seen_at=None)


class Notice(models.Model):
    """A person who should look at an entry; written in the transaction of the entry."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="notices")
    seen_at = models.DateTimeField(_("seen at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="told_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(seen_at=None), name="unseen_notices"),
        ]

    def __str__(self):
        return f"{self.person} · {self.entry}"
