"""What will be done about an item."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.words import Words


class Measure(models.Model):
    """One of the things that will be done about an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="measures")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("measure"))
    text_en = models.TextField(_("measure in English"), blank=True)
    # The day of the entry that ticked it; none while nobody says that it is done.
    done_on = models.DateField(_("done on"), null=True, editable=False)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text

    @property
    def words(self) -> Words:
        return Words(self.text, self.text_en)
