"""Photos that were chosen in a form which came back: kept until it is sent again (form recovery).

They lie in the database, so that the act which takes one deletes it in its own transaction, and
nothing about a file tells when a suggestion was written (docs/decisions/0503, 0601).
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.person import Person
from items.models.suggestion import RandomKey

KEPT = timedelta(hours=1)


class KeptUploadQuerySet(models.QuerySet):
    def over(self, now: datetime) -> Self:
        """Return those whose hour is over; of a suggestion's, which know a day alone, their day."""
        before = now - KEPT
        dated = Q(kept_at=None, kept_on__lt=timezone.localdate(before))
        return self.filter(Q(kept_at__lt=before) | dated)

    def standing(self, now: datetime) -> Self:
        return self.exclude(pk__in=self.over(now).values("pk"))


class KeptUpload(RandomKey):
    """A clean picture that nobody has filed yet; whose it is: a person's, or a form's."""

    # Whose: an account's; or a form's without an account, as a keyed hash of its random number;
    # of neither, whoever knows the key: a page that came back without a login.
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    form = models.CharField(max_length=64, blank=True, db_index=True)
    kept_on = models.DateField()
    kept_at = models.DateTimeField(null=True)  # none of a suggestion's: it would lead to a phone
    large = models.BinaryField()
    small = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    small_width = models.PositiveIntegerField()
    small_height = models.PositiveIntegerField()

    objects = KeptUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept upload")
        verbose_name_plural = _("kept uploads")

    def __str__(self):
        return str(_("kept upload"))
