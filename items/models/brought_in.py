"""Imported state: where an item stood before this system."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.item import Item
from items.models.person import Person
from items.states import Status


class BroughtIn(models.Model):
    """What the imported sheet says of a draft item's state before this system."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="brought_in")
    status = models.CharField(max_length=20, choices=Status)
    progress = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    signed_off_on = models.DateField(null=True, blank=True)
    hold_review_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    signed_off_by = models.CharField(max_length=100, blank=True)
    file = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("state before this system")
        verbose_name_plural = _("states before this system")

    def __str__(self):
        return f"{self.item} · {self.get_status_display()}"
