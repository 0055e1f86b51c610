"""The parts of an item."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.line import Line
from items.models.lookup import Unit
from items.states import NOT_DONE
from items.words import Words


class Part(models.Model):
    """A further line under a number; the arithmetic counts numbers, not parts."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = Line(_("part"), max_length=200)
    title_en = Line(_("part in English"), max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("unit")
    )
    start_by = models.DateField(_("start by"), null=True, blank=True)
    first_due = models.DateField(_("first deadline"), null=True, blank=True, editable=False)
    due = models.DateField(_("deadline"), null=True, blank=True)
    due_words = Line(_("deadline in words"), max_length=200, blank=True)
    progress = models.TextField(_("progress"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "title"], name="part_once_an_item")]

    def __str__(self):
        return self.title

    @property
    def words(self) -> Words:
        return Words(self.title, self.title_en)

    def overdue_days(self, item: Item, today: date) -> int:
        """Return by how many days a part of an item that isn't done has passed its deadline."""
        if self.done_on or self.due is None or item.status not in NOT_DONE:
            return 0
        return max(0, (today - self.due).days)
