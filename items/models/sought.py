"""Words that a search didn't find and somebody then sent to the office: how often, no more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.organisation import Committee
from items.models.suggestion import RandomKey

SHOWN_FROM = 2  # once is somebody; twice is a word that people use


class SoughtWords(RandomKey):
    """Words that a committee's lists don't say, counted; neither a day nor an order leads back."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="sought_words")
    words = models.CharField(_("words"), max_length=60)  # folded
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("words looked for in vain")
        verbose_name_plural = _("words looked for in vain")
        constraints = [
            models.UniqueConstraint(fields=["committee", "words"], name="sought_words_once")
        ]

    def __str__(self):
        return self.words
