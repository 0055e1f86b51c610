"""Mentions: who else says the same as a released suggestion, counted by day; no more is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.suggestion import RandomKey, Suggestion


class Mention(RandomKey):
    """How many mentioned a suggestion on a day."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="mentions")
    day = models.DateField(_("on"))
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("mention of a suggestion")
        verbose_name_plural = _("mentions of suggestions")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "day"], name="mentions_of_a_day")
        ]

    def __str__(self):
        return f"{self.day}: {self.count}"


class Mentioned(RandomKey):
    """That some browser mentioned some suggestion: a keyed hash of both, which tells neither."""

    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("browser that mentioned a suggestion")
        verbose_name_plural = _("browsers that mentioned suggestions")

    def __str__(self):
        return str(self._meta.verbose_name)
