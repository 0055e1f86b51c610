"""The days and places at which an item takes place, such as the visits of a care activity."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.ledger import Entry
from items.models.line import Line
from items.models.lookup import Place
from items.states import Verb


class OccasionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Return those of which nobody has said that they took place or were called off."""
        return self.filter(ending=None)


class Occasion(models.Model):
    """An item on one day at one place: planned with an entry, and ended with one."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="occasions")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="occasion")
    on = models.DateField(_("planned for"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="occasions")
    what = Line(_("what takes place"), max_length=100, blank=True)  # "": erased
    ending = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="ended_occasion")

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("dated occasion")
        verbose_name_plural = _("dated occasions")
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.on} {self.what}"

    @property
    def was_held(self) -> bool:
        return self.ending is not None and self.ending.verb == Verb.HOLD_OCCASION
