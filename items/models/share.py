"""Which units carry an item."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.lookup import Unit


class UnitShare(models.Model):
    """A unit's share in an item: the first responsible unit leads, the others join in."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Leading unit")
        JOINT = "joint", _("Joint unit")
        SUPPORT = "support", _("Supporting unit")

    item = models.ForeignKey(Item, models.CASCADE, related_name="unit_shares")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shares", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("responsible unit")
        verbose_name_plural = _("responsible units")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="unit_once_an_item")]

    def __str__(self):
        return str(self.unit)
