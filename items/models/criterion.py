"""What is seen when an item is done, and how that is checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.words import Words


class Criterion(models.Model):
    """One of the lines that say what a worker sees when an item is done (怎样算办好)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("what done looks like"))
    text_en = models.TextField(_("what done looks like in English"), blank=True)

    class Meta:
        verbose_name = _("what done looks like")
        verbose_name_plural = _("what done looks like")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text

    @property
    def words(self) -> Words:
        return Words(self.text, self.text_en)
