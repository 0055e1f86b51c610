"""What an item handed out, line by line: the delivery list."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.ledger import Entry
from items.models.line import Line
from items.models.lookup import Place, Unit
from items.states import Verb
from items.words import Words


class DeliveryQuerySet(models.QuerySet):
    def with_returns(self) -> Self:
        """Add `taken_back`: whether a later entry says that the delivery was a mistake."""
        returns = Entry.objects.filter(about=OuterRef("entry"), verb=Verb.TAKE_BACK).order_by()
        return self.annotate(taken_back=Exists(returns))

    def counting(self) -> Self:
        """Return those that weren't taken back."""
        return self.with_returns().filter(taken_back=False)

    def delivered(self) -> int:
        """Return how many things were handed out, without what was taken back."""
        return self.counting().aggregate(sum=Sum("count"))["sum"] or 0


class Delivery(models.Model):
    """Things handed out at once to a team, a unit or a room; written with an entry each."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="deliveries")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="delivery")
    what = Line(_("what was handed out"), max_length=100, blank=True)  # "": erased
    count = models.PositiveIntegerField(_("how many"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="deliveries")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="deliveries")
    team = Line(_("team or room"), max_length=100, blank=True)
    received_by = Line(_("received by"), max_length=50, blank=True)  # stays inside
    received_on = models.DateField(_("received on"))

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["received_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="delivery_of_some")]

    def __str__(self):
        return f"{self.what} × {self.count}"

    @property
    def to(self) -> tuple[Words, ...]:
        """Return to whom or where it went: the unit, the place, the team or room."""
        known = [row.words for row in (self.unit, self.place) if row]
        return (*known, *([Words(self.team)] if self.team else []))
